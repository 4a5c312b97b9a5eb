"""A Wagtail site as its tutorial makes it: the peer of `make bench-page`."""
