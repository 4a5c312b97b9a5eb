"""Offices, places and people of the town hall: where citizens go, when somebody is there, whom they ask."""
