"""The index follows what is released. Everything here may be broken off and done again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from django.db import connection, transaction
from django.db.models import Count, F, Model, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from stadtnah.surfaces.website.languages import versions
from stadtnah.surfaces.website.released import ReleasedPage, StaleUse
from stadtnah.surfaces.website.search import entries, spelling, synonyms
from stadtnah.surfaces.website.search.entries import Found
from stadtnah.surfaces.website.search.letters import backwards, in_tongue, words
from stadtnah.surfaces.website.search.marks import MARK
from stadtnah.surfaces.website.search.models import Entry, Misspelling, Posting, SitePosting, Tally, Term

T = TypeVar("T")
SHAPE: Final = 5  # goes up when entries are made in another way: then all are made anew
_TOGETHER: Final = 50  # pages of a transaction
_MANY: Final = 500  # values of a query


def waiting() -> bool:
    """Whether a release or a withdrawal is not in the index yet."""
    return StaleUse.objects.filter(used__startswith=MARK).exists()


def take_marked() -> int:
    """Indexes what changed; returns how many pages. What changes meanwhile stays marked."""
    found = dict(StaleUse.objects.filter(used__startswith=MARK).values_list("used", "marked_at"))
    if not found:
        return 0
    renew(used.removeprefix(MARK) for used in found)
    StaleUse.objects.filter(used__in=found, marked_at__lte=max(found.values())).delete()
    return len(found)


def catch_up() -> int:
    """Makes the index what it should be, whatever happened to it; returns how many pages were not."""
    _learn_synonyms()
    wanted = {
        key: _shape(digest)
        for key, digest in ReleasedPage.objects.filter(
            state=ReleasedPage.State.LIVE, kind__in=entries.searched(), original=""
        ).values_list("object_key", "digest")
    }
    wanted |= {key: _shape(digest) for key, digest in versions.live().values_list("object_key", "digest")}
    have = dict(Entry.objects.values_list("source", "shape"))
    wrong = {key for key in wanted.keys() | have.keys() if wanted.get(key) != have.get(key)}
    renew(wrong)
    StaleUse.objects.filter(used__in=[MARK + key for key in wrong]).delete()
    _recount()
    return len(wrong)


def renew(object_keys: Iterable[str]) -> None:
    """Indexes these pages as they are now public, and forgets those that are not."""
    for keys in _batches(sorted(set(object_keys)), _TOGETHER):
        with transaction.atomic():
            rows = ReleasedPage.objects.filter(
                pk__in=keys, state=ReleasedPage.State.LIVE, kind__in=entries.searched()
            )
            _replace(keys, list(rows))


def _replace(keys: list[str], rows: list[ReleasedPage]) -> None:
    change: Counter[int] = Counter()
    gone = list(Entry.objects.filter(source__in=keys).values_list("pk", flat=True))
    for part in _batches(gone, _MANY):
        change.subtract(Posting.objects.filter(entry__in=part).values_list("term_id", flat=True))
        Posting.objects.filter(entry__in=part).delete()
        SitePosting.objects.filter(entry__in=part).delete()
        Entry.objects.filter(pk__in=part).delete()
    found = [(row, one) for row in rows for one in entries.of_row(row)]
    made = Entry.objects.bulk_create([_entry(row, one) for row, one in found])
    weights = [one.weights() for _row, one in found]
    terms = _terms({stem: word for _row, one in found for stem, word in one.shown().items()})
    postings = [
        (terms[stem], entry.pk, entry.facet, weight, entry.day)
        for entry, said in zip(made, weights, strict=True)
        for stem, weight in said.items()
    ]
    _put(Posting, ("term_id", "entry_id", "facet", "weight", "day"), postings)
    on_sites = {entry.pk: one.sites for entry, (_row, one) in zip(made, found, strict=True)}
    again = [(site, *posting) for posting in postings for site in on_sites[posting[1]]]
    _put(SitePosting, ("site", "term_id", "entry_id", "facet", "weight", "day"), again)
    change.update(posting[0] for posting in postings)
    _count(change, len(made) - len(gone))


def _put(model: type[Model], columns: tuple[str, ...], postings: Sequence[tuple[int, ...]]) -> None:
    """Past the models: there are some eighty for a page, and nothing looks at them on their way."""
    if not postings:
        return
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 - Django's public way to its names
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})",  # noqa: S608 - names of our own
            postings,
        )


def _entry(row: ReleasedPage, one: Found) -> Entry:
    longest = {name: getattr(Entry._meta.get_field(name), "max_length", 0) for name in ("path", "title")}  # noqa: SLF001 - Django's public way to its fields
    return Entry(
        source=row.object_key,
        shape=_shape(row.digest),
        facet=one.facet,
        path=one.path[: longest["path"]],
        language=one.language[:16],
        title=one.title[: longest["title"]],
        lead=one.lead,
        text="\n".join(one.read),
        names=", ".join(one.names),
        day=one.day,
        root=one.root,
        stems=" ".join(in_tongue(word.stem, one.tongue) for word in words(one.title)),
    )


def _shape(digest: str) -> str:
    return f"{SHAPE} {digest}"


def _terms(written: dict[str, str], *, known: bool = False) -> dict[str, int]:
    """The terms of these stems by their number; new ones with the ways they are misspelled."""
    have = dict(_each(written))
    new = [
        Term(stem=stem, back=backwards(stem), shown=written[stem][:80], known=known)
        for stem in written
        if stem not in have
    ]
    if not new:
        return have
    Term.objects.bulk_create(new, batch_size=_MANY, ignore_conflicts=True)
    made = dict(_each(term.stem for term in new))
    Misspelling.objects.bulk_create(
        [Misspelling(key=key, term_id=pk) for stem, pk in made.items() for key in spelling.keys(stem)],
        batch_size=_MANY,
    )
    return have | made


def _each(stems: Iterable[str]) -> Iterator[tuple[str, int]]:
    for part in _batches(list(stems), _MANY):
        yield from Term.objects.filter(stem__in=part).values_list("stem", "pk")


def _count(change: Counter[int], entries_more: int) -> None:
    by: dict[int, list[int]] = {}
    for pk, count in change.items():
        if count:
            by.setdefault(count, []).append(pk)
    for count, keys in by.items():
        for part in _batches(keys, _MANY):
            Term.objects.filter(pk__in=part).update(entries=F("entries") + count)
    if entries_more and not Tally.objects.filter(pk=1).update(entries=F("entries") + entries_more):
        Tally.objects.create(pk=1, entries=max(0, entries_more))


def _recount() -> None:
    """The counts are set right when they cannot be; words that stand nowhere any more go."""
    if (Term.objects.aggregate(all=Sum("entries"))["all"] or 0) != Posting.objects.count():
        rows = Posting.objects.filter(term=OuterRef("pk")).order_by().values("term").annotate(all=Count("pk"))
        Term.objects.update(entries=Coalesce(Subquery(rows.values("all")), 0))
    Term.objects.filter(entries__lte=0, known=False).delete()
    Tally.objects.update_or_create(pk=1, defaults={"entries": Entry.objects.count()})


def _learn_synonyms() -> None:
    """A word of the synonyms is known although it stands nowhere, so that it is found when somebody misspells it."""
    words_now = synonyms.dictionary(synonyms.own_text())
    with transaction.atomic():
        tally = Tally.objects.filter(pk=1).first() or Tally(pk=1)
        if tally.words == words_now.digest:
            return
        Term.objects.filter(known=True).update(known=False)
        terms = _terms(dict(words_now.written), known=True)
        for part in _batches(list(terms.values()), _MANY):
            Term.objects.filter(pk__in=part).update(known=True)
        tally.words = words_now.digest
        tally.save()


def _batches(items: list[T], size: int) -> Iterator[list[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
