"""The profiles of the sixteen Länder (codes of ISO 3166-2:DE): law, authorities, terms; from `profiles/*.toml`.

They are facts of a day (`as_of`), each with its sources. What could not be checked is named in `unverified`: whoever
writes a text with it has to say so.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

_FOLDER: Final = Path(__file__).resolve().parent / "profiles"
# Codes of ISO 3166-2:DE.
LAENDER: Final = (
    "BB",
    "BE",
    "BW",
    "BY",
    "HB",
    "HE",
    "HH",
    "MV",
    "NI",
    "NW",
    "RP",
    "SH",
    "SL",
    "SN",
    "ST",
    "TH",
)


@dataclass(frozen=True, slots=True)
class Authority:
    """A public authority. What is not known is ""."""

    name: str
    street: str = ""
    place: str = ""  # with the postcode
    phone: str = ""
    mail: str = ""
    url: str = ""

    @property
    def rows(self) -> tuple[tuple[str, str, str], ...]:
        """(field, German label, value) of what is known, as an address is read."""
        named = (
            ("name", "Stelle", self.name),
            ("street", "Straße", self.street),
            ("place", "Ort", self.place),
            ("phone", "Telefon", self.phone),
            ("mail", "E-Mail", self.mail),
            ("url", "Website", self.url),
        )
        return tuple(row for row in named if row[2])


@dataclass(frozen=True, slots=True)
class Profile:
    """What a municipality of this Land needs for its legal pages.

    law, ordinance: of accessibility, as cited. answer_days: within how many days feedback on accessibility is
    answered. enforcement: whom citizens turn to then, called `enforcement_kind`; procedure: what it does, in German.
    data_protection: the supervisory authority. unverified: "enforcement.phone", "answer_days", ...; "enforcement.contact" when no way to
    reach it is known.
    """

    code: str
    name: str
    as_of: date
    version: str  # of the file's bytes
    law: str
    ordinance: str
    answer_days: int
    answer_basis: str
    enforcement_kind: str
    enforcement: Authority
    procedure: str
    data_protection: Authority
    unverified: frozenset[str]
    sources: tuple[str, ...]
    note: str  # for whoever writes the pages, German


@lru_cache(maxsize=len(LAENDER))
def profile(code: str) -> Profile:
    """The profile of a Land. Raises KeyError when there is no such Land."""
    if code not in LAENDER:
        raise KeyError(code)
    raw = (_FOLDER / f"{code}.toml").read_bytes()
    value: dict[str, Any] = tomllib.loads(raw.decode())
    return Profile(
        code=code,
        name=value["name"],
        as_of=value["as_of"],
        version=hashlib.sha256(raw).hexdigest()[:12],
        law=value["law"],
        ordinance=value.get("ordinance", ""),
        answer_days=value["answer_days"],
        answer_basis=value.get("answer_basis", ""),
        enforcement_kind=value["enforcement_kind"],
        enforcement=Authority(**value["enforcement"]),
        procedure=value["procedure"],
        data_protection=Authority(**value["data_protection"]),
        unverified=frozenset(value.get("unverified", [])),
        sources=tuple(value["sources"]),
        note=value.get("note", ""),
    )
