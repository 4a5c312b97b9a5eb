"""The public form: no cookie, no session, no third party. A signed token stands in for the CSRF cookie."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import gettext as _

from stadtnah.publishing import signs
from stadtnah.services.feedback.domain import tokens
from stadtnah.services.feedback.domain.reports import Sent
from stadtnah.services.feedback.models import Report

# Nobody reads a form and describes something in less; a program that fills forms does.
QUICKEST_SECONDS = 2.0
LONGEST_TEXT, LONGEST_NAME, LONGEST_PAGE, LONGEST_MAIL = 5000, 120, 400, 254
_SHORTEST = 3
_TRAP = "homepage"  # hidden from people; filled by programs


@dataclass(slots=True)
class FeedbackForm:
    """What was typed and what is wrong with it. `errors` by field: "text", "email" or "form"."""

    kind: str
    language: str
    text: str = ""
    page: str = ""
    name: str = ""
    email: str = ""
    token: str = ""
    shown: str = ""  # names this showing of the form
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def empty(cls, kind: str, language: str, page: str = "") -> FeedbackForm:
        """A form as it is first shown; `page`: from where somebody comes."""
        return cls(kind, language, page=own_page(page), token=tokens.form_token(kind))

    @classmethod
    def read(cls, kind: str, language: str, data: QueryDict) -> FeedbackForm:
        """What came in. What was typed stays, whatever is wrong."""
        form = cls.empty(kind, language)
        form.text = signs.plain(data.get("text", "").replace("\r\n", "\n"))
        form.name = " ".join(signs.plain(data.get("name", "")).split())[:LONGEST_NAME]
        form.email = data.get("email", "").strip()
        form.page = " ".join(signs.plain(data.get("page", "")).split())[:LONGEST_PAGE]
        form.check(data.get("token", ""), trapped=bool(data.get(_TRAP)))
        return form

    @property
    def is_barrier(self) -> bool:
        """Which of the two forms it is."""
        return self.kind == Report.Kind.BARRIER

    @property
    def sent(self) -> Sent:
        """The typed values, once nothing is wrong with them."""
        return Sent(self.kind, self.text.strip(), self.page, self.name, self.email, self.language)

    def check(self, token: str, *, trapped: bool) -> None:
        """Notes what is wrong."""
        if len(self.text.strip()) < _SHORTEST:
            self.errors["text"] = (
                _("Please describe what does not work.")
                if self.is_barrier
                else _("Please write your message.")
            )
        elif len(self.text) > LONGEST_TEXT:
            self.errors["text"] = _("Please shorten the text to %(most)d characters; it has %(number)d.") % {
                "most": LONGEST_TEXT,
                "number": len(self.text),
            }
        if self.email:
            self._check_email()
        self._check_token(token, trapped=trapped)

    def _check_token(self, token: str, *, trapped: bool) -> None:
        try:
            found = tokens.read_form(token, self.kind)
        except tokens.TokenError as problem:
            self.errors["form"] = (
                _("This page was open for a long time. Please submit again; what you typed is still there.")
                if problem.expired
                else _("Please check what you entered and submit once more.")
            )
            return
        self.shown = found.key
        if trapped:
            # A person whose browser filled the hidden field must not be told that the message arrived.
            self.errors["form"] = _(
                "Your message was not stored yet: a hidden field was filled in. Please submit once more."
            )
        elif found.age < QUICKEST_SECONDS:
            # The same token grows old enough meanwhile: a person just presses the button again.
            self.token = token
            if not self.errors:  # who has something to mend is not quick the next time
                self.errors["form"] = _("That was very quick. Please submit once more.")

    def _check_email(self) -> None:
        try:
            validate_email(self.email)
            good = len(self.email) <= LONGEST_MAIL
        except ValidationError:
            good = False
        if not good:
            self.errors["email"] = _("This e-mail address is not complete. An example: name@example.org")


def own_page(address: str) -> str:
    """A path of this website from a link's ?seite=, or "": nobody else's text is put before a citizen."""
    clean = " ".join(signs.plain(address).split())[:LONGEST_PAGE]
    return clean if clean.startswith("/") and not clean.startswith("//") else ""
