"""What the desk asks for when a Bluesky account is set up."""

from __future__ import annotations

from typing import Any, Final

FIELDS: Final[list[dict[str, Any]]] = [
    {
        "name": "identifier",
        "label": "Name des Kontos",
        "help": "Der Handle ohne @, zum Beispiel stadt.example",
        "secret": False,
        "required": True,
    },
    {
        "name": "app_password",
        "label": "App-Passwort",
        "help": (
            "Bei Bluesky unter „Einstellungen – Datenschutz und Sicherheit – App-Passwörter“. "
            "Bitte nicht das Passwort des Kontos."
        ),
        "secret": True,
        "required": True,
    },
    {
        "name": "service",
        "label": "Adresse des Servers",
        "help": "Nur bei einem eigenen Server (PDS). Leer: https://bsky.social",
        "secret": False,
        "required": False,
    },
    {
        "name": "app_url",
        "label": "Adresse der Beiträge",
        "help": "Wo Bürgerinnen und Bürger die Beiträge lesen. Leer: https://bsky.app",
        "secret": False,
        "required": False,
    },
]
