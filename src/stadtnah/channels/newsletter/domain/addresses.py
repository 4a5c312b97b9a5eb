"""Mail addresses: one spelling per mailbox."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

import idna

# RFC 5321, 4.5.3.1: local part 64 octets; path 256 with its brackets, so 254 for the address (RFC 3696, erratum 1690).
LONGEST_LOCAL, LONGEST = 64, 254
# RFC 5321, 4.1.2: dot-string. Quoted local parts are legal, and in practice always a mistake or an attack.
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_TOP_LEVEL = re.compile(r"(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})")
_SENDABLE = re.compile(_LOCAL.pattern + r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+" + _TOP_LEVEL.pattern)
_INVISIBLE = {ord(sign): None for sign in "\u200b\u200c\u200d\u2060\ufeff\u00ad"}  # come along when pasting

Fault = Literal["empty", "incomplete", "not-ascii", "domain", "too-long"]


class AddressError(ValueError):
    """A text that is no usable address; `fault` says why (the words for people are the form's)."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Fault = fault


def normalise(text: str) -> str:
    """The one spelling under which an address is kept: NFC, lower case, domain as A-labels (IDNA 2008, UTS 46).

    Lower case in the local part as well: RFC 5321 would let servers tell „Anna“ from „anna“, none in use does,
    and two rows for one person would get every mail twice. Local parts outside ASCII need SMTPUTF8 on the whole
    way (RFC 6531), which cannot be promised: refused with "not-ascii". Raises AddressError.
    """
    cleaned = unicodedata.normalize("NFC", text).translate(_INVISIBLE).strip().strip("<>").lower()
    if not cleaned:
        raise AddressError("empty")
    local, at, domain = cleaned.rpartition("@")
    if not at or not local or not domain:
        raise AddressError("incomplete")
    if not local.isascii():
        raise AddressError("not-ascii")
    if not _LOCAL.fullmatch(local):
        raise AddressError("incomplete")
    address = f"{local}@{_ascii_domain(domain)}"
    if len(local) > LONGEST_LOCAL or len(address) > LONGEST:
        raise AddressError("too-long")
    return address


def is_sendable(address: str) -> bool:
    """Whether an address can stand in SMTP commands and headers as it is (fast; `normalise` gives such ones)."""
    return len(address) <= LONGEST and _SENDABLE.fullmatch(address) is not None


def _ascii_domain(domain: str) -> str:
    try:
        # std3_rules: letters, digits and hyphens only, so no separator or control character gets through.
        name = idna.encode(domain.rstrip("."), uts46=True, std3_rules=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        raise AddressError("domain") from None
    labels = name.split(".")
    if len(labels) < 2 or not _TOP_LEVEL.fullmatch(labels[-1]):  # noqa: PLR2004 - a name below a top-level domain
        raise AddressError("domain")
    return name
