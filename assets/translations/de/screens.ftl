# Bildschirme einer Bühne.
screens-name-missing = Bitte geben Sie dem Bildschirm einen Namen, zum Beispiel den Ort, an dem er hängt.
screens-name-too_long = Das ist zu lang. Bitte verwenden Sie höchstens 60 Zeichen.
screens-name-invalid = Bitte verwenden Sie nur Buchstaben, Ziffern und gewöhnliche Satzzeichen.
screens-rotation-invalid = Bitte wählen Sie eine der vier Lagen.
screens-programme-missing = Bitte wählen Sie, was der Bildschirm zeigen soll.
screens-code-malformed = Ein Code hat acht Buchstaben und Ziffern, zum Beispiel ABCD-2345. Bitte geben Sie ihn so ein, wie der Bildschirm ihn zeigt.
screens-code-unknown = Kein Bildschirm zeigt diesen Code. Er gilt zehn Minuten und nur einmal: Bitte geben Sie den Code ein, den der Bildschirm jetzt zeigt.
