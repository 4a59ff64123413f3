# Themen: Überschriften, unter die Regeln und Menschen Beiträge stellen.
topics-lead = Überschriften für Ihre Beiträge: als eigene Seite im Newsroom und als Auswahl für Bildschirme. Eine Regel sortiert, und Sie haben das letzte Wort.
topics-new = Neues Thema
topics-none = Noch keine Themen
topics-none-text = Legen Sie „Kultur“, „Sport“ oder „Baustellen“ an und sagen Sie, welche Wörter dazugehören. Litfass sortiert alle Beiträge von selbst, auch die alten.
topics-sorting = Alle Beiträge werden neu sortiert: { $done } von { $all } sind fertig. Sie können inzwischen weiterarbeiten.
topics-sorting-label = Wie weit die Beiträge sortiert sind
topics-count = { $count ->
    [0] Noch keine Beiträge
    [one] 1 Beitrag
   *[other] { $count } Beiträge
}
topics-count-hand = { $count ->
    [one] 1 davon von Hand
   *[other] { $count } davon von Hand
}
topics-no_rule = ohne Regel
topics-up = Nach oben
topics-down = Nach unten
topics-see = Im Newsroom
topics-edit = Bearbeiten
topics-remove = Entfernen
topics-all = Alle Themen
topics-save = Speichern
topics-cancel = Abbrechen
topics-naming = Name
topics-name = Wie das Thema heißt
topics-name-hint = Steht im Kopf des Newsrooms. Benennen Sie es um, führt die alte Adresse weiter hierher.
topics-name-empty = Bitte geben Sie dem Thema einen Namen.
topics-name-too_long = Bitte höchstens 60 Zeichen.
topics-name-taken = Ein anderes Thema heißt schon so oder fast so.
topics-too_many = Eine Bühne kann höchstens 100 Themen haben.
topics-rule = Welche Beiträge gehören dazu?
topics-rule-text = Ein Beitrag kann zu mehreren Themen gehören. Ohne Bedingung gehört nur dazu, was Sie von Hand zuordnen.
topics-way = { $number }. Möglichkeit dazuzugehören
topics-or = Oder es passt stattdessen:
topics-way-add = Andere Möglichkeit hinzufügen („oder“)
topics-mode-any = Mindestens eines davon
topics-mode-all = Außerdem alles davon
topics-mode-none = Aber nichts davon
topics-row = Bedingung { $number }
topics-row-is = Worum es geht
topics-row-text = Wörter, durch Kommas getrennt
topics-row-example = Freibad, Tag der offenen Tür
topics-row-drop = Bedingung entfernen
topics-row-add = Bedingung
topics-row-gone = (gibt es nicht mehr)
topics-ask-text = Was im Beitrag steht
topics-ask-words = Wort oder Wortfolge
topics-ask-tag = Hashtag oder Rubrik
topics-ask-media = Was dabei ist
topics-ask-sources = Quelle
topics-ask-networks = Netzwerk
topics-ask-languages = Sprache
topics-media-picture = Mit Bild
topics-media-film = Mit Film
topics-media-sound = Mit Ton
topics-media-nothing = Nur Text
topics-language-de = Deutsch
topics-language-en = Englisch
topics-language-fr = Französisch
topics-language-es = Spanisch
topics-language-it = Italienisch
topics-language-nl = Niederländisch
topics-language-pl = Polnisch
topics-language-tr = Türkisch
topics-language-ar = Arabisch
topics-language-fa = Persisch
topics-language-ru = Russisch
topics-language-uk = Ukrainisch
topics-ideas = Wörter, die passen könnten
topics-ideas-text = Sie stehen in Beiträgen, die Sie von Hand zugeordnet haben, und selten in anderen.
topics-help = Was Sie noch wissen können
topics-help-forms = „Freibad“ findet auch „Freibäder“, „Strasse“ auch „Straße“; das gilt für deutsche und englische Wörter.
topics-help-commas = Trennen Sie mehrere Wörter durch Kommas. Wörter ohne Komma müssen im Beitrag nebeneinander stehen.
topics-help-star = Ein Stern steht für den Rest eines Wortes: „schwimm*“ findet „Schwimmbad“, „*bad“ findet „Freibad“.
topics-help-quotes = In Anführungszeichen gilt ein Wort genau so, wie es da steht.
topics-help-hand = Was Sie bei einem Beitrag von Hand festlegen, ändert keine Regel.
topics-caught = Was die Regel gerade findet
topics-caught-empty = Sobald oben eine Bedingung steht, sehen Sie hier, welche Beiträge dazugehören.
topics-caught-count = { $count ->
    [one] Beitrag von { $all } wird gefunden.
   *[other] Beiträge von { $all } werden gefunden.
}
topics-caught-newest = Die neuesten davon.
topics-try = Ausprobieren
topics-problem-many = Das sind zu viele Bedingungen: höchstens 200.
topics-problem-long = Ein Wort oder eine Wortfolge darf höchstens 100 Zeichen haben.
topics-problem-word = In einer Bedingung steht kein Wort, das in einem Beitrag vorkommen kann.
topics-problem-none = „Aber nichts davon“ allein findet nichts: Sagen Sie auch, was dazugehört.
topics-merge = Mit einem anderen Thema zusammenlegen
topics-merge-text = Beiträge, Regel und Adresse gehen in das andere Thema über, und Programme zeigen es statt dieses Themas.
topics-merge-into = Anderes Thema
topics-merge-do = Zusammenlegen
topics-merge-choose = Bitte wählen Sie ein anderes Thema.
topics-remove-sure = Thema entfernen?
topics-remove-text = Die Beiträge bleiben. Die Seite im Newsroom verschwindet, und Folien mit diesem Thema zeigen nichts, bis Sie dort ein anderes wählen.
topics-remove-do = Thema entfernen
topics-keep = Behalten
topics-of_post = Themen dieses Beitrags
topics-of_post-back = Zurück zu den Beiträgen
topics-of_post-change = Themen
topics-hand = Von Hand zuordnen
topics-hand-text = Was Sie hier festlegen, gilt für immer: Keine Regel ändert es.
topics-hand-rule-in = Wie die Regel sagt (gehört dazu)
topics-hand-rule-out = Wie die Regel sagt (gehört nicht dazu)
topics-hand-in = Gehört immer dazu
topics-hand-out = Gehört nie dazu
done-topic_saved = Gespeichert.
done-topic_moved = Verschoben.
done-topic_removed = Das Thema ist entfernt. Seine Beiträge sind noch da.
done-topic_merged = Zusammengelegt. Die alte Adresse führt zum anderen Thema.
done-post_sorted = Zugeordnet.
topics-stale = Jemand anders hat dieses Thema inzwischen geändert. Was Sie geschrieben haben, steht noch hier. Wenn Sie noch einmal speichern, gilt Ihre Fassung.
