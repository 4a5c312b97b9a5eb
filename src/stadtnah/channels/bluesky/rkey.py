"""Record keys made from delivery ids, so that sending the same delivery twice writes the same record."""

from __future__ import annotations

import hashlib
from typing import Final

# TID: 13 characters, 53 bits of microseconds and 10 bits of clock id (atproto.com/specs/tid).
_ALPHABET: Final = "234567abcdefghijklmnopqrstuvwxyz"
_LENGTH: Final = 13
# The collection asks for a TID, and a delivery has no moment that is the same for every try. So the time in it
# is made from the digest, within a span that lies safely in the past: from 2023-01-01, 2**44 µs (203 days) long.
_START: Final = 1_672_531_200_000_000
_TIME_BITS: Final = 44
_CLOCK_BITS: Final = 10


def of_delivery(delivery_id: str) -> str:
    """A valid TID, always the same for this delivery; 54 bits of its SHA-256 tell deliveries apart."""
    number = int.from_bytes(hashlib.sha256(delivery_id.encode()).digest()[:8], "big")
    clock_id = number & ((1 << _CLOCK_BITS) - 1)
    moment = _START + ((number >> _CLOCK_BITS) & ((1 << _TIME_BITS) - 1))
    value = (moment << _CLOCK_BITS) | clock_id
    return "".join(_ALPHABET[(value >> shift) & 31] for shift in range(5 * (_LENGTH - 1), -1, -5))
