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
