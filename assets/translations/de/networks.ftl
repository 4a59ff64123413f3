# Netzwerke: Namen, Formulare, und was schiefgehen kann.
networks-mastodon = Mastodon
networks-mastodon-hint = Öffentliche Beiträge eines Kontos bei Mastodon oder einem Server, der wie Mastodon spricht. Antworten an andere und geteilte Beiträge bleiben draußen.
networks-mastodon-address = Konto
networks-mastodon-address-hint = Zum Beispiel @stadt@social.example oder https://social.example/@stadt.
networks-token = Zugangsschlüssel
networks-token-hint = Nur nötig, wenn der Server Fremden nichts zeigt: Einstellungen → Entwicklung → Neue Anwendung, Berechtigungen read:accounts und read:statuses. Er wird verschlüsselt aufbewahrt und niemandem gezeigt.

networks-pixelfed = Pixelfed
networks-pixelfed-hint = Öffentliche Fotos eines Kontos. Ohne Zugangsschlüssel zeigt Pixelfed die zehn neuesten mit je einem Bild, mit ihm alle mit allen Bildern und Bildbeschreibungen.
networks-pixelfed-address = Konto
networks-pixelfed-address-hint = Zum Beispiel https://pixelfed.example/museum oder @museum@pixelfed.example.
networks-pixelfed-token-hint = Einstellungen → Anwendungen → Persönliche Zugriffstoken, Berechtigung read. Er wird verschlüsselt aufbewahrt und niemandem gezeigt.
networks-pixelfed-no_feed = Dieses Konto gibt es dort nicht, es ist privat, oder sein Feed ist abgeschaltet. Schalten Sie in Pixelfed unter Datenschutz den Atom-Feed ein, oder geben Sie einen Zugangsschlüssel an.

networks-bluesky = Bluesky
networks-bluesky-hint = Öffentliche Beiträge eines Kontos. Antworten und geteilte Beiträge bleiben draußen.
networks-bluesky-address = Konto
networks-bluesky-address-hint = Zum Beispiel @stadt.bsky.social, stadt.example oder https://bsky.app/profile/stadt.example.

networks-youtube = YouTube
networks-youtube-hint = Öffentliche Videos eines Kanals oder einer Playlist: Titel, Text, Vorschaubild und Link. Das Video selbst bleibt bei YouTube.
networks-youtube-address = Kanal oder Playlist
networks-youtube-address-hint = Zum Beispiel https://www.youtube.com/@stadt oder https://www.youtube.com/channel/UC….
networks-youtube-no_channel_id = YouTube sagt uns nicht, welcher Kanal das ist. Bitte öffnen Sie den Kanal, wählen Sie „Kanal teilen → Kanal-ID kopieren“ und fügen Sie diese ID ein.
networks-youtube-quota = Das Tageskontingent dieses Servers bei YouTube ist aufgebraucht. Um Mitternacht kalifornischer Zeit geht es von selbst weiter.
networks-youtube-key = YouTube nimmt den Schlüssel dieses Servers nicht an. Bitte sagen Sie es denen, die diesen Server betreiben; wir versuchen es von selbst wieder.

networks-error-nobody_knows = Zu diesem Namen kennen wir kein Netzwerk. Bitte fügen Sie die Adresse Ihres Profils ein, wie sie im Browser steht, oder wählen Sie das Netzwerk selbst.
networks-error-no_account = Das ist kein Konto dieses Netzwerks. Bitte fügen Sie die Adresse Ihres Profils ein, wie sie im Browser steht.
networks-error-account_missing = Dieses Konto ist dort nicht zu finden. Bitte prüfen Sie den Namen; bei einer Quelle, die schon lief, sehen wir noch zwei Wochen lang nach.
networks-error-account_gone = Dieses Konto war zwei Wochen lang nicht zu finden; es wird nicht mehr abgerufen. Trennen Sie die Quelle, damit auch ihre Beiträge gehen.
networks-error-closed = Dieser Server zeigt Fremden nichts. Verbinden Sie das Konto noch einmal mit einem Zugangsschlüssel.
networks-error-token_refused = Der Server nimmt den Zugangsschlüssel nicht mehr an. Bitte legen Sie einen neuen an, trennen Sie die Quelle und verbinden Sie sie neu.
networks-error-moved = Dieses Konto ist umgezogen: { $account }. Bitte verbinden Sie das neue.
networks-error-not_understood = Der Server antwortet anders, als wir es verstehen. Wir versuchen es von selbst wieder; bleibt es so, melden Sie es bitte.

networks-problem-moved = Dieses Konto ist umgezogen. Bitte verbinden Sie das neue, damit neue Beiträge kommen.
networks-problem-opted_out = Dieses Konto bittet darum, nur angemeldeten Menschen gezeigt zu werden; seine Beiträge erscheinen deshalb hier nicht. Ändern lässt es sich in Bluesky unter Einstellungen → Privatsphäre.
# Netzwerke, bei denen man sich anmeldet.
networks-instagram = Instagram
networks-instagram-hint = Beiträge eines Business- oder Creator-Kontos, mit Bildern und Reels.
networks-facebook = Facebook
networks-facebook-hint = Beiträge einer Seite, die Sie verwalten. Reels einer Seite gibt Facebook nicht heraus.
networks-tiktok = TikTok
networks-tiktok-hint = Öffentliche Videos eines Kontos: Titelbild, Text und Link; die Videos selbst gibt TikTok nicht heraus.
networks-x = X
networks-x-hint = Eigene Beiträge eines öffentlichen Kontos, ohne Antworten und Reposts. X berechnet den Betreibern jeden gelesenen Beitrag.
networks-linkedin = LinkedIn
networks-linkedin-hint = Beiträge einer Unternehmensseite, die Sie verwalten.

sources-error-registration = Das Netzwerk kennt diesen Server nicht unter der eingestellten Registrierung. Bitte sagen Sie es den Betreibern dieses Servers.
sources-error-credits = X liefert nichts mehr: Das Guthaben dieses Servers ist aufgebraucht, oder seine Registrierung darf das nicht. Bitte sagen Sie es den Betreibern; morgen versuchen wir es wieder.
sources-x-protected = Dieses Konto ist geschützt. Beiträge geschützter Konten dürfen nicht öffentlich gezeigt werden.
sources-linkedin-version = LinkedIn kennt die eingestellte Version seiner Schnittstelle nicht mehr. Bitte sagen Sie es den Betreibern dieses Servers: networks.linkedin.version.
sources-linkedin-approval = Abgeschaltet: LinkedIn erlaubt es nicht ohne Weiteres, Beiträge außerhalb von LinkedIn zu zeigen. Die Betreiber dieses Servers müssen ihn registrieren ({ $portal }, „Community Management API“, Rücksprungadresse { $redirect }), sich diesen Zweck genehmigen lassen, networks.{ $network }.client-id und networks.{ $network }.client-secret einstellen und die Genehmigung mit networks.{ $network }.approved = true bestätigen.

feeds-problem-unread_post = Ein Beitrag ist nicht lesbar und wurde ausgelassen.
feeds-problem-page_missing = Ältere Beiträge waren diesmal nicht zu bekommen.

networks-webhook = Webhook
networks-webhook-hint = Ihr Redaktionssystem oder ein eigenes Programm schickt die Beiträge selbst, jeden für sich. Nach dem Verbinden bekommen Sie dafür eine Adresse, ein Geheimnis und ein Beispiel.
networks-webhook-name = Name
networks-webhook-name-hint = Woran Sie die Quelle erkennen, zum Beispiel „Redaktionssystem Rathaus“.
networks-webhook-no_name = Bitte geben Sie der Quelle einen Namen.
