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
