"""Whether generated pages are still true: their facts then against the facts now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from stadtnah.kernel import clock
from stadtnah.surfaces.website.legal.known import KINDS, LegalKind, differing, facts, known
from stadtnah.surfaces.website.legal.models import LegalDraft
from stadtnah.surfaces.website.models import StandardPage

_YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class State:
    """How one page stands. `changed`: what is another now; `since`: since when, None when that was noticed just now."""

    kind: LegalKind
    page_uuid: UUID | None = None
    made_at: datetime | None = None
    changed: tuple[str, ...] = ()
    since: datetime | None = None
    notes: tuple[str, ...] = ()

    @property
    def stale(self) -> bool:
        """Whether a new draft is needed."""
        return bool(self.changed)


def states() -> list[State]:
    """All pages that can be generated, each with how it stands; in a constant number of queries."""
    now, drafts = facts(), LegalDraft.objects.in_bulk()
    there = set(
        StandardPage.objects.filter(uuid__in=[row.page_uuid for row in drafts.values()]).values_list(
            "uuid", flat=True
        )
    )
    found = []
    for kind in KINDS.values():
        row = drafts.get(kind.key)
        if row is None or row.page_uuid not in there:
            found.append(State(kind))
            continue
        changed = differing(row.facts, known(kind, now))
        if kind.yearly and row.made_at < clock.now() - _YEAR:
            changed.append("die jährliche Überprüfung steht an")
        found.append(
            State(kind, row.page_uuid, row.made_at, tuple(changed), row.stale_since, tuple(row.notes))
        )
    return found


def stale() -> list[State]:
    """The pages that are no longer true."""
    return [state for state in states() if state.stale] if LegalDraft.objects.exists() else []


def note() -> None:
    """Remembers since when a page is not true, and forgets it when it is again."""
    for state in states() if LegalDraft.objects.exists() else []:
        rows = LegalDraft.objects.filter(pk=state.kind.key)
        if state.stale and state.since is None:
            rows.update(stale_since=clock.now())
        elif not state.stale and state.since is not None:
            rows.update(stale_since=None)
