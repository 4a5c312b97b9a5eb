"""Events of a calendar or a table: looked at first, then taken over as drafts."""
