"""What is found: released pages only, in everyday words, with as many queries on a large website as on a small one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel.town.models import Town
from stadtnah.publishing.content import Block, Content, File
from stadtnah.surfaces.website import publish
from stadtnah.surfaces.website.search import find, index
from stadtnah.surfaces.website.search.models import Entry, Facet, OwnWords, Posting, Tally, Term
from tests.factories import demo_town
from tests.surfaces.website.conftest import DIGEST, OTHER, message, page
from tests.surfaces.website.search.conftest import live, many, paths, service

pytestmark = pytest.mark.django_db
BULKY = service("sperrmuell", "Sperrmüll abholen lassen", "Wir holen sperrige Dinge ab.")
PASS = service(
    "ausweis", "Personalausweis beantragen", "Kommen Sie selbst.", names="Perso, Ausweis verlängern"
)
WEDDING = service("ehe", "Eheschließung anmelden", "Getraut wird im Rathaus.")


@pytest.fixture
def hall(town: Town) -> Town:
    live(BULKY, PASS, WEDDING, service("hund", "Hund anmelden", "Die Steuermarke kommt mit dem Bescheid."))
    return town


EVERYDAY = (
    (
        BULKY,
        (
            "Sperrmüll",
            "Sperrmüllabholung",
            "sperrmuellabholtermin",
            "spermüll",
            "wo kann ich mein altes Sofa loswerden?",
        ),
    ),
    (PASS, ("perso", "personalausweise", "persohnalausweiß", "PERSONALAUSWEIS", "Ausweis", "personalauswe")),
    (WEDDING, ("Hochzeit", "hochziet", "eheschliessung", "heiraten")),
)


def test_everyday_words_find_the_official_page(hall: Town) -> None:
    index.catch_up()  # learns the synonyms
    found = {asked: paths(asked)[:1] for _answer, every in EVERYDAY for asked in every}
    assert found == {asked: [answer.path] for answer, every in EVERYDAY for asked in every}


def test_a_word_finds_the_compounds_it_is_part_of(town: Town) -> None:
    live(service("abholung", "Sperrmüllabholung"), service("anders", "Wohnsitz ummelden"))
    assert paths("Sperrmüll") == ["/dienstleistungen/abholung/"]
    assert paths("Abholung") == ["/dienstleistungen/abholung/"]


def test_nonsense_finds_nothing_and_breaks_nothing(hall: Town) -> None:
    for nonsense in ("", "   ", "?!", "xqzvw", "%", "_", "'; DROP TABLE", "\x00", "a" * 500):
        assert paths(nonsense) == [], nonsense


def test_what_was_meant_is_said(hall: Town) -> None:
    assert find.ask("persohnalausweis").meant == {"persohnalausweis": "Personalausweis"}
    assert find.ask("Personalausweis").meant == {}


def test_the_municipality_teaches_words_of_its_own(hall: Town) -> None:
    assert paths("Gerümpelabfuhr") == []
    OwnWords.objects.create(text="Gerümpelabfuhr, Sperrmüll")
    index.catch_up()
    assert paths("Gerümpelabfuhr")[:1] == [BULKY.path]
    assert paths("gerümplabfuhr")[:1] == [BULKY.path]  # also when misspelled, though it stands on no page


def test_a_page_stands_before_what_was_once_said_about_it(hall: Town) -> None:
    live(message(1, title="Sperrmüll: die Abholung hat sich bewährt"))
    assert paths("Sperrmüll")[0] == BULKY.path


def test_newer_messages_stand_before_older_ones(town: Town) -> None:
    live(
        *(
            message(number, title="Weihnachtsmarkt auf dem Marktplatz", dated=day)
            for number, day in ((1, "2024-11-20"), (2, "2026-11-20"), (3, "2025-11-20"))
        )
    )
    assert paths("Weihnachtsmarkt")[0] == "/aktuelles/2026/meldung-2/"


def test_documents_and_words_of_the_glossary_are_found_themselves(town: Town) -> None:
    plan = File("c" * 64, "application/pdf", "Bebauungsplan-Anger.pdf", 1_200_000)
    terms = Content(
        "page:00000000-0000-4000-8000-000000000001", "Glossar", "", "/glossar/", "http://localhost:8000/glossar/",
        blocks=(Block("accordion", title="Hebesatz", html="<p>Mit ihm bestimmt die Stadt die Grundsteuer.</p>"),),
        extra={"kind": "glossary", "menu": "", "menu_order": 1, "details": []},
    )  # fmt: skip
    many([page("planung", blocks=(Block("download", file=plan, title="Lageplan"),)), terms])
    assert paths("Lageplan")[0] == plan.path
    assert paths("hebesatz")[0] == "/glossar/#wort-hebesatz"


# The index follows the release.


def test_only_what_is_released_can_be_found(hall: Town) -> None:
    assert paths("Hundesteuermarke")
    publish.withdraw(BULKY.object_key)
    index.take_marked()
    assert paths("Sperrmüll") == []
    assert not Entry.objects.filter(path=BULKY.path).exists()


def test_a_correction_takes_the_old_words_out(hall: Town) -> None:
    changed = service("sperrmuell", "Altmöbel abholen lassen")
    publish.put_live(changed, OTHER)
    assert index.waiting()
    assert index.take_marked() == 1
    assert not index.waiting()
    assert [entry.title for entry in Entry.objects.filter(source=BULKY.object_key)] == [
        "Altmöbel abholen lassen"
    ]
    assert (
        Term.objects.get(stem="sperr", entries__gt=0) if Term.objects.filter(stem="sperr").exists() else True
    )
    assert paths("sperrige Dinge") == []


def test_a_release_in_the_same_words_changes_no_counts(hall: Town) -> None:
    before = (
        Posting.objects.count(),
        dict(Term.objects.values_list("stem", "entries")),
        Tally.objects.get().entries,
    )
    publish.put_live(BULKY, OTHER)
    index.take_marked()
    after = (
        Posting.objects.count(),
        dict(Term.objects.values_list("stem", "entries")),
        Tally.objects.get().entries,
    )
    assert before == after


@pytest.mark.parametrize(
    "damage",
    [
        lambda: Entry.objects.filter(path=PASS.path).delete(),
        lambda: Entry.objects.update(shape="0 old"),
        lambda: (Posting.objects.all().delete(), Entry.objects.all().delete(), Term.objects.all().delete()),
        lambda: Entry.objects.create(
            source="page:gone", shape="", facet=3, path="/weg/", language="de", title="Weg"
        ),
        lambda: Tally.objects.all().delete(),
    ],
)
def test_whatever_happened_the_index_catches_up(hall: Town, damage: Any) -> None:
    damage()
    index.catch_up()
    assert index.catch_up() == 0
    assert paths("perso")[:1] == [PASS.path]
    assert sorted(Entry.objects.values_list("source", flat=True)) == sorted(
        [
            BULKY.object_key,
            PASS.object_key,
            WEDDING.object_key,
            Entry.objects.get(path="/dienstleistungen/hund/").source,
        ]
    )
    counted = Posting.objects.values_list("term__stem", flat=True)
    assert {t.stem: t.entries for t in Term.objects.filter(entries__gt=0)} == {
        s: list(counted).count(s) for s in counted
    }
    assert Tally.objects.get().entries == Entry.objects.count()


def queries(text: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        find.ask(text)
    return len(seen)


def test_a_large_website_needs_no_more_queries(town: Town) -> None:
    asked = ("Brücke", "Brücke am Mühlwehr", "brüke mülwehr", "Brückenfest", "wo ist die brücke frei")
    many([message(number) for number in range(5)])
    few = {text: queries(text) for text in asked}
    assert max(few.values()) <= 9
    many([message(number) for number in range(5, 800)])
    then = {text: queries(text) for text in asked}
    assert all(
        then[text] <= few[text] + 1 for text in asked
    )  # one more for words that stand nearly everywhere
    assert max(then.values()) <= 9
    assert find.ask("Brücke").more
    assert len(find.ask("Brücke").of(Facet.NEWS)) < 800


def test_pages_are_indexed_with_a_bounded_number_of_queries(town: Town) -> None:
    def needed(first: int) -> int:
        rows = demo_town.make_live([message(number) for number in range(first, first + 40)])
        with CaptureQueriesContext(connection) as seen:
            index.renew(row.object_key for row in rows)
        return len(seen)

    needed(0)
    assert needed(100) == needed(200)


def test_a_digest_alone_changes_nothing(hall: Town) -> None:
    index.catch_up()
    assert index.catch_up() == 0
    assert DIGEST in Entry.objects.get(path=PASS.path).shape


def test_what_is_closed_on_holidays_is_not_called_closed(town: Town) -> None:
    details = [["room", "Zimmer", "Zimmer 2"], ["holidays", "An Feiertagen", "geschlossen"]]
    office = service("fundamt", "Fundamt")
    live(replace(office, extra={"kind": "service", "details": details}))
    assert paths("Zimmer") == [office.path]
    assert "geschlossen" not in Entry.objects.get(path=office.path).text.splitlines()  # with its label alone
