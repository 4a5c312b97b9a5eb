"""Events of the municipality and its clubs: what they are, when they take place, how calendars are read and written."""
