"""The two forms of the register: the licence of a picture, and the consent of a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest

from stadtnah.kernel.rights import api as rights
from stadtnah.kernel.rights.api import Consent, Given, Licence, MediaRights, Use
from stadtnah.surfaces.desk.forms import Field

_NO_DATE: Final = "Das ist kein Datum. Bitte geben Sie es so an: 2027-01-31."
_LONGEST: Final = 160


@dataclass
class Form:
    """What was typed, and what is wrong with it, German, by field."""

    typed: dict[str, str]
    uses: frozenset[str] = frozenset()
    wrong: dict[str, str] = field(default_factory=dict)

    def day(self, name: str) -> date | None:
        """The day in a field; None when it is empty or wrong."""
        text = self.typed.get(name, "")
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.wrong[name] = _NO_DATE
            return None

    def chosen(self) -> frozenset[Use]:
        """The uses that were ticked."""
        return frozenset(Use(use) for use in self.uses)

    def field(self, name: str, label: str, text: str = "", **more: Any) -> Field:
        """One field as the template shows it."""
        return Field(name, label, self.typed.get(name, ""), text, self.wrong.get(name, ""), **more)


def posted(request: HttpRequest, *names: str) -> Form:
    """What the form says."""
    known = {value for value, _label in rights.USES}
    typed = {name: " ".join(request.POST.get(name, "").split())[:300] for name in names}
    return Form(typed, frozenset(request.POST.getlist("uses")) & known)


# --- the licence


LICENCE: Final = ("made_by", "until", "nobody")


def of_licence(row: MediaRights | None) -> Form:
    """As it is kept. A licence that was taken back is not offered again: what is saved would be a new one."""
    if row is None:
        return Form({})
    until = row.until.isoformat() if row.until and not row.revoked_at else ""
    typed = {"made_by": row.made_by, "until": until, "nobody": "1" if row.nobody else ""}
    return Form(typed, frozenset() if row.revoked_at else frozenset(row.uses))


def read_licence(form: Form) -> Licence:
    """The form as a licence; what does not fit is in `form.wrong`."""
    until = form.day("until")
    made_by = form.typed["made_by"]
    if len(made_by) > _LONGEST:
        form.wrong["made_by"] = f"Höchstens {_LONGEST} Zeichen, es sind {len(made_by)}."
    if until and not form.uses:
        form.wrong["uses"] = "Bitte wählen Sie, wofür das Nutzungsrecht gilt."
    uses = form.chosen() if form.uses else None
    return Licence(made_by, uses, until, nobody=form.typed["nobody"] == "1")


def licence_fields(form: Form, *, people: bool) -> list[Field]:
    """people: somebody on it is entered already."""
    nobody = form.field(
        "nobody", "Personen", "Sind Personen zu erkennen, halten Sie unten ihre Einwilligungen fest.",
        type="checks", choices=(("1", "Auf dem Bild ist niemand zu erkennen"),),
        chosen=frozenset({form.typed.get("nobody", "")}),
    )  # fmt: skip
    return [
        form.field("made_by", "Urheberin oder Urheber", "Wer hat das Bild gemacht? Nur intern; öffentlich steht der Bildnachweis."),
        form.field(
            "uses", "Nutzungsrecht gilt für", "Was hat die Urheberin oder der Urheber erlaubt?", type="checks",
            choices=tuple(rights.USES), chosen=form.uses,
        ),
        form.field(
            "until", "Nutzungsrecht gilt bis", "Letzter Tag. Ohne Angabe gilt es ohne Ende. Danach verschwindet das Bild von selbst von der Website.",
            type="date",
        ),
        *([] if people else [nobody]),
    ]  # fmt: skip


# --- a consent


CONSENT: Final = ("name", "age", "contact", "how", "given_on", "until")


def of_consent(row: Consent | None) -> Form:
    """As it is kept; empty for a new one."""
    if row is None:
        return Form({"age": "adult"})
    typed = {
        "name": row.person.name,
        "age": "child" if row.person.child else "adult",
        "contact": row.person.contact,
        "how": row.how,
        "given_on": row.given_on.isoformat(),
        "until": row.until.isoformat() if row.until else "",
    }
    return Form(typed, frozenset(row.uses))


def read_consent(form: Form) -> Given | None:
    """The form as a consent; None when something is in `form.wrong`."""
    given_on, until = form.day("given_on"), form.day("until")
    wrong, typed = form.wrong, form.typed
    if not typed["name"]:
        wrong["name"] = "Bitte geben Sie den Namen der Person an."
    elif len(typed["name"]) > 120:  # noqa: PLR2004 - the column
        wrong["name"] = f"Höchstens 120 Zeichen, es sind {len(typed['name'])}."
    if typed["contact"]:
        try:
            validate_email(typed["contact"])
        except ValidationError:
            wrong["contact"] = "Das ist keine E-Mail-Adresse. Bitte prüfen Sie die Schreibweise."
    if typed["how"] not in Consent.How.values:
        wrong["how"] = "Bitte wählen Sie, wie die Einwilligung erteilt wurde."
    if not form.uses:
        wrong["uses"] = "Bitte wählen Sie, wofür die Einwilligung gilt."
    _days(form, given_on, until)
    if wrong or given_on is None:
        return None
    return Given(typed["how"], given_on, form.chosen(), until)


def _days(form: Form, given_on: date | None, until: date | None) -> None:
    if given_on is None:
        form.wrong.setdefault(
            "given_on", "Bitte geben Sie an, an welchem Tag die Einwilligung erteilt wurde."
        )
    elif given_on > rights.today():
        form.wrong["given_on"] = (
            "Dieser Tag liegt in der Zukunft. Eine Einwilligung muss vorher erteilt sein."
        )
    elif until and until < given_on:
        form.wrong["until"] = "Die Einwilligung endet, bevor sie erteilt wurde. Bitte prüfen Sie beide Tage."


def consent_fields(form: Form) -> list[Field]:
    """The fields of a consent; the file stands apart."""
    return [
        form.field("name", "Name der Person", "Nur hier zu lesen, nie öffentlich.", required=True),
        form.field(
            "age", "Alter", "Bei Kindern willigen die Sorgeberechtigten ein, ab etwa 14 Jahren das Kind mit ihnen.", type="select",
            required=True, choices=(("adult", "Erwachsene Person"), ("child", "Kind oder jugendliche Person")),
        ),
        form.field(
            "contact", "E-Mail-Adresse", "Der Person oder ihrer Sorgeberechtigten: für Auskunft und Löschung.", type="email",
        ),
        form.field(
            "how", "Erteilt", type="select", required=True, choices=(("", "Bitte wählen"), *Consent.How.choices),
        ),
        form.field("given_on", "Erteilt am", type="date", required=True),
        form.field("uses", "Gilt für", "Nur was auf der Einwilligung steht.", type="checks", choices=tuple(rights.USES), chosen=form.uses),
        form.field("until", "Gilt bis", "Letzter Tag. Ohne Angabe gilt sie, bis sie widerrufen wird.", type="date"),
    ]  # fmt: skip
