# The platform: what this is, who is here, and one's own wall.
platform-title = Social wall, newsroom and infoscreens on your own server
platform-headline = Everything you have to say. On one column.
platform-lead = Litfass gathers what your institution publishes anyway, and shows it in a newsroom, on websites and on the screens in your venues.
platform-register = Create an account
platform-login = Log in
platform-dashboard = To the dashboard
platform-gather = Link once.
platform-gather-text = Feeds and networks from Mastodon to Instagram come in by themselves.
platform-choose = Choose at ease.
platform-choose-text = What does not fit disappears everywhere with one click.
platform-show = Show it everywhere.
platform-show-text = What is new is seen within a second, on every screen too.
platform-promise = What we promise
platform-own = No third party
platform-own-text = Whoever visits your pages talks to this instance only.
platform-cookies = Three cookies at most
platform-cookies-text = For language, log-in and safe forms. Reading needs none.
platform-offline = Screens stay bright
platform-offline-text = With no network, and after a power cut, the last good programme plays on.
platform-signed = Only what you mean to show
platform-signed-text = Every programme is signed. No screen shows what did not come from you.

platform-stages = Stages
platform-stages-title = Stages on this server
platform-stages-look = See the stages
platform-stages-none = Nobody is here yet.
platform-stages-none-text = Each stage decides for itself whether it wants to be in this directory: under “Name and look” in its dashboard.
platform-search = Search
platform-search-label = Search stages
platform-search-hint = Name, place or keyword
platform-search-nothing = No stage matches “{ $words }”.
platform-search-found = This matches “{ $words }”.
platform-search-all = All stages
platform-last_post = Last post on { $day }
platform-no_post = No post yet
platform-pages = More stages
platform-pages-before = Back
platform-pages-after = Next
platform-away = You are without a network. What you see is what was there last.

platform-wall = My wall
platform-wall-about = News from all stages that you follow. Without an account: only this browser knows whom you follow.
platform-wall-script = Your browser puts your wall together itself, so that nobody else learns whom you follow. It needs JavaScript for that.
platform-wall-followed = You follow
platform-wall-unfollow = Stop following { $name }
platform-wall-gone = { $name } is no longer here
platform-wall-older = Older posts
platform-wall-less = Show less
platform-wall-away = The server cannot be reached right now. As of { $when }.
platform-wall-none = You follow nobody yet
platform-wall-none-text = Pick some stages and tap “Follow”. Their news will appear here, even without a network.

# The choice of a stage.
platform-directory = Directory
platform-listed = Appear in the directory on the start page of this server
platform-listed-hint = Visitors then find your logo, your name, the beginning of your description and the date of your latest post there.
