"""Documents for download: the town's library of files."""
