"""The parts a generated page consists of: raw values of the editor's blocks, each under a key that stays.

Pure: facts go in, parts come out. What only the municipality knows is a gap; a check keeps a page with gaps from release.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any, Final

from stadtnah.kernel.land.api import Authority, Profile
from stadtnah.publishing.checks.gaps import GAP


@dataclass(frozen=True, slots=True)
class Part:
    """One block. `value` as in `website.blocks`."""

    key: str
    kind: str
    value: Any


@dataclass(frozen=True, slots=True)
class Processing:
    """A purpose of the processing register, as citizens are told of it."""

    key: str
    title: str
    notice: str
    legal_basis: str
    retention: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that generated pages say about this cell."""

    name: str
    short_name: str
    street: str
    postcode: str
    phone: str
    mail: str
    represented_by: str
    host: str
    land: Profile
    purposes: tuple[Processing, ...]
    networks: tuple[str, ...]  # labels of accounts in networks of others
    agencies: tuple[str, ...]  # with a running mandate


def gap(what: str) -> str:
    """A gap, as plain text."""
    return f"{GAP} {what}"


def said(text: str, what: str) -> str:
    """The text, or a gap for it."""
    return text or gap(what)


def heading(key: str, title: str) -> Part:
    """A heading of the second level."""
    return Part(f"{key}.h", "heading", title)


def text(key: str, *paragraphs: str) -> Part:
    """Paragraphs of plain text."""
    return Part(key, "text", "".join(f"<p>{escape(line, quote=False)}</p>" for line in paragraphs if line))


def html(key: str, inner: str) -> Part:
    """A text whose html is ours; what comes from elsewhere in it is escaped by the caller."""
    return Part(key, "text", inner)


def contact(key: str, *rows: tuple[str, str]) -> Part:
    """A contact box."""
    return Part(key, "contact", [{"label": label, "value": value} for label, value in rows if value])


def address(facts: Facts) -> str:
    """The municipality's address in one line."""
    if not (facts.street and facts.postcode):
        return gap("Anschrift (unter „Kommune“ eintragen)")
    return f"{facts.street}, {facts.postcode} {facts.short_name}"


def own_contact(key: str, facts: Facts) -> Part:
    """The municipality as the contact."""
    return contact(
        key,
        ("Stelle", facts.name),
        ("Anschrift", address(facts)),
        ("Telefon", said(facts.phone, "Telefon (unter „Kommune“ eintragen)")),
        ("E-Mail", said(facts.mail, "E-Mail (unter „Kommune“ eintragen)")),
    )


def authority(key: str, found: Authority, profile: Profile, field: str) -> Part:
    """An authority of the Land. What was not verified is a gap that names what we have."""
    rows = [
        (
            label,
            gap(f"bitte prüfen (ungeprüft: {value})") if f"{field}.{name}" in profile.unverified else value,
        )
        for name, label, value in found.rows
    ]
    if f"{field}.contact" in profile.unverified:
        rows.append(("Kontakt", gap("Anschrift, E-Mail oder Website der Stelle (nicht geprüft)")))
    return contact(key, *rows)


STATUS_CHOICES: Final = "vollständig vereinbar, teilweise vereinbar oder nicht vereinbar"
