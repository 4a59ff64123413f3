# The public page of a stage.
newsroom-skip = Skip to the posts
newsroom-language = Language
newsroom-private = No cookies, no tracking, no third parties: this page talks to this server only.
newsroom-arrived = There is something new.
newsroom-pages = Pages
newsroom-newest = Newest posts
newsroom-featured = Featured
newsroom-older = Older posts
newsroom-nothing = Nothing has been published here yet. Come back soon – this page updates by itself.
newsroom-original = Original post
newsroom-more = Read more
newsroom-all = All posts
newsroom-topics = Topics
newsroom-no_topic = There is no such topic here (any more)
newsroom-no_topic-text = It was removed, or the address is not quite right. Everything that is published stands on the first page of the newsroom.
newsroom-gone = This post is not here (any more)
newsroom-gone-text = It was taken down, or the address is not quite right. Everything that is published now is on the newsroom's first page.
