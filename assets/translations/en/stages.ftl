# Stages.
stages-title = Your stages
stages-hello = Hello, { $name }
stages-welcome = Welcome to Litfass. Three steps, and your first post is up.
stages-lead = Every stage has a newsroom, sources and screens of its own.
stages-new = New stage
stages-new-lead = A stage is your public presence: a newsroom with an address of its own, and the screens that go with it.
stages-create = Create stage
stages-cancel = Cancel
stages-save = Save
stages-too_many = An account cannot have more than 50 stages.
stages-steps = First steps
stages-step-stage = Create a stage
stages-step-stage-text = A name and an address will do. Colours and logo can wait.
stages-step-source = Link a source
stages-step-source-text = The address of your website or feed, and your posts come by themselves.
stages-step-screen = Connect a screen
stages-step-screen-text = The screen shows a code, you type it here. That is all.
stages-step-go = Go
stages-step-done = (done)
stages-count-posts = { $count ->
    [one] 1 post
   *[other] { $count } posts
}
stages-count-sources = { $count ->
    [one] 1 source
   *[other] { $count } sources
}
stages-count-screens = { $count ->
    [one] 1 screen
   *[other] { $count } screens
}
stages-name = Name
stages-name-hint = As it stands above the newsroom and on the screens.
stages-name-empty = Please give the stage a name.
stages-name-long = Please use at most 80 characters on one line.
stages-handle = Address
stages-handle-hint = 3 to 30 characters: a–z, 0–9 and single hyphens. It cannot be changed later.
stages-handle-missing = Please choose an address, for example museum-duckburg.
stages-handle-letters = Please use a–z, 0–9 and hyphens only.
stages-handle-length = Please use 3 to 30 characters.
stages-handle-hyphens = Hyphens stand alone, and between other characters only.
stages-handle-reserved = This address is not free, because it looks like a part of Litfass. Please choose another.
stages-handle-taken = This address, or one that is easily mistaken for it, exists already. Please choose another.
stages-look = Name and look
stages-look-lead = What you change here is seen at once in the newsroom and on all screens.
stages-words = Name and language
stages-description = Description
stages-description-hint = A sentence or two for your newsroom.
stages-description-long = Please use at most 500 characters.
stages-language = Language
stages-language-hint = For dates and fixed texts.
stages-language-unknown = Please choose a language from the list.
stages-time_zone = Time zone
stages-time_zone-hint = Clock and programme go by it.
stages-time_zone-unknown = Please choose a time zone from the list.
stages-colours = Colours
stages-accent = Accent
stages-accent-hint = For the header, buttons and links.
stages-background = Background
stages-background-hint = Behind the posts on your screens.
stages-colour-invalid = Please give a colour such as #c43514.
stages-logo = Logo
stages-logo-now = Your present logo
stages-logo-new = New logo
stages-logo-hint = PNG, JPEG, WebP or GIF. One with a transparent background is good.
stages-logo-none = Without logo
stages-preview = Preview
stages-preview-text = This is how your stage looks with these colours.
stages-contrast-text = Text on the background
stages-contrast-button = Letters on the accent
stages-contrast-link = Accent on the background
stages-contrast-good = easy to read
stages-contrast-low = hard to read, needs more contrast
stages-contrast-hint = From 4.5 : 1 on nearly everybody can read well (WCAG 2.2).
stages-links = Links in the newsroom
stages-links-light = On light pages
stages-links-dark = On dark pages
stages-links-same = as chosen
stages-links-other = adjusted, so that they can be read
stages-links-hint = Your newsroom follows its readers' devices, light or dark. Links there always have at least 4.5 : 1.

# What was just done.
done-logged_out = You are logged out. See you soon!
done-session_ended = The session has ended.
done-sessions_ended = All other sessions have ended.
done-password_changed = Your password is changed. Everywhere else you are logged out.
done-stage_created = Your stage is up. All it needs now is a source.
done-stage_saved = Saved.
done-token_revoked = The token is revoked.
done-webhook_saved = Saved.
done-webhook_resumed = What waits is being sent.
done-webhook_removed = The webhook is removed.
