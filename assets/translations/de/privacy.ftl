# Was jemand sieht, der um Löschung gebeten hat.
privacy-deletion = Gelöscht
privacy-deletion-done = { $network } hat uns am { $at } gebeten, alles zu löschen, was wir über diese Anmeldung bekommen haben. Das ist sofort geschehen: Der Zugang, das Profil und seine Beiträge mit ihren Bildern sind von diesem Server und allen Bildschirmen entfernt.
privacy-deletion-nothing = { $network } hat uns am { $at } gebeten, alles zu löschen, was wir über diese Anmeldung bekommen haben. Es war nichts mehr da.
privacy-deletion-more = Diese Seite gibt es ein Jahr lang. Wer gefragt hat, steht hier nirgends.
