# Folien: was Bildschirme von sich aus sagen, und die Formulare dazu.
slides-welcome = Folgen Sie uns: { $address }
slides-problem-too_long = Das ist zu lang. Bitte kürzen Sie es.
slides-problem-number = Bitte geben Sie eine ganze Zahl im angegebenen Bereich ein.
slides-problem-choice = Bitte wählen Sie eine der Möglichkeiten.
slides-announcement-headline = Überschrift
slides-announcement-headline-hint = Eine Zeile, die man von der anderen Straßenseite lesen kann.
slides-announcement-text = Text
slides-announcement-text-hint = Wenige kurze Zeilen. Zeilenumbrüche bleiben erhalten.
slides-announcement-link = Internetadresse
slides-announcement-link-hint = Erscheint als QR-Code, den man scannen kann.
slides-announcement-design = Gestaltung
slides-announcement-design-hint = „Über dem Bild“ braucht ein Bild.
slides-announcement-design-paper = Ruhig auf Papier
slides-announcement-design-poster = Plakat in Ihrer Farbe
slides-announcement-design-picture = Über dem Bild
slides-announcement-picture = Bild
slides-announcement-picture-hint = Neben oder hinter dem Text.
