"""The town's public website: page types, theme, page store, feeds."""
