# Moderation: Regeln, Gründe, Notbremse.
moderation-rules = Regeln
moderation-rules-lead = Was von selbst warten oder verborgen bleiben soll, bevor jemand hinsieht. Regeln gelten für alles, was importiert wird, nie für selbst geschriebene Beiträge.
moderation-supplied = Mitgelieferte Sperrlisten
moderation-supplied-text = Beschimpfungen, Herabsetzungen und Anzügliches, auch mit Ziffern, Sternen oder unsichtbaren Zeichen geschrieben. Wörter, die auch in ernsten Texten stehen, fehlen mit Absicht.
moderation-does = Was mit solchen Beiträgen geschieht
moderation-does-queue = Sie warten, bis jemand sie zeigt
moderation-does-hide = Sie werden verborgen
moderation-lines = Ein Eintrag je Zeile
moderation-list-words = Eigene Wörter
moderation-list-words-text = Ein Wort findet auch seine anderen Formen, mehrere Wörter nur nebeneinander. Ein Stern steht für den Rest eines Wortes („casino*“), in Anführungszeichen gilt ein Wort genau so.
moderation-list-accounts = Konten
moderation-list-accounts-text = Name oder Kürzel, wie das Netzwerk es zeigt: Anna Beispiel, @anna oder @anna@social.example.
moderation-list-domains = Websites
moderation-list-domains-text = Beiträge, die dorthin verlinken: casino.example meint auch www.casino.example. Die Adresse des Beitrags selbst zählt nicht.
moderation-list-allowed_words = Ausnahmen: Wörter
moderation-list-allowed_words-text = Innerhalb dieser Wörter und Wortfolgen findet keine Liste etwas.
moderation-list-allowed_accounts = Ausnahmen: Konten
moderation-list-allowed_accounts-text = Beiträge dieser Konten hält keine Liste und keine Mengengrenze zurück.
moderation-limit = Mengengrenze
moderation-limit-text = Veröffentlicht eine Quelle mehr als so viele Beiträge in so vielen Minuten, wartet der Rest. Was beim ersten Abruf einer Quelle kommt, zählt nicht.
moderation-limit-posts = Beiträge
moderation-limit-minutes = Minuten
moderation-found = Was diese Regeln zurückhielten
moderation-found-wrong = Erst wenn alle Zeilen stimmen, sehen Sie hier, was die Regeln fänden.
moderation-found-empty = Diese Regeln halten nichts zurück. Sobald oben etwas steht, sehen Sie hier, welche Ihrer letzten Beiträge es träfe.
moderation-found-count = { $count ->
    [one] Beitrag von den letzten { $all }.
   *[other] Beiträge von den letzten { $all }.
}
moderation-found-newest = Die neuesten davon.
moderation-found-waits = würde warten
moderation-found-hides = würde verborgen
moderation-found-not_shown = ist jetzt schon nicht zu sehen
moderation-try = Ausprobieren
moderation-save = Speichern
moderation-stale = Jemand anders hat die Regeln inzwischen geändert. Was Sie geschrieben haben, steht noch hier. Wenn Sie noch einmal speichern, gelten Ihre Regeln.
moderation-wrong = Einige Zeilen stimmen noch nicht. Was zu ändern ist, steht darunter.
moderation-wrong-line = Zeile { $line } („{ $text }“):
moderation-wrong-word = Hier steht kein Wort, das in einem Beitrag vorkommen kann.
moderation-wrong-star = Mit so wenigen Buchstaben und einem Stern fände die Regel fast alles.
moderation-wrong-long = Höchstens 100 Zeichen.
moderation-wrong-many = Eine Liste kann höchstens 1.000 Einträge haben.
moderation-wrong-account = Hier fehlt der Name des Kontos.
moderation-wrong-domain = Das ist keine Website. Schreiben Sie sie so: casino.example
moderation-wrong-limit = Bitte geben Sie beides an: 1 bis 1.000 Beiträge in 1 bis 1.440 Minuten. Oder lassen Sie beides leer.
moderation-apply = Auch auf schon Sichtbares anwenden?
moderation-apply-text = { $count ->
    [one] Von den letzten { $all } Beiträgen ist einer zu sehen, den diese Regeln zurückhielten.
   *[other] Von den letzten { $all } Beiträgen sind { $count } zu sehen, die diese Regeln zurückhielten.
} Angewendet werden sie auf alle; was jemand von Hand gezeigt hat, bleibt.
moderation-apply-do = Jetzt anwenden
moderation-applying = Die Regeln werden gerade auf die sichtbaren Beiträge angewendet. Sie können inzwischen weiterarbeiten.
moderation-reason-queue = Neue Beiträge dieser Quelle werden erst geprüft.
moderation-reason-warning = Das Netzwerk hat ihn mit einer Warnung versehen.
moderation-reason-word = Wort „{ $found }“ steht auf Ihrer Sperrliste.
moderation-reason-supplied = Wort „{ $found }“ steht auf der mitgelieferten Sperrliste ({ $language }).
moderation-reason-account = Konto „{ $account }“ steht auf Ihrer Sperrliste.
moderation-reason-domain = Er verlinkt auf { $host }; diese Website steht auf Ihrer Sperrliste.
moderation-reason-flood = Die Quelle hat in { $minutes } Minuten schon { $posts } Beiträge veröffentlicht.
moderation-reason-card = Was dasselbe sagt, wurde hier schon verborgen.
moderation-reason-stop = Er kam, während die Notbremse gezogen war.
moderation-overruled = Von Hand gezeigt. Überstimmt: { $reasons }
moderation-stop = Notbremse
moderation-stop-lead = Wenn etwas schiefgeht: Nichts Importiertes erscheint mehr von selbst, und was schon zu sehen ist, verschwindet auf einen Schlag. Ein Klick gibt alles zurück.
moderation-stop-on = Die Notbremse ist gezogen.
moderation-stop-on-text = Seit dem { $when } erscheint nichts Importiertes von selbst.
moderation-stop-on-more = Einzelheiten
moderation-stop-pull = Notbremse ziehen
moderation-stop-more = Noch mehr herausnehmen
moderation-stop-text = Neue Beiträge warten dann. Was Sie selbst geschrieben haben, bleibt zu sehen.
moderation-stop-take = Was außerdem sofort verschwindet
moderation-stop-take-since = Alles, was seit einem Zeitpunkt hereingekommen ist
moderation-stop-since = Hereingekommen seit
moderation-stop-take-source = Alles aus einer Quelle
moderation-stop-source = Quelle
moderation-stop-no_source = Bitte wählen Sie eine Quelle.
moderation-stop-take-nothing = Nichts, nur Neues soll warten
moderation-stop-pull-do = Notbremse ziehen
moderation-stop-release = Notbremse lösen
moderation-stop-release-do = Notbremse lösen
moderation-stop-taken = { $count ->
    [0] Sie hat nichts herausgenommen.
    [one] Sie hat einen Beitrag herausgenommen; er kommt dann zurück.
   *[other] Sie hat { $count } Beiträge herausgenommen; sie kommen dann zurück.
}
moderation-stop-came = { $count ->
    [0] Inzwischen kam nichts Neues.
    [one] Ein neuer Beitrag kam inzwischen und wartet.
   *[other] { $count } neue Beiträge kamen inzwischen und warten.
}
moderation-stop-show_came = Auch zeigen, was inzwischen kam
moderation-stop-show_came-hint = Sonst wartet es weiter, bis jemand es zeigt.
done-rules_saved = Gespeichert. Die Regeln gelten für alles, was von jetzt an kommt.
done-rules_applied = Die Regeln werden auf die sichtbaren Beiträge angewendet.
done-stop_pulled = Die Notbremse ist gezogen.
done-stop_released = Gelöst. Was die Notbremse herausgenommen hat, ist wieder zu sehen; was inzwischen kam, wartet auf Sie.
done-stop_released_all = Gelöst. Was die Notbremse herausgenommen hat und was inzwischen kam, ist zu sehen.
