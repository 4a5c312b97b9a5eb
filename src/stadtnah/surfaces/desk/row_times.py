"""The moment that helps in a list of messages: when it went out, or who wrote on it last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from wagtail.models import Revision

from stadtnah.kernel import clock
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.desk import wishes
from stadtnah.surfaces.website.models import MessagePage

# By the state of `publishing.status`. Not here: what says its moment itself (waiting, planned) and what is being written.
_WENT_OUT = {
    "sending": "Versand seit",
    "delivered": "Hinausgegangen am",
    "partly": "Hinausgegangen am",
    "failed": "Versand versucht am",
    "unknown": "Versand versucht am",
    "stopped": "Versand begonnen am",
    "withdrawn": "Zurückgezogen am",
}
_WRITTEN = frozenset(("draft", "returned", "refused"))


@dataclass(frozen=True, slots=True)
class RowTime:
    """A labelled moment, or a day alone; `by` is the name of a person or ""."""

    label: str
    at: datetime | date
    by: str = ""

    @property
    def is_day(self) -> bool:
        """Whether it has no time of the day."""
        return not isinstance(self.at, datetime)


def row_times(
    rows: Iterable[tuple[MessagePage, publishing.Status, bool]],
) -> list[list[RowTime]]:
    """Per row of (message, its status, whether something is saved after the last submission); three queries at most."""
    found = list(rows)
    out = publishing.Dispatch.objects.filter(pk__in=[status.digest for _page, status, _work in found])
    due = dict(out.values_list("pk", "due_at"))
    revisions = Revision.objects.filter(pk__in=[page.latest_revision_id for page, *_ in found])
    names: dict[int | None, str] = dict(revisions.values_list("pk", "user__name"))
    return [_of(page, status, due, names, in_work=in_work) for page, status, in_work in found]


def wishes_of(rows: Iterable[tuple[MessagePage, publishing.Status]]) -> list[str]:
    """Per row of (message, its status): the date that is wished for what is not released yet, in words. Two queries."""
    found = list(rows)
    asked = [status.request_id for _page, status in found if status.state == "submitted"]
    submitted = {
        str(pk): wish
        for pk, wish in publishing.ReleaseRequest.objects.filter(pk__in=asked).values_list("pk", "wish")
    }
    written = [page.latest_revision_id for page, status in found if status.state in _WRITTEN]
    drafts = dict(Revision.objects.filter(pk__in=written).values_list("pk", "content__wish_at"))
    return [
        wishes.said(submitted.get(status.request_id, "") or drafts.get(page.latest_revision_id) or "")
        for page, status in found
    ]


def _of(
    page: MessagePage,
    status: publishing.Status,
    due: dict[str, datetime],
    names: dict[int | None, str],
    *,
    in_work: bool,
) -> list[RowTime]:
    times = []
    began = due.get(status.digest)
    if page.dated and status.state == "delivered":  # taken over: the website gives it the day it had there
        times.append(RowTime("Meldung vom", page.dated))
    elif status.state in _WENT_OUT and began and began <= clock.now():
        times.append(RowTime(_WENT_OUT[status.state], began))
    if (in_work or status.state in _WRITTEN) and page.latest_revision_created_at:
        by = names.get(page.latest_revision_id) or ""
        times.append(RowTime("Zuletzt bearbeitet am", page.latest_revision_created_at, by))
    return times
