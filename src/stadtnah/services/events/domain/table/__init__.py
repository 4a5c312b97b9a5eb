"""Events out of tables: cells, columns, days and times, rows. Pure."""
