"""Declared purposes: which fields hold personal data, why, how long, how to hand them out and how to erase them.

An app subclasses `Purpose` in its `privacy.py` and registers an instance; a guard test walks all models and fails
for a personal field without a purpose.
"""

from __future__ import annotations

from typing import Any, ClassVar

from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.jobs import ticker
from stadtnah.kernel.privacy.models import Deletion
from stadtnah.kernel.registry import Registry


class Purpose:
    """Why an app keeps personal data (GDPR Art. 5, 15, 17, 20, 30)."""

    key: ClassVar[str]
    title: ClassVar[str]  # German
    legal_basis: ClassVar[str]  # German, names the article
    retention: ClassVar[str]  # German sentence for the register
    fields: ClassVar[tuple[str, ...]]  # "app_label.Model.field"
    # What citizens are told beyond the above, German; "": title, legal basis and retention say it all.
    notice: ClassVar[str] = ""
    last: ClassVar[bool] = False  # erased after all others, which find the person by the account's address

    def export(self, email: str) -> list[dict[str, Any]]:
        """Everything kept about the person with this address, as plain values (Art. 15, 20)."""
        raise NotImplementedError

    def erase(self, email: str) -> int:
        """Erases what may be erased about the person (Art. 17); returns the number of rows."""
        raise NotImplementedError

    def in_use(self) -> bool:
        """Whether this cell does it at present: else the public notice does not speak of it."""
        return True

    def expire(self) -> int:
        """Deletes what is past its retention time; returns the number of rows."""
        raise NotImplementedError


class OfPublic(Purpose):
    """Of people named in what was released: it stands and goes with that text."""

    def erase(self, email: str) -> int:
        """Nothing by address: a published text is changed or withdrawn by a release, as `retention` says."""
        del email
        return 0

    def expire(self) -> int:
        """Nothing: it goes with the text."""
        return 0


PURPOSES: Registry[Purpose] = Registry("privacy purpose")


def register(purpose: Purpose) -> Purpose:
    """Adds a purpose to the processing register."""
    return PURPOSES.register(purpose.key, purpose)


def export_person(email: str) -> dict[str, list[dict[str, Any]]]:
    """All data about a person, by purpose."""
    address = email.strip().lower()
    return {purpose.key: rows for purpose in PURPOSES if (rows := purpose.export(address))}


def erase_person(email: str) -> dict[str, int]:
    """Erases a person everywhere; returns rows by purpose and keeps the proof."""
    address = email.strip().lower()
    gone = {purpose.key: purpose.erase(address) for purpose in sorted(PURPOSES, key=lambda p: p.last)}
    for key, rows in gone.items():
        if rows:
            _prove(key, rows, "request")
    return gone


@ticker.periodic(every=3600)
def expire_all() -> None:
    """Deletes what is due, purpose by purpose, and keeps the proof."""
    for purpose in PURPOSES:
        rows = purpose.expire()
        if rows:
            _prove(purpose.key, rows, "retention")


def _prove(key: str, rows: int, reason: str) -> None:
    Deletion.objects.create(purpose=key, rows=rows, reason=reason)
    audit.record("privacy.deleted", subject=f"purpose:{key}", data={"rows": rows, "reason": reason})
