# Errors as pages.
errors-home = To the start page
errors-not_found = Page not found
errors-not_found-text = There is nothing at this address, or it is not yours to see. Check the address, or go back to the start page.
errors-invalid = That could not be saved
errors-invalid-text = Something in the form cannot be used. Go back, correct it and send it again.
errors-too_many = Too many attempts
errors-too_many-text = Please wait a moment, then try again.
errors-forbidden = Not allowed
errors-forbidden-text = Your role does not allow this. Ask the owner of your account.
errors-xsrf = The form has expired
errors-xsrf-text = For your safety a form can only be sent from the page it stands on. Go back, reload the page and send it again.
errors-internal = Something went wrong
errors-internal-text = This is our fault, and it has been noted. Please try again in a moment.
errors-too_large = Too large
errors-too_large-text = What you sent is too large. Go back and choose a smaller file.
errors-busy = It is busy here right now
errors-busy-text = We cannot keep up at the moment. Please try again in a few seconds.
