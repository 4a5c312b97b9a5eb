"""Questions about subscribed calendars, and what becomes of their answers. Whatever is said here ends in a draft; the public changes by a release alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet

from stadtnah.kernel import clock
from stadtnah.kernel.access.api import Action, can, require
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.publishing import api as publishing
from stadtnah.services.events import api as events
from stadtnah.surfaces.website.calendar import drafts
from stadtnah.surfaces.website.calendar.models import EventPage
from stadtnah.surfaces.website.moving_in.events import taking_in
from stadtnah.surfaces.website.moving_in.models import FoundEvent, ImportedItem, ImportRun
from stadtnah.surfaces.website.moving_in.subscribed import following, verbs
from stadtnah.surfaces.website.moving_in.subscribed.models import Question, Subscription

TAKE, KEEP, CANCEL, DELETE, MERGE, NEW, SKIP, WAIT, EACH = (
    "take", "keep", "cancel", "delete", "merge", "new", "skip", "wait", "each",
)  # fmt: skip
_CHOICES: Final = {
    events.Ask.CHANGED: ((TAKE, "Änderung in den Entwurf übernehmen"), (KEEP, "behalten, wie es hier steht")),
    events.Ask.GONE: ((CANCEL, "absagen"), (DELETE, "Entwurf löschen"), (KEEP, "behalten")),
    events.Ask.TWIN: ((MERGE, "mit der vorhandenen zusammenführen"), (NEW, "als neue anlegen"), (SKIP, "nicht übernehmen")),
    events.Ask.EMPTY: ((WAIT, "abwarten, alles bleibt"), (EACH, "einzeln entscheiden")),
}  # fmt: skip
_BUSY: Final = frozenset({ImportRun.State.WAITING, ImportRun.State.RUNNING})


class NotAnswered(ValueError):
    """Why the answer was not taken, German."""


def choices(question: Question, *, deletes: bool) -> list[tuple[str, str]]:
    """What may be answered. deletes: see `may_delete`, and the municipality never saw the page."""
    found = _CHOICES[events.Ask(question.kind)]
    return [(value, label) for value, label in found if value != DELETE or deletes]


def may_delete(by: User) -> bool:
    """Only whoever may write deletes a draft."""
    return can(by, Action.MESSAGE_EDIT)


def laid_before(questions: list[Question]) -> set[int]:
    """Which of their pages the municipality has seen already; three queries at most."""
    pages = EventPage.objects.filter(pk__in=[row.page_id for row in questions if row.page_id])
    keys = {page.object_key: page.pk for page in pages}
    return {keys[key] for key in publishing.laid_before(list(keys))}


def waiting() -> QuerySet[Question]:
    """What nobody has answered; a page that is gone needs no answer any more."""
    gone = Q(kind__in=[events.Ask.CHANGED.value, events.Ask.GONE.value], page=None)
    return Question.objects.filter(answer="").exclude(gone)


def answer(question: Question, said: str, *, by: User) -> bool:
    """Carries out what somebody said; whether the run has work now. Raises NotAnswered (German), PermissionDenied."""
    require(by, Action.IMPORT_RUN)
    with transaction.atomic():
        one = Subscription.objects.select_for_update().get(pk=question.subscription_id)
        row = Question.objects.select_for_update().filter(pk=question.pk, answer="").first()
        if row is None:
            raise NotAnswered("Darüber ist schon entschieden.")
        if said not in dict(choices(row, deletes=may_delete(by) and not laid_before([row]))):
            raise NotAnswered("Bitte wählen Sie eine der Antworten.")
        to_do = _DOES[events.Ask(row.kind)](one, row, said, by)
        row.answer, row.answered_at, row.answered_by = said, clock.now(), by
        row.plain, row.changes = {}, []
        row.save(update_fields=["answer", "answered_at", "answered_by", "plain", "changes"])
        # Read anew the next time, whatever the other side says of changes: what is asked must fit what was said.
        Subscription.objects.filter(pk=one.pk).update(etag="", last_modified="", body_digest="")
        audit.record("calendar.answered", actor=by, subject=f"subscription:{one.pk}", data={"question": row.kind, "answer": said})  # fmt: skip
    return to_do


def _changed(one: Subscription, row: Question, said: str, by: User) -> bool:
    item, page = _known(one, row)
    now = events.parts_of(row.plain)
    if said == TAKE:
        names = events.changed_parts(item.parts, now)
        draft: EventPage = page.get_latest_revision_as_object()
        plain = events.to_plain(drafts.event_of(draft))
        plain = {name: value for name, value in plain.items() if name not in names}
        plain |= {name: value for name, value in row.plain.items() if name in names}
        taking_in.overlay(draft, events.from_plain(plain), names)
        _saved(page, draft, by)
    item.parts = now
    item.save(update_fields=["parts"])
    return False


def _gone(one: Subscription, row: Question, said: str, by: User) -> bool:
    item, page = _known(one, row)
    if said == DELETE:
        page.delete()
        return False
    if said == CANCEL:
        draft: EventPage = page.get_latest_revision_as_object()
        draft.status = events.Status.CANCELLED.value
        _saved(page, draft, by)
    item.state = ImportedItem.State.GONE
    item.save(update_fields=["state"])
    return False


def _twin(one: Subscription, row: Question, said: str, by: User) -> bool:
    del by
    run = ImportRun.objects.select_for_update().get(pk=one.run_id)
    if said == SKIP:
        ImportedItem.objects.get_or_create(
            source_key=run.source_key,
            guid_hash=row.guid_hash,
            defaults={
                "run": run,
                "title": row.title,
                "state": ImportedItem.State.KEPT,
                "reason_de": verbs.SKIPPED,
            },
        )
        return False
    if run.state in _BUSY:
        raise NotAnswered(
            "Der Kalender wird gerade gelesen. Bitte antworten Sie in einer Minute noch einmal."
        )
    merge = said == MERGE and row.page_id is not None
    found = FoundEvent(
        run=run,
        position=1,
        title=row.title,
        when=row.when,
        guid_hash=row.guid_hash,
        plain=row.plain,
        twin_id=row.page_id if merge else None,
        choice=FoundEvent.Choice.MERGE if merge else FoundEvent.Choice.NEW,
    )
    following.begin(run, [found, *_aside(run)], total=1)
    return True


def _aside(run: ImportRun) -> list[FoundEvent]:
    """What the last reading put aside, which a run says anew."""
    rows = ImportedItem.objects.filter(source_key=run.source_key, state=ImportedItem.State.BROKEN)
    return [
        FoundEvent(run=run, position=row.position, title=row.title, reason_de=row.reason_de) for row in rows
    ]


def _empty(one: Subscription, row: Question, said: str, by: User) -> bool:
    del row, by
    values: dict[str, Any] = {"said": said}
    if said == EACH:
        values["next_at"] = clock.now()
    Subscription.objects.filter(pk=one.pk).update(**values)
    return False


_DOES: Final[dict[events.Ask, Callable[[Subscription, Question, str, User], bool]]] = {
    events.Ask.CHANGED: _changed,
    events.Ask.GONE: _gone,
    events.Ask.TWIN: _twin,
    events.Ask.EMPTY: _empty,
}


def _known(one: Subscription, row: Question) -> tuple[ImportedItem, EventPage]:
    item = (
        ImportedItem.objects.select_for_update()
        .filter(source_key=one.run.source_key, guid_hash=row.guid_hash)
        .first()
    )
    page = EventPage.objects.filter(pk=item.page_id).first() if item and item.page_id else None
    if item is None or page is None:
        raise NotAnswered("Diese Veranstaltung gibt es nicht mehr.")
    return item, page


def _saved(page: EventPage, draft: EventPage, by: User) -> None:
    draft.has_unpublished_changes = True
    draft.save_revision(user=by, clean=False)
    EventPage.objects.filter(pk=page.pk).update(has_unpublished_changes=True)
