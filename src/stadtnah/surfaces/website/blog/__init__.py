"""The blog of whoever leads the municipality: series, entries signed by a person, an archive and feeds of its own."""
