"""Streets and days of collection."""
