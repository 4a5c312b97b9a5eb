"""Rules of the versions: pure functions, no CMS, no database."""
