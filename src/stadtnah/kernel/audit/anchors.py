"""Where the log stood, kept beside the database: a chain alone does not show that its end was cut off.

STADTNAH_DATA/audit/anchors holds a line for each hour in which something happened: number, digest, time. Whoever can
only write to the database cannot change it; whoever wants more notes the line that `stadtnah check audit` says, elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from stadtnah.kernel import clock
from stadtnah.kernel.audit.api import Damage
from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.jobs import ticker

_DIGEST = 64  # hex digits of SHA-256


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
    now, kept = head(), list(noted())
    if now is None or (kept and kept[-1].digest == now.digest):
        return
    path = _path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as file:
        file.write(f"{now.seq} {now.digest} {clock.now().isoformat(timespec='seconds')}\n")


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
    there = dict(Entry.objects.filter(seq__in={one.seq for one in wanted}).values_list("seq", "digest"))
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
