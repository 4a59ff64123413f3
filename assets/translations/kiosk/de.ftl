# Was ein Display von sich aus sagt.

# Beitrag
read-on = Weiterlesen
learn-more = Mehr erfahren
just-now = gerade eben
minutes-ago =
    { $minutes ->
        [one] vor { $minutes } Minute
       *[other] vor { $minutes } Minuten
    }
today-at = heute, { $time } Uhr
yesterday-at = gestern, { $time } Uhr
day-at = { $weekday }, { $day }. { $month }, { $time } Uhr
day-of-year = { $day }. { $month } { $year }

# Uhr
date = { $weekday }, { $day }. { $month }
date-short = { $short }, { $day }. { $month }
weekday-1 = Montag
weekday-2 = Dienstag
weekday-3 = Mittwoch
weekday-4 = Donnerstag
weekday-5 = Freitag
weekday-6 = Samstag
weekday-7 = Sonntag
weekday-short-1 = Mo
weekday-short-2 = Di
weekday-short-3 = Mi
weekday-short-4 = Do
weekday-short-5 = Fr
weekday-short-6 = Sa
weekday-short-7 = So
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember

# Öffnungszeiten
hours-open = Jetzt geöffnet
hours-closed = Jetzt geschlossen
hours-until = bis { $time } Uhr
hours-opens-today = Öffnet heute um { $time } Uhr
hours-opens-tomorrow = Öffnet morgen um { $time } Uhr
hours-opens-on = Öffnet { $weekday } um { $time } Uhr
hours-none = geschlossen

# Countdown
countdown-days =
    { $count ->
        [one] Tag
       *[other] Tage
    }
countdown-hours =
    { $count ->
        [one] Stunde
       *[other] Stunden
    }
countdown-minutes =
    { $count ->
        [one] Minute
       *[other] Minuten
    }

# Termine
today = heute
tomorrow = morgen
event-at = { $day }, { $time } Uhr
event-until = bis { $day }
event-now = jetzt, bis { $time } Uhr
events-none = Zurzeit stehen keine Termine an.

# Wetter
weather-none = Zurzeit liegt kein aktueller Wetterbericht vor.
today-short = Heute
sky-clear = klar
sky-fair = leicht bewölkt
sky-cloudy = bewölkt
sky-fog = Nebel
sky-drizzle = leichter Regen
sky-rain = Regen
sky-snow = Schnee
sky-thunder = Gewitter

# Koppeln
pairing-title = Dieses Display koppeln
pairing-step-1 = QR-Code scannen oder „Bildschirme“ in Ihrem Litfass-Dashboard öffnen
pairing-step-2 = Diesen Code eingeben
pairing-step-3 = Fertig – Ihr Programm startet von selbst
pairing-left =
    { $minutes ->
        [0] Noch weniger als eine Minute gültig
        [one] Noch { $minutes } Minute gültig
       *[other] Noch { $minutes } Minuten gültig
    }
pairing-code-next = Ein neuer Code ist unterwegs …

# Laden und Warten
starting-title = Schön, dass Sie da sind
starting-text = Dieses Display sucht seinen Controller.
loading-title = Gleich geht es los
loading-text = Dieses Display ist gekoppelt. Das Programm wird geladen.
waiting-title = Bald gibt es hier Neues
waiting-text = Sobald es etwas zu sehen gibt, erscheint es hier von selbst.

# Störungen
fault-title = Hier stimmt etwas nicht
fault-detail = Für den Betreiber: { $detail }
fault-unreachable = Der Controller ist nicht erreichbar.
fault-unreachable-todo = Bitte prüfen Sie Netzwerkkabel oder WLAN und die Adresse des Controllers. Dieses Display versucht es von selbst weiter.
fault-disk_full = Der Speicher dieses Geräts ist voll.
fault-disk_full-todo = Bitte schaffen Sie Platz auf dem Gerät. Danach geht es hier von selbst weiter.
fault-signature = Es kam ein Programm an, das nicht vom Besitzer unterschrieben ist. Es wird nicht gezeigt.
fault-signature-todo = Bitte sagen Sie Ihrem Betreiber Bescheid. Wurde das Konto neu eingerichtet, entfernen Sie dieses Display im Dashboard und koppeln Sie es neu.
fault-rollback = Es kam ein älteres Programm an als das zuletzt gezeigte. Es wird nicht gezeigt.
fault-rollback-todo = Bitte veröffentlichen Sie das Programm im Dashboard noch einmal.
fault-hash = Eine Datei kam beschädigt an. Sie wird nicht gezeigt.
fault-hash-todo = Dieses Display holt sie von selbst noch einmal. Bleibt es so, sagen Sie bitte Ihrem Betreiber Bescheid.
fault-clock = Die Uhr dieses Geräts geht falsch.
fault-clock-todo = Bitte stellen Sie die Uhrzeit des Geräts, oder schalten Sie den Zeitabgleich ein.
fault-picture = Ein Bild lässt sich nicht darstellen.
fault-picture-todo = Bitte laden Sie es im Dashboard noch einmal hoch.
fault-film = Ein Film lässt sich nicht abspielen.
fault-film-todo = Bitte laden Sie ihn im Dashboard noch einmal hoch.
fault-other = Etwas Unerwartetes ist passiert.
fault-other-todo = Bitte starten Sie das Gerät neu. Bleibt es so, sagen Sie bitte Ihrem Betreiber Bescheid.
