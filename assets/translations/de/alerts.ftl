# Durchsagen.
alerts-title = Durchsage jetzt
alerts-one = Durchsage
alerts-all = Alle Durchsagen
alerts-on = Läuft gerade
alerts-running = Durchsage läuft: „{ $headline }“
alerts-running-open = Ansehen oder beenden
alerts-headline = Überschrift
alerts-headline-hint = Das Wichtigste in einer Zeile, zum Beispiel „Bitte das Gebäude verlassen“.
alerts-headline-missing = Bitte geben Sie eine Überschrift ein.
alerts-text = Text
alerts-shape = Wie groß?
alerts-shape-full = Ganzer Bildschirm
alerts-shape-band = Nur ein Band am unteren Rand
alerts-tags = Auf welchen Bildschirmen?
alerts-tags-hint = Nichts angekreuzt heißt: auf allen.
alerts-minutes = Endet von selbst nach so vielen Minuten
alerts-minutes-hint = Leer heißt: bis Sie sie beenden.
alerts-minutes-invalid = Bitte geben Sie 1 bis 10080 Minuten (eine Woche) ein, oder lassen Sie das Feld leer.
alerts-many = Es laufen schon 10 Durchsagen. Bitte beenden Sie zuerst eine.
alerts-send = Jetzt senden
alerts-end = Durchsage beenden
alerts-over = Beendet
alerts-over-text = Die Bildschirme zeigen wieder ihr Programm.
alerts-nobody = Es gibt keinen Bildschirm, auf dem sie zu sehen sein soll.
alerts-missing = Noch nicht zu sehen auf:
alerts-until = Endet von selbst: { $when }
alerts-until-ended = Läuft, bis Sie sie beenden.
alerts-lead = { $count ->
    [0] Es gibt noch keinen Bildschirm, der sie zeigen könnte.
    [one] Unterbricht den Bildschirm dieser Bühne sofort.
   *[other] Unterbricht alle { $count } Bildschirme dieser Bühne sofort.
}
alerts-count = { $wanted ->
    [one] Zu sehen auf { $showing } von 1 Bildschirm
   *[other] Zu sehen auf { $showing } von { $wanted } Bildschirmen
}
