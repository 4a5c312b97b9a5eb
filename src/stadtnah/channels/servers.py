"""Addresses of servers that people type into settings."""

from __future__ import annotations

from urllib.parse import urlsplit

_HERE = {"localhost", "127.0.0.1", "::1"}


def problem(text: str) -> str:
    """What is wrong with the address of a server, German; "" when it can be used (https may be left out)."""
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if not host or parts.scheme not in {"http", "https"} or parts.username or any(c.isspace() for c in text):
        return f"„{text[:80]}“ ist keine Adresse eines Servers. Bitte geben Sie sie so an: https://social.example"
    if parts.path.strip("/") or parts.query or parts.fragment:
        return f"Bitte nur den Server angeben: {parts.scheme}://{parts.netloc}"
    if parts.scheme == "http" and host not in _HERE:
        return f"Zugangsdaten gehen nur verschlüsselt hinaus. Bitte geben Sie an: https://{parts.netloc}"
    return ""
