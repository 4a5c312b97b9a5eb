"""What the desk asks for when a Bluesky account is set up."""

from __future__ import annotations

from typing import Final

from stadtnah.publishing.channel import SettingField

FIELDS: Final = (
    SettingField(
        "identifier", "Name des Kontos", "Der Handle ohne @, zum Beispiel stadt.example", target=True
    ),
    SettingField(
        "app_password",
        "App-Passwort",
        "Bei Bluesky unter „Einstellungen – Datenschutz und Sicherheit – App-Passwörter“. "
        "Bitte nicht das Passwort des Kontos.",
        secret=True,
    ),
    SettingField(
        "service",
        "Adresse des Servers",
        "Nur bei einem eigenen Server (PDS). Leer: https://bsky.social",
        required=False,
        target=True,
    ),
    SettingField(
        "app_url",
        "Adresse der Beiträge",
        "Wo Bürgerinnen und Bürger die Beiträge lesen. Leer: https://bsky.app",
        required=False,
    ),
)
