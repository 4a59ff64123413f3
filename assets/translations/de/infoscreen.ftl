# Der Infoscreen im Browser.
infoscreen-label = Infoscreen von { $name }
infoscreen-none = Dieser Infoscreen braucht JavaScript.
infoscreen-starting-title = Gleich geht es los
infoscreen-starting-text = Das Programm wird geladen.
infoscreen-ended-title = Hier wird nichts mehr gezeigt
infoscreen-ended-text = Diese Adresse wurde abgeschaltet oder erneuert. Die neue steht auf der Seite des Programms.

# Auf der Seite eines Programms.
infoscreen-title = Im Browser zeigen
infoscreen-lead = Dasselbe wie auf den Bildschirmen, im selben Augenblick, auf jedem Fernseher und Gerät mit einem Browser. Ist das Netz weg, läuft es weiter.
infoscreen-secret = Geheime Adresse dieses Programms
infoscreen-secret-text = Wer diese Adresse hat, sieht das Programm, auch was erst später laufen soll. Geben Sie sie nur weiter, wo es gezeigt werden soll.
infoscreen-secret-none = Dieses Programm hat keine Adresse für Browser.
infoscreen-made = Angelegt
infoscreen-make = Adresse anlegen
infoscreen-renew = Neue Adresse
infoscreen-renew-hint = Nach „Neue Adresse“ zeigt diese hier nichts mehr.
infoscreen-close = Abschalten
infoscreen-open = Ansehen
infoscreen-plain = Offene Adresse der Bühne
infoscreen-plain-text = Diese Adresse kennt jeder, der die Bühne kennt. Ohne Ihr Zutun zeigt sie nur, was auch im Newsroom steht.
infoscreen-shows = Sie zeigt
infoscreen-shows-posts = die neuesten Beiträge, die auch im Newsroom stehen
infoscreen-shows-programme = dieses Programm, soweit es schon auf Bildschirmen lief
infoscreen-shows-nothing = nichts
infoscreen-save = Speichern
infoscreen-turn = Hängt das Gerät hochkant und dreht das Bild nicht selbst, hängen Sie ?rotate=90 an die Adresse an (oder 180, 270).
infoscreen-problem-shows = Bitte wählen Sie, was die offene Adresse zeigt.
done-infoscreen_made = Die Adresse ist angelegt. Eine frühere zeigt nichts mehr.
done-infoscreen_closed = Abgeschaltet. Die Adresse zeigt nichts mehr.
done-infoscreen_shows = Gespeichert.
