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
media-film-many = Five films are being prepared already. Please wait until one is ready.
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
