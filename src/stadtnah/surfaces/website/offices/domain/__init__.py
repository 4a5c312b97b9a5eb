"""Rules of opening hours: no CMS, no database."""
