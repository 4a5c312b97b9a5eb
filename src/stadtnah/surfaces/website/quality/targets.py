"""Targets on this website, judged from what is released now: no request, a number of queries that does not grow."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from stadtnah.kernel import clock
from stadtnah.surfaces.website import checking, documents_store, kinds, store
from stadtnah.surfaces.website.forwarding import leading
from stadtnah.surfaces.website.forwarding.models import ReleasedForwarding
from stadtnah.surfaces.website.quality.addresses import Aim
from stadtnah.surfaces.website.quality.models import Target
from stadtnah.surfaces.website.released import OldPath, PageUse, ReleasedPage

State = Target.State
# What an editor should do something about.
BAD: Final = (State.GONE, State.WITHDRAWN, State.NO_ANCHOR, State.BROKEN, State.MOVED)
_LIVE: Final = ReleasedPage.State.LIVE
_ANCHORS: Final = 50  # pages looked into for the ids they have, each time
_ANCHOR_HOLDS: Final = timedelta(days=1)
_ID: Final = re.compile(r"""\sid=(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""")


def note(aims: Iterable[Aim]) -> None:
    """Makes these targets known; those of other websites are due at once."""
    now = clock.now()
    Target.objects.bulk_create(
        (
            Target(
                key=one.key,
                address=one.address,
                host=one.host,
                path=one.path,
                anchor=one.anchor,
                next_at=now if one.host else None,
            )
            for one in dict.fromkeys(aims)
        ),
        ignore_conflicts=True,
    )


def judge() -> None:
    """How each target on this website stands now; writes only what changed."""
    there = Exists(ReleasedPage.objects.filter(path=OuterRef("path"), state=_LIVE))
    ours = Target.objects.filter(host="")
    ours.filter(there, anchor="").exclude(state=State.FINE).update(state=State.FINE, better="")
    _judge_anchors(ours.filter(there).exclude(anchor=""))
    others = list(ours.filter(~there))
    if not others:
        return
    known = _Known.of({one.path for one in others})
    changed = []
    for one in others:
        state, better = known.state(one.path)
        if (one.state, one.better) != (state, better):
            one.state, one.better = state, better
            changed.append(one)
    Target.objects.bulk_update(changed, ["state", "better"], batch_size=200)


def _judge_anchors(ours: QuerySet[Target]) -> None:
    """The page as it was baked says which places it has."""
    now = clock.now()
    newer = ReleasedPage.objects.filter(path=OuterRef("path"), updated_at__gt=OuterRef("asked_at"))
    old = Q(asked_at=None) | Q(asked_at__lt=now - _ANCHOR_HOLDS) | Exists(newer)
    # Once the page is there, the state says something of the place again.
    again = old | ~Q(state__in=[State.FINE, State.NO_ANCHOR])
    looked: dict[str, frozenset[str] | None] = {}
    changed = []
    for one in ours.filter(again).order_by("path")[: 4 * _ANCHORS]:
        if one.path not in looked and len(looked) >= _ANCHORS:
            break
        ids = looked.setdefault(one.path, _ids(one.path)) if one.path not in looked else looked[one.path]
        if ids is not None:
            one.state = State.FINE if escape(one.anchor) in ids else State.NO_ANCHOR
            one.better, one.asked_at = "", now
            changed.append(one)
    Target.objects.bulk_update(changed, ["state", "better", "asked_at"], batch_size=200)


def _ids(path: str) -> frozenset[str] | None:
    found = store.read(path)
    if found is None:
        return None
    return frozenset(
        next(filter(None, groups), "") for groups in _ID.findall(found[1].decode(errors="replace"))
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What stands at these paths where no public page is."""

    withdrawn: set[str]
    moved: dict[str, tuple[str, bool]]  # where the page is now, and whether it is public
    forwarded: dict[str, str]
    offered: set[str]
    lists: set[str]

    @classmethod
    def of(cls, paths: set[str]) -> _Known:
        """Five queries."""
        files = {documents_store.use_of(path) for path in paths if path.startswith(documents_store.FOLDER)}
        old: Any = OldPath.objects.filter(path__in=paths).values_list("path", "page__path", "page__state")
        return cls(
            set(
                ReleasedPage.objects.filter(path__in=paths)
                .exclude(state=_LIVE)
                .values_list("path", flat=True)
            ),
            {path: (to, state == _LIVE) for path, to, state in old},
            dict(ReleasedForwarding.objects.filter(path__in=paths).values_list("path", "target")),
            set(PageUse.objects.filter(used__in=files).values_list("used", flat=True)),
            kinds.list_paths(),
        )

    def state(self, path: str) -> tuple[str, str]:
        """How it stands, and the address to offer."""
        if path.startswith(documents_store.FOLDER):
            return (State.FINE if documents_store.use_of(path) in self.offered else State.GONE), ""
        if path in self.lists or checking.fixed(path):
            return State.FINE, ""
        if path in self.moved:
            to, public = self.moved[path]
            return (State.MOVED, to) if public else (State.WITHDRAWN, "")
        if path in self.withdrawn:
            return State.WITHDRAWN, ""
        if path in self.forwarded:
            # A short address is made to be linked to; what it leads to may change.
            return (State.FINE, "") if path.startswith(leading.SHORT) else (State.MOVED, self.forwarded[path])
        return (State.FINE if store.stands(path) else State.GONE), ""
