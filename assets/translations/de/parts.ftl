# Was auf jeder Seite steht.
parts-skip = Zum Inhalt springen
parts-menu = Ihr Konto
parts-navigation = Navigation
parts-language = Sprache
parts-sessions = Sicherheit und Sitzungen
parts-logout = Abmelden
parts-stages = Bühnen
parts-posts = Beiträge
parts-media = Medien
parts-sources = Quellen
parts-topics = Themen
parts-programmes = Programme
parts-screens = Bildschirme
parts-widget = Einbetten
parts-hits = Aufrufe
parts-look = Name und Aussehen
parts-newsroom = Newsroom öffnen
parts-footer = Litfass ist freie Software unter der AGPL und läuft auf dem Server, dem Sie vertrauen.
parts-optional = (freiwillig)
parts-problems = Fast geschafft: Bitte sehen Sie sich die markierten Felder noch einmal an.
parts-reveal = Passwort zeigen
parts-copy = Kopieren
parts-copied = Kopiert
parts-close = Hinweis schließen
parts-colour = Farbe auswählen

times-now = gerade eben
times-minutes = { $count ->
    [one] vor 1 Minute
   *[other] vor { $count } Minuten
}
times-hours = { $count ->
    [one] vor 1 Stunde
   *[other] vor { $count } Stunden
}
times-days = { $count ->
    [one] gestern
   *[other] vor { $count } Tagen
}
times-day = { $day }. { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
} { $year }
times-month = { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
} { $year }
times-full = { $day }, { $time } Uhr
