# How often public pages were seen.
hits-lead = How often your newsroom was seen. All that is counted is that a page was seen, never by whom.
hits-none = No views yet
hits-none-text = As soon as somebody looks at your newsroom or a post, it shows here: as a number, with no cookie, no address and no identifier.
hits-lately = The last { $days } days
hits-times = { $count ->
    [one] 1 view
   *[other] { $count } views
}
hits-trend-same = as many as in the 30 days before
hits-trend-more = { $percent }% more than in the 30 days before
hits-trend-less = { $percent }% less than in the 30 days before
hits-table = As a table
hits-day = Day
hits-places = Which pages
hits-place-newsroom = Newsroom
hits-place-topic = Topics
hits-place-post = Posts
hits-most = Posts seen most
hits-most-none = No post was looked at by itself in these 30 days.
hits-how = Somebody who looks twice counts twice, and search engines count too: to tell them apart, one would have to recognise them. Pages that a browser only fetches ahead don't count. Numbers are deleted after a little more than two years.
