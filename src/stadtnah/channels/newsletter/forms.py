"""What the desk asks for when a newsletter account is set up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from stadtnah.channels.newsletter import settings
from stadtnah.channels.newsletter.domain import addresses
from stadtnah.publishing.channel import SettingField

FIELDS: Final = (
    SettingField("host", "Mailserver", "Zum Beispiel: mail.ihre-kommune.de", target=True),
    SettingField("port", "Port", "587 für STARTTLS, 465 für TLS von Anfang an", default="587", target=True),
    SettingField(
        "tls",
        "Verschlüsselung",
        "Ohne Verschlüsselung nur für einen Mailserver auf demselben Rechner.",
        choices=(("starttls", "STARTTLS"), ("tls", "TLS von Anfang an"), ("none", "keine")),
        default="starttls",
    ),
    SettingField(
        "user", "Benutzername", "Leer lassen, wenn der Mailserver keine Anmeldung verlangt.", required=False
    ),
    SettingField("password", "Kennwort", "Wird verschlüsselt aufbewahrt.", required=False, secret=True),
    SettingField(
        "from_address", "Absenderadresse", "Von dieser Adresse kommen die Mails; an sie gehen Rückläufer."
    ),
    SettingField(
        "from_name", "Absendername", "So erscheint der Newsletter im Postfach, zum Beispiel: Stadt Erlenfurt"
    ),
    SettingField(
        "reply_to", "Antwortadresse", "Wohin Antworten gehen, wenn nicht an den Absender.", required=False
    ),
    SettingField(
        "list",
        "Verteiler",
        "Kürzel des Verteilers, an den dieses Konto sendet. Gibt es ihn noch nicht, wird er angelegt.",
        default="neues",
    ),
    SettingField(
        "imprint",
        "Anschrift im Fuß der Mail",
        "Name und Anschrift der Kommune, eine Zeile je Angabe.",
        required=False,
        multiline=True,
    ),
    SettingField("colour", "Farbe", "Farbe der Stadt als #RRGGBB für Knöpfe und Links.", required=False),
    SettingField(
        "connections",
        "Gleichzeitige Verbindungen",
        "1 bis 16; weniger, wenn der Mailserver das verlangt.",
        required=False,
        default="4",
    ),
)
_HERE: Final = {"localhost", "127.0.0.1", "::1"}


def problems(config: Mapping[str, str]) -> dict[str, str]:
    """Field name to what is wrong with it, German. Missing values are not its business."""
    found = {}
    for name, most in (("port", 65535), ("connections", 16)):
        text = config.get(name, "")
        if text and not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
            found[name] = f"Bitte geben Sie eine Zahl von 1 bis {most} ein."
    for name in ("from_address", "reply_to"):
        if config.get(name) and not _is_address(config[name]):
            found[name] = f"„{config[name][:80]}“ ist keine gültige E-Mail-Adresse."
    if config.get("host") and not settings.is_host(config["host"].strip()):
        found["host"] = (
            f"„{config['host'][:80]}“ ist kein Name eines Mailservers. Bitte geben Sie ihn so an: mail.ihre-kommune.de"
        )
    if config.get("tls") == "none" and config.get("host", "") not in _HERE:
        found["tls"] = (
            "Ohne Verschlüsselung könnten andere Kennwort und Mails mitlesen. "
            "Bitte wählen Sie STARTTLS oder TLS."
        )
    if config.get("list") and not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", config["list"]):
        found["list"] = "Ein Kürzel besteht aus Kleinbuchstaben ohne Umlaute, Ziffern und Bindestrichen."
    if config.get("colour") and not re.fullmatch(r"#[0-9a-fA-F]{6}", config["colour"]):
        found["colour"] = "Bitte geben Sie die Farbe so an: #14532d."
    return found


def _is_address(text: str) -> bool:
    try:
        addresses.normalise(text)
    except addresses.AddressError:
        return False
    return True
