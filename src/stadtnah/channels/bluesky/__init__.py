"""Bluesky: records in the account's repository on any AT Protocol server (PDS)."""
