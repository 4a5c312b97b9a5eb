"""What others may call of the register of rights."""

from __future__ import annotations

from stadtnah.kernel.rights.ask import (
    hold_still,
    note_told,
    of,
    overdue,
    rows_like,
    to_tell,
    today,
    verdict,
    verdicts,
)
from stadtnah.kernel.rights.models import USES, Consent, MediaRights, Person, Scan
from stadtnah.kernel.rights.register import (
    Given,
    Licence,
    alone,
    attach,
    consent,
    correct,
    detach,
    end_licence,
    licence,
    note_taken_down,
    note_used,
    revoke,
)
from stadtnah.kernel.rights.rule import SOON, UNKNOWN, Cause, Grant, State, Use, Verdict, judged
from stadtnah.kernel.rights.scans import MAX_BYTES as MAX_SCAN
from stadtnah.kernel.rights.scans import keep as keep_scan
from stadtnah.kernel.rights.scans import opened as opened_scan
from stadtnah.kernel.rights.scans import problem as scan_problem
from stadtnah.kernel.rights.signals import changed
from stadtnah.kernel.rights.words import CAUSES, PLACES, STATES

__all__ = [
    "CAUSES", "MAX_SCAN", "PLACES", "SOON", "STATES", "UNKNOWN", "USES", "Cause", "Consent", "Given", "Grant", "Licence", "MediaRights",
    "Person", "Scan", "State", "Use", "Verdict", "alone", "attach", "changed", "consent", "correct", "detach", "end_licence", "hold_still", "judged",
    "keep_scan", "licence", "note_taken_down", "note_told", "note_used", "of", "opened_scan", "overdue", "revoke", "rows_like", "scan_problem", "to_tell", "today", "verdict", "verdicts",
]  # fmt: skip
