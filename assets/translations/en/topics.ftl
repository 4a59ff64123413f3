# Topics: headings that rules and people put posts under.
topics-lead = Headings for your posts: each a page of the newsroom and a choice for screens. A rule sorts, and you have the last word.
topics-new = New topic
topics-none = No topics yet
topics-none-text = Make “Culture”, “Sport” or “Roadworks” and say which words belong there. Litfass sorts all posts by itself, old ones too.
topics-sorting = All posts are being sorted anew: { $done } of { $all } are done. You can go on working meanwhile.
topics-sorting-label = How far posts are sorted
topics-count = { $count ->
    [0] No posts yet
    [one] 1 post
   *[other] { $count } posts
}
topics-count-hand = { $count ->
    [one] 1 of them by hand
   *[other] { $count } of them by hand
}
topics-no_rule = no rule
topics-up = Up
topics-down = Down
topics-see = In the newsroom
topics-edit = Edit
topics-remove = Remove
topics-all = All topics
topics-save = Save
topics-cancel = Cancel
topics-naming = Name
topics-name = What the topic is called
topics-name-hint = Stands in the header of the newsroom. If you rename it, the old address still leads here.
topics-name-empty = Please give the topic a name.
topics-name-too_long = At most 60 characters, please.
topics-name-taken = Another topic has this name, or nearly the same.
topics-too_many = A stage can have 100 topics at most.
topics-rule = Which posts belong to it?
topics-rule-text = A post can belong to several topics. Without a condition only what you put there by hand belongs to it.
topics-way = Way { $number } to belong to it
topics-or = Or this fits instead:
topics-way-add = Add another way (“or”)
topics-mode-any = At least one of these
topics-mode-all = And all of these
topics-mode-none = But none of these
topics-row = Condition { $number }
topics-row-is = What it is about
topics-row-text = Words, with commas between them
topics-row-example = lido, open day
topics-row-drop = Remove condition
topics-row-add = Condition
topics-row-gone = (no longer there)
topics-ask-text = What the post says
topics-ask-words = Word or phrase
topics-ask-tag = Hashtag or category
topics-ask-media = What comes with it
topics-ask-sources = Source
topics-ask-networks = Network
topics-ask-languages = Language
topics-media-picture = With a picture
topics-media-film = With a film
topics-media-sound = With sound
topics-media-nothing = Text only
topics-language-de = German
topics-language-en = English
topics-language-fr = French
topics-language-es = Spanish
topics-language-it = Italian
topics-language-nl = Dutch
topics-language-pl = Polish
topics-language-tr = Turkish
topics-language-ar = Arabic
topics-language-fa = Persian
topics-language-ru = Russian
topics-language-uk = Ukrainian
topics-ideas = Words that may fit
topics-ideas-text = They stand in posts that you put here by hand, and rarely in others.
topics-help = Good to know
topics-help-forms = “Library” also finds “libraries”, “Strasse” also “Straße”; this holds for German and English words.
topics-help-commas = Put commas between several words. Words without a comma must stand next to each other in the post.
topics-help-star = A star stands for the rest of a word: “swim*” finds “swimwear”, “*pool” finds “whirlpool”.
topics-help-quotes = In quotation marks a word counts just as it stands there.
topics-help-hand = What you say about a post by hand is changed by no rule.
topics-caught = What the rule finds right now
topics-caught-empty = As soon as there is a condition above, you see here which posts belong to it.
topics-caught-count = { $count ->
    [one] post of { $all } is found.
   *[other] posts of { $all } are found.
}
topics-caught-newest = The newest of them.
topics-try = Try it
topics-problem-many = That is too many conditions: 200 at most.
topics-problem-long = A word or phrase can have 100 characters at most.
topics-problem-word = A condition holds no word that a post could have.
topics-problem-none = “But none of these” finds nothing by itself: say also what belongs to it.
topics-merge = Merge with another topic
topics-merge-text = Posts, rule and address become part of the other topic, and programmes show that one instead.
topics-merge-into = Other topic
topics-merge-do = Merge
topics-merge-choose = Please choose another topic.
topics-remove-sure = Remove this topic?
topics-remove-text = The posts stay. Its page in the newsroom goes, and slides with this topic show nothing until you choose another one there.
topics-remove-do = Remove topic
topics-keep = Keep it
topics-of_post = Topics of this post
topics-of_post-back = Back to the posts
topics-of_post-change = Topics
topics-hand = Choose by hand
topics-hand-text = What you say here holds for good: no rule changes it.
topics-hand-rule-in = As the rule says (belongs to it)
topics-hand-rule-out = As the rule says (does not belong to it)
topics-hand-in = Always belongs to it
topics-hand-out = Never belongs to it
done-topic_saved = Saved.
done-topic_moved = Moved.
done-topic_removed = The topic is removed. Its posts are still there.
done-topic_merged = Merged. The old address leads to the other topic.
done-post_sorted = Topics saved.
topics-stale = Somebody else has changed this topic meanwhile. What you wrote is still here. If you save once more, your version counts.
