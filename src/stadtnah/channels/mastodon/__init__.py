"""Mastodon: posts to an account on any server that speaks Mastodon's client API."""
