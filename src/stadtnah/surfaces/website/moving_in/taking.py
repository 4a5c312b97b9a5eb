"""A batch of items: what each of them needs, decided first, then written in one short transaction."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import DataError, transaction

from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website.moving_in.drafts import Drafts, Media
from stadtnah.surfaces.website.moving_in.foreign import Broken, ForeignItem
from stadtnah.surfaces.website.moving_in.models import ImportedItem, ImportRun, hashed
from stadtnah.surfaces.website.moving_in.pictures import Library

EDITED = "Der Eintrag hat sich auf der alten Website geändert; der Entwurf wurde inzwischen bearbeitet und bleibt, wie er ist."
SUBMITTED = "Der Eintrag hat sich auf der alten Website geändert; die Meldung wurde schon zur Freigabe gegeben und bleibt, wie sie ist."
DELETED = "Der Entwurf wurde gelöscht und wird nicht noch einmal angelegt."
_NAME = ("source_key", "guid_hash")
_FIELDS = ImportedItem._meta.local_concrete_fields  # noqa: SLF001 - Django's documented way
_REMEMBERED = tuple(one.name for one in _FIELDS if one.name not in {"id", *_NAME})


@dataclass(slots=True)
class _Work:
    """An item that needs writing, with its pictures."""

    item: ForeignItem
    row: ImportedItem
    digest: str
    media: Media
    notes: list[str]


@dataclass(slots=True)
class Taker:
    """Takes a batch over. The run's counts go up only when the batch is written."""

    run: ImportRun
    desk: Drafts
    library: Library
    refused: list[Broken] = field(default_factory=list)
    _work: list[_Work] = field(default_factory=list)
    _kept: list[ImportedItem] = field(default_factory=list)
    _unchanged: int = 0

    def prepare(self, batch: list[ForeignItem]) -> None:
        """Looks up what is known, decides, loads pictures. Writes no draft."""
        names = {hashed(item.guid): item for item in batch}
        known = {
            row.guid_hash: row
            for row in ImportedItem.objects.filter(
                source_key=self.run.source_key, guid_hash__in=list(names)
            ).select_related("page")
        }
        submitted = publishing.laid_before([row.object_key for row in known.values() if row.page_id])
        for name, item in names.items():
            row = known.get(name) or ImportedItem(source_key=self.run.source_key, guid_hash=name)
            self._decide(item, row, submitted)

    def write(self) -> None:
        """Writes the prepared batch; may be called again after an IntegrityError, which leaves nothing behind."""
        with transaction.atomic():
            self.refused.clear()
            written = [row for work in self._work if (row := self._tried(work)) is not None]
            _remember(written)
            for row in self._kept:
                row.save()
        created = sum(row.state == ImportedItem.State.CREATED for row in written)
        self.run.created += created
        self.run.updated += len(written) - created
        self.run.kept += len(self._kept)
        self.run.unchanged += self._unchanged

    def _decide(self, item: ForeignItem, row: ImportedItem, submitted: set[str]) -> None:
        whole = item.digest()
        bare = hashed(f"{whole}\nohne Bilder")
        if row.pk and row.page is None:
            row.state, row.reason_de, row.run = ImportedItem.State.KEPT, DELETED, self.run
            self._kept.append(row)
            return
        if row.content_digest == whole or (row.content_digest == bare and not self.run.with_pictures):
            self._unchanged += 1
            return
        if row.pk and (reason := _untouchable(row, submitted)):
            row.state, row.reason_de, row.run = ImportedItem.State.KEPT, reason, self.run
            self._kept.append(row)
            return
        notes = list(item.notes)
        media = Media(
            self.library.take_in(item.pictures, notes), self.library.take_files(item.attachments, notes)
        )
        self._work.append(_Work(item, row, whole if self.run.with_pictures else bare, media, notes))

    def _tried(self, work: _Work) -> ImportedItem | None:
        """`_draft`, or None when the page refuses the item: that is quarantined, the others go on."""
        try:
            with transaction.atomic():
                return self._draft(work)
        except (ValidationError, DataError, ValueError) as error:
            reason = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            self.refused.append(
                Broken(work.item.position, work.item.title, f"Der Entwurf ließ sich nicht anlegen: {reason}")
            )
            self.desk = self.desk.reopened()
            return None

    def _draft(self, work: _Work) -> ImportedItem:
        """Creates or updates the draft; what is to be remembered of it."""
        row, item = work.row, work.item
        new = row.page is None
        if row.page is None:
            page = self.desk.create(item, work.media, work.notes)
        else:
            page = row.page.specific
            self.desk.update(page, item, work.media, work.notes)
        # A row of its own each time: the transaction may be rolled back and tried again.
        return ImportedItem(
            source_key=row.source_key,
            guid_hash=row.guid_hash,
            run=self.run,
            position=item.position,
            title=item.title[:250],
            link=item.link[:2_000].replace(
                "\0", ""
            ),  # a database may refuse it, and a batch is written at once
            state=ImportedItem.State.CREATED if new else ImportedItem.State.UPDATED,
            reason_de="",
            notes=work.notes,
            content_digest=work.digest,
            parts=item.parts,
            page=page,
            object_key=page.object_key,
            revision_id=page.latest_revision_id,
            old_category=self.desk.old_category(item),
        )


def _remember(rows: list[ImportedItem]) -> None:
    """One statement for a batch; what is known of an item already is written over."""
    ImportedItem.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=_NAME, update_fields=_REMEMBERED
    )


def _untouchable(row: ImportedItem, submitted: set[str]) -> str:
    """Why a known draft is left alone although the item changed; "" when it may be updated."""
    assert row.page is not None
    if row.object_key in submitted:
        return SUBMITTED
    return EDITED if row.page.latest_revision_id != row.revision_id else ""
