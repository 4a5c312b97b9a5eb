"""Streets, collection areas and the days on which waste is collected there."""
