"""Personal data that should not stand in a message: numbers, addresses, accounts, birthdays, number plates.

What belongs to the municipality itself (`official_contacts`, mail at its own hosts) is fine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from stadtnah.publishing.checks.calendar_words import MONTH
from stadtnah.publishing.checks.context import CheckContext
from stadtnah.publishing.checks.document import Document, Role
from stadtnah.publishing.checks.iban import Iban, find_ibans
from stadtnah.publishing.checks.registry import check
from stadtnah.publishing.findings import Finding, error, hint

_MAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64}+(?:@|\s?[(\[](?:at|ät)[)\]]\s?)((?:[\w-]{1,63}+\.){1,8}[\w-]{2,63})",
    re.IGNORECASE,
)
_FREE_MAIL = frozenset(
    (
        "gmx.de", "gmx.net", "gmx.at", "web.de", "gmail.com", "googlemail.com", "t-online.de", "freenet.de", "yahoo.de", "yahoo.com",
        "hotmail.com", "hotmail.de", "outlook.com", "outlook.de", "icloud.com", "me.com", "aol.com", "arcor.de", "posteo.de",
        "mailbox.org", "live.de", "email.de", "online.de", "vodafone.de", "proton.me", "protonmail.com",
    )
)  # fmt: skip
_GAP = r"[ \t\u00a0\u202f\u2009]"
_PHONE = re.compile(rf"(?<![\w.,/+\-§])(?:\+[1-9]\d{{0,2}}|\(?0)(?:[\d()/.\-–]|{_GAP}){{5,24}}")
_NO_PHONE = re.compile(r"\d{1,2}\.\s?\d{1,2}\.|(?<!\d)\d{1,2}\.\d\d\s?[-–]|^\d{5}$|^\(?0\d?[-–]\d\d?\b")
_NUMBER_OF = re.compile(
    r"(?i)(?:\baz\.?|aktenzeichen|\bnr\.?|nummer|kassenzeichen|\bisbn|\bid|\bref\.?|steuernr\.?|gläubiger-id|zählernr\.?|\bart\.?|§|\bflst\.?|\bbic)[\s:]{0,3}$"
)
_IS_PHONE = re.compile(
    r"(?i)(?:tel(?:efon)?(?:nummer)?|mobil(?:funk)?(?:nummer)?|handy(?:nummer)?|fax|ruf(?:nummer)?|fon)\.?[\s:]{0,3}$"
)
_MOBILE = re.compile(r"^01[567]")
_SERVICE = re.compile(r"^0?(?:800|180|137|900|115$|116\d{3}$)")
_LEAST_DIGITS, _MOST_DIGITS = 7, 15
_EXTENSION = 4  # digits behind the stem of a central number
_LEADING = 20  # characters before a number that can say what it is
_PLATE = re.compile(r"(?<![\w-])([A-ZÄÖÜ]{1,3})-([A-Z]{1,2})[ \u00a0\u202f-]?([1-9]\d{0,3})[EH]?(?![\w-])")
_PLATE_SAID = re.compile(
    r"(?i)\bkennzeichen\b[\s:„\"]{1,3}([A-ZÄÖÜ]{1,3}[ -][A-Z]{1,2} ?[1-9]\d{0,3}[EH]?)(?!\w)"
)
_NO_PLATE = frozenset(("DIN", "ISO", "EN", "IEC", "VDE", "TÜV", "EU", "EG", "A", "CO", "PM", "DVD"))
_BORN = re.compile(
    rf"(?i)(?:\bgeb(?:oren|\.)(?:\s(?:am|wurde am))?|geburtsdatum|geburtstag|(?<!\w)\*)\s?:?\s?(?:am\s)?"
    rf"(\d{{1,2}}\.\s?(?:\d{{1,2}}\.\s?|{MONTH}\s)((?:19|20)\d\d|\d\d)(?!\d))"
)
_LONG_AGO = 110  # years: nobody alive


@check("personal-phone", german=False)
def phones(document: Document, context: CheckContext) -> Iterator[Finding]:
    """Telephone numbers that are not the municipality's."""
    numbers = [contact.strip() for contact in context.official_contacts if "@" not in contact]
    official = {digits for number in numbers if (digits := _digits(number))}
    centrals = {_digits(number)[:-1] for number in numbers if re.search(r"[-–]\s?0$", number)}
    for where, text in _texts(document, "tel:"):
        accounts = [(item.start, item.end) for item in find_ibans(text)]
        for match in _PHONE.finditer(text):
            number = _shortened(match[0].strip(" \t\u00a0\u202f\u2009-–./("))
            within = any(start < match.end() and match.start() < end for start, end in accounts)
            if within or not _is_phone(number, text[max(0, match.start() - _LEADING) : match.start()]):
                continue
            if _official(number, official, centrals):
                continue
            kind = "Mobilnummer" if _MOBILE.match(_digits(number)) else "Telefonnummer"
            yield hint(
                "personal-phone",
                where,
                f"{kind} {number}: Sie gehört nicht zu den Nummern der Kommune. Nennen Sie eine dienstliche Nummer oder holen Sie die Zustimmung ein.",
                number,
            )


def _is_phone(number: str, before: str) -> bool:
    digits = _digits(number)
    if (
        not _LEAST_DIGITS <= len(digits) <= _MOST_DIGITS
        or _SERVICE.match(digits)
        or _NUMBER_OF.search(before)
    ):
        return (
            bool(_IS_PHONE.search(before))
            and _LEAST_DIGITS <= len(digits) <= _MOST_DIGITS
            and not _SERVICE.match(digits)
        )
    return not _NO_PHONE.search(number)


def _digits(number: str) -> str:
    """Digits in the national spelling: +49 (0) 9999 and 0049 9999 become 09999."""
    digits = re.sub(r"\D", "", number.replace("(0)", ""))
    if number.strip().startswith("+49"):
        return "0" + digits[2:]
    return "0" + digits[4:] if digits.startswith("0049") else digits


def _official(number: str, official: set[str], centrals: set[str]) -> bool:
    """Whether a number, or its part before a gap, is official; a central office stands for all its extensions."""
    parts = re.split(r"(?<=\d)(?=\D)", number)
    prefixes = {_digits("".join(parts[:count])) for count in range(1, len(parts) + 1)}
    digits = _digits(number)
    return bool(prefixes & official) or any(
        digits.startswith(stem) and len(digits) - len(stem) <= _EXTENSION for stem in centrals
    )


def _shortened(number: str) -> str:
    """Two numbers with only a space between look like one: the first of them."""
    while len(_digits(number)) > _MOST_DIGITS and re.search(r"\s", number):
        number = number[: [gap.start() for gap in re.finditer(r"\s", number)][-1]].rstrip()
    return number


@check("personal-mail")
def mails(document: Document, context: CheckContext) -> Iterator[Finding]:
    """E-mail addresses that are neither at the town's own hosts nor official."""
    official = {contact.strip().casefold() for contact in context.official_contacts}
    hosts = {host.casefold().removeprefix("www.") for host in context.own_hosts}
    for where, text in _texts(document, "mailto:"):
        if "@" not in text and "(" not in text and "[" not in text:
            continue
        for match in _MAIL.finditer(text):
            domain = match[1].casefold().rstrip(".-")
            address = match[0].rstrip(".-")
            if address.casefold() in official or any(
                domain == host or domain.endswith("." + host) for host in hosts
            ):
                continue
            private = "eine private Adresse" if domain in _FREE_MAIL else "keine Adresse der Kommune"
            yield hint(
                "personal-mail",
                where,
                f"{address} ist {private}. Nennen Sie eine dienstliche Adresse oder holen Sie die Zustimmung ein.",
                address,
            )


@check("iban-private", "iban-wrong")
def accounts(document: Document, context: CheckContext) -> Iterator[Finding]:
    """Account numbers (ISO 13616): a valid one must be the municipality's, a wrong one is a typing error."""
    official = {re.sub(r"[^0-9A-Z]", "", contact.upper()) for contact in context.official_contacts}
    for where, text in _texts(document, ""):
        for item in find_ibans(text):
            if item.number not in official:
                yield _account(item, where, text[item.start : item.end])


def _account(item: Iban, where: str, written: str) -> Finding:
    if item.valid:
        return error(
            "iban-private",
            where,
            f"Die Kontonummer {written} gehört nicht zu den Konten der Kommune. Entfernen Sie sie, "
            "oder lassen Sie sie von der Kommune unter „Stilregeln“ als amtlich eintragen.",
            written,
        )
    return hint(
        "iban-wrong",
        where,
        f"Bei der IBAN {written} stimmt die Prüfziffer nicht. Vergleichen Sie sie Ziffer für Ziffer.",
        written,
    )


@check("personal-birth-date", german=True)
def births(document: Document, context: CheckContext) -> Iterator[Finding]:
    """Dates of birth of people who may be alive."""
    for where, text in _texts(document, ""):
        for match in _BORN.finditer(text):
            year = int(match[2]) if len(match[2]) > 2 else 1900 + int(match[2])  # noqa: PLR2004 - two digits
            if year >= context.now.year - _LONG_AGO:
                yield hint(
                    "personal-birth-date",
                    where,
                    f"„{match[0].strip()}“ ist ein Geburtsdatum. Lassen Sie es weg oder holen Sie die Zustimmung ein.",
                    match[0].strip(),
                )


@check("personal-number-plate", german=True)
def plates(document: Document, _context: CheckContext) -> Iterator[Finding]:
    """Number plates, which lead to the keeper of a car."""
    for where, text in _texts(document, ""):
        found = {match[1] for match in _PLATE_SAID.finditer(text)}
        found |= {match[0] for match in _PLATE.finditer(text) if match[1] not in _NO_PLATE}
        for plate in sorted(found):
            yield hint(
                "personal-number-plate",
                where,
                f"„{plate}“ sieht aus wie ein Autokennzeichen. Entfernen Sie es.",
                plate,
            )


def _texts(document: Document, scheme: str) -> Iterator[tuple[str, str]]:
    """Every text, and the targets of links of a scheme: they can say more than the words shown."""
    for passage in document.passages:
        if passage.role is not Role.PLACE:
            yield passage.where, passage.text
    if scheme:
        for link in document.links:
            href = (link.href or "").strip()
            if href.lower().startswith(scheme):
                target = unquote(href[len(scheme) :].split("?", 1)[0])
                if target not in link.text:
                    yield link.where, target
