# What every page has.
parts-skip = Skip to content
parts-menu = Your account
parts-navigation = Navigation
parts-language = Language
parts-sessions = Security and sessions
parts-logout = Log out
parts-stages = Stages
parts-posts = Posts
parts-media = Media
parts-sources = Sources
parts-topics = Topics
parts-programmes = Programmes
parts-screens = Screens
parts-widget = Embed
parts-hits = Views
parts-look = Name and look
parts-newsroom = Open newsroom
parts-footer = Litfass is free software under the AGPL and runs on the server you trust.
parts-optional = (optional)
parts-problems = Nearly there: please have another look at the marked fields.
parts-reveal = Show password
parts-copy = Copy
parts-copied = Copied
parts-close = Close this note
parts-colour = Pick a colour

times-now = just now
times-minutes = { $count ->
    [one] 1 minute ago
   *[other] { $count } minutes ago
}
times-hours = { $count ->
    [one] 1 hour ago
   *[other] { $count } hours ago
}
times-days = { $count ->
    [one] yesterday
   *[other] { $count } days ago
}
times-day = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
times-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
times-full = { $day }, { $time }
