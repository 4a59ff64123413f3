# What the screens show.
programmes-title = What the screens show
programmes-lead = All screens of this stage show the same, in step. Each change reaches them within a second.
programmes-plan = Layout
programmes-posts = Number of posts
programmes-posts-hint = The newest posts that are shown, from 1 to 50.
programmes-header = Logo and name at the top
programmes-header-hint = As set under “Name and look”.
programmes-clock = Time of day
programmes-date = Date below the time
programmes-announcement = Announcement
programmes-announcement-lead = What you want to say besides your posts: opening hours, an event, a closed road. It comes first and after every four posts. Empty fields mean no announcement.
programmes-save = Save and show
programmes-link-invalid = Please enter a web address such as www.example.org/events.
programmes-headline-missing = An announcement needs a headline. Please enter one, or empty the other fields.
done-programme_saved = Saved. The screens change within a second.
