"""Boxes that say whom one asks: name, place, telephone, mail, as rows of label and value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stadtnah.surfaces.website.moving_in.tree import Node

_MOST_WORDS: Final = 90
_MOST_ROWS: Final = 12
_LABEL, _VALUE = 80, 240
_CLASS: Final = re.compile(
    r"(?:contact|kontakt|ansprechpart|ansprechpers|zustaendig|vcard|h-card|adresse|address|adr)",
    re.IGNORECASE,
)
_LABELS: Final = (
    (re.compile(r"(?:tel(?:efon)?|fon|ruf(?:nummer)?|phone)\b\.?", re.IGNORECASE), "Telefon"),
    (re.compile(r"(?:tele)?fax\b\.?", re.IGNORECASE), "Telefax"),
    (re.compile(r"(?:mobil|handy)\b\.?", re.IGNORECASE), "Mobil"),
    (re.compile(r"(?:e-?mail|mail)\b\.?", re.IGNORECASE), "E-Mail"),
    (re.compile(r"(?:zimmer(?:-?nr\.?)?|raum|büro)\b\.?", re.IGNORECASE), "Zimmer"),
    (re.compile(r"(?:web|internet|homepage|website)\b\.?", re.IGNORECASE), "Internet"),
)
_MAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE: Final = re.compile(r"\(?(?:\+49|0)[\d\s()/.-]{5,24}\d")
_STREET: Final = re.compile(
    r"\b\d{5}\s+[A-ZÄÖÜ]|(?:str(?:aße|\.|asse)|weg|platz|gasse|allee|ring)\s*\d", re.IGNORECASE
)
_OWN_LABEL: Final = re.compile(r"([^:\d@]{2,40}):\s*(\S.*)")


def is_named_so(node: Node) -> bool:
    """Whether its tag or class calls it a contact."""
    named = f"{node.attributes.get('class', '')} {node.attributes.get('id', '')}"
    return node.tag == "address" or bool(_CLASS.search(named))


def rows_of(node: Node) -> list[tuple[str, str]]:
    """The rows of a contact box; none when it is no such box."""
    if node.all("h1", "form") or len(node.words().split()) > _MOST_WORDS:
        return []
    lines = [line for line in _lines(node) if line]
    found: list[tuple[str, str]] = []
    loose: list[str] = []
    sure = False
    for line in lines:
        label, value = _told(line)
        if label:
            sure = sure or label in {"Telefon", "E-Mail", "Mobil", "Telefax"}
            found.append((label[:_LABEL], value[:_VALUE]))
        elif value:
            loose.append(value)
    if not sure:
        return []
    return [*_named(loose), *found][:_MOST_ROWS]


def said_of(rows: list[tuple[str, str]], label: str) -> str:
    """The value of a row; "" when there is none."""
    return next((value for name, value in rows if name == label), "")


def _named(loose: list[str]) -> list[tuple[str, str]]:
    """Lines without a label: who, and where."""
    places = [line for line in loose if _STREET.search(line)]
    names = [
        line
        for line in loose
        if line not in places
        and line.rstrip(":").casefold() not in {"kontakt", "ansprechpartner", "adresse", "anschrift"}
    ]
    rows = [("Ansprechstelle", ", ".join(names)[:_VALUE])] if names else []
    return [*rows, *([("Anschrift", ", ".join(places)[:_VALUE])] if places else [])]


def _told(line: str) -> tuple[str, str]:
    for pattern, label in _LABELS:
        if match := pattern.match(line):
            value = line[match.end() :].strip(" :.\u00a0-–")
            if label == "E-Mail" and (mail := _MAIL.search(line)):
                value = mail[0]
            if value and (
                label in {"Zimmer", "Internet", "E-Mail"} or _PHONE.search(value) or value[0].isdigit()
            ):
                return label, value
    if mail := _MAIL.fullmatch(line):
        return "E-Mail", mail[0]
    if phone := _PHONE.fullmatch(line):
        return "Telefon", phone[0]
    if own := _OWN_LABEL.fullmatch(line):
        return own[1].strip(), own[2].strip()
    return "", line


def _lines(node: Node) -> Iterator[str]:
    """The lines as they are seen: cut at blocks and line breaks; a term and its explanation are one."""
    found = [""]
    _collect(node, found)
    for line in found:
        yield " ".join(line.split())


def _collect(node: Node, found: list[str]) -> None:
    for child in node.children:
        if isinstance(child, str):
            found[-1] += child
        elif child.tag == "br":
            found.append("")
        elif child.tag == "a" and child.attributes.get("href", "").lower().startswith("mailto:"):
            words = child.words()
            address = child.attributes["href"][7:].partition("?")[0]
            found[-1] += f" {words if _MAIL.search(words) else address} "
        elif child.tag in {"a", "strong", "em", "sub", "sup", "cite"}:
            _collect(child, found)
        elif child.tag == "dd":
            _collect(child, found)
            found.append("")
        elif child.tag == "dt":
            found.append("")
            _collect(child, found)
            found[-1] = f"{found[-1].strip().rstrip(':')}: "
        else:
            found.append("")
            _collect(child, found)
            found.append("")
