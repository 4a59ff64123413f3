# Der Schreibtisch für alle Bühnen.
desk-title = Schreibtisch
desk-lead = Alle Beiträge aller Bühnen: durchsehen, zeigen, verbergen, ordnen.
desk-filter = Beiträge finden
desk-filter-do = Anwenden
desk-filter-none = Alle Filter entfernen
desk-q = Beiträge durchsuchen
desk-q-do = Suchen
desk-more = Weitere Filter
desk-stage = Bühne
desk-stage-all = Alle Bühnen
desk-source = Quelle
desk-source-all = Alle Quellen
desk-network = Netzwerk
desk-network-all = Alle Netzwerke
desk-topic = Thema
desk-topic-all = Alle Themen
desk-topic-none = Ohne Thema
desk-media = Medien
desk-media-all = Mit und ohne Medien
desk-media-picture = Mit Bild
desk-media-film = Mit Film
desk-media-nothing = Nur Text
desk-language = Sprache
desk-language-all = Alle Sprachen
desk-language-none = Ohne Angabe
desk-from = Vom
desk-to = Bis zum
desk-count = { $count ->
    [0] Keine Beiträge
    [one] Ein Beitrag
   *[other] { $count } Beiträge
}
desk-count-more = Mehr als { $count } Beiträge
desk-first = Zu den neuesten
desk-none = Dazu gibt es keine Beiträge. Mit weniger Filtern finden Sie mehr.
desk-pick = Auswählen:
desk-pin = Anheften
desk-unpin = Lösen
desk-bulk = Mit ausgewählten Beiträgen
desk-bulk-page = Alle auf dieser Seite
desk-bulk-all = Alle { $count } mit diesen Filtern
desk-bulk-topic = Thema …
desk-bulk-in = Zuordnen
desk-bulk-out = Entfernen
desk-chosen = ausgewählt
desk-undo = Rückgängig
desk-undone = { $count ->
    [0] Es gab nichts zurückzunehmen.
    [one] Zurückgenommen. Der Beitrag ist wieder, wie er war.
   *[other] Zurückgenommen. { $count } Beiträge sind wieder, wie sie waren.
}
desk-undone-some = { $count ->
    [0] Nichts zurückgenommen:
    [one] Bei einem Beitrag zurückgenommen;
   *[other] Bei { $count } Beiträgen zurückgenommen;
} { $left ->
    [one] ein Beitrag wurde seitdem geändert und bleibt, wie er ist.
   *[other] { $left } Beiträge wurden seitdem geändert und bleiben, wie sie sind.
}
desk-done-same = Hier gab es nichts zu tun.
desk-done-show = { $count ->
    [one] Der Beitrag wird gezeigt.
   *[other] { $count } Beiträge werden gezeigt.
}
desk-done-hide = { $count ->
    [one] Verborgen. Der Beitrag steht weder im Newsroom noch auf Bildschirmen.
   *[other] Verborgen. { $count } Beiträge stehen weder im Newsroom noch auf Bildschirmen.
}
desk-done-pin = { $count ->
    [one] Der Beitrag ist oben angeheftet.
   *[other] { $count } Beiträge sind oben angeheftet.
}
desk-done-unpin = { $count ->
    [one] Der Beitrag ist nicht mehr angeheftet.
   *[other] { $count } Beiträge sind nicht mehr angeheftet.
}
desk-done-topics = { $count ->
    [one] Die Themen des Beitrags sind geändert.
   *[other] Die Themen von { $count } Beiträgen sind geändert.
}
done-desk_none = Bitte wählen Sie zuerst Beiträge aus, und ein Thema, wenn es um eines geht.
desk-stayed = { $count ->
    [one] Ein Entwurf blieb Entwurf: Veröffentlichen darf ihn, wer schreiben darf.
   *[other] { $count } Entwürfe blieben Entwürfe: Veröffentlichen darf sie, wer schreiben darf.
}
desk-refused = { $count ->
    [one] Ein Beitrag wurde inzwischen geändert und blieb, wie er ist. Bitte sehen Sie ihn noch einmal an:
   *[other] { $count } Beiträge wurden inzwischen geändert und blieben, wie sie sind. Bitte sehen Sie sie noch einmal an:
}
desk-refused-one = „{ $post }“ – { $happened }
desk-by-somebody = inzwischen geändert
desk-by-show = von { $name } gezeigt
desk-by-hide = von { $name } verborgen
desk-by-pin = von { $name } angeheftet
desk-by-unpin = von { $name } gelöst
desk-by-topics = von { $name } eingeordnet
desk-by-undo = von { $name } zurückgenommen
desk-news = { $count ->
    [one] 1 neuer Beitrag
   *[other] { $count } neue Beiträge
}
desk-gone = Dieser Beitrag ist nicht mehr da.
desk-failed = Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.
desk-topics-do = Übernehmen
desk-cancel = Abbrechen
desk-keys = Tastenkürzel
desk-keys-lead = Sie gelten, solange Sie nirgends schreiben. P, H, I, T, E und X gelten dem Beitrag, auf dem Sie stehen.
desk-keys-on = Tastenkürzel verwenden
desk-keys-close = Schließen
desk-key-next = nächster Beitrag
desk-key-previous = voriger Beitrag
desk-key-show = zeigen
desk-key-hide = verbergen
desk-key-pin = oben anheften oder lösen
desk-key-topics = Themen
desk-key-undo = rückgängig
desk-key-choose = auswählen; mit Umschalt alle bis hierher
desk-key-more = Auswahl erweitern
desk-key-edit = bearbeiten
desk-key-news = neue Beiträge einfügen
desk-key-search = suchen
desk-key-leave = Auswahl aufheben
desk-key-help = diese Hilfe
