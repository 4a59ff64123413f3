# The desk.
posts-newsroom = Open newsroom
posts-none = No posts yet
posts-none-text = Link a feed, and everything it publishes appears here within moments.
posts-none-link = Link a source
posts-none-here = Nothing here at the moment.
posts-filter = Which posts
posts-filter-all = All
posts-filter-shown = Shown
posts-filter-hidden = Hidden
posts-older = Older posts
posts-state-shown = Shown
posts-state-hidden = Hidden
posts-original = Original
posts-hide = Hide
posts-show = Show
done-post_hidden = Hidden. The post is off the newsroom and all screens.
done-post_shown = Shown. The post is in the newsroom and on your screens.
