# Slides: what screens say by themselves, and the forms of the editor.
slides-welcome = Follow us at { $address }
slides-problem-too_long = That is too long. Please shorten it.
slides-problem-number = Please enter a whole number within the range given.
slides-problem-choice = Please choose one of the options.
