# Fehler als Seiten.
errors-home = Zur Startseite
errors-not_found = Seite nicht gefunden
errors-not_found-text = Unter dieser Adresse gibt es nichts, oder es ist nicht für Sie bestimmt. Prüfen Sie die Adresse oder gehen Sie zur Startseite.
errors-invalid = Das konnte nicht gespeichert werden
errors-invalid-text = Etwas im Formular lässt sich nicht verwenden. Gehen Sie zurück, korrigieren Sie es und senden Sie es erneut.
errors-too_many = Zu viele Versuche
errors-too_many-text = Bitte warten Sie einen Moment und versuchen Sie es dann noch einmal.
errors-forbidden = Nicht erlaubt
errors-forbidden-text = Ihre Rolle lässt das nicht zu. Fragen Sie die Inhaberin oder den Inhaber Ihres Kontos.
errors-xsrf = Das Formular ist abgelaufen
errors-xsrf-text = Zu Ihrer Sicherheit lässt sich ein Formular nur von der Seite senden, auf der es steht. Gehen Sie zurück, laden Sie die Seite neu und senden Sie es noch einmal.
errors-internal = Da ist etwas schiefgegangen
errors-internal-text = Das ist unser Fehler und wurde vermerkt. Bitte versuchen Sie es gleich noch einmal.
errors-too_large = Zu groß
errors-too_large-text = Was Sie gesendet haben, ist zu groß. Gehen Sie zurück und wählen Sie eine kleinere Datei.
errors-busy = Gerade ist viel los
errors-busy-text = Wir kommen im Moment nicht hinterher. Bitte versuchen Sie es in ein paar Sekunden noch einmal.
