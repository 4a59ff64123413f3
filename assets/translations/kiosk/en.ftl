# What a display says by itself.

# Post
read-on = Read on
learn-more = Find out more
just-now = just now
minutes-ago =
    { $minutes ->
        [one] { $minutes } minute ago
       *[other] { $minutes } minutes ago
    }
today-at = today, { $time }
yesterday-at = yesterday, { $time }
day-at = { $weekday } { $day } { $month }, { $time }
day-of-year = { $day } { $month } { $year }

# Clock
date = { $weekday } { $day } { $month }
date-short = { $short } { $day } { $month }
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

# Opening hours
hours-open = Open now
hours-closed = Closed now
hours-until = until { $time }
hours-opens-today = Opens today at { $time }
hours-opens-tomorrow = Opens tomorrow at { $time }
hours-opens-on = Opens { $weekday } at { $time }
hours-none = closed

# Countdown
countdown-days =
    { $count ->
        [one] day
       *[other] days
    }
countdown-hours =
    { $count ->
        [one] hour
       *[other] hours
    }
countdown-minutes =
    { $count ->
        [one] minute
       *[other] minutes
    }

# Events
today = today
tomorrow = tomorrow
event-at = { $day }, { $time }
event-until = until { $day }
event-now = now, until { $time }
events-none = There are no events at the moment.

# Weather
weather-none = There is no current weather report.
today-short = Today
sky-clear = clear
sky-fair = partly cloudy
sky-cloudy = cloudy
sky-fog = fog
sky-drizzle = light rain
sky-rain = rain
sky-snow = snow
sky-thunder = thunderstorm

# Pairing
pairing-title = Pair this display
pairing-step-1 = Scan the QR code, or open “Screens” in your Litfass dashboard
pairing-step-2 = Enter this code
pairing-step-3 = Done – your programme starts by itself
pairing-left =
    { $minutes ->
        [0] Valid for less than a minute
        [one] Valid for { $minutes } more minute
       *[other] Valid for { $minutes } more minutes
    }
pairing-code-next = A new code is on its way …

# Loading and waiting
starting-title = Good to see you
starting-text = This display is looking for its controller.
loading-title = Almost there
loading-text = This display is paired. Its programme is being loaded.
waiting-title = Something new is on its way
waiting-text = As soon as there is something to see, it appears here by itself.

# Faults
fault-title = There is a problem here
fault-detail = For the operator: { $detail }
fault-unreachable = The controller cannot be reached.
fault-unreachable-todo = Please check the network cable or Wi-Fi and the address of the controller. This display keeps trying by itself.
fault-disk_full = The storage of this device is full.
fault-disk_full-todo = Please free some space on the device. This display then goes on by itself.
fault-signature = A programme arrived that was not signed by the owner. It is not shown.
fault-signature-todo = Please tell your operator. If the account was set up anew, remove this display in the dashboard and pair it again.
fault-rollback = An older programme arrived than the one shown before. It is not shown.
fault-rollback-todo = Please publish the programme again in the dashboard.
fault-hash = A file arrived damaged. It is not shown.
fault-hash-todo = This display fetches it again by itself. If this stays, please tell your operator.
fault-clock = The clock of this device is wrong.
fault-clock-todo = Please set the time of the device, or switch on time synchronisation.
fault-picture = A picture cannot be drawn.
fault-picture-todo = Please upload it again in the dashboard.
fault-film = A film cannot be played.
fault-film-todo = Please upload it again in the dashboard.
fault-other = Something unexpected happened.
fault-other-todo = Please restart the device. If this stays, please tell your operator.
