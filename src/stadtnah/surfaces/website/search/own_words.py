"""The municipality's own words of the search: a line for each group that means the same, changed by its own people, on record."""

from __future__ import annotations

from django.db import transaction

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.surfaces.website.search import synonyms, tasks
from stadtnah.surfaces.website.search.models import OwnWords


class WordsWrong(ValueError):
    """What was given cannot be kept; says why, in German."""


def change(given: str, *, by: User) -> None:
    """Keeps them; the next search goes by them, misspelled ones are known once a job has learnt them.

    Raises WordsWrong, and PermissionDenied.
    """
    access.require(by, Action.GUIDE_EDIT)
    lines = "\n".join(line.strip() for line in given.splitlines() if line.strip())
    if problem := synonyms.problem(lines):
        raise WordsWrong(problem)
    if lines == synonyms.own_text():
        return
    with transaction.atomic():
        OwnWords.objects.update_or_create(pk=1, defaults={"text": lines})
        audit.record("search.words", actor=by, data={"lines": len(lines.splitlines())})
    tasks.look_through()
