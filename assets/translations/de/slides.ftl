# Folien: was Bildschirme von sich aus sagen, und die Formulare dazu.
slides-welcome = Folgen Sie uns: { $address }
slides-problem-too_long = Das ist zu lang. Bitte kürzen Sie es.
slides-problem-number = Bitte geben Sie eine ganze Zahl im angegebenen Bereich ein.
slides-problem-choice = Bitte wählen Sie eine der Möglichkeiten.
