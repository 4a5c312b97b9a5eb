"""The rules of the events service: no CMS, no HTTP, no database."""
