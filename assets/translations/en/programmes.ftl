# What the screens show.
programmes-link-invalid = Please enter a web address such as www.example.org/events.
programmes-headline-missing = An announcement needs a headline. Please enter one, or empty the other fields.
