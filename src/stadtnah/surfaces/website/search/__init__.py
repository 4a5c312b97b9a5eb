"""Search of the public website: an index of what is released, and ways to ask it in everyday German."""
