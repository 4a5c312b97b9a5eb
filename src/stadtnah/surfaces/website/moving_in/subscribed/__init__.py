"""Calendars of clubs and others that are read again and again: drafts and questions, nothing public and nothing deleted by itself."""
