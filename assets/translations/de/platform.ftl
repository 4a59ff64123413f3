# Die Plattform: was das ist, wer hier ist, und die eigene Wand.
platform-title = Social Wall, Newsroom und Infoscreens auf Ihrem eigenen Server
platform-headline = Alles, was Sie zu sagen haben. An einer Säule.
platform-lead = Litfass sammelt, was Ihre Einrichtung ohnehin veröffentlicht, und zeigt es im Newsroom, auf Websites und auf den Bildschirmen vor Ort.
platform-register = Konto anlegen
platform-login = Anmelden
platform-dashboard = Zum Dashboard
platform-gather = Einmal verknüpfen.
platform-gather-text = Feeds und Netzwerke von Mastodon bis Instagram kommen von selbst herein.
platform-choose = In Ruhe auswählen.
platform-choose-text = Was nicht passt, verschwindet mit einem Klick überall.
platform-show = Überall zeigen.
platform-show-text = Neues ist binnen einer Sekunde zu sehen, auch auf jedem Bildschirm.
platform-promise = Was wir Ihnen versprechen
platform-own = Kein fremder Server
platform-own-text = Wer Ihre Seiten besucht, spricht nur mit dieser Instanz.
platform-cookies = Höchstens drei Cookies
platform-cookies-text = Für Sprache, Anmeldung und sichere Formulare. Zum Lesen braucht es keines.
platform-offline = Bildschirme bleiben hell
platform-offline-text = Ohne Netz und nach Stromausfall läuft das letzte gute Programm weiter.
platform-signed = Nur, was Sie zeigen wollen
platform-signed-text = Jedes Programm ist signiert. Kein Bildschirm zeigt, was nicht von Ihnen stammt.

platform-stages = Bühnen
platform-stages-title = Bühnen auf diesem Server
platform-stages-look = Bühnen ansehen
platform-stages-none = Noch steht hier niemand.
platform-stages-none-text = Jede Bühne entscheidet selbst, ob sie in diesem Verzeichnis stehen will: unter „Name und Aussehen“ in ihrem Dashboard.
platform-search = Suchen
platform-search-label = Bühnen suchen
platform-search-hint = Name, Ort oder Stichwort
platform-search-nothing = Keine Bühne passt zu „{ $words }“.
platform-search-found = Das passt zu „{ $words }“.
platform-search-all = Alle Bühnen
platform-last_post = Zuletzt am { $day }
platform-no_post = Noch kein Beitrag
platform-pages = Weitere Bühnen
platform-pages-before = Zurück
platform-pages-after = Weiter
platform-away = Sie sind gerade ohne Netz. Zu sehen ist, was zuletzt da war.

platform-wall = Meine Wand
platform-wall-about = Neues von allen Bühnen, denen Sie folgen. Ohne Konto: Wem Sie folgen, weiß nur dieser Browser.
platform-wall-script = Ihre Wand setzt Ihr Browser selbst zusammen, damit niemand sonst erfährt, wem Sie folgen. Dazu braucht er JavaScript.
platform-wall-followed = Sie folgen
platform-wall-unfollow = { $name } nicht mehr folgen
platform-wall-gone = { $name } gibt es hier nicht mehr
platform-wall-older = Ältere Beiträge
platform-wall-less = Weniger zeigen
platform-wall-away = Der Server ist gerade nicht zu erreichen. Stand: { $when }.
platform-wall-none = Noch folgen Sie niemandem
platform-wall-none-text = Suchen Sie sich Bühnen aus und tippen Sie auf „Folgen“. Hier steht dann, was sie Neues haben – auch ohne Netz.

# Die Wahl einer Bühne.
platform-directory = Verzeichnis
platform-listed = Im Verzeichnis auf der Startseite dieses Servers stehen
platform-listed-hint = Dann finden Besucherinnen und Besucher dort Ihr Logo, Ihren Namen, den Anfang Ihrer Beschreibung und das Datum Ihres letzten Beitrags.
