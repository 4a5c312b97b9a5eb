"""Where the log stood, kept beside the database: a chain alone does not show that its end was cut off.

STADTNAH_DATA/audit/anchors holds a line for each release and each dispatch, and for each hour in which something else
happened: number, digest, time. Whoever can only write to the database cannot change it; whoever wants more notes the line
that `stadtnah check audit` says, elsewhere.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from stadtnah.kernel import clock
from stadtnah.kernel.audit.api import Damage
from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.jobs import ticker

logger = logging.getLogger(__name__)
_DIGEST = 64  # hex digits of SHA-256
_AT_ONCE = 500  # numbers in one query


@dataclass(frozen=True, slots=True)
class Anchor:
    """The log had this entry as its last one. `at`: when that was noted, ISO 8601, or ""."""

    seq: int
    digest: str
    at: str = ""

    @classmethod
    def read(cls, text: str) -> Anchor:
        """Reads "number:digest", or a line of the file; raises ValueError."""
        number, digest, *at = text.replace(":", " ", 1).split()
        if len(digest) != _DIGEST:
            raise ValueError(text)
        return cls(int(number), digest, at[0] if at else "")


def head() -> Anchor | None:
    """The last entry now; None in an empty log."""
    last = Entry.objects.order_by("-seq").only("seq", "digest").first()
    return Anchor(last.seq, last.digest) if last else None


@ticker.periodic(every=3600)
def drop() -> None:
    """Notes where the log stands, unless nothing happened since."""
    now = head()
    if now is not None and now.digest not in {one.digest for one in noted()}:
        note(now)


def note(anchor: Anchor) -> None:
    """Adds a line. A disk that does not take it is logged and fails nothing: what it is about has happened already.

    One short write at the end of the file, so lines of several processes do not mix; nothing waits for the disk.
    """
    path = _path()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("a", encoding="ascii") as file:
            file.write(f"{anchor.seq} {anchor.digest} {clock.now().isoformat(timespec='seconds')}\n")
    except OSError as problem:
        logger.warning("audit: entry %s could not be noted beside the database: %s", anchor.seq, problem)


def noted() -> Iterator[Anchor]:
    """What was noted so far, the oldest first; a line that was torn by a crash is left out."""
    try:
        lines = _path().read_text(encoding="ascii").splitlines()
    except OSError:
        return
    for line in lines:
        try:
            yield Anchor.read(line)
        except ValueError:
            continue


def missed(anchors: Iterable[Anchor]) -> Iterator[Damage]:
    """Anchors that the log does not hold any more: its end was cut off, or it was written anew."""
    wanted = list(anchors)
    there: dict[int, str] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        numbers = [one.seq for one in wanted[start : start + _AT_ONCE]]
        there.update(Entry.objects.filter(seq__in=numbers).values_list("seq", "digest"))
    for one in wanted:
        if there.get(one.seq) != one.digest:
            when = f" am {one.at}" if one.at else ""
            yield Damage(
                one.seq,
                f"Eintrag {one.seq} ist nicht mehr der, der{when} festgehalten wurde: Das Protokoll wurde gekürzt, neu "
                "geschrieben oder aus einer älteren Sicherung zurückgespielt.",
            )


def _path() -> Path:
    return Path(settings.STADTNAH_DATA) / "audit" / "anchors"
