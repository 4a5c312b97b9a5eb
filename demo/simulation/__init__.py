"""A local stand-in for Mastodon and Bluesky, so that the demo can show a whole publication without any network.

It speaks just enough of both APIs for Stadtnah's channels, keeps its posts in a folder and shows them as pages. It
needs nothing but Python's standard library. It is no test of the real services: tests/peers does that.
"""
