"""What the desk asks for when a Mastodon account is set up."""

from __future__ import annotations

from typing import Final

from stadtnah.publishing.channel import SettingField

FIELDS: Final = (
    SettingField(
        "server",
        "Adresse des Servers",
        "Der Server, auf dem das Konto liegt, zum Beispiel https://social.example",
        target=True,
    ),
    SettingField(
        "access_token",
        "Zugriffstoken",
        "Auf dem Server unter „Einstellungen – Entwicklung – Neue Anwendung“. Nötige Rechte: "
        "read:accounts, read:statuses, write:statuses, write:media.",
        secret=True,
    ),
    SettingField(
        "visibility",
        "Sichtbarkeit der Beiträge",
        "Öffentlich: für alle und in den Zeitleisten. Nicht gelistet: für alle, aber nicht in den Zeitleisten.",
        required=False,
        default="public",
        choices=(("public", "Öffentlich"), ("unlisted", "Nicht gelistet"), ("private", "Nur Folgende")),
    ),
)
