# Wie oft öffentliche Seiten gesehen wurden.
hits-lead = Wie oft Ihr Newsroom gesehen wurde. Gezählt wird nur, dass eine Seite gesehen wurde, nie von wem.
hits-none = Noch keine Aufrufe
hits-none-text = Sobald jemand Ihren Newsroom oder einen Beitrag ansieht, steht es hier: als Zahl, ohne Cookie, ohne Adresse und ohne Kennung.
hits-lately = Die letzten { $days } Tage
hits-times = { $count ->
    [one] 1 Aufruf
   *[other] { $count } Aufrufe
}
hits-trend-same = so viele wie in den 30 Tagen davor
hits-trend-more = { $percent } % mehr als in den 30 Tagen davor
hits-trend-less = { $percent } % weniger als in den 30 Tagen davor
hits-table = Als Tabelle
hits-day = Tag
hits-places = Welche Seiten
hits-place-newsroom = Newsroom
hits-place-topic = Themen
hits-place-post = Beiträge
hits-most = Am meisten gesehene Beiträge
hits-most-none = In diesen 30 Tagen wurde kein Beitrag einzeln angesehen.
hits-how = Wer zweimal schaut, zählt zweimal, auch Suchmaschinen zählen mit: Um sie zu unterscheiden, müsste man sie wiedererkennen. Seiten, die ein Browser nur im Voraus lädt, zählen nicht. Zahlen werden nach gut zwei Jahren gelöscht.
