# The infoscreen in a browser.
infoscreen-label = Infoscreen of { $name }
infoscreen-none = This infoscreen needs JavaScript.
infoscreen-starting-title = Almost there
infoscreen-starting-text = The programme is being loaded.
infoscreen-ended-title = Nothing is shown here any more
infoscreen-ended-text = This address was switched off or renewed. The new one is on the page of the programme.

# On the page of a programme.
infoscreen-title = Show in a browser
infoscreen-lead = The same as on the screens, at the same instant, on any television or device with a browser. When the network fails, it plays on.
infoscreen-secret = Secret address of this programme
infoscreen-secret-text = Whoever has this address sees the programme, also what is to be shown later. Hand it out only where it is to be shown.
infoscreen-secret-none = This programme has no address for browsers.
infoscreen-made = Made
infoscreen-make = Make an address
infoscreen-renew = New address
infoscreen-renew-hint = After “New address” this one shows nothing any more.
infoscreen-close = Switch off
infoscreen-open = Look at it
infoscreen-plain = Open address of the stage
infoscreen-plain-text = Everybody who knows the stage knows this address. Unless you say otherwise it shows only what the newsroom shows.
infoscreen-shows = It shows
infoscreen-shows-posts = the newest posts, which the newsroom shows, too
infoscreen-shows-programme = this programme, as far as it has been on screens
infoscreen-shows-nothing = nothing
infoscreen-save = Save
infoscreen-turn = Where a device hangs upright and does not turn the picture itself, add ?rotate=90 to the address (or 180, 270).
infoscreen-problem-shows = Please choose what the open address shows.
done-infoscreen_made = The address is made. An earlier one shows nothing any more.
done-infoscreen_closed = Switched off. The address shows nothing any more.
done-infoscreen_shows = Saved.
