"""The rules of the newsletter: one verb per function, no HTTP."""
