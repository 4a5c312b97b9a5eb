"""Old addresses lead to the new ones: proposed with the drafts, laid before the municipality once these are public."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from wagtail.models import Page

from stadtnah.surfaces.website.forwarding import addresses, edit
from stadtnah.surfaces.website.forwarding.edit import ForwardingWrong
from stadtnah.surfaces.website.forwarding.ground import Ground
from stadtnah.surfaces.website.forwarding.models import Forwarding, Origin
from stadtnah.surfaces.website.moving_in.models import FoundPage, ImportedItem, ImportRun


@dataclass(slots=True)
class Forwards:
    """How many were proposed, and which old addresses cannot be led on. kept: other forwardings stand there already."""

    made: int = 0
    kept: int = 0
    with_query: int = 0
    refused: int = 0

    def told(self) -> list[str]:
        """In German, a sentence each."""
        said = (
            [
                f"Weiterleitungen von alten Adressen vorgeschlagen: {self.made}. Sie gehen mit der Liste „Weiterleitungen“ zur Freigabe, sobald ihr Ziel öffentlich ist."
            ]
            if self.made
            else []
        )
        if self.with_query:
            said.append(
                f"Alte Adressen der Startseite mit einem Fragezeichen (/?id=12), die sich nicht weiterleiten lassen: {self.with_query}."
            )
        if self.kept:
            said.append(
                f"Alte Adressen, für die es schon eine andere Weiterleitung gibt: {self.kept}. Sie bleibt."
            )
        if self.refused:
            said.append(
                f"Alte Adressen, unter denen hier schon etwas steht oder die die Website selbst braucht: {self.refused}."
            )
        return said


def propose(run: ImportRun) -> Forwards:
    """Takes up every old address of the pages that are drafts or public here. Made by hand goes before."""
    said, ground = Forwards(), Ground.now()
    mine = dict(Forwarding.objects.filter(removed=False).values_list("path", "origin"))
    seen: set[str] = set()
    for old, new in _pairs(run):
        split = urlsplit(old)
        home = split.path in {"", "/"}
        try:
            path = addresses.old(f"{split.path or '/'}?{split.query}")
        except addresses.AddressWrong:
            said.with_query += bool(home and split.query)
            said.refused += not home
            continue
        if path in seen or path == new or ground.wanted.get(path) == new:
            continue
        seen.add(path)
        if path in mine and mine[path] != Origin.OLD_SITE:
            said.kept += 1
            continue
        try:
            edit.keep(path, new, ground, by=run.started_by, elsewhere=False, origin=Origin.OLD_SITE)
        except ForwardingWrong:
            said.refused += 1
        else:
            said.made += 1
    return said


def _pairs(run: ImportRun) -> Iterator[tuple[str, str]]:
    """(old address, path here), in the order of the tree."""
    items = dict(
        ImportedItem.objects.filter(source_key=run.source_key, page__isnull=False).values_list(
            "guid_hash", "page_id"
        )
    )
    pages = {page.pk: page.public_path() for page in Page.objects.filter(pk__in=items.values()).specific()}
    paths = {name: pages[pk] for name, pk in items.items() if pk in pages}
    for row in FoundPage.objects.filter(run=run).order_by("position"):
        new = (paths.get(row.name_hash) if row.possible else "") or row.forward_to
        if new:
            for old in (row.address, *row.aliases):
                yield old, new
