"""From facts to a draft in the desk. Nothing here is public: the page is released like any other."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.text import shortened
from stadtnah.publishing.api import block_text
from stadtnah.surfaces.website.block_content import of_value
from stadtnah.surfaces.website.founding import below_the_first_page
from stadtnah.surfaces.website.legal.known import KINDS, LegalKind, facts, known
from stadtnah.surfaces.website.legal.merge import Piece, merged
from stadtnah.surfaces.website.legal.models import LegalDraft
from stadtnah.surfaces.website.legal.parts import Part
from stadtnah.surfaces.website.models import HomePage, StandardPage

_TITLE = 60  # characters
_SPACE = uuid.UUID("6f9a3c4e-5b1d-4c61-9c5e-2f9f2f6a7d10")


def page_of(kind: LegalKind) -> StandardPage | None:
    """The page as it stands in the tree: generated before, or written by hand under its address."""
    row = LegalDraft.objects.filter(pk=kind.key).first()
    pages: Any = StandardPage.objects.filter(uuid=row.page_uuid) if row else StandardPage.objects.none()
    home: Any = HomePage.objects.first()
    found = pages.first() or (
        StandardPage.objects.child_of(home).filter(slug=kind.slug).first() if home else None
    )
    return found if isinstance(found, StandardPage) else None


def make(key: str, *, by: User) -> StandardPage:
    """A new draft from today's facts that keeps what the municipality made of the last one; made as a revision.

    Raises KeyError for an unknown page, ValueError (German) without a first page, PermissionDenied.
    """
    access.require(by, Action.MESSAGE_EDIT)
    kind, now = KINDS[key], facts()
    with transaction.atomic():
        page = page_of(kind) or _laid_out(kind)
        draft = page.get_latest_revision_as_object()
        row = LegalDraft.objects.filter(pk=key).first()
        new = [_piece(kind, part) for part in kind.make(now)]
        # What belongs to a page that was deleted meanwhile says nothing about the new one.
        base: dict[str, str] = dict(row.made) if row and row.page_uuid == page.uuid else {}
        result = merged(base, pieces(draft), new)
        draft.body = _stream([piece.raw for piece in result.pieces])
        draft.save_revision(user=by)
        LegalDraft.objects.update_or_create(
            key=key,
            defaults={
                "page_uuid": page.uuid,
                "facts": known(kind, now),
                "made": {piece.id: piece.digest for piece in new},
                "notes": result.notes,
                "made_at": clock.now(),
                "stale_since": None,
            },
        )
        audit.record("legal.drafted", actor=by, subject=page.object_key, data={"kind": key})
    return page


def pieces(page: StandardPage) -> list[Piece]:
    """The blocks of a page with the digests of their words."""
    return [
        Piece(str(child.id), dict(child.get_prep_value()), _digest(child), _title(child))
        for child in page.body
    ]


def _laid_out(kind: LegalKind) -> StandardPage:
    return below_the_first_page(
        StandardPage(
            title=kind.title,
            slug=kind.slug,
            teaser=kind.teaser,
            menu="footer",
            menu_order=kind.order,
            live=False,
        )
    )


def _piece(kind: LegalKind, part: Part) -> Piece:
    raw = {
        "type": part.kind,
        "value": part.value,
        "id": str(uuid.uuid5(_SPACE, f"{kind.key}:{part.key}")),
    }
    child = _stream([raw])[0]
    return Piece(str(raw["id"]), raw, _digest(child), _title(child))


def _stream(raw: Sequence[dict[str, Any]]) -> Any:
    """Raw blocks as the value of a page's body."""
    return StandardPage._meta.get_field("body").to_python(json.dumps(list(raw)))  # noqa: SLF001 - Django's public way to its fields


def _digest(child: Any) -> str:
    """Of the words alone: the editor adds ids and keys of its own to what it stores."""
    blocks = [asdict(block) for block in of_value(child.block_type, child.value, "de")]
    return hashlib.sha256(json.dumps(blocks, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _title(child: Any) -> str:
    found = of_value(child.block_type, child.value, "de")
    if not found:
        return str(child.block.label)
    block = found[0]
    return shortened(block.title or " ".join(block_text(block, targets=False).split()), _TITLE)
