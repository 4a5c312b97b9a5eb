"""The public form: no cookie, no session, no third party. A signed token stands in for the CSRF cookie."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stadtnah.kernel import clock
from stadtnah.publishing import signs
from stadtnah.services.events import person
from stadtnah.services.events.domain.entry import LONGEST_EVENT, LONGEST_SERIES, Entry, Repeat
from stadtnah.services.events.domain.event import Access, access_list
from stadtnah.services.events.domain.night import is_slip
from stadtnah.services.events.domain.submissions import Sender

_FORM: Final = "events.form"
_LONGEST: Final = {
    "title": 120,
    "organiser": 120,
    "description": 3000,
    "day": 20,
    "begin": 20,
    "last_day": 20,
    "end": 20,
    "repeat": 20,
    "until": 20,
    "place": 200,
    "price": 120,
    "registration": 400,
    "email": 254,
    "contact": 120,
}
_REQUIRED: Final = {
    "title": gettext_lazy("Please give the event a title."),
    "organiser": gettext_lazy("Please say who organises the event."),
    "day": gettext_lazy("Please say on which day the event is."),
    "place": gettext_lazy("Please say where the event is."),
    "email": gettext_lazy("Please give your e-mail address. We send the confirmation there."),
}
_GERMAN_DAY: Final = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4}|\d{2})", re.ASCII)
_TIME: Final = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?(?:\s*(?:Uhr|h))?", re.ASCII | re.IGNORECASE)
_CENTURY: Final = 2000

REPEAT_WORDS: Final = {
    Repeat.NONE: gettext_lazy("Not at all"),
    Repeat.WEEKLY: gettext_lazy("Every week"),
    Repeat.FORTNIGHTLY: gettext_lazy("Every two weeks"),
    Repeat.MONTHLY: gettext_lazy("Every month on the same weekday, for example every 2nd Tuesday"),
}


@dataclass(slots=True)
class SubmissionForm:
    """What was typed and what is wrong with it. `errors` by field, or "form"; in the order of the fields."""

    language: str
    changing: bool = False  # by the link of a mail: the address is known, and nobody else can have sent it
    values: dict[str, str] = field(default_factory=lambda: dict.fromkeys(_LONGEST, ""))
    access: frozenset[str] = frozenset()
    token: str = ""
    shown: str = ""  # names this showing of the form
    errors: dict[str, str] = field(default_factory=dict)
    entry: Entry | None = None

    @classmethod
    def empty(cls, language: str) -> SubmissionForm:
        """As it is first shown."""
        return cls(language, token=person.token(_FORM))

    @classmethod
    def of(cls, entry: Entry, language: str) -> SubmissionForm:
        """With what was told before, to be changed."""
        form = cls(language, changing=True)
        form.values |= {
            name: str(getattr(entry, name))
            for name in ("title", "organiser", "description", "place", "price", "registration")
        }
        form.values |= {
            "day": entry.day.isoformat(),
            "begin": f"{entry.begin:%H:%M}" if entry.begin else "",
            "last_day": entry.last_day.isoformat() if entry.last_day else "",
            "end": f"{entry.end:%H:%M}" if entry.end else "",
            "repeat": entry.repeat.value,
            "until": entry.until.isoformat() if entry.until else "",
        }
        form.access = frozenset(entry.access)
        return form

    @classmethod
    def read(cls, language: str, data: QueryDict, *, changing: bool = False) -> SubmissionForm:
        """What came in. What was typed stays, whatever is wrong."""
        form = cls(language, changing=changing, token="" if changing else person.token(_FORM))
        for name in _LONGEST:
            text = signs.plain(data.get(name, "").replace("\r\n", "\n")).strip()
            form.values[name] = text if name == "description" else " ".join(text.split())
        form.access = frozenset(data.getlist("access")) & frozenset(Access)
        form.check()
        if not changing:
            form.check_token(data.get("token", ""), trapped=bool(data.get(person.TRAP)))
        return form

    @property
    def sender(self) -> Sender:
        """Who hands in, once nothing is wrong."""
        return Sender(self.values["email"].lower(), self.values["contact"], self.language)

    @property
    def accesses(self) -> list[tuple[str, str, bool]]:
        """(value, words, chosen) of what can be ticked."""
        return [
            (kind.value, words, kind.value in self.access)
            for kind, words in zip(Access, access_list(list(Access), self.language), strict=True)
        ]

    @property
    def repeats(self) -> list[tuple[str, str]]:
        """(value, words) of what can be chosen."""
        return [(kind.value, str(words)) for kind, words in REPEAT_WORDS.items()]

    def check(self) -> None:
        """Notes what is wrong; else `entry` is what was told."""
        for name, longest in _LONGEST.items():
            text = self.values[name]
            if not text and name in _REQUIRED and not (self.changing and name == "email"):
                self.errors[name] = str(_REQUIRED[name])
            elif len(text) > longest:
                self.errors[name] = _("Please shorten this to %(most)d characters; it has %(number)d.") % {
                    "most": longest,
                    "number": len(text),
                }
        self._check_email()
        if self.values["registration"] and not self.values["registration"].startswith(
            ("https://", "http://")
        ):
            self._wrong("registration", _("Please give the whole web address, beginning with https://"))
        self._check_times()
        self.errors = {name: self.errors[name] for name in _LONGEST if name in self.errors}

    def _check_times(self) -> None:
        day, last, until = (self._day(name) for name in ("day", "last_day", "until"))
        begin, end = self._time("begin"), self._time("end")
        repeat = Repeat(self.values["repeat"]) if self.values["repeat"] in frozenset(Repeat) else Repeat.NONE
        if end and not begin:
            self._wrong("begin", _("Please say when it begins, as you gave an end."))
        if day:
            self._check_order(day, begin, last)
            self._check_end(day, begin, last, end)
            self._check_series(day, until, repeat)
        if day and not self.errors:
            self.entry = Entry(
                **{
                    name: self.values[name]
                    for name in ("title", "organiser", "description", "place", "price", "registration")
                },
                day=day,
                begin=begin,
                last_day=last if last and last > day else None,
                end=end,
                repeat=repeat,
                until=until if repeat is not Repeat.NONE else None,
                access=frozenset(map(Access, self.access)),
            )

    def _check_order(self, day: date, begin: time | None, last: date | None) -> None:
        today = clock.local(clock.now()).date()
        if day < today and not self.changing:
            self._wrong("day", _("This day is over. Please check the date."))
        elif day > today + 2 * LONGEST_SERIES:
            self._wrong("day", _("This day is more than two years away. Please check the date."))
        if begin:
            try:
                clock.chosen_wall(f"{day.isoformat()}T{begin:%H:%M}")
            except clock.WallTimeError:
                self._wrong("begin", _("On this day the clocks are put forward: this time does not exist."))
        if last and last < day:
            self._wrong("last_day", _("The last day lies before the first one. Please check both."))
        elif last and last > day + LONGEST_EVENT:
            self._wrong(
                "last_day",
                _("An event may last up to 60 days. Please choose a repetition if it has several dates."),
            )

    def _check_end(self, day: date, begin: time | None, last: date | None, end: time | None) -> None:
        if begin and end and (last or day) == day and is_slip(datetime.combine(day, begin), end):
            self._wrong(
                "end",
                _(
                    "The end (%(end)s) is not after the begin (%(begin)s). "
                    "Correct the time, or say on which day it ends."
                )
                % {"end": f"{end:%H:%M}", "begin": f"{begin:%H:%M}"},
            )

    def _check_series(self, day: date, until: date | None, repeat: Repeat) -> None:
        if repeat is Repeat.NONE:
            return
        if not until:
            self._wrong("until", _("Please say until which day it repeats."))
        elif until <= day:
            self._wrong("until", _("The repetition ends before it begins. Please check the day."))
        elif until > day + LONGEST_SERIES:
            self._wrong("until", _("Please report a series for one year at most."))

    def _check_email(self) -> None:
        if self.changing or not self.values["email"]:
            return
        try:
            validate_email(self.values["email"])
        except ValidationError:
            self._wrong("email", _("This e-mail address is not complete. An example: name@example.org"))

    def _wrong(self, name: str, text: str) -> None:
        self.errors.setdefault(name, text)

    def _day(self, name: str) -> date | None:
        text = self.values[name]
        if not text or name in self.errors:
            return None
        found = read_day(text)
        if found is None:
            self._wrong(name, _("“%(text)s” is no date. An example: 24.12.2026") % {"text": text[:30]})
        return found

    def _time(self, name: str) -> time | None:
        text = self.values[name]
        if not text or name in self.errors:
            return None
        found = read_time(text)
        if found is None:
            self._wrong(name, _("“%(text)s” is no time of day. An example: 19:30") % {"text": text[:30]})
        return found

    def check_token(self, token: str, *, trapped: bool) -> None:
        """That a person sends what this cell showed them."""
        sent = person.read(_FORM, token, trapped=trapped, mends=bool(self.errors))
        self.shown = sent.shown
        if sent.again:
            self.token = token
        if sent.problem:
            self._wrong("form", sent.problem)


def read_day(text: str) -> date | None:
    """A day as browsers send it or as people write it; None when it is none."""
    try:
        return clock.parse_wall(text).date()
    except clock.WallTimeError:
        found = _GERMAN_DAY.fullmatch(text)
    if not found:
        return None
    day, month, year = map(int, found.groups())
    try:
        return date(year if year > 99 else _CENTURY + year, month, day)  # noqa: PLR2004 - two digits
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """A time of day as browsers send it or as people write it; None when it is none."""
    found = _TIME.fullmatch(text)
    try:
        return time(int(found[1]), int(found[2] or 0)) if found else None
    except ValueError:
        return None
