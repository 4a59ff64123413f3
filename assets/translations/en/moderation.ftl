# Moderation: rules, reasons, emergency stop.
moderation-rules = Rules
moderation-rules-lead = What is to wait or stay hidden by itself before anybody looks. Rules hold for everything that is imported, never for posts written here.
moderation-supplied = Built-in block lists
moderation-supplied-text = Insults, slurs and vulgarity, also where digits, stars or invisible characters hide them. Words that serious texts use as well are left out on purpose.
moderation-does = What becomes of such posts
moderation-does-queue = They wait until somebody shows them
moderation-does-hide = They are hidden
moderation-lines = One entry per line
moderation-list-words = Words of your own
moderation-list-words-text = A word finds its other forms, too; several words only next to each other. A star stands for the rest of a word (“casino*”), in quotation marks a word is found just so.
moderation-list-accounts = Accounts
moderation-list-accounts-text = Name or handle, as the network shows it: Anna Example, @anna or @anna@social.example.
moderation-list-domains = Websites
moderation-list-domains-text = Posts that link there: casino.example means www.casino.example, too. The address of the post itself does not count.
moderation-list-allowed_words = Exceptions: words
moderation-list-allowed_words-text = Within these words and phrases no list finds anything.
moderation-list-allowed_accounts = Exceptions: accounts
moderation-list-allowed_accounts-text = No list and no limit keeps posts of these accounts back.
moderation-limit = Limit
moderation-limit-text = If a source publishes more than so many posts in so many minutes, the rest waits. What comes with the first visit to a source does not count.
moderation-limit-posts = Posts
moderation-limit-minutes = Minutes
moderation-found = What these rules would keep back
moderation-found-wrong = Once every line is right, you will see here what the rules would find.
moderation-found-empty = These rules keep nothing back. As soon as something stands above, you will see here which of your latest posts it would catch.
moderation-found-count = { $count ->
    [one] post of the latest { $all }.
   *[other] posts of the latest { $all }.
}
moderation-found-newest = The newest of them.
moderation-found-waits = would wait
moderation-found-hides = would be hidden
moderation-found-not_shown = is not shown now either
moderation-try = Try
moderation-save = Save
moderation-stale = Somebody else has changed the rules meanwhile. What you wrote is still here. If you save once more, your rules hold.
moderation-wrong = Some lines are not right yet. What to change is said below them.
moderation-wrong-line = Line { $line } (“{ $text }”):
moderation-wrong-word = There is no word here that a post could have.
moderation-wrong-star = With so few letters and a star, the rule would find nearly everything.
moderation-wrong-long = At most 100 characters.
moderation-wrong-many = A list can have at most 1,000 entries.
moderation-wrong-account = The name of the account is missing here.
moderation-wrong-domain = This is not a website. Write it like this: casino.example
moderation-wrong-limit = Please give both: 1 to 1,000 posts in 1 to 1,440 minutes. Or leave both empty.
moderation-apply = Apply them to what is shown already?
moderation-apply-text = { $count ->
    [one] Of the latest { $all } posts, one is shown that these rules would keep back.
   *[other] Of the latest { $all } posts, { $count } are shown that these rules would keep back.
} They are applied to all; what somebody has shown by hand stays.
moderation-apply-do = Apply now
moderation-applying = The rules are being applied to the posts that are shown. You can go on working meanwhile.
moderation-reason-queue = New posts of this source are looked at first.
moderation-reason-warning = Its network has put a warning on it.
moderation-reason-word = The word “{ $found }” is on your block list.
moderation-reason-supplied = The word “{ $found }” is on the block list that comes along ({ $language }).
moderation-reason-account = The account “{ $account }” is on your block list.
moderation-reason-domain = It links to { $host }; that website is on your block list.
moderation-reason-flood = Its source had published { $posts } posts within { $minutes } minutes already.
moderation-reason-card = Another post that says the same was hidden here.
moderation-reason-stop = It came while the emergency stop was on.
moderation-overruled = Shown by hand. Overruled: { $reasons }
moderation-stop = Emergency stop
moderation-stop-lead = If something goes wrong: nothing imported appears by itself any more, and what is shown already is gone at one stroke. One click gives everything back.
moderation-stop-on = The emergency stop is on.
moderation-stop-on-text = Since { $when } nothing imported appears by itself.
moderation-stop-on-more = Details
moderation-stop-pull = Pull the emergency stop
moderation-stop-more = Take down more
moderation-stop-text = New posts will wait. What you wrote yourselves stays.
moderation-stop-take = What else goes at once
moderation-stop-take-since = Everything that has come in since a point in time
moderation-stop-since = Came in since
moderation-stop-take-source = Everything from one source
moderation-stop-source = Source
moderation-stop-no_source = Please choose a source.
moderation-stop-take-nothing = Nothing, only new posts are to wait
moderation-stop-pull-do = Pull the emergency stop
moderation-stop-release = Release the emergency stop
moderation-stop-release-do = Release the stop
moderation-stop-taken = { $count ->
    [0] It has taken nothing down.
    [one] It has taken one post down, which will come back.
   *[other] It has taken { $count } posts down, which will come back.
}
moderation-stop-came = { $count ->
    [0] Nothing new has come meanwhile.
    [one] One new post has come meanwhile and waits.
   *[other] { $count } new posts have come meanwhile and wait.
}
moderation-stop-show_came = Also show what came meanwhile
moderation-stop-show_came-hint = Otherwise it goes on waiting until somebody shows it.
done-rules_saved = Saved. The rules hold for everything that comes from now on.
done-rules_applied = The rules are being applied to the posts that are shown.
done-stop_pulled = The emergency stop is on.
done-stop_released = Released. What the emergency stop took down is shown again; what came meanwhile waits for you.
done-stop_released_all = Released. What the emergency stop took down and what came meanwhile is shown.
