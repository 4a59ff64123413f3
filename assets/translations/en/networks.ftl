# Networks: names, forms, and what can go wrong.
networks-mastodon = Mastodon
networks-mastodon-hint = Public posts of an account at Mastodon or a server that speaks like Mastodon. Answers to others and shared posts stay out.
networks-mastodon-address = Account
networks-mastodon-address-hint = For example @town@social.example or https://social.example/@town.
networks-token = Access token
networks-token-hint = Only needed where the server shows strangers nothing: Preferences → Development → New application, with the scopes read:accounts and read:statuses. It is kept encrypted and shown to nobody.

networks-pixelfed = Pixelfed
networks-pixelfed-hint = Public photos of an account. Without an access token Pixelfed shows the ten newest with one picture each, with one it shows all of them with all pictures and their descriptions.
networks-pixelfed-address = Account
networks-pixelfed-address-hint = For example https://pixelfed.example/museum or @museum@pixelfed.example.
networks-pixelfed-token-hint = Settings → Applications → Personal access tokens, with the scope read. It is kept encrypted and shown to nobody.
networks-pixelfed-no_feed = There is no such account, it is private, or its feed is switched off. Switch the Atom feed on in Pixelfed's privacy settings, or give an access token.

networks-bluesky = Bluesky
networks-bluesky-hint = Public posts of an account. Answers and shared posts stay out.
networks-bluesky-address = Account
networks-bluesky-address-hint = For example @town.bsky.social, town.example or https://bsky.app/profile/town.example.

networks-youtube = YouTube
networks-youtube-hint = Public videos of a channel or playlist: title, text, preview picture and link. The video itself stays at YouTube.
networks-youtube-address = Channel or playlist
networks-youtube-address-hint = For example https://www.youtube.com/@town or https://www.youtube.com/channel/UC….
networks-youtube-no_channel_id = YouTube does not tell us which channel this is. Please open the channel, choose “Share channel → Copy channel ID”, and paste that.
networks-youtube-quota = This server has used up what YouTube grants it for a day. It goes on by itself at midnight in California.
networks-youtube-key = YouTube does not accept the key of this server. Please tell whoever runs this server; we will try again by ourselves.

networks-error-nobody_knows = We know no network for this name. Please paste the address of your profile as it stands in the browser, or choose the network yourself.
networks-error-no_account = This is no account of this network. Please paste the address of your profile as it stands in the browser.
networks-error-account_missing = This account cannot be found there. Please check its name; for a source that has worked before, we keep looking for two weeks.
networks-error-account_gone = This account could not be found for two weeks, so it is no longer fetched. Unlink the source so that its posts go too.
networks-error-closed = This server shows strangers nothing. Please link the account once more, with an access token.
networks-error-token_refused = The server no longer accepts the access token. Please make a new one, unlink the source and link it again.
networks-error-moved = This account has moved: { $account }. Please link the new one.
networks-error-not_understood = The server answers in a way that we do not understand. We will try again by ourselves; if it stays so, please report it.

networks-problem-moved = This account has moved. Please link the new one, so that new posts come.
networks-problem-opted_out = This account asks to be shown only to people who are signed in, so its posts do not appear here. It can be changed in Bluesky under Settings → Privacy.
# Networks that one signs in to.
networks-instagram = Instagram
networks-instagram-hint = Posts of a business or creator account, with pictures and reels.
networks-facebook = Facebook
networks-facebook-hint = Posts of a Page that you look after. Facebook does not hand out the reels of a Page.
networks-tiktok = TikTok
networks-tiktok-hint = Public videos of an account: cover, words and link; TikTok does not hand out the videos themselves.
networks-x = X
networks-x-hint = What a public account posts itself, without replies and reposts. X charges whoever runs this server for each post that is read.
networks-linkedin = LinkedIn
networks-linkedin-hint = Posts of a company page that you look after.

sources-error-registration = The network does not know this server under the registration that is set. Please tell whoever runs this server.
sources-error-credits = X no longer answers: the credit of this server is used up, or its registration does not allow this. Please tell whoever runs it; we will try again tomorrow.
sources-x-protected = This account is protected. Posts of protected accounts may not be shown in public.
sources-linkedin-version = LinkedIn no longer knows the version of its interface that is set. Please tell whoever runs this server: networks.linkedin.version.
sources-linkedin-approval = Switched off: LinkedIn does not simply allow posts to be shown outside LinkedIn. Whoever runs this server has to register it ({ $portal }, “Community Management API”, callback address { $redirect }), to have this use approved, to set networks.{ $network }.client-id and networks.{ $network }.client-secret, and to confirm the approval with networks.{ $network }.approved = true.

feeds-problem-unread_post = A post cannot be read and was left out.
feeds-problem-page_missing = Older posts could not be had this time.

networks-webhook = Webhook
networks-webhook-hint = Your content management system or a program of yours sends the posts itself, one by one. Once it is linked you get an address, a secret and an example.
networks-webhook-name = Name
networks-webhook-name-hint = How you know the source, for example “Town hall website”.
networks-webhook-no_name = Please give the source a name.
