"""The fictional demo town Erlenfurt: its words, its pictures, its people."""
