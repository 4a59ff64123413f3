# Feeds: the form, and what can go wrong between a publisher and us.
networks-feed = RSS, Atom or JSON feed
networks-feed-hint = Posts of a website, blog, press office or podcast.
networks-feed-address = Address of the feed or website
networks-feed-address-hint = For example https://museum.example/feed. The address of the website is enough if it names its feed.

sources-error-bad_address = This address cannot be read. Please copy it once more from the address bar of your browser.
sources-error-scheme = Only addresses that begin with http:// or https:// can be linked.
sources-error-credentials_in_address = This address contains a user name or a password. Please remove them from the address.
sources-error-forbidden_address = This address leads into a private network and is not fetched. Whoever runs this server can permit it.
sources-error-forbidden_port = This address uses port { $port }, which websites do not use. Whoever runs this server can permit it.
sources-error-dns = There is no server of this name. Please check the address for typing errors.
sources-error-refused = The server cannot be reached. Please try again later, or check the address.
sources-error-tls = No secure connection could be made: the certificate of the server is not valid. Please tell whoever runs the website.
sources-error-timeout = The server did not answer within { $secs } seconds. We will try again by ourselves.
sources-error-too_large = The answer is larger than { $limit } MB. Please link a feed with fewer posts.
sources-error-redirects = The server keeps sending us from one address to the next. Please open the address in your browser and copy the one you arrive at.
sources-error-broken = The answer of the server broke off. We will try again by ourselves.
sources-error-unauthorised = The server asks for a user name and a password. Please write both into the address, https://name:password@museum.example/feed; they are kept encrypted and shown to nobody. Or link an address that is public.
sources-error-denied = The server refuses us access (403). Please ask whoever runs the website to allow it.
sources-error-not_found = There is nothing at this address (404). Please check it; we keep looking for two weeks.
sources-error-missing_long = There has been nothing at this address for two weeks, so it is no longer fetched. Please link the new address.
sources-error-gone = The publisher has closed this feed for good (410). Please link its successor, if there is one.
sources-error-rate_limited = The server asks us to come less often. We will wait and try again by ourselves.
sources-error-unavailable = The server is being maintained or too busy. We will wait and try again by ourselves.
sources-error-status = The server answers with error { $status }. We will try again by ourselves.

feeds-error-unread = The file cannot be read: { $why }.
feeds-error-empty = The answer is empty. Please check the address.
feeds-error-not_a_feed = This is not a feed. Please look for a link called “RSS” or “Feed” on the website and use its address.
feeds-error-website = This is a website, not a feed. It names feeds; please link one of them.
feeds-error-website_without_feed = This is a website that does not say where its feed is. Please look for a link called “RSS” or “Feed” on it and use that address.
feeds-error-broken_json = This feed is broken before its first post. Please tell whoever runs the website.
feeds-error-failed = We could not read this feed. This is our fault; please report it.

feeds-problem-encoding = Some characters cannot be read in the encoding that the feed uses.
feeds-problem-truncated = The feed breaks off; what comes before is kept.
feeds-problem-cut_post = This post breaks off and is left out.
feeds-problem-leading_junk = Something that does not belong there stands before the feed.
feeds-problem-too_many_elements = The feed has far too many elements; only its beginning is read.
feeds-problem-too_many_posts = The feed has more posts than are read; the first ones are taken.
feeds-problem-bad_link = The link of this post cannot be used.
feeds-problem-empty_post = This post holds neither words nor pictures and is left out.
feeds-problem-no_id = This post has neither an id nor a link; when it is edited, it will look like a new one.
feeds-problem-json_without_id = This post has no id and is left out.
feeds-problem-date_missing = This post does not say when it was published.
feeds-problem-date_unreadable = The date of this post cannot be read.
feeds-problem-duplicate = This post is in the feed twice; the first one is taken.
