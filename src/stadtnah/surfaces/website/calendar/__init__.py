"""The calendar: events as pages, their dates as an index, and the lists that citizens read."""
