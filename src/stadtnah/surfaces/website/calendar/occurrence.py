"""The index of dates: one row per date of each released event, from a month back to 18 months ahead (decision 0029).

It is made from released content alone and holds nothing that cannot be made again.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.db import models

from stadtnah.kernel import triggers
from stadtnah.services.events.api import Status, last_day
from stadtnah.surfaces.website.released import ReleasedPage

# `starts` begins with the day, so this is the order in time.
ORDER: Final = ("first_day", "starts", "title", "id")


class IndexedEvent(models.Model):
    """Up to when the dates of an event stand in the index, and what they were made from."""

    page = models.OneToOneField(
        ReleasedPage, on_delete=models.CASCADE, related_name="indexed", primary_key=True
    )
    digest = models.CharField(max_length=64)  # of the release
    until = models.DateField()
    days_off = models.CharField(max_length=16, blank=True)  # which holidays it leaves out, as a hash
    shape = models.PositiveSmallIntegerField(default=0)  # `index.SHAPE` when it was made

    def __str__(self) -> str:
        return f"{self.page_id} bis {self.until}"


class Occurrence(models.Model):
    """One date. starts, ends: wall times of the event's zone, ISO 8601; the days are of these; the moments are for programs."""

    page = models.ForeignKey(ReleasedPage, on_delete=models.CASCADE, related_name="occurrences")
    digest = models.CharField(max_length=64)
    recurrence = models.CharField(max_length=19)  # when it would have begun by the rule
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    starts = models.CharField(max_length=19)
    ends = models.CharField(max_length=19)
    first_day = models.DateField()
    last_day = models.DateField()
    long = models.BooleanField(
        default=False
    )  # more than one day: such rows are few and looked for by themselves
    all_day = models.BooleanField(default=False)
    status = models.CharField(max_length=20)
    title = models.CharField(max_length=255)
    place = models.CharField(max_length=500, blank=True)
    path = models.CharField(max_length=400)  # of the event's page
    changed = models.BooleanField(default=False)  # not as the series says

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "page", "recurrence"], name="one_row_per_date")
        ]
        indexes = [
            models.Index(fields=list(ORDER), name="occurrence_order"),
            # With the same fields, or SQLite reads all dates in their order to find the few that last.
            models.Index(fields=list(ORDER), condition=models.Q(long=True), name="occurrence_under_way"),
        ]

    if TYPE_CHECKING:
        page_id: str

    def __str__(self) -> str:
        return f"{self.title} {self.starts}"

    @property
    def start(self) -> datetime:
        """As the event's clocks show."""
        return datetime.fromisoformat(self.starts)

    @property
    def end(self) -> datetime:
        """As `start`."""
        return datetime.fromisoformat(self.ends)

    @property
    def state(self) -> Status:
        """What became of it."""
        return Status(self.status)

    @property
    def off(self) -> bool:
        """Whether nobody need come."""
        return self.state in {Status.CANCELLED, Status.POSTPONED}


class EventTag(models.Model):
    """What events are looked for by: „category:konzert“, „access:wheelchair“, „online“, „free“, „place:…“."""

    page = models.ForeignKey(ReleasedPage, on_delete=models.CASCADE, related_name="event_tags")
    key = models.CharField(max_length=120)
    label = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "page"], name="event_tag_once")]

    def __str__(self) -> str:
        return self.key


class TaggedDate(models.Model):
    """A date under one tag of its event: the index that lists with filters are read from, in the order of `ORDER`.

    Made and taken away with its date (`index.make`). A row that the date and the tags do not say is refused by the database.
    """

    date = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="tagged", db_index=False)
    key = models.CharField(max_length=120)  # of the tag
    first_day = models.DateField()
    starts = models.CharField(max_length=19)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["date", "key"], name="tagged_date_once")]
        indexes = [models.Index(fields=["key", "first_day", "starts", "date"], name="tagged_date_order")]

    def __str__(self) -> str:
        return f"{self.key} {self.starts}"


triggers.refuse(
    "calendar_taggeddate_as_said",
    "calendar_taggeddate",
    "INSERT",
    "Termine nach Merkmalen: nur was Termin und Veranstaltung sagen",
    'NOT EXISTS (SELECT 1 FROM calendar_occurrence o JOIN calendar_eventtag t ON t.page_id = o.page_id AND t."key" = NEW."key" '
    "WHERE o.id = NEW.date_id AND o.first_day = NEW.first_day AND o.starts = NEW.starts)",
)
triggers.refuse(
    "calendar_taggeddate_no_update",
    "calendar_taggeddate",
    "UPDATE",
    "Termine nach Merkmalen: werden neu gemacht, nicht geaendert",
)


def days_of(start: datetime, end: datetime, *, all_day: bool) -> tuple[date, date]:
    """First and last day that a date belongs to."""
    return start.date(), last_day(start, end, all_day=all_day)
