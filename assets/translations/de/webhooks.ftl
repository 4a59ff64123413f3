# Webhooks: who is told of posts.
webhooks-title = Webhooks
webhooks-lead = Wir sagen einem Programm von Ihnen sofort, wenn ein Beitrag erscheint, sich ändert oder zurückgezogen wird.
webhooks-list = Wem wir es sagen
webhooks-new = Neuer Webhook
webhooks-make = Webhook anlegen
webhooks-save = Speichern
webhooks-edit = Ändern
webhooks-name = Name
webhooks-name-hint = Wofür er ist: Website, Archiv.
webhooks-name-missing = Bitte sagen Sie, wofür er ist.
webhooks-name-long = Bitte wählen Sie einen Namen von höchstens 60 Zeichen.
webhooks-address = Adresse
webhooks-address-hint = Wo Ihr Programm zuhört: https://…
webhooks-address-wrong = Das ist keine Adresse.
webhooks-address-https = Die Adresse muss mit https:// beginnen, damit niemand mitliest.
webhooks-address-forbidden = Diese Adresse liegt in einem privaten Netz oder nutzt einen ungewöhnlichen Port. Wer diesen Server betreibt, kann sie erlauben.
webhooks-events = Wann sagen wir es?
webhooks-events-missing = Bitte wählen Sie mindestens eines.
webhooks-event-published = Ein Beitrag erscheint
webhooks-event-changed = Ein Beitrag hat sich geändert
webhooks-event-withdrawn = Ein Beitrag wird zurückgezogen: verborgen, gelöscht, abgelaufen
webhooks-event-published-short = erschienen
webhooks-event-changed-short = geändert
webhooks-event-withdrawn-short = zurückgezogen
webhooks-many = Eine Bühne kann 20 Webhooks haben. Bitte entfernen Sie einen, der nicht mehr gebraucht wird.
webhooks-working = aktiv
webhooks-paused = angehalten
webhooks-paused-since = Seit { $when } wird nichts gesendet.
webhooks-pause-failing = Einen Tag lang hat Ihr Programm nicht angenommen, was wir gesendet haben.
webhooks-pause-gone = Ihr Programm hat geantwortet, dass dort niemand mehr ist (410).
webhooks-count = { $count ->
    [0] Nichts wartet.
    [one] Eine Nachricht wartet.
   *[other] { $count } Nachrichten warten.
 }
webhooks-resume = Erneut senden
webhooks-secret = Geheimnis
webhooks-secret-once = Kopieren Sie das Geheimnis jetzt: Es wird nur dieses eine Mal gezeigt. Daran erkennt Ihr Programm, dass eine Nachricht von uns ist.
webhooks-secret-kept = Es wurde einmal gezeigt und liegt hier verschlüsselt.
webhooks-secret-renew = Neues Geheimnis
webhooks-secret-sure = Nachrichten werden sofort mit dem neuen Geheimnis unterschrieben. Erstellen?
webhooks-sent = Was gesendet wurde
webhooks-none = Noch nichts. Der nächste Beitrag, der erscheint, sich ändert oder zurückgezogen wird, wird gemeldet.
webhooks-when = Wann
webhooks-what = Was
webhooks-post = Beitrag
webhooks-state = Stand
webhooks-state-done = angenommen
webhooks-state-dropped = entfallen
webhooks-state-waiting = wartet
webhooks-state-failing = nicht angenommen
webhooks-answer = Antwort
webhooks-unanswered = keine
webhooks-again = erneut { $when }
webhooks-delete = Webhook entfernen
webhooks-delete-sure = An diese Adresse wird nichts mehr gesendet. Entfernen?
