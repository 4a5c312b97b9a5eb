"""The verbs of the register. Each is one transaction; who listens to `signals.changed` acts within it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from stadtnah.kernel import clock, turns
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.rights import signals
from stadtnah.kernel.rights.models import Consent, MediaRights, Person
from stadtnah.kernel.rights.rule import Use


@dataclass(frozen=True, slots=True)
class Licence:
    """What is said of the picture itself. uses None: nothing is said of the licence."""

    made_by: str = ""
    uses: frozenset[Use] | None = None
    until: date | None = None
    nobody: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A consent as it was given."""

    how: str
    given_on: date
    uses: frozenset[Use]
    until: date | None = None


@contextmanager
def alone() -> Iterator[None]:
    """A transaction in which nobody else changes the register, and no page becomes public (`ask.hold_still`)."""
    with transaction.atomic():
        turns.take(turns.RIGHTS)
        yield


def licence(sha256: str, said: Licence, *, by: User) -> MediaRights:
    """Says who made the picture, what the licence allows, and whether anybody can be recognised.

    A new licence ends a revocation of the old; without one the revocation stays.
    """
    access.require(by, Action.MEDIA_EDIT)
    with alone():
        row = _row(sha256)
        row.made_by = said.made_by[:160]
        if said.uses is not None or row.revoked_at is None:
            row.licensed, row.uses = said.uses is not None, _listed(said.uses or ())
            row.until, row.revoked_at = said.until, None
        row.nobody = said.nobody and not row.consents.exists()
        row.changed_at = clock.now()
        row.save()
        _changed([row.pk])
        audit.record("rights.licence", actor=by, subject=f"picture:{sha256}", data=_told(row.uses, row.until))
    return row


def end_licence(sha256: str, *, by: User) -> MediaRights:
    """Whoever holds the rights took them back: from now on nothing is allowed."""
    access.require(by, Action.MEDIA_EDIT)
    with alone():
        row = _row(sha256)
        row.licensed = True
        row.revoked_at = row.changed_at = clock.now()
        row.save()
        _changed([row.pk])
        audit.record("rights.licence_ended", actor=by, subject=f"picture:{sha256}")
    return row


def consent(sha256: str, person: Person, given: Given, *, by: User) -> Consent:
    """Notes that a person on the picture said yes. An unsaved person is entered with it."""
    access.require(by, Action.CONSENTS_EDIT)
    with alone():
        person.save()
        made = Consent(person=person)
        _put(made, given)
        _on(sha256, made)
        audit.record(
            "consent.recorded",
            actor=by,
            subject=f"consent:{made.pk}",
            data={"picture": sha256, **_told(made.uses, made.until)},
        )
    return made


def attach(sha256: str, row: Consent, *, by: User) -> None:
    """The person is on this picture as well, and the consent is for it, too."""
    access.require(by, Action.CONSENTS_EDIT)
    with alone():
        _on(sha256, row)
        audit.record("consent.attached", actor=by, subject=f"consent:{row.pk}", data={"picture": sha256})


def detach(sha256: str, row: Consent, *, by: User) -> None:
    """The person is not on this picture after all. What ended stays: it would let the picture back."""
    access.require(by, Action.CONSENTS_EDIT)
    with alone():
        row = Consent.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if row.grant().ended(clock.local(clock.now()).date()):
            raise ValueError(
                "Eine beendete Einwilligung bleibt beim Bild: Ohne sie dürfte es wieder gezeigt werden."
            )
        row.pictures.remove(_row(sha256))
        row.changed_at = clock.now()
        row.save(update_fields=["changed_at"])
        _changed([sha256])
        audit.record("consent.detached", actor=by, subject=f"consent:{row.pk}", data={"picture": sha256})


def correct(row: Consent, given: Given, *, name: str, child: bool, contact: str, by: User) -> None:
    """Puts right what was noted, or notes that it was given for longer. A revoked one stays as it is."""
    access.require(by, Action.CONSENTS_EDIT)
    with alone():
        row = Consent.objects.select_for_update(of=("self",)).select_related("person").get(pk=row.pk)
        if row.revoked_at:
            raise ValueError(
                "Diese Einwilligung ist widerrufen. Eine neue halten Sie als neuen Eintrag fest."
            )
        row.person.name, row.person.child, row.person.contact = name, child, contact
        row.person.save()
        _put(row, given)
        _changed(row.pictures.values_list("pk", flat=True))
        audit.record(
            "consent.changed", actor=by, subject=f"consent:{row.pk}", data=_told(row.uses, row.until)
        )


def revoke(row: Consent, *, by: User) -> list[str]:
    """The person took it back (Art. 7 (3) GDPR): from now on. Doing it again changes nothing. Returns the digests of the pictures.

    Whoever may see it may note this: saying no is never made harder.
    """
    access.require(by, Action.CONSENTS_VIEW)
    with alone():
        row = Consent.objects.select_for_update(of=("self",)).get(pk=row.pk)
        pictures = list(row.pictures.values_list("pk", flat=True))
        if row.revoked_at is None:
            row.revoked_at = row.changed_at = clock.now()
            row.save(update_fields=["revoked_at", "changed_at"])
            _changed(pictures)
            audit.record(
                "consent.revoked", actor=by, subject=f"consent:{row.pk}", data={"pictures": len(pictures)}
            )
    return pictures


def forget(people: Iterable[Person]) -> int:
    """Deletes people with everything noted of them; their pictures stay barred, without a name. Returns how many."""
    number = 0
    with alone():
        for person in people:
            on = set(MediaRights.objects.filter(consents__person=person).values_list("pk", flat=True))
            person.delete()
            MediaRights.objects.filter(pk__in=on, barred_on=None).update(
                barred_on=clock.local(clock.now()).date()
            )
            _changed(on)
            number += 1
    return number


def note_taken_down(sha256: str, *, down: bool) -> bool:
    """Notes that it was taken from the website, or that it may be shown; whether that is news."""
    return bool(
        MediaRights.objects.filter(pk=sha256, taken_down_at__isnull=down).update(
            taken_down_at=clock.now() if down else None
        )
    )


def note_used(digests: set[str]) -> int:
    """Notes which are public today."""
    day = clock.local(clock.now()).date()
    rows = MediaRights.objects.exclude(used_on=day).values_list("pk", flat=True)
    return MediaRights.objects.filter(pk__in=digests.intersection(rows)).update(used_on=day)


def _row(sha256: str) -> MediaRights:
    row, _made = MediaRights.objects.select_for_update().get_or_create(
        pk=sha256, defaults={"changed_at": clock.now()}
    )
    return row


def _on(sha256: str, row: Consent) -> None:
    picture = _row(sha256)
    row.pictures.add(picture)
    if picture.nobody:
        picture.nobody = False
        picture.save(update_fields=["nobody"])
    _changed([sha256])


def _put(row: Consent, given: Given) -> None:
    row.how, row.given_on = given.how, given.given_on
    row.uses, row.until = _listed(given.uses), given.until
    row.changed_at = clock.now()
    row.save()


def _listed(uses: Iterable[Use]) -> list[str]:
    return sorted(use.value for use in uses)


def _told(uses: list[str], until: date | None) -> dict[str, Any]:
    return {"uses": uses, "until": until.isoformat() if until else ""}


def _changed(digests: Iterable[str]) -> None:
    if found := set(digests):
        signals.changed.send(sender=MediaRights, digests=found)
