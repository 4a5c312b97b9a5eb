"""An office as a contact for the address book: vCard 3.0 (RFC 2426), which every telephone reads."""

from __future__ import annotations

from typing import Final

from stadtnah.surfaces.website.linked_data import telephone
from stadtnah.surfaces.website.offices.view import Office

NAME: Final = "kontakt.vcf"
TYPE: Final = "text/vcard; charset=utf-8"
_LINE: Final = 75  # bytes, RFC 2425 5.8.1
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"})


def of(office: Office, *, town: str, base: str) -> bytes:
    """The card. Nothing in it but what the page says; no people."""
    said, place = office.said, office.place
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"FN:{_text(f'{office.content.title}, {town}')}",
        f"N:{_text(office.content.title)};;;;",
        f"ORG:{_text(town)};{_text(office.content.title)}",
    ]
    if place and place.address:
        parts = (place.said.get(key, "") for key in ("street", "town", "postcode"))
        street, locality, code = (_text(part) for part in parts)
        lines.append(f"ADR;TYPE=WORK:;{_text(said.get('room', ''))};{street};{locality};;{code};Deutschland")
    if place and place.point:
        lines.append(f"GEO:{';'.join(place.point)}")
    if number := said.get("phone"):
        lines.append(f"TEL;TYPE=WORK,VOICE:{_text(telephone(number))}")
    if mail := said.get("mail"):
        lines.append(f"EMAIL;TYPE=INTERNET:{_text(mail)}")
    lines += [f"URL:{base}{office.content.path}", f"UID:{office.content.object_key}", "END:VCARD"]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _text(value: str) -> str:
    return " ".join(value.split()).translate(_ESCAPED)


def _folded(line: str) -> list[str]:
    """A long line as several, the further ones with a blank ahead; never within a letter."""
    found, held = [], ""
    for sign in line:
        if len((held + sign).encode()) > _LINE:
            found.append(held)
            held = " "
        held += sign
    return [*found, held]
