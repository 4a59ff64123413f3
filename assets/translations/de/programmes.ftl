# Was die Bildschirme zeigen.
programmes-link-invalid = Bitte geben Sie eine Internetadresse wie www.example.org/termine ein.
programmes-headline-missing = Eine Durchsage braucht eine Überschrift. Bitte geben Sie eine ein oder leeren Sie die anderen Felder.
