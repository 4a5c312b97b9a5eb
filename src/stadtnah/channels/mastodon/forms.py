"""What the desk asks for when a Mastodon account is set up."""

from __future__ import annotations

from typing import Any, Final

FIELDS: Final[list[dict[str, Any]]] = [
    {
        "name": "server",
        "label": "Adresse des Servers",
        "help": "Der Server, auf dem das Konto liegt, zum Beispiel https://social.example",
        "secret": False,
        "required": True,
    },
    {
        "name": "access_token",
        "label": "Zugriffstoken",
        "help": (
            "Auf dem Server unter „Einstellungen – Entwicklung – Neue Anwendung“. Nötige Rechte: "
            "read:accounts, read:statuses, write:statuses, write:media."
        ),
        "secret": True,
        "required": True,
    },
    {
        "name": "visibility",
        "label": "Sichtbarkeit der Beiträge",
        "help": "Öffentlich: für alle und in den Zeitleisten. Nicht gelistet: für alle, aber nicht in den Zeitleisten.",
        "secret": False,
        "required": False,
        "choices": [["public", "Öffentlich"], ["unlisted", "Nicht gelistet"], ["private", "Nur Folgende"]],
    },
]
