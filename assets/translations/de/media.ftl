# Bilder, die nicht angenommen werden, und was man tun kann.
media-refused-empty = Diese Datei ist leer. Bitte wählen Sie sie noch einmal aus.
media-refused-heavy = Dieses Bild ist größer als 20 MB. Bitte speichern Sie es kleiner ab.
media-refused-type = Das ist kein Bild, das wir zeigen können. Bitte nehmen Sie JPEG, PNG, WebP oder GIF.
media-refused-broken = Dieses Bild ist beschädigt oder unvollständig. Bitte speichern oder senden Sie es noch einmal.
media-refused-side = Dieses Bild ist breiter oder höher als 16.384 Pixel. Bitte speichern Sie es kleiner ab.
media-refused-pixels = Dieses Bild hat mehr als 60 Millionen Pixel. Bitte speichern Sie es kleiner ab.
media-refused-aspect = Dieses Bild ist ein sehr langer Streifen. Bitte schneiden Sie es zu: Eine Seite darf höchstens 40-mal so lang sein wie die andere.
media-refused-frames = Diese Animation hat mehr als 1.000 Einzelbilder. Bitte kürzen Sie sie, oder nehmen Sie ein Standbild.
media-refused-tiny = Dieses Bild ist zu klein, um gesehen zu werden.
media-refused-full = Für Bilder ist kein Platz mehr. Bitte sagen Sie es der Person, die diesen Server betreibt.
media-refused-internal = Das Bild konnte nicht gespeichert werden. Bitte versuchen Sie es später noch einmal.
media-refused-unread = Die Datei kann nicht gelesen werden: { $why }.
media-refused-missing = Um diese Datei zu lesen, fehlt das Paket { $package }.
# Filme und Dokumente, die nicht angenommen werden.
media-film-type = Das ist kein Film, den wir lesen können. Bitte nehmen Sie MP4, MOV, WebM, MKV, AVI oder MPEG.
media-film-broken = Dieser Film ist beschädigt oder unvollständig. Bitte speichern oder senden Sie ihn noch einmal.
media-film-heavy = Diese Datei ist zu groß. Bitte speichern Sie den Film kleiner ab oder kürzen Sie ihn.
media-film-long = Dieser Film läuft länger als zehn Minuten. Bitte kürzen Sie ihn.
media-film-pixels = Die Einzelbilder dieses Films sind zu groß. Bitte speichern Sie ihn in Full HD (1920 × 1080) ab.
media-film-costly = Diesen Film vorzubereiten, dauert zu lange. Bitte speichern Sie ihn kleiner ab, am besten als MP4 in Full HD.
media-film-many = Es werden schon fünf Filme vorbereitet. Bitte warten Sie, bis einer fertig ist.
media-film-flashes = Ab Sekunde { $second } blitzt das Bild öfter als dreimal in einer Sekunde auf. Das kann bei Menschen mit lichtempfindlicher Epilepsie Anfälle auslösen. Bitte schneiden Sie die Stelle heraus, oder machen Sie sie langsamer oder kontrastärmer.
media-film-red = Ab Sekunde { $second } blitzt kräftiges Rot öfter als dreimal in einer Sekunde auf. Das kann bei Menschen mit lichtempfindlicher Epilepsie Anfälle auslösen. Bitte schneiden Sie die Stelle heraus, oder machen Sie sie langsamer oder blasser.
media-document-type = Das ist weder ein PDF noch ein Bild. Bitte speichern Sie Ihr Dokument als PDF.
media-document-broken = Dieses PDF ist beschädigt oder unvollständig. Bitte speichern Sie es noch einmal.
media-document-encrypted = Dieses PDF ist mit einem Passwort geschützt. Bitte speichern Sie es ohne Passwort.
media-document-heavy = Dieses PDF ist größer als 20 MB. Bitte speichern Sie es kleiner ab.
media-document-pages = Dieses PDF hat mehr als 50 Seiten. Bitte nehmen Sie nur die Seiten, die zu sehen sein sollen.
media-document-costly = Eine Seite dieses PDFs ist zu aufwendig zu zeichnen. Bitte speichern Sie es einfacher ab, zum Beispiel mit „Drucken als PDF“.
# Pictures of telephones.
media-heif-type = Bilder im Format HEIC oder AVIF kann dieser Server nicht lesen. Bitte speichern Sie das Bild als JPEG; am iPhone geht das unter Einstellungen → Kamera → Formate → „Maximale Kompatibilität“.
media-heif-costly = Dieses Bild ist zu aufwendig. Bitte speichern Sie es als JPEG.
