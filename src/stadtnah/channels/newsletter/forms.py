"""What the desk asks for when a newsletter account is set up."""

from __future__ import annotations

from typing import Any, Final


def _field(
    name: str, label: str, text: str = "", *, required: bool = True, secret: bool = False, **more: Any
) -> dict[str, Any]:
    return {"name": name, "label": label, "help": text, "secret": secret, "required": required, **more}


FIELDS: Final[list[dict[str, Any]]] = [
    _field("host", "Mailserver", "Zum Beispiel: mail.ihre-kommune.de"),
    _field("port", "Port", "587 für STARTTLS, 465 für TLS von Anfang an", default="587"),
    _field(
        "tls",
        "Verschlüsselung",
        "Ohne Verschlüsselung nur für einen Mailserver auf demselben Rechner.",
        choices=[["starttls", "STARTTLS"], ["tls", "TLS von Anfang an"], ["none", "keine"]],
        default="starttls",
    ),
    _field(
        "user", "Benutzername", "Leer lassen, wenn der Mailserver keine Anmeldung verlangt.", required=False
    ),
    _field("password", "Kennwort", "Wird verschlüsselt aufbewahrt.", required=False, secret=True),
    _field(
        "from_address", "Absenderadresse", "Von dieser Adresse kommen die Mails; an sie gehen Rückläufer."
    ),
    _field(
        "from_name", "Absendername", "So erscheint der Newsletter im Postfach, zum Beispiel: Stadt Erlenfurt"
    ),
    _field(
        "reply_to", "Antwortadresse", "Wohin Antworten gehen, wenn nicht an den Absender.", required=False
    ),
    _field("list", "Verteiler", "Das Kürzel des Verteilers, an den dieses Konto sendet."),
    _field(
        "imprint",
        "Anschrift im Fuß der Mail",
        "Name und Anschrift der Kommune, eine Zeile je Angabe.",
        required=False,
        multiline=True,
    ),
    _field("colour", "Farbe", "Farbe der Stadt als #RRGGBB für Knöpfe und Links.", required=False),
    _field(
        "connections",
        "Gleichzeitige Verbindungen",
        "1 bis 16; weniger, wenn der Mailserver das verlangt.",
        required=False,
        default="4",
    ),
]
