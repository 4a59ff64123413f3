# Screens of a stage.
screens-name-missing = Please give the screen a name, for example where it hangs.
screens-name-too_long = That is too long. Please use at most 60 characters.
screens-name-invalid = Please use letters, digits and ordinary punctuation only.
screens-rotation-invalid = Please choose one of the four positions.
screens-programme-missing = Please choose what the screen is to show.
screens-code-malformed = A code has eight letters and digits, for example ABCD-2345. Please type it as the screen shows it.
screens-code-unknown = No screen shows this code. It is good for ten minutes and for one use only: please type the code that the screen shows now.
