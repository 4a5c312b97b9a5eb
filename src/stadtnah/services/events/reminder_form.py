"""The public form of reminders: which date, how long before, and an address. What was typed stays, whatever is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import gettext as _

from stadtnah.kernel import clock
from stadtnah.services.events import person
from stadtnah.services.events.domain import reminding
from stadtnah.services.events.domain.reminder_mails import lead_word
from stadtnah.services.events.domain.reminders import Wish
from stadtnah.services.events.domain.reminding import ALL, Announced, Lead
from stadtnah.services.events.domain.when import when

MOST_NAMED: Final = 30  # dates to choose from; whoever wants a later one takes all
_FORM: Final = "events.reminder.form"
_LONGEST_MAIL: Final = 254
_FIELDS: Final = ("date", "lead", "email", "form")


@dataclass(slots=True)
class ReminderForm:
    """What was chosen and typed, and what is wrong with it: `errors` by field, or "form". dates: what can be reminded of."""

    language: str
    dates: Sequence[Announced]
    recurrence: str = ALL
    leads: frozenset[Lead] = frozenset({Lead.DAY})
    email: str = ""
    token: str = ""
    shown: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def empty(cls, language: str, dates: Sequence[Announced]) -> ReminderForm:
        """As it is first shown."""
        return cls(language, choosable(dates), token=person.token(_FORM))

    @classmethod
    def read(cls, language: str, dates: Sequence[Announced], data: QueryDict) -> ReminderForm:
        """What came in."""
        form = cls.empty(language, dates)
        form.recurrence = data.get("date", ALL)[:40]
        form.leads = frozenset(lead for lead in Lead if lead in data.getlist("lead"))
        form.email = " ".join(data.get("email", "").split())[:400]
        form.check()
        sent = person.read(
            _FORM,
            data.get("token", ""),
            trapped=bool(data.get(person.TRAP)),
            mends=bool(form.errors),
        )
        form.shown = sent.shown
        if sent.again:
            form.token = data.get("token", "")
        if sent.problem:
            form.errors["form"] = sent.problem
        form.errors = {name: form.errors[name] for name in _FIELDS if name in form.errors}
        return form

    @property
    def several(self) -> bool:
        """Whether there is something to choose."""
        return len(self.dates) > 1

    @property
    def choices(self) -> list[tuple[str, str]]:
        """(key, words) of the next dates; "" are all."""
        named = [(one.key, when(one, self.language)) for one in self.dates[:MOST_NAMED]]
        return [(ALL, _("All coming dates")), *named]

    @property
    def only(self) -> str:
        """The date, when there is nothing to choose."""
        return when(self.dates[0], self.language)

    @property
    def ways(self) -> list[tuple[str, str, bool]]:
        """(value, words, chosen) of how long before."""
        return [(lead.value, lead_word(lead), lead in self.leads) for lead in Lead]

    @property
    def wish(self) -> Wish:
        """What is asked for, once nothing is wrong."""
        return Wish(self.recurrence, self.leads, self.email.lower(), self.language)

    def check(self) -> None:
        """Notes what is wrong."""
        wanted = reminding.covered(self.recurrence, self.dates)
        if not wanted:
            self.errors["date"] = _("This date is no longer to be chosen. Please choose another one.")
            self.recurrence = ALL
        elif not self.leads:
            self.errors["lead"] = _("Please choose when we shall remind you.")
        elif not any(reminding.possible(one, self.leads, clock.now()) for one in wanted):
            self.errors["lead"] = _("It is too late for that already. Please choose the other one.")
        self._check_email()

    def _check_email(self) -> None:
        if not self.email:
            self.errors["email"] = _("Please give your e-mail address. We send the reminder there.")
            return
        try:
            validate_email(self.email)
            good = len(self.email) <= _LONGEST_MAIL
        except ValidationError:
            good = False
        if not good:
            self.errors["email"] = _("This e-mail address is not complete. An example: name@example.org")


def choosable(dates: Sequence[Announced]) -> list[Announced]:
    """The dates of which anybody can still be reminded."""
    return [one for one in dates if reminding.possible(one, list(Lead), clock.now())]
