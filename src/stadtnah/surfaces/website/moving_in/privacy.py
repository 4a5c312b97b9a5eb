"""Personal data that comes along when old messages are taken over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.db.models import Q, QuerySet

from stadtnah.kernel import clock
from stadtnah.kernel.privacy.api import Purpose, register
from stadtnah.surfaces.website.moving_in import load
from stadtnah.surfaces.website.moving_in.models import (
    FoundEvent,
    FoundPage,
    ImportedItem,
    ImportRun,
    Question,
)
from stadtnah.surfaces.website.moving_in.subscribed import verbs

WORDS_KEPT = timedelta(days=365)
ANSWERS_KEPT = timedelta(days=30)


class Takeover(Purpose):
    """What old messages said before somebody looked at them, and the files they came in."""

    key: ClassVar[str] = "takeover"
    title: ClassVar[str] = "Übernahme alter Meldungen"
    legal_basis: ClassVar[str] = (
        "Art. 6 Abs. 1 Buchst. e DSGVO (Fortführung der amtlichen Öffentlichkeitsarbeit)"
    )
    retention: ClassVar[str] = (
        "Übernommene Dateien, Kopien alter Seiten und gelesene Termine, bis die Übernahme fertig ist, liegen gebliebene 30 Tage. Titel, alte Adressen und "
        "Hinweise der einzelnen Einträge 1 Jahr; danach bleiben nur Prüfsummen, damit nichts doppelt übernommen wird. Fragen zu abonnierten Kalendern, "
        "bis sie beantwortet sind, danach 30 Tage ohne die Angaben zum Termin."
    )
    notice: ClassVar[str] = (
        "Alte Meldungen übernehmen wir aus unserer früheren Website. Stehen darin Namen, verarbeiten wir sie mit."
    )
    fields: ClassVar[tuple[str, ...]] = (
        "moving_in.ImportRun.source",
        "moving_in.ImportRun.title",
        "moving_in.ImportedItem.title",
        "moving_in.ImportedItem.link",
        "moving_in.ImportedItem.notes",
        "moving_in.ImportedItem.reason_de",
        "moving_in.FoundPage.title",
        "moving_in.FoundPage.address",
        "moving_in.FoundPage.name",
        "moving_in.FoundPage.aliases",
        "moving_in.FoundEvent.title",
        "moving_in.FoundEvent.plain",
        "moving_in.FoundEvent.reason_de",
        "moving_in.Subscription.address",
        "moving_in.Subscription.title",
        "moving_in.Subscription.organiser",
        "moving_in.Subscription.place",
        "moving_in.Question.title",
        "moving_in.Question.plain",
        "moving_in.Question.changes",
    )

    def in_use(self) -> bool:
        """Once something was taken over."""
        return ImportRun.objects.exists()

    def export(self, email: str) -> list[dict[str, Any]]:
        """Entries that name the address, and the takeovers that its owner began."""
        runs = ImportRun.objects.filter(started_by__email=email)
        return [
            *({"title": item.title, "link": item.link, "notes": item.notes} for item in _naming(email)),
            *({"source": run.source, "started": run.created_at.isoformat()} for run in runs),
            *({"title": page.title, "link": page.address} for page in _found(email)),
            *({"title": event.title, "event": event.plain} for event in _read(email)),
            *({"title": row.title, "event": row.plain} for row in _asked(email)),
        ]

    def erase(self, email: str) -> int:
        """The words of entries that name the address; drafts are edited, released messages withdrawn at the desk."""
        asked = _asked(email).update(title="", plain={}, changes=[])
        return _forget(_naming(email)) + _forget_found(_found(email)) + _read(email).delete()[0] + asked

    def expire(self) -> int:
        """Left files, and words that are a year old."""
        old = ImportedItem.objects.filter(run__created_at__lt=clock.now() - WORDS_KEPT)
        found = FoundPage.objects.filter(run__created_at__lt=clock.now() - WORDS_KEPT).exclude(
            title="", address=""
        )
        asked = Question.objects.filter(answered_at__lt=clock.now() - ANSWERS_KEPT)
        return (
            load.expire()
            + verbs.forget_unseen()
            + asked.delete()[0]
            + _forget(old.exclude(title="", link="", notes=[], reason_de=""))
            + _forget_found(found)
        )


def _naming(email: str) -> QuerySet[ImportedItem]:
    named = Q(title__icontains=email) | Q(link__icontains=email) | Q(reason_de__icontains=email)
    return ImportedItem.objects.filter(named | Q(notes__icontains=email))


def _found(email: str) -> QuerySet[FoundPage]:
    return FoundPage.objects.filter(Q(title__icontains=email) | Q(address__icontains=email))


def _read(email: str) -> QuerySet[FoundEvent]:
    """Events of files that wait to be looked at. What was taken over is a draft and edited there."""
    named = Q(title__icontains=email) | Q(reason_de__icontains=email)
    return FoundEvent.objects.filter(named | Q(plain__icontains=email))


def _asked(email: str) -> QuerySet[Question]:
    """Questions about subscribed calendars that say it."""
    return Question.objects.filter(Q(title__icontains=email) | Q(plain__icontains=email))


def _forget_found(rows: QuerySet[FoundPage]) -> int:
    return rows.update(title="", address="", name="", aliases=[])


def _forget(rows: QuerySet[ImportedItem]) -> int:
    return rows.update(title="", link="", notes=[], reason_de="")


register(Takeover())
