"""Versions of a page in other languages and in Leichte Sprache: made from a released German page, released like it."""
