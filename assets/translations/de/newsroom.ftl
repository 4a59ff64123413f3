# Die öffentliche Seite einer Bühne.
newsroom-skip = Zu den Beiträgen springen
newsroom-language = Sprache
newsroom-private = Keine Cookies, kein Tracking, keine Dritten: Diese Seite spricht nur mit diesem Server.
newsroom-arrived = Es gibt etwas Neues.
newsroom-pages = Seiten
newsroom-newest = Neueste Beiträge
newsroom-featured = Hervorgehoben
newsroom-older = Ältere Beiträge
newsroom-nothing = Hier wurde noch nichts veröffentlicht. Schauen Sie bald wieder vorbei – diese Seite aktualisiert sich von selbst.
newsroom-original = Originalbeitrag
newsroom-more = Mehr dazu
newsroom-all = Alle Beiträge
newsroom-topics = Themen
newsroom-no_topic = Dieses Thema gibt es hier nicht (mehr)
newsroom-no_topic-text = Es wurde entfernt, oder die Adresse stimmt nicht ganz. Alles, was gerade veröffentlicht ist, steht auf der ersten Seite des Newsrooms.
newsroom-gone = Diesen Beitrag gibt es hier nicht (mehr)
newsroom-gone-text = Er wurde zurückgezogen, oder die Adresse stimmt nicht ganz. Alles, was gerade veröffentlicht ist, steht auf der ersten Seite des Newsrooms.
