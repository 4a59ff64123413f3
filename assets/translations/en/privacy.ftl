# What whoever asked for deletion sees.
privacy-deletion = Deleted
privacy-deletion-done = On { $at } { $network } asked us to delete everything that we had through this sign-in. That was done at once: the access, the profile, and its posts with their pictures are gone from this server and from every screen.
privacy-deletion-nothing = On { $at } { $network } asked us to delete everything that we had through this sign-in. Nothing was left of it.
privacy-deletion-more = This page stays for a year. It does not say who asked.
