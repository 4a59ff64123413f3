# Slides: what screens say by themselves, and the forms of the editor.
slides-welcome = Follow us at { $address }
slides-problem-too_long = That is too long. Please shorten it.
slides-problem-number = Please enter a whole number within the range given.
slides-problem-choice = Please choose one of the options.
slides-announcement-headline = Headline
slides-announcement-headline-hint = One line that can be read from across the street.
slides-announcement-text = Text
slides-announcement-text-hint = A few short lines. Line breaks are kept.
slides-announcement-link = Web address
slides-announcement-link-hint = Shown as a QR code that people can scan.
slides-announcement-design = Design
slides-announcement-design-hint = “On the picture” needs a picture.
slides-announcement-design-paper = Quiet, on paper
slides-announcement-design-poster = Poster in your colour
slides-announcement-design-picture = On the picture
slides-announcement-picture = Picture
slides-announcement-picture-hint = Beside or behind the text.
