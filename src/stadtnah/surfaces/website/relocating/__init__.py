"""A page moves below another one, with everything below it: which may, what that changes, and how the municipality releases it."""
