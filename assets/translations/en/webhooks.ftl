# Webhooks: who is told of posts.
webhooks-title = Webhooks
webhooks-lead = We tell a program of yours at once when a post is published, changed or withdrawn.
webhooks-list = Who is told
webhooks-new = New webhook
webhooks-make = Make webhook
webhooks-save = Save
webhooks-edit = Change
webhooks-name = Name
webhooks-name-hint = What it is for: website, archive.
webhooks-name-missing = Please say what it is for.
webhooks-name-long = Please choose a name of at most 60 characters.
webhooks-address = Address
webhooks-address-hint = Where your program listens: https://…
webhooks-address-wrong = This is not an address.
webhooks-address-https = The address has to begin with https://, so that nobody reads along.
webhooks-address-forbidden = This address lies in a private network or uses an unusual port. Whoever runs this server can permit it.
webhooks-events = When do we tell it?
webhooks-events-missing = Please choose at least one.
webhooks-event-published = A post is published
webhooks-event-changed = A post has changed
webhooks-event-withdrawn = A post is withdrawn: hidden, deleted, over
webhooks-event-published-short = published
webhooks-event-changed-short = changed
webhooks-event-withdrawn-short = withdrawn
webhooks-many = A stage can have 20 webhooks. Please remove one that is no longer needed.
webhooks-working = active
webhooks-paused = paused
webhooks-paused-since = Nothing has been sent since { $when }.
webhooks-pause-failing = For a day your program did not take what we sent.
webhooks-pause-gone = Your program answered that nobody is there any more (410).
webhooks-count = { $count ->
    [0] Nothing waits.
    [one] One message waits.
   *[other] { $count } messages wait.
 }
webhooks-resume = Send again
webhooks-secret = Secret
webhooks-secret-once = Copy the secret now: it is shown this once. With it your program knows that a message is ours.
webhooks-secret-kept = It was shown once and is kept encrypted.
webhooks-secret-renew = New secret
webhooks-secret-sure = Messages are signed with the new secret at once. Make one?
webhooks-sent = What was sent
webhooks-none = Nothing yet. The next post that is published, changed or withdrawn will be sent.
webhooks-when = When
webhooks-what = What
webhooks-post = Post
webhooks-state = State
webhooks-state-done = taken
webhooks-state-dropped = not needed
webhooks-state-waiting = waits
webhooks-state-failing = not taken
webhooks-answer = Answer
webhooks-unanswered = none
webhooks-again = again { $when }
webhooks-delete = Remove webhook
webhooks-delete-sure = Nothing is sent to this address any more. Remove it?
