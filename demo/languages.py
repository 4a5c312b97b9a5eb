"""Pages of the demo town in other languages: chosen, translated by the agency, released by the municipality, one of them outdated since."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from demo.content.languages import CHANGED, LANGUAGES, VERSIONS
from stadtnah.kernel.identity.models import User
from stadtnah.surfaces.website.kinds import KINDS
from stadtnah.surfaces.website.languages import making
from stadtnah.surfaces.website.languages.domain import texts
from stadtnah.surfaces.website.languages.models import VersionPage
from stadtnah.surfaces.website.models import ReleasedPage, ServicePage

Release = Callable[[Iterable[Any], User, User], None]


def build(release: Release, *, admin: User, author: User, approver: User) -> None:
    """Of what is public by now."""
    making.choose(LANGUAGES, by=admin)
    release(versions(author), author, approver)
    path, field, html = CHANGED
    page: Any = ServicePage.objects.get(slug=path.strip("/").rpartition("/")[2])
    setattr(page, field, html)
    page.save()
    page.save_revision(user=author)
    release([page], author, approver)


def versions(author: User) -> list[Any]:
    """Those that are not there yet and whose German page is, as drafts."""
    there = set(VersionPage.objects.values_list("original", "tag"))
    rows = {row.path: row for row in ReleasedPage.objects.filter(path__in=VERSIONS)}
    return [
        _version(rows[path], tag, said, author)
        for path, given in VERSIONS.items()
        for tag, said in given.items()
        if path in rows and (rows[path].pk, tag) not in there
    ]


def begun(row: ReleasedPage, tag: str, said: dict[str, str], author: User) -> making.Kept:
    """A version as a draft with these words, whole or not."""
    kind: Any = KINDS[row.kind]
    page = kind.page.objects.get(uuid=row.pk.partition(":")[2])
    version = making.begin(page, tag, by=author)
    german = texts.fingerprint(making.german_now(version))
    return making.translate(version, said, {}, german, by=author)


def _version(row: ReleasedPage, tag: str, said: dict[str, str], author: User) -> Any:
    kept = begun(row, tag, said, author)
    left = [one.text for one in kept.version.open_texts()]
    if kept.problems or left:
        raise ValueError(f"{row.path} ({tag}): {kept.problems or left}")
    return kept.version
