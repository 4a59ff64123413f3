# The desk of all stages.
desk-title = Desk
desk-lead = All posts of all stages: look through, show, hide, sort.
desk-filter = Find posts
desk-filter-do = Apply
desk-filter-none = Remove all filters
desk-q = Search posts
desk-q-do = Search
desk-more = More filters
desk-stage = Stage
desk-stage-all = All stages
desk-source = Source
desk-source-all = All sources
desk-network = Network
desk-network-all = All networks
desk-topic = Topic
desk-topic-all = All topics
desk-topic-none = No topic
desk-media = Media
desk-media-all = With and without media
desk-media-picture = With a picture
desk-media-film = With a film
desk-media-nothing = Text only
desk-language = Language
desk-language-all = All languages
desk-language-none = Not stated
desk-from = From
desk-to = To
desk-count = { $count ->
    [0] No posts
    [one] One post
   *[other] { $count } posts
}
desk-count-more = More than { $count } posts
desk-first = To the newest
desk-none = No posts match. Fewer filters find more.
desk-pick = Select:
desk-pin = Pin
desk-unpin = Unpin
desk-bulk = With selected posts
desk-bulk-page = All on this page
desk-bulk-all = All { $count } with these filters
desk-bulk-topic = Topic …
desk-bulk-in = Add
desk-bulk-out = Remove
desk-chosen = selected
desk-undo = Undo
desk-undone = { $count ->
    [0] There was nothing to undo.
    [one] Undone. The post is as it was.
   *[other] Undone. { $count } posts are as they were.
}
desk-undone-some = { $count ->
    [0] Nothing undone:
    [one] Undone for one post;
   *[other] Undone for { $count } posts;
} { $left ->
    [one] one post was changed since and stays as it is.
   *[other] { $left } posts were changed since and stay as they are.
}
desk-done-same = There was nothing to do.
desk-done-show = { $count ->
    [one] The post is set to be shown.
   *[other] { $count } posts are set to be shown.
}
desk-done-hide = { $count ->
    [one] Hidden. The post is neither in the newsroom nor on any screen.
   *[other] Hidden. { $count } posts are neither in the newsroom nor on any screen.
}
desk-done-pin = { $count ->
    [one] The post is pinned to the top.
   *[other] { $count } posts are pinned to the top.
}
desk-done-unpin = { $count ->
    [one] The post is no longer pinned.
   *[other] { $count } posts are no longer pinned.
}
desk-done-topics = { $count ->
    [one] The topics of the post are changed.
   *[other] The topics of { $count } posts are changed.
}
done-desk_none = Please select posts first, and a topic where one is needed.
desk-stayed = { $count ->
    [one] One draft stayed a draft: only those who may write can publish it.
   *[other] { $count } drafts stayed drafts: only those who may write can publish them.
}
desk-refused = { $count ->
    [one] One post was changed meanwhile and stayed as it is. Please look at it again:
   *[other] { $count } posts were changed meanwhile and stayed as they are. Please look at them again:
}
desk-refused-one = “{ $post }” – { $happened }
desk-by-somebody = changed meanwhile
desk-by-show = shown by { $name }
desk-by-hide = hidden by { $name }
desk-by-pin = pinned by { $name }
desk-by-unpin = unpinned by { $name }
desk-by-topics = sorted by { $name }
desk-by-undo = undone by { $name }
desk-news = { $count ->
    [one] 1 new post
   *[other] { $count } new posts
}
desk-gone = This post is no longer there.
desk-failed = That did not work. Please try again.
desk-topics-do = Apply
desk-cancel = Cancel
desk-keys = Keyboard shortcuts
desk-keys-lead = They work while you are not typing. P, H, I, T, E and X are for the post that you are on.
desk-keys-on = Use keyboard shortcuts
desk-keys-close = Close
desk-key-next = next post
desk-key-previous = previous post
desk-key-show = show
desk-key-hide = hide
desk-key-pin = pin to the top or unpin
desk-key-topics = topics
desk-key-undo = undo
desk-key-choose = select; with shift all up to here
desk-key-more = extend the selection
desk-key-edit = edit
desk-key-news = insert new posts
desk-key-search = search
desk-key-leave = clear the selection
desk-key-help = this help
