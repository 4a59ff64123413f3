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
media-refused-away = Der Speicher für Bilder und Filme antwortet gerade nicht. Bitte versuchen Sie es in einigen Minuten noch einmal.
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
media-film-many = Es werden schon fünfzig Filme vorbereitet. Bitte warten Sie, bis einer fertig ist.
media-film-flashes = Ab Sekunde { $second } blitzt das Bild öfter als dreimal in einer Sekunde auf. Das kann bei Menschen mit lichtempfindlicher Epilepsie Anfälle auslösen. Bitte schneiden Sie die Stelle heraus, oder machen Sie sie langsamer oder kontrastärmer.
media-film-red = Ab Sekunde { $second } blitzt kräftiges Rot öfter als dreimal in einer Sekunde auf. Das kann bei Menschen mit lichtempfindlicher Epilepsie Anfälle auslösen. Bitte schneiden Sie die Stelle heraus, oder machen Sie sie langsamer oder blasser.
media-document-type = Das ist weder ein PDF noch ein Bild. Bitte speichern Sie Ihr Dokument als PDF.
media-document-broken = Dieses PDF ist beschädigt oder unvollständig. Bitte speichern Sie es noch einmal.
media-document-encrypted = Dieses PDF ist mit einem Passwort geschützt. Bitte speichern Sie es ohne Passwort.
media-document-heavy = Dieses PDF ist größer als 20 MB. Bitte speichern Sie es kleiner ab.
media-document-pages = Dieses PDF hat mehr als 50 Seiten. Bitte nehmen Sie nur die Seiten, die zu sehen sein sollen.
media-document-costly = Eine Seite dieses PDFs ist zu aufwendig zu zeichnen. Bitte speichern Sie es einfacher ab, zum Beispiel mit „Drucken als PDF“.
# Bilder von Telefonen.
media-heif-type = Bilder im Format HEIC oder AVIF kann dieser Server nicht lesen. Bitte speichern Sie das Bild als JPEG; am iPhone geht das unter Einstellungen → Kamera → Formate → „Maximale Kompatibilität“.
media-heif-costly = Dieses Bild ist zu aufwendig. Bitte speichern Sie es als JPEG.
# Die Mediathek.
media-lead = Alles, was Sie hochgeladen haben: Bilder, Filme und Dokumente, einmal gespeichert und überall zu verwenden.
media-all = Alle Medien
media-room = { $used } von { $most } belegt
media-room-short = Der Platz wird knapp. Löschen Sie, was Sie nicht mehr brauchen, oder bitten Sie den Betreiber dieses Servers um mehr.
media-size-kb = { $size } kB
media-size-mb = { $size } MB
media-size-gb = { $size } GB
media-size-point = ,
media-send = Hochladen
media-send-choose = Dateien auswählen
media-send-drop = … oder von Ihrem Computer hierher ziehen
media-send-hint = Bilder und PDF bis 20 MB, Filme bis { $megabytes } MB und zehn Minuten. Orts- und Geräteangaben werden entfernt.
media-send-do = Hochladen
media-piece-waiting = Wartet
media-piece-sending = %1 % hochgeladen
media-piece-checking = Hochgeladen, wird geprüft …
media-piece-done = Fertig
media-piece-offline = Keine Verbindung. Es geht von selbst weiter, sobald sie wieder da ist.
media-piece-ended = Abgebrochen
media-piece-left = Das hat nicht geklappt. Bitte wählen Sie die Datei noch einmal aus.
media-piece-out = Sie sind nicht mehr angemeldet. Bitte laden Sie diese Seite neu, und wählen Sie die Datei noch einmal aus: Es geht dann dort weiter, wo es aufgehört hat.
media-piece-stop = Abbrechen
media-piece-open = Beschreiben
media-left = Noch nicht ganz hochgeladen
media-left-text = Wählen Sie dieselbe Datei noch einmal aus, dann geht es dort weiter. Was nach einem Tag noch unvollständig ist, wird gelöscht.
media-left-percent = { $percent } % sind da
media-left-end = Verwerfen
media-filter = Art
media-filter-all = Alle
media-filter-picture = Bilder
media-filter-film = Filme
media-filter-document = Dokumente
media-filter-undescribed = Ohne Beschreibung
media-search = Nach Namen suchen
media-none = Noch nichts hochgeladen
media-none-text = Was Sie hier oder in einem Programm hochladen, bleibt hier, bis Sie es löschen, und lässt sich überall verwenden.
media-none-found = Dazu gibt es nichts. Suchen Sie nach etwas anderem, oder wählen Sie eine andere Art.
media-older = Ältere
media-kind-picture = Bild
media-kind-film = Film
media-kind-document = Dokument
media-pages = { $count ->
    [one] Dokument, eine Seite
   *[other] Dokument, { $count } Seiten
}
media-unnamed = { $kind } vom { $when }
media-undescribed = Beschreibung fehlt
media-used = Verwendet in
media-used-nowhere = Noch nirgends verwendet
media-used-programmes = { $count ->
    [one] in einem Programm
   *[other] in { $count } Programmen
}
media-used-posts = { $count ->
    [one] in einem Beitrag
   *[other] in { $count } Beiträgen
}
media-used-logos = { $count ->
    [one] als Logo
   *[other] als Logo von { $count } Bühnen
}
media-used-press = { $count ->
    [one] zum Herunterladen
   *[other] zum Herunterladen in { $count } Newsrooms
}
media-entry-focus = Was muss im Bild bleiben?
media-entry-focus-hint = Klicken Sie auf die Stelle, oder ziehen Sie den Kreis dorthin; mit der Tastatur verschieben ihn die Pfeiltasten, mit der Umschalttaste schneller. Wird das Bild beschnitten, bleibt diese Stelle zu sehen.
media-entry-focus-move = Wichtigste Stelle verschieben
media-entry-focus-said = %1 % von links, %2 % von oben
media-entry-focus-x = Von links (%)
media-entry-focus-y = Von oben (%)
media-entry-focus-invalid = Bitte geben Sie zwei ganze Zahlen von 0 bis 100 an.
media-entry-words = Beschreibung und Rechte
media-entry-name = Name
media-entry-name-empty = Bitte geben Sie einen Namen an.
media-entry-alt = Was ist zu sehen?
media-entry-alt-hint = Ein Satz für alle, die es nicht sehen können, zum Beispiel: „Kinder springen vom Steg in den See.“ Er gilt überall, wo nichts anderes gesagt wird.
media-entry-credit = Urheber
media-entry-credit-hint = Wer es aufgenommen oder gezeichnet hat.
media-entry-licence = Lizenz
media-entry-licence_words = Eigene Worte zur Lizenz
media-entry-licence_words-hint = Nur, wenn oben „Eigene Worte“ gewählt ist.
media-entry-licence_words-empty = Bitte sagen Sie mit eigenen Worten, was erlaubt ist, oder wählen Sie eine andere Lizenz.
media-entry-save = Speichern
media-entry-cancel = Abbrechen
media-entry-facts = Angaben
media-entry-kind = Art
media-entry-pixels = Bildpunkte
media-entry-size = Größe
media-entry-sent = Hochgeladen
media-licence-none = Keine Angabe
media-licence-reserved = Alle Rechte vorbehalten
media-licence-cc0 = CC0 1.0 (ohne Bedingungen)
media-licence-cc_by = CC BY 4.0 (Namensnennung)
media-licence-cc_by_sa = CC BY-SA 4.0 (Namensnennung, gleiche Bedingungen)
media-licence-cc_by_nd = CC BY-ND 4.0 (Namensnennung, keine Bearbeitung)
media-licence-cc_by_nc = CC BY-NC 4.0 (Namensnennung, nicht kommerziell)
media-licence-cc_by_nc_sa = CC BY-NC-SA 4.0 (Namensnennung, nicht kommerziell, gleiche Bedingungen)
media-licence-cc_by_nc_nd = CC BY-NC-ND 4.0 (Namensnennung, nicht kommerziell, keine Bearbeitung)
media-licence-public_domain = Gemeinfrei
media-licence-own = Eigene Worte
media-delete = Löschen
media-delete-title = Wirklich löschen?
media-delete-back = Zurück
media-delete-unused = Es wird nirgends verwendet.
media-delete-used = Es wird noch verwendet und verschwindet auch dort, sofort:
media-delete-text = Gelöscht ist gelöscht: auf allen Seiten, auf allen Bildschirmen und unter seiner Adresse. Folien, die nur daraus bestehen, werden übersprungen.
media-delete-do = Überall löschen
media-library-type = Diese Datei können wir nicht zeigen. Bitte nehmen Sie JPEG, PNG, WebP, GIF, PDF oder einen Film (MP4, MOV, WebM, MKV, AVI, MPEG).
media-library-nothing = Bitte wählen Sie mindestens eine Datei aus.
media-library-full = Dafür reicht der Platz Ihres Kontos nicht. Löschen Sie unter „Medien“, was Sie nicht mehr brauchen, oder bitten Sie den Betreiber dieses Servers um mehr.
media-library-many = Es sind schon hundert Dateien unterwegs. Bitte warten Sie, bis einige fertig sind.
media-library-longer = Es kam mehr an, als angekündigt war. Bitte wählen Sie die Datei noch einmal aus.
media-library-no_films = Filme kann dieser Server nicht vorbereiten. Bitte wenden Sie sich an seinen Betreiber.
done-media_sent = Hochgeladen.
done-media_saved = Gespeichert. Es gilt ab sofort überall.
done-media_deleted = Überall gelöscht.
done-upload_ended = Verworfen.
