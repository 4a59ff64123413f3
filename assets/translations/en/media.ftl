# Pictures that cannot be taken, and what to do about it.
media-refused-empty = This file is empty. Please choose it again.
media-refused-heavy = This picture is larger than 20 MB. Please save it smaller.
media-refused-type = This is not a picture we can show. Please use JPEG, PNG, WebP or GIF.
media-refused-broken = This picture is damaged or incomplete. Please save or send it again.
media-refused-side = This picture is wider or higher than 16,384 pixels. Please save it smaller.
media-refused-pixels = This picture has more than 60 million pixels. Please save it smaller.
media-refused-aspect = This picture is a very long strip. Please crop it: one side may be at most 40 times the other.
media-refused-frames = This animation has more than 1,000 frames. Please shorten it, or send a still picture.
media-refused-tiny = This picture is too small to be seen.
media-refused-full = There is no room left for pictures. Please tell whoever runs this server.
media-refused-away = The storage for pictures and films does not answer at the moment. Please try again in a few minutes.
media-refused-internal = The picture could not be stored. Please try again later.
media-refused-unread = The file cannot be read: { $why }.
media-refused-missing = To read this file, the package { $package } is needed.
# Films and documents that cannot be taken.
media-film-type = This is not a film we can read. Please use MP4, MOV, WebM, MKV, AVI or MPEG.
media-film-broken = This film is damaged or incomplete. Please save or send it again.
media-film-heavy = This file is too large. Please save the film smaller or shorten it.
media-film-long = This film runs longer than ten minutes. Please shorten it.
media-film-pixels = The frames of this film are too large. Please save it in Full HD (1920 × 1080).
media-film-costly = Preparing this film takes too long. Please save it smaller, best as MP4 in Full HD.
media-film-many = Fifty films are being prepared already. Please wait until one is ready.
media-film-flashes = From second { $second } on, the picture flashes more than three times in a second. That can cause seizures in people with photosensitive epilepsy. Please cut this part out, or make it slower or lower in contrast.
media-film-red = From second { $second } on, strong red flashes more than three times in a second. That can cause seizures in people with photosensitive epilepsy. Please cut this part out, or make it slower or paler.
media-document-type = This is neither a PDF nor a picture. Please save your document as PDF.
media-document-broken = This PDF is damaged or incomplete. Please save it again.
media-document-encrypted = This PDF is protected with a password. Please save it without one.
media-document-heavy = This PDF is larger than 20 MB. Please save it smaller.
media-document-pages = This PDF has more than 50 pages. Please take only the pages that are to be seen.
media-document-costly = A page of this PDF is too elaborate to draw. Please save it more simply, for example with “Print to PDF”.
# Pictures of telephones.
media-heif-type = This server cannot read HEIC or AVIF pictures. Please save the picture as JPEG; on an iPhone that is Settings → Camera → Formats → “Most Compatible”.
media-heif-costly = This picture is too elaborate. Please save it as JPEG.
# The library.
media-lead = Everything you have uploaded: pictures, films and documents, stored once and used anywhere.
media-all = All media
media-room = { $used } of { $most } used
media-room-short = There is little room left. Delete what you no longer need, or ask whoever runs this server for more.
media-size-kb = { $size } kB
media-size-mb = { $size } MB
media-size-gb = { $size } GB
media-size-point = .
media-send = Upload
media-send-choose = Choose files
media-send-drop = … or drag them here from your computer
media-send-hint = Pictures and PDFs up to 20 MB, films up to { $megabytes } MB and ten minutes. Where and with what they were taken is removed.
media-send-do = Upload
media-piece-waiting = Waiting
media-piece-sending = %1 % uploaded
media-piece-checking = Uploaded, being checked …
media-piece-done = Done
media-piece-offline = No connection. It goes on by itself as soon as there is one again.
media-piece-ended = Stopped
media-piece-left = That did not work. Please choose the file again.
media-piece-out = You are no longer logged in. Please reload this page and choose the file again: it then goes on where it stopped.
media-piece-stop = Stop
media-piece-open = Describe
media-left = Not quite uploaded yet
media-left-text = Choose the same file again, and it goes on from there. After a day, what is not complete is deleted.
media-left-percent = { $percent } % are here
media-left-end = Discard
media-filter = Kind
media-filter-all = All
media-filter-picture = Pictures
media-filter-film = Films
media-filter-document = Documents
media-filter-undescribed = Without description
media-search = Search by name
media-none = Nothing uploaded yet
media-none-text = What you upload here or in a programme stays here until you delete it, and can be used anywhere.
media-none-found = There is nothing like that. Search for something else, or choose another kind.
media-older = Older
media-kind-picture = Picture
media-kind-film = Film
media-kind-document = Document
media-pages = { $count ->
    [one] Document, one page
   *[other] Document, { $count } pages
}
media-unnamed = { $kind } of { $when }
media-undescribed = Description missing
media-used = Used in
media-used-nowhere = Not used anywhere yet
media-used-programmes = { $count ->
    [one] in one programme
   *[other] in { $count } programmes
}
media-used-posts = { $count ->
    [one] in one post
   *[other] in { $count } posts
}
media-used-logos = { $count ->
    [one] as a logo
   *[other] as the logo of { $count } stages
}
media-used-press = { $count ->
    [one] for download
   *[other] for download in { $count } newsrooms
}
media-entry-focus = What must stay in sight?
media-entry-focus-hint = Click on the place, or drag the circle there; with the keyboard the arrow keys move it, faster with Shift. Where the picture is cropped, this place stays in sight.
media-entry-focus-move = Move the most important place
media-entry-focus-said = %1 % from the left, %2 % from the top
media-entry-focus-x = From the left (%)
media-entry-focus-y = From the top (%)
media-entry-focus-invalid = Please give two whole numbers from 0 to 100.
media-entry-words = Description and rights
media-entry-name = Name
media-entry-name-empty = Please give a name.
media-entry-alt = What is to be seen?
media-entry-alt-hint = A sentence for everybody who cannot see it, for example: “Children jump from the pier into the lake.” It holds wherever nothing else is said.
media-entry-credit = Author
media-entry-credit-hint = Who took or drew it.
media-entry-licence = Licence
media-entry-licence_words = The licence in your own words
media-entry-licence_words-hint = Only where “Own words” is chosen above.
media-entry-licence_words-empty = Please say in your own words what is allowed, or choose another licence.
media-entry-save = Save
media-entry-cancel = Cancel
media-entry-facts = Details
media-entry-kind = Kind
media-entry-pixels = Pixels
media-entry-size = Size
media-entry-sent = Uploaded
media-licence-none = Nothing said
media-licence-reserved = All rights reserved
media-licence-cc0 = CC0 1.0 (no conditions)
media-licence-cc_by = CC BY 4.0 (attribution)
media-licence-cc_by_sa = CC BY-SA 4.0 (attribution, share alike)
media-licence-cc_by_nd = CC BY-ND 4.0 (attribution, no derivatives)
media-licence-cc_by_nc = CC BY-NC 4.0 (attribution, non-commercial)
media-licence-cc_by_nc_sa = CC BY-NC-SA 4.0 (attribution, non-commercial, share alike)
media-licence-cc_by_nc_nd = CC BY-NC-ND 4.0 (attribution, non-commercial, no derivatives)
media-licence-public_domain = Public domain
media-licence-own = Own words
media-delete = Delete
media-delete-title = Really delete it?
media-delete-back = Back
media-delete-unused = It is not used anywhere.
media-delete-used = It is still used, and goes from there too, at once:
media-delete-text = Deleted is deleted: on all pages, on all screens and under its address. Slides that consist of nothing else are passed over.
media-delete-do = Delete it everywhere
media-library-type = We cannot show this file. Please use JPEG, PNG, WebP, GIF, PDF or a film (MP4, MOV, WebM, MKV, AVI, MPEG).
media-library-nothing = Please choose at least one file.
media-library-full = Your account has not enough room for this. Delete under “Media” what you no longer need, or ask whoever runs this server for more.
media-library-many = A hundred files are on their way already. Please wait until some are done.
media-library-longer = More came than was announced. Please choose the file again.
media-library-no_films = This server cannot prepare films. Please ask whoever runs it.
done-media_sent = Uploaded.
done-media_saved = Saved. It holds everywhere from now on.
done-media_deleted = Deleted everywhere.
done-upload_ended = Discarded.
