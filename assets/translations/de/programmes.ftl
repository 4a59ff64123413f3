# Was die Bildschirme zeigen.
programmes-title = Was die Bildschirme zeigen
programmes-lead = Alle Bildschirme dieser Bühne zeigen dasselbe, im Gleichschritt. Jede Änderung erreicht sie binnen einer Sekunde.
programmes-plan = Aufteilung
programmes-posts = Anzahl der Beiträge
programmes-posts-hint = Die neuesten gezeigten Beiträge, von 1 bis 50.
programmes-header = Logo und Name oben
programmes-header-hint = Wie unter „Name und Aussehen“ eingestellt.
programmes-clock = Uhrzeit
programmes-date = Datum unter der Uhrzeit
programmes-announcement = Durchsage
programmes-announcement-lead = Was Sie neben Ihren Beiträgen sagen möchten: Öffnungszeiten, eine Veranstaltung, eine gesperrte Straße. Sie kommt zuerst und nach je vier Beiträgen. Leere Felder bedeuten: keine Durchsage.
programmes-save = Speichern und zeigen
programmes-link-invalid = Bitte geben Sie eine Internetadresse wie www.example.org/termine ein.
programmes-headline-missing = Eine Durchsage braucht eine Überschrift. Bitte geben Sie eine ein oder leeren Sie die anderen Felder.
done-programme_saved = Gespeichert. Die Bildschirme ändern sich binnen einer Sekunde.
