"""What a reading of a foreign calendar does to what is known: the rule, in any order of changes over there and answers here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from stadtnah.services.events import api as events
from stadtnah.services.events.api import WHOLE, Ask, Known, Said, Seen, plan
from tests.services.events.samples import BERLIN, event, taken

NAMES = st.sampled_from([f"e{number}" for number in range(8)])


def test_new_events_become_drafts_and_the_same_ones_nothing() -> None:
    found = plan({"a": Known("1")}, {"a": Seen("1"), "b": Seen("2")}, {})
    assert (found.take, found.ask) == ({"b"}, {})


def test_what_changed_is_updated_unless_somebody_worked_on_it() -> None:
    known = {"a": Known("1"), "b": Known("1", ours=True)}
    found = plan(known, {"a": Seen("2"), "b": Seen("2")}, {})
    assert (found.take, found.ask) == ({"a"}, {"b": Ask.CHANGED})


def test_what_is_missing_is_a_question_unless_it_is_over_or_decided() -> None:
    known = {
        "a": Known("1"),
        "b": Known("1"),
        "c": Known("1", over=True),
        "d": Known("1", gone=True),
        "e": Known("", here=False),
    }
    found = plan(known, {"a": Seen("1")}, {})
    assert found.ask == {"b": Ask.GONE}


@pytest.mark.parametrize(("whole", "unreadable"), [(False, ()), (True, ("b",))])
def test_half_a_file_or_an_event_that_cannot_be_read_says_nothing_of_what_is_missing(
    whole: bool, unreadable: tuple[str, ...]
) -> None:
    known = {"a": Known("1"), "b": Known("1")}
    assert plan(known, {"a": Seen("1")}, {}, whole=whole, unreadable=unreadable).ask == {}
    kept = plan(known, {"a": Seen("1")}, {"b": Ask.GONE}, whole=whole, unreadable=unreadable)
    assert (kept.ask, kept.settled) == ({"b": Ask.GONE}, set())


@pytest.mark.parametrize("left", [0, 100])
def test_three_hundred_missing_events_are_one_question(left: int) -> None:
    known = {str(number): Known("1") for number in range(300)}
    seen = {str(number): Seen("1") for number in range(left)}
    found = plan(known, seen, {})
    assert found.ask == {WHOLE: Ask.EMPTY}
    assert plan(known, seen, found.ask).ask == found.ask
    assert plan(known, seen, {}, said=Said.WAIT).ask == {}
    assert len(plan(known, seen, {}, said=Said.EACH).ask) == 300 - left


def test_an_answer_about_an_empty_calendar_holds_until_it_is_whole_again() -> None:
    known = {"a": Known("1"), "b": Known("1")}
    assert plan(known, {}, {}, said=Said.WAIT).said == Said.WAIT
    assert plan(known, {"a": Seen("1"), "b": Seen("1")}, {}, said=Said.WAIT).said == Said.NOTHING


def test_questions_settle_themselves() -> None:
    known = {"a": Known("1"), "b": Known("1", ours=True)}
    asked = {"a": Ask.GONE, "b": Ask.CHANGED, "c": Ask.TWIN, WHOLE: Ask.EMPTY}
    found = plan(known, {"a": Seen("1"), "b": Seen("1")}, asked)
    assert (found.ask, found.settled) == ({}, set(asked))


def test_a_hash_of_each_part_tells_what_changed_and_nothing_of_what_it_says() -> None:
    one, other = (
        taken(event(f"DTSTART:20261205T{hour}0000", "LOCATION:Halle", "SEQUENCE:{hour}")).events[0]
        for hour in (19, 20)
    )
    before, after = events.parts(one), events.parts(other)
    assert events.changed_parts(before, after) == {"start", "end"}
    assert "Halle" not in str(before)
    stamped = taken(
        event("DTSTART:20261205T190000", "LOCATION:Halle", "LAST-MODIFIED:20261101T000000Z", "SEQUENCE:7")
    ).events[0]
    assert events.digest_of(events.parts(stamped)) == events.digest_of(before)


def test_a_calendar_says_whether_it_was_read_to_its_end() -> None:
    whole = events.read(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", BERLIN)
    cut = events.read(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nSUMMARY:Chor", BERLIN)
    assert (whole.cut, cut.cut) == (False, True)
    assert cut.broken[0].uid == "x"


@dataclass
class _Here:
    digest: str
    page: bool = True
    ours: bool = False
    gone: bool = False


class Following(RuleBasedStateMachine):
    """A club that changes its calendar at will, a desk that edits and answers at will, and readings in between."""

    def __init__(self) -> None:
        super().__init__()
        self.there: dict[str, str] = {}
        self.here: dict[str, _Here] = {}
        self.asked: dict[str, Ask] = {}
        self.said = Said.NOTHING

    @rule(name=NAMES, digest=st.sampled_from("123"))
    def the_club_writes(self, name: str, digest: str) -> None:
        self.there[name] = digest

    @rule(name=NAMES)
    def the_club_removes(self, name: str) -> None:
        self.there.pop(name, None)

    @rule()
    def the_club_loses_everything(self) -> None:
        self.there.clear()

    @rule(name=NAMES)
    def somebody_edits(self, name: str) -> None:
        if name in self.here:
            self.here[name].ours = True

    @rule(name=NAMES)
    def somebody_deletes(self, name: str) -> None:
        if name in self.here:
            self.here[name].page = False

    @rule(whole=st.booleans())
    def it_is_read(self, whole: bool) -> None:
        pages = {name for name, one in self.here.items() if one.page}
        edited = {name: one.digest for name, one in self.here.items() if one.ours}
        found = self._read(whole=whole)
        assert not found.take & set(found.ask)
        assert not any(self.here[name].ours for name in found.take & set(self.here))
        assert not any(name in self.here and not self.here[name].page for name in [*found.take, *found.ask])
        if not self.there or not whole:
            assert Ask.GONE not in found.ask.values() or self.said == Said.EACH or self.asked
        for name in found.take:
            self.here[name] = _Here(self.there[name])
        for name in found.back:
            self.here[name].gone = False
        self.asked, self.said = dict(found.ask), found.said
        assert pages <= {name for name, one in self.here.items() if one.page}, "nothing is ever deleted"
        assert edited.items() <= {name: one.digest for name, one in self.here.items()}.items()
        again = self._read(whole=whole)
        assert (again.take, again.ask, again.settled, again.back) == (set(), self.asked, set(), set())

    @rule(name=NAMES, keep=st.booleans())
    def somebody_answers(self, name: str, keep: bool) -> None:
        kind = self.asked.pop(name, None)
        one = self.here.get(name)
        if kind == Ask.GONE and one:
            one.gone, one.page = keep, keep
        elif kind == Ask.CHANGED and one and name in self.there:
            one.digest = self.there[name]

    @rule(each=st.booleans())
    def somebody_answers_about_the_calendar(self, each: bool) -> None:
        if self.asked.pop(WHOLE, None):
            self.said = Said.EACH if each else Said.WAIT

    @invariant()
    def one_question_about_each(self) -> None:
        assert all(kind == Ask.EMPTY for name, kind in self.asked.items() if name == WHOLE)

    def _read(self, *, whole: bool) -> events.Plan:
        known = {name: Known(one.digest, here=one.page, ours=one.ours, gone=one.gone) for name, one in self.here.items()}  # fmt: skip
        seen = {name: Seen(digest) for name, digest in self.there.items()}
        return plan(known, seen, self.asked, whole=whole, said=self.said)


def test_whatever_happens_nothing_is_deleted_and_nothing_that_somebody_edited_is_replaced() -> None:
    run_state_machine_as_test(
        Following, settings=settings(max_examples=50, stateful_step_count=25, deadline=None)
    )


def things(**said: object) -> list[dict[str, object]]:
    return [{"@type": "MusicEvent", "name": "Konzert", "startDate": "2026-12-05T19:00:00+01:00", **said}]


def test_a_web_page_tells_its_events() -> None:
    found = events.from_things(
        [
            {"@type": "WebSite", "name": "Verein"},
            *things(
                url="https://verein.example/konzert",
                endDate="2026-12-05T20:00:00Z",
                description="<p>Erst <b>Chor</b>,</p><p>dann Tee.</p>",
                eventStatus="https://schema.org/EventCancelled",
                location={
                    "@type": "Place",
                    "name": "Stadtkirche",
                    "address": {
                        "streetAddress": "Kirchgasse 2",
                        "postalCode": "35999",
                        "addressLocality": "Beispielau",
                    },
                    "geo": {"latitude": 50.5, "longitude": "9.5"},
                },
                organizer={"@type": "Organization", "name": "Gesangverein"},
                offers=[{"price": "5.00", "priceCurrency": "EUR"}],
            ),
        ],
        BERLIN,
    )
    (one,) = found.events
    assert (one.start, one.end) == (datetime(2026, 12, 5, 19), datetime(2026, 12, 5, 21))
    assert one.place == "Stadtkirche, Kirchgasse 2, 35999 Beispielau"
    assert (one.position, one.organiser, one.price) == ((50.5, 9.5), "Gesangverein", "5,00 €")
    assert (one.status, one.description) == (events.Status.CANCELLED, "Erst Chor,\ndann Tee.")
    assert one.uid == "https://verein.example/konzert#2026-12-05"


def test_days_without_a_time_are_whole_days() -> None:
    whole = events.from_things(things(startDate="2026-12-05", endDate="2026-12-06"), BERLIN).events[0]
    assert (whole.all_day, whole.start.date(), whole.end.date()) == (
        True,
        date(2026, 12, 5),
        date(2026, 12, 7),
    )
    night = events.from_things(
        things(startDate="2026-12-05T00:00:00+01:00", endDate="2026-12-05T23:59:59+01:00"), BERLIN
    ).events[0]
    assert (night.all_day, night.end) == (True, datetime.combine(date(2026, 12, 6), time()))


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"startDate": None}, "Es fehlt der Tag"),
        ({"startDate": "bald"}, "„bald“ ist kein Zeitpunkt"),
        ({"startDate": "0001-01-01T00:00:00+14:00"}, "kein Zeitpunkt"),
        ({"name": " "}, "Der Titel (name) fehlt."),
        ({"endDate": "2026-12-04T19:00"}, "vor dem Beginn"),
        ({"startDate": ["2026-12-05"]}, "Es fehlt der Tag"),
    ],
)
def test_what_cannot_be_read_is_put_aside_with_its_reason(said: dict[str, object], reason: str) -> None:
    found = events.from_things([*things(**said), *things(name="Gut", url="https://x.example/")], BERLIN)
    assert reason in found.broken[0].reason
    assert [one.title for one in found.events] == ["Gut"]


def test_no_person_is_taken_for_an_organiser() -> None:
    for organiser in ({"@type": "Person", "name": "Klara Beispiel"}, {"name": "k@x.example"}, "Klara", []):
        assert events.from_things(things(organizer=organiser), BERLIN).events[0].organiser == ""


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["2026-12-05", "\x00", "\ud800", "https://x.example/\ud800", "<b>", "5"]) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["@type", "name", "address", "geo", "latitude", "longitude", "url", "price"]), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip
FIELDS = ["name", "startDate", "endDate", "location", "identifier", "@id", "url", "eventStatus", "organizer", "offers", "description"]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), ODD))
def test_whatever_a_page_says_is_read_or_put_aside(said: dict[str, object]) -> None:
    found = events.from_things(things(**said), BERLIN)
    assert len(found.events) + len(found.broken) == 1
    for one in found.events:
        str(events.to_plain(one)).encode()
        assert "\x00" not in str(events.to_plain(one).values())
        assert one.uid
        assert one.end >= one.start
