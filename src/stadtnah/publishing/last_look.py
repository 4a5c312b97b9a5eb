"""Everything that is said of a version before it goes out: of the text, of each channel's rendering, of the time.

Nothing new is sent of what is over by then. When that is, only the kind of page knows (`OVER`). What is out already is still
changed and corrected afterwards, and the website keeps what was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from stadtnah.kernel import clock
from stadtnah.kernel.registry import Registry
from stadtnah.publishing import checks, embargo, picture_rights
from stadtnah.publishing.channel import Action, Channel, Stage
from stadtnah.publishing.content import Content
from stadtnah.publishing.findings import Finding, error
from stadtnah.publishing.registry import CHANNELS
from stadtnah.publishing.snapshot import Entry

# By the kind of content, whether it is over at a moment.
OVER: Final[Registry[Callable[[Content, datetime], bool]]] = Registry("what is over")
_EDITOR: Final = "Bitte prüfen Sie den Termin, oder nehmen Sie heraus, wo noch nichts davon erschienen ist"
_MUNICIPALITY: Final = (
    "Bitte wählen Sie einen früheren Zeitpunkt, oder geben Sie die Fassung zurück, damit herausgenommen wird, "
    "wo noch nichts davon erschienen ist"
)


def findings_of(
    content: Content, entries: Iterable[Entry], context: checks.CheckContext, *, at: datetime | None = None
) -> list[Finding]:
    """Everything the checks say: of the message, of each channel's rendering, and of the moment `at` (None: at once)."""
    found, rows = list(checks.run(content, context)), list(entries)
    for entry in rows:
        found += entry.findings
        found += picture_rights.findings(content, entry, context)
    new = [
        entry.account.label
        for entry in rows
        if _is_new(entry.channel, entry.action.value, kept=entry.kept, again=entry.again)
    ]
    if said := _too_late(content, new, at or clock.now(), _EDITOR):
        found.append(error("over-when-sent", "when", said))
    return found


def too_late(body: Mapping[str, Any]) -> str:
    """Why a version that is released now comes too late, in German; "" when it does not."""
    new = [
        entry["label"]
        for entry in body["channels"]
        if _is_new(CHANNELS.get(entry["channel"]), entry["action"], kept=entry["kept"], again=entry["again"])
    ]
    now = clock.now()
    moment = max(embargo.not_before(body, embargo.chosen(body) or now), now)
    return _too_late(Content.from_json(body["content"]), new, moment, _MUNICIPALITY)


def _is_new(channel: Channel | None, action: str, *, kept: str, again: bool) -> bool:
    """Whether people would hear of it there for the first time."""
    out = channel is not None and channel.stage >= Stage.OUT
    return out and action == Action.CREATE.value and not kept and not again


def _too_late(content: Content, new: list[str], moment: datetime, do: str) -> str:
    over = OVER.get(str(content.extra.get("kind", "")))
    if not new or over is None or not over(content, moment):
        return ""
    when = f" am {clock.german_datetime(moment)}" if moment > clock.now() else ""
    return f"Die Veranstaltung ist{when} schon vorbei. {do}: {', '.join(new)}."
