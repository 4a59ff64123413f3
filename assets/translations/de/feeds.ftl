# Feeds: das Formular, und was zwischen einem Anbieter und uns schiefgehen kann.
networks-feed = RSS-, Atom- oder JSON-Feed
networks-feed-hint = Beiträge einer Website, eines Blogs, einer Pressestelle oder eines Podcasts.
networks-feed-address = Adresse des Feeds oder der Website
networks-feed-address-hint = Zum Beispiel https://museum.example/feed. Die Adresse der Website genügt, wenn sie ihren Feed nennt.

sources-error-bad_address = Diese Adresse ist nicht lesbar. Bitte kopieren Sie sie noch einmal aus der Adresszeile Ihres Browsers.
sources-error-scheme = Es können nur Adressen verknüpft werden, die mit http:// oder https:// beginnen.
sources-error-credentials_in_address = Diese Adresse enthält einen Benutzernamen oder ein Passwort. Bitte entfernen Sie beides aus der Adresse.
sources-error-forbidden_address = Diese Adresse führt in ein privates Netz und wird nicht abgerufen. Wer diesen Server betreibt, kann sie freigeben.
sources-error-forbidden_port = Diese Adresse nutzt den Port { $port }, den Websites nicht verwenden. Wer diesen Server betreibt, kann ihn freigeben.
sources-error-dns = Einen Server mit diesem Namen gibt es nicht. Bitte prüfen Sie die Adresse auf Tippfehler.
sources-error-refused = Der Server ist nicht erreichbar. Bitte versuchen Sie es später noch einmal oder prüfen Sie die Adresse.
sources-error-tls = Eine sichere Verbindung ist nicht möglich: Das Zertifikat des Servers ist nicht gültig. Bitte sagen Sie es den Betreibern der Website.
sources-error-timeout = Der Server hat { $secs } Sekunden lang nicht geantwortet. Wir versuchen es von selbst wieder.
sources-error-too_large = Die Antwort ist größer als { $limit } MB. Bitte verknüpfen Sie einen Feed mit weniger Beiträgen.
sources-error-redirects = Der Server schickt uns immer weiter von einer Adresse zur nächsten. Bitte öffnen Sie die Adresse im Browser und kopieren Sie die, bei der Sie ankommen.
sources-error-broken = Die Antwort des Servers ist abgebrochen. Wir versuchen es von selbst wieder.
sources-error-unauthorised = Der Server verlangt Benutzernamen und Passwort. Bitte schreiben Sie beides in die Adresse, https://name:passwort@museum.example/feed; es wird verschlüsselt aufbewahrt und niemandem gezeigt. Oder verknüpfen Sie eine öffentliche Adresse.
sources-error-denied = Der Server verweigert uns den Zugriff (403). Bitte fragen Sie die Betreiber der Website, ob sie ihn erlauben.
sources-error-not_found = Unter dieser Adresse ist nichts zu finden (404). Bitte prüfen Sie sie; wir sehen noch zwei Wochen lang nach.
sources-error-missing_long = Unter dieser Adresse war zwei Wochen lang nichts zu finden; sie wird nicht mehr abgerufen. Bitte verknüpfen Sie die neue Adresse.
sources-error-gone = Der Anbieter hat diesen Feed endgültig geschlossen (410). Bitte verknüpfen Sie den Nachfolger, falls es einen gibt.
sources-error-rate_limited = Der Server bittet uns, seltener nachzufragen. Wir warten und versuchen es von selbst wieder.
sources-error-unavailable = Der Server wird gewartet oder ist überlastet. Wir warten und versuchen es von selbst wieder.
sources-error-status = Der Server antwortet mit dem Fehler { $status }. Wir versuchen es von selbst wieder.

feeds-error-unread = Die Datei ist nicht lesbar: { $why }.
feeds-error-empty = Die Antwort ist leer. Bitte prüfen Sie die Adresse.
feeds-error-not_a_feed = Das ist kein Feed. Bitte suchen Sie auf der Website einen Link namens „RSS“ oder „Feed“ und verwenden Sie dessen Adresse.
feeds-error-website = Das ist eine Website, kein Feed. Sie nennt Feeds; bitte verknüpfen Sie einen davon.
feeds-error-website_without_feed = Das ist eine Website, die nicht sagt, wo ihr Feed liegt. Bitte suchen Sie dort einen Link namens „RSS“ oder „Feed“ und verwenden Sie dessen Adresse.
feeds-error-broken_json = Dieser Feed ist schon vor seinem ersten Beitrag beschädigt. Bitte sagen Sie es den Betreibern der Website.
feeds-error-failed = Wir konnten diesen Feed nicht lesen. Das liegt an uns; bitte melden Sie es.

feeds-problem-encoding = Einige Zeichen sind in der Kodierung, die der Feed verwendet, nicht lesbar.
feeds-problem-truncated = Der Feed bricht ab; was davor steht, bleibt erhalten.
feeds-problem-cut_post = Dieser Beitrag bricht ab und wird ausgelassen.
feeds-problem-leading_junk = Vor dem Feed steht etwas, das dort nicht hingehört.
feeds-problem-too_many_elements = Der Feed hat viel zu viele Elemente; nur sein Anfang wird gelesen.
feeds-problem-too_many_posts = Der Feed hat mehr Beiträge, als gelesen werden; die ersten werden übernommen.
feeds-problem-bad_link = Der Link dieses Beitrags ist nicht verwendbar.
feeds-problem-empty_post = Dieser Beitrag enthält weder Text noch Bilder und wird ausgelassen.
feeds-problem-no_id = Dieser Beitrag hat weder Kennung noch Link; nach einer Änderung sieht er wie ein neuer aus.
feeds-problem-json_without_id = Dieser Beitrag hat keine Kennung und wird ausgelassen.
feeds-problem-date_missing = Dieser Beitrag sagt nicht, wann er veröffentlicht wurde.
feeds-problem-date_unreadable = Das Datum dieses Beitrags ist nicht lesbar.
feeds-problem-duplicate = Dieser Beitrag steht zweimal im Feed; der erste wird übernommen.
