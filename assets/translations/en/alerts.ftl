# Alerts.
alerts-title = Alert now
alerts-one = Alert
alerts-all = All alerts
alerts-on = On now
alerts-running = An alert is on: “{ $headline }”
alerts-running-open = View or end it
alerts-headline = Headline
alerts-headline-hint = The most important thing in one line, for example “Please leave the building”.
alerts-headline-missing = Please enter a headline.
alerts-text = Text
alerts-shape = How large?
alerts-shape-full = Whole display
alerts-shape-band = Only a band at the lower edge
alerts-tags = On which screens?
alerts-tags-hint = Nothing ticked means: on all.
alerts-minutes = Ends by itself after so many minutes
alerts-minutes-hint = Empty means: until you end it.
alerts-minutes-invalid = Please enter 1 to 10080 minutes (a week), or leave the field empty.
alerts-many = There are 10 alerts on already. Please end one first.
alerts-send = Send now
alerts-end = End the alert
alerts-over = Ended
alerts-over-text = The screens show their programme again.
alerts-nobody = There is no screen that is to show it.
alerts-missing = Not showing yet on:
alerts-until = Ends by itself: { $when }
alerts-until-ended = On until you end it.
alerts-lead = { $count ->
    [0] There is no screen yet that could show it.
    [one] Interrupts the screen of this stage at once.
   *[other] Interrupts all { $count } screens of this stage at once.
}
alerts-count = { $wanted ->
    [one] Shown on { $showing } of 1 screen
   *[other] Shown on { $showing } of { $wanted } screens
}
