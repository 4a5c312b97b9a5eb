"""Taking over a whole old website: read or crawled, proposed as a tree, taken over as drafts."""
