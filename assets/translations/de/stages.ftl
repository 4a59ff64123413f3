# Bühnen.
stages-title = Ihre Bühnen
stages-hello = Guten Tag, { $name }
stages-welcome = Willkommen bei Litfass. Drei Schritte, dann hängt Ihr erster Beitrag.
stages-lead = Jede Bühne hat ihren eigenen Newsroom, ihre Quellen und Bildschirme.
stages-new = Neue Bühne
stages-new-lead = Eine Bühne ist Ihr öffentlicher Auftritt: ein Newsroom mit eigener Adresse und die Bildschirme dazu.
stages-create = Bühne anlegen
stages-cancel = Abbrechen
stages-save = Speichern
stages-too_many = Mehr als 50 Bühnen kann ein Konto nicht haben.
stages-steps = Die ersten Schritte
stages-step-stage = Eine Bühne anlegen
stages-step-stage-text = Name und Adresse genügen. Farben und Logo können warten.
stages-step-source = Eine Quelle verknüpfen
stages-step-source-text = Die Adresse Ihrer Website oder Ihres Feeds, und Ihre Beiträge kommen von selbst.
stages-step-screen = Einen Bildschirm verbinden
stages-step-screen-text = Der Bildschirm zeigt einen Code, Sie tippen ihn hier ein. Mehr ist es nicht.
stages-step-go = Los
stages-step-done = (erledigt)
stages-count-posts = { $count ->
    [one] 1 Beitrag
   *[other] { $count } Beiträge
}
stages-count-sources = { $count ->
    [one] 1 Quelle
   *[other] { $count } Quellen
}
stages-count-screens = { $count ->
    [one] 1 Bildschirm
   *[other] { $count } Bildschirme
}
stages-name = Name
stages-name-hint = So steht er über dem Newsroom und auf den Bildschirmen.
stages-name-empty = Bitte geben Sie der Bühne einen Namen.
stages-name-long = Bitte nehmen Sie höchstens 80 Zeichen in einer Zeile.
stages-handle = Adresse
stages-handle-hint = 3 bis 30 Zeichen: a–z, 0–9 und einzelne Bindestriche. Sie lässt sich später nicht ändern.
stages-handle-missing = Bitte wählen Sie eine Adresse, zum Beispiel museum-entenhausen.
stages-handle-letters = Bitte nehmen Sie nur a–z, 0–9 und Bindestriche, also „fuer“ statt „für“.
stages-handle-length = Bitte nehmen Sie 3 bis 30 Zeichen.
stages-handle-hyphens = Bindestriche stehen nur einzeln und nur zwischen anderen Zeichen.
stages-handle-reserved = Diese Adresse ist vergeben, weil sie wie ein Teil von Litfass aussieht. Bitte wählen Sie eine andere.
stages-handle-taken = Diese Adresse, oder eine zum Verwechseln ähnliche, gibt es schon. Bitte wählen Sie eine andere.
stages-look = Name und Aussehen
stages-look-lead = Was Sie hier ändern, ist gleich im Newsroom und auf allen Bildschirmen zu sehen.
stages-words = Name und Sprache
stages-description = Beschreibung
stages-description-hint = Ein oder zwei Sätze für Ihren Newsroom.
stages-description-long = Bitte nehmen Sie höchstens 500 Zeichen.
stages-language = Sprache
stages-language-hint = Für Datum und feste Texte.
stages-language-unknown = Bitte wählen Sie eine Sprache aus der Liste.
stages-time_zone = Zeitzone
stages-time_zone-hint = Nach ihr richten sich Uhr und Programm.
stages-time_zone-unknown = Bitte wählen Sie eine Zeitzone aus der Liste.
stages-colours = Farben
stages-accent = Akzent
stages-accent-hint = Für Kopfzeile, Knöpfe und Links.
stages-background = Hintergrund
stages-background-hint = Hinter den Beiträgen auf Ihren Bildschirmen.
stages-colour-invalid = Bitte geben Sie eine Farbe wie #c43514 an.
stages-logo = Logo
stages-logo-now = Ihr jetziges Logo
stages-logo-new = Neues Logo
stages-logo-hint = PNG, JPEG, WebP oder GIF. Gut ist eines mit durchsichtigem Hintergrund.
stages-logo-none = Ohne Logo
stages-preview = Vorschau
stages-preview-text = So sieht Ihre Bühne mit diesen Farben aus.
stages-contrast-text = Text auf dem Hintergrund
stages-contrast-button = Schrift auf dem Akzent
stages-contrast-link = Akzent auf dem Hintergrund
stages-contrast-good = gut lesbar
stages-contrast-low = schwer lesbar, braucht mehr Kontrast
stages-contrast-hint = Ab 4,5 : 1 können fast alle Menschen gut lesen (WCAG 2.2).
stages-links = Links im Newsroom
stages-links-light = Auf hellen Seiten
stages-links-dark = Auf dunklen Seiten
stages-links-same = wie gewählt
stages-links-other = angepasst, damit man sie lesen kann
stages-links-hint = Ihr Newsroom folgt dem Gerät der Lesenden, hell oder dunkel. Links haben dort immer mindestens 4,5 : 1.

# Was gerade getan wurde.
done-logged_out = Sie sind abgemeldet. Bis bald!
done-session_ended = Die Sitzung ist beendet.
done-sessions_ended = Alle anderen Sitzungen sind beendet.
done-password_changed = Ihr Passwort ist geändert. Überall sonst sind Sie abgemeldet.
done-stage_created = Ihre Bühne steht. Jetzt fehlt nur noch eine Quelle.
done-stage_saved = Gespeichert.
done-token_revoked = Der Token ist widerrufen.
done-webhook_saved = Gespeichert.
done-webhook_resumed = Was wartet, wird gesendet.
done-webhook_removed = Der Webhook ist entfernt.
