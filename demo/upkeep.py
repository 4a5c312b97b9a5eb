"""What the reports of the desk show in the demo town, made through the same doors as in a real one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from demo.content import upkeep as words
from demo.content.blocks import CREDIT
from demo.languages import begun
from stadtnah.kernel import clock
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.rights import api as rights
from stadtnah.surfaces.website.documents.models import TownDocument
from stadtnah.surfaces.website.models import ReleasedPage, TownImage
from stadtnah.surfaces.website.quality import asking, reading
from stadtnah.surfaces.website.quality.models import Review, Target

_PAGES = 10_000  # read in one go: more than there are


def build(*, author: User, approver: User) -> None:
    """Of what is public by now."""
    path, tag, said = words.BEGUN
    begun(ReleasedPage.objects.get(path=path), tag, said, author)
    _rights(author)
    for given in words.CONSENTS:
        _consent(given, approver)
    reading.catch_up(_PAGES)
    _broken()
    for address, days in words.REVIEWS.items():
        _review(address, days)


def _rights(by: User) -> None:
    """All drawings and films were made for the town; on all but one are figures, no people."""
    films = (row.sha256 for row in TownDocument.objects.all() if row.as_content().is_video)
    for sha256 in {*TownImage.objects.values_list("sha256", flat=True), *films}:
        rights.licence(sha256, rights.Licence(CREDIT, frozenset(rights.Use), nobody=True), by=by)


def _consent(given: dict[str, Any], by: User) -> None:
    today = rights.today()
    until = given["until"]
    rights.consent(
        TownImage.objects.get(title=words.ON_PICTURE).sha256,
        rights.Person(name=given["name"], contact=given["contact"]),
        rights.Given(
            given["how"],
            today + timedelta(days=given["given"]),
            frozenset(rights.Use(use) for use in given["uses"]),
            until if until is None else today + timedelta(days=until),
        ),
        by=by,
    )


def _broken() -> None:
    """As if the link had been asked for in vain, yesterday and today."""
    target = Target.objects.get(address=words.BROKEN_LINK)
    for at in (clock.now() - asking.DAY, clock.now()):
        asking.note(target, asking.Answer(reached=False, reason=words.BROKEN_SAID), at)


def _review(path: str, days: int) -> None:
    """The town is as old as its first start, so a day that is over cannot be chosen in the desk."""
    row = ReleasedPage.objects.filter(path=path).first()
    if row is not None:
        day = clock.local(clock.now()).date() + timedelta(days=days)
        Review.objects.filter(pk=row.pk).update(wanted=day, due_on=day)
