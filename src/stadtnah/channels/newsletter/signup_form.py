"""The public sign-up form: no cookie, no session, no third party.

It carries a signed token instead of a CSRF cookie. A forged request can only do what anybody can do anyway (ask for a
confirmation mail, within the limits); nothing changes for a person without the second step in their own mailbox.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from stadtnah.channels.newsletter.domain import addresses, tokens, wording
from stadtnah.channels.newsletter.models import MailingList

# Nobody reads a form and types an address in less; a program that fills forms does.
QUICKEST_SECONDS = 1.5
_TRAP = "website"  # hidden from people; filled by programs


@dataclass(slots=True)
class SignupForm:
    """What was typed and what is wrong with it. `errors` by field: "email", "list" or "form"."""

    lists: list[MailingList]
    language: str
    email: str = ""
    chosen: str = ""
    token: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    trapped: bool = False

    @classmethod
    def empty(cls, lists: list[MailingList], language: str, chosen: str = "") -> SignupForm:
        """A form as it is first shown."""
        known = {entry.slug for entry in lists}
        first = chosen if chosen in known else (lists[0].slug if lists else "")
        form = cls(lists, wording.language_of(language), chosen=first)
        form.token = tokens.form_token(wording.shown(lists, form.language))
        return form

    @classmethod
    def read(cls, lists: list[MailingList], language: str, data: QueryDict) -> SignupForm:
        """What came in. What was typed stays, whatever is wrong."""
        form = cls.empty(lists, language, data.get("list", ""))
        form.email = data.get("email", "")[:320]
        form.trapped = bool(data.get(_TRAP))
        form.check(data.get("token", ""))
        if not form.lists or data.get("list", form.chosen) != form.chosen:
            form.errors["list"] = _("Please choose a newsletter.")
        return form

    def check(self, token: str) -> None:
        """Notes what is wrong with the token and the address."""
        self._check_email()
        self._check_token(token)

    @property
    def mailing_list(self) -> MailingList | None:
        """The newsletter chosen."""
        return next((entry for entry in self.lists if entry.slug == self.chosen), None)

    @property
    def wordings(self) -> list[tuple[MailingList, str]]:
        """What one agrees to, per newsletter."""
        return [(entry, wording.wording(entry, self.language)) for entry in self.lists]

    def _check_token(self, token: str) -> None:
        try:
            shown = tokens.read_form(token)
        except tokens.TokenError as problem:
            self.errors["form"] = (
                _("This page was open for a long time. Please submit again; what you typed is still there.")
                if problem.expired
                else _("Please check what you entered and submit once more.")
            )
            return
        if shown.shown != wording.shown(self.lists, self.language):
            self.errors["form"] = _("The text of the consent has changed. Please read it and submit again.")
        elif shown.age < QUICKEST_SECONDS:
            # The same token grows old enough meanwhile: a person just presses the button again.
            self.token = token
            if not self.errors:  # who has something to mend is not quick the next time
                self.errors["form"] = _("That was very quick. Please submit once more.")

    def _check_email(self) -> None:
        try:
            addresses.normalise(self.email)
        except addresses.AddressError as problem:
            self.errors["email"] = _message(problem.fault)


def _message(fault: addresses.Fault) -> str:
    return {
        "empty": _("Please enter your e-mail address."),
        "incomplete": _("This e-mail address is not complete. An example: name@example.org"),
        "not-ascii": _(
            "Umlauts and other special characters before the @ sign cannot be delivered. Please use another address."
        ),
        "domain": _("The part after the @ sign is not a valid name. An example: name@example.org"),
        "too-long": _("This e-mail address is too long."),
    }[fault]
