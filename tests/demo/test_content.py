"""The demo town speaks as its own style guide asks, and its dates are right."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from PIL import Image

from demo import pictures
from demo.content import press
from demo.content.blog import ENTRIES, INTRO, SERIES
from demo.content.messages import DEMO_DATE, messages
from demo.content.pages import PAGES
from demo.content.people import USERS, subscribers
from demo.content.services import SERVICES
from demo.content.town import STYLE_GUIDE, TOWN
from demo.pictures import arms
from stadtnah.publishing.checks import StyleGuide
from stadtnah.surfaces.website.founding import CATEGORIES

WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
MONTHS = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]
DATED = re.compile(
    rf"\b({'|'.join(WEEKDAYS)}),? (?:der |den |dem )?(\d{{1,2}})\. ({'|'.join(MONTHS)})(?: (\d{{4}}))?"
)
FULL = re.compile(rf"\b(\d{{1,2}})\. ({'|'.join(MONTHS)})\b")
TIME = re.compile(r"\b\d{1,2}:\d{2}\b")
TIME_WITH_UHR = re.compile(r"\b\d{1,2}:\d{2}(?: (?:bis|und|oder) \d{1,2}:\d{2})* Uhr\b")
DISTRICT = re.compile(r"\b(Altstadt|Mühlviertel|Oberholz|Steinbach|Hinterweide)\b")
WITH_WORD = re.compile(
    r"Ortsteil(?:e|en|s)? (?:(?:Altstadt|Mühlviertel|Oberholz|Steinbach|Hinterweide)(?:, | und )?)+"
)
FORBIDDEN = re.compile(
    r"\b(Events?|Locations?|Updates?|Highlights?|[Dd]u|[Dd]ich|[Dd]ein\w*|[Ee]uch|[Ee]uer\w*)\b"
)
TAG = re.compile(r"<[^>]+>")
PHONE = re.compile(r"\b0\d{2,4}[ /-]\d[\d ]{3,}\d")


def texts(value: Any) -> Iterator[str]:
    """Every string a reader sees, without markup."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in {
                "file",
                "state",
                "key",
                "category",
                "valid_from",
                "valid_until",
                "language",
                "kind",
                "date",
            }:
                yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, str):
        yield from (part for part in re.split(r"</(?:p|li)>", value) if part)


def plain(text: str) -> str:
    return TAG.sub("", text)


def wrong_style(text: str, *, title: bool = False) -> list[str]:
    """What the style guide would say."""
    text = plain(text)
    found = [word.group() for word in FORBIDDEN.finditer(text)]
    found += ["Ausrufezeichen"] if "!" in text else []
    found += ["gerade Anführungszeichen"] if '"' in text else []
    found += ["Bürger ohne Bürgerinnen"] if re.search(r"(?<!Bürgerinnen und )\bBürgern?\b", text) else []
    found += ["Uhr fehlt"] if TIME.search(TIME_WITH_UHR.sub("", text)) else []
    if not title and DISTRICT.search(WITH_WORD.sub("", text)):
        found.append("Ortsteil fehlt")
    found += [number for number in PHONE.findall(text) if not re.fullmatch(r"069 90009 \d{3}", number)]
    return found


def wrong_dates(text: str, near: date) -> list[str]:
    """Dates whose weekday is not the calendar's; without a year the nearest one is meant."""
    wrong = []
    text = plain(text)
    for weekday, day, month, year in DATED.findall(text):
        years = [int(year)] if year else [near.year - 1, near.year, near.year + 1]
        days = [date(y, MONTHS.index(month) + 1, int(day)) for y in years]
        meant = min(days, key=lambda d: abs((d - near).days))
        if WEEKDAYS[meant.weekday()] != weekday:
            wrong.append(f"{weekday}, {day}. {month} ({meant})")
    for day, month in FULL.findall(text):
        if not 1 <= int(day) <= calendar.monthrange(2028, MONTHS.index(month) + 1)[1]:
            wrong.append(f"{day}. {month}")
    return wrong


def graphemes(text: str) -> int:
    return len(text)  # no combining marks in our texts, see test_no_combining_marks


MESSAGES = messages()
KEYS = [message["key"] for message in MESSAGES]


@pytest.fixture(params=MESSAGES, ids=KEYS)
def message(request: pytest.FixtureRequest) -> dict[str, Any]:
    return request.param


def test_the_rules_see_what_they_forbid() -> None:
    assert wrong_style("Unser Event beginnt um 10:00 Uhr.") == ["Event"]
    assert wrong_style("Liebe Bürger, kommt!") == ["Ausrufezeichen", "Bürger ohne Bürgerinnen"]
    assert wrong_style("Von 8:00 bis 12:00.") == ["Uhr fehlt"]
    assert wrong_style("Fest in Oberholz") == ["Ortsteil fehlt"]
    assert wrong_style("Telefon 06421 123456") == ["06421 123456"]
    assert wrong_dates("Dienstag, 3. Dezember", date(2026, 11, 23)) == ["Dienstag, 3. Dezember (2026-12-03)"]
    assert wrong_dates("Donnerstag, 3. Dezember", date(2026, 11, 23)) == []


def test_there_are_twelve_and_two_calls_are_equal() -> None:
    assert len(MESSAGES) == 12
    assert messages() == MESSAGES
    assert messages() is not MESSAGES
    assert len({m["title"] for m in MESSAGES}) == 12


def test_states_are_those_of_the_story() -> None:
    names = sorted(m["state"]["name"] for m in MESSAGES)
    assert names == ["delivered"] * 5 + ["draft"] * 3 + ["scheduled", "sent_back"] + ["submitted"] * 2


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["slug"])
def test_the_blog_obeys_the_style_guide(entry: dict[str, Any]) -> None:
    said = {key: value for key, value in entry.items() if key not in {"slug", "series", "dated"}}
    every = [*texts(said), INTRO, *texts(SERIES)]
    assert {text: wrong for text in every if (wrong := wrong_style(text))} == {}
    near = date.fromisoformat(entry["dated"])
    assert [error for text in every for error in wrong_dates(text, near)] == []
    assert len(entry["blocks"]) >= 3
    assert 0 < len(entry["teaser"]) <= 280


def test_the_press_kit_obeys_the_style_guide() -> None:
    every = [*texts(press.PAGE), *texts(press.PICTURES)]
    assert {text: wrong for text in every if (wrong := wrong_style(text))} == {}
    assert set(KEYS) >= press.RELEASES


def test_message_obeys_the_style_guide(message: dict[str, Any]) -> None:
    body = {key: value for key, value in message.items() if key != "title"}
    assert wrong_style(message["title"], title=True) == []
    assert {text: wrong for text in texts(body) if (wrong := wrong_style(text))} == {}


def test_message_dates_are_right(message: dict[str, Any]) -> None:
    near = datetime.fromisoformat(message["state"]["created_at"]).date()
    wrong = [error for text in texts(message) for error in wrong_dates(text, near)]
    wrong += [e for c in message["state"]["comments"] for e in wrong_dates(c["text"], near)]
    assert wrong == []


def test_message_is_whole(message: dict[str, Any]) -> None:
    assert 0 < len(message["teaser"]) <= 280
    assert message["category"]
    assert message["place"]
    assert message["hashtags"][0] == "Erlenfurt"
    assert len(message["hashtags"]) <= 3
    assert len(message["blocks"]) >= 4
    assert {block["kind"] for block in message["blocks"]} <= {
        "text",
        "heading",
        "picture",
        "quote",
        "callout",
        "contact",
        "table",
    }
    begin, end = message["valid_from"], message["valid_until"]
    if begin and end:
        assert datetime.fromisoformat(begin) < datetime.fromisoformat(end)


def test_channel_texts_fit(message: dict[str, Any]) -> None:
    for name in ("mastodon", "bluesky"):
        tags = " ".join(f"#{tag}" for tag in message["hashtags"])
        assert 40 < graphemes(message["channels"][name]) <= 280
        assert graphemes(f"{message['channels'][name]}\n\n{tags}") <= 300
    assert message["channels"]["newsletter"]


def test_no_combining_marks(message: dict[str, Any]) -> None:
    assert not [text for text in texts(message) if re.search("[\u0300-\u036f\u200d\ufe0f]", text)]


def test_times_of_a_state_follow_each_other(message: dict[str, Any]) -> None:
    state = message["state"]
    steps = [state[key] for key in ("created_at", "submitted_at", "released_at", "send_at") if state[key]]
    assert steps == sorted(steps)
    if state["name"] == "delivered":
        assert "2026-10-20" <= state["send_at"][:10] <= "2026-11-22"
        assert state["approver"]
    else:
        assert not state["send_at"] or state["send_at"][:10] > DEMO_DATE


def test_tables_are_rectangular(message: dict[str, Any]) -> None:
    for block in message["blocks"]:
        if block["kind"] == "table":
            assert len({len(row) for row in block["rows"]}) == 1, block["title"]


def test_every_picture_has_its_words(message: dict[str, Any]) -> None:
    shown = [message["hero"], *(b["picture"] for b in message["blocks"] if b["kind"] == "picture")]
    for picture in shown:
        assert picture["alt"].startswith("Zeichnung: ")
        assert picture["caption"]
        assert picture["credit"]
        assert 0 <= picture["focal_x"] <= 1
        assert 0 <= picture["focal_y"] <= 1
        assert (pictures.FOLDER / picture["file"]).is_file()


def test_pictures_are_there_and_small() -> None:
    assert len(pictures.PICTURES) >= 14
    for name, entry in pictures.PICTURES.items():
        file = pictures.path(name)
        assert file.stat().st_size < 150_000, name
        with Image.open(file) as image:
            assert image.size == (pictures.WIDTH, pictures.HEIGHT)
            assert image.format == "JPEG"
        assert 60 <= len(entry["alt"]) <= 200, name
        assert wrong_style(entry["alt"]) == []


def test_the_arms_are_one_geometry() -> None:
    assert (pictures.FOLDER / "wappen.svg").read_text(encoding="utf-8") == arms.svg()
    with Image.open(pictures.FOLDER / "wappen.png") as image:
        assert image.mode == "RGBA"
    with Image.open(pictures.FOLDER / "favicon.ico") as icon:
        assert (32, 32) in icon.info["sizes"]


TODAY = date.fromisoformat(DEMO_DATE)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_can_be_read_on_white() -> None:
    for colour in (TOWN["colour"], TOWN["accent"], *(colour for _slug, _label, colour in CATEGORIES)):
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5, colour


def test_the_towns_style_guide_is_one_of_ours() -> None:
    assert StyleGuide.from_json(STYLE_GUIDE).to_json() == STYLE_GUIDE


def test_categories_are_those_the_messages_use() -> None:
    slugs = [slug for slug, _label, _colour in CATEGORIES]
    assert len(set(slugs)) == 10
    assert {m["category"] for m in MESSAGES} <= set(slugs)


@pytest.mark.parametrize("page", [*PAGES, *SERVICES], ids=lambda page: page["slug"])
def test_pages_obey_the_style_guide(page: dict[str, Any]) -> None:
    parts = {key: value for key, value in page.items() if key not in {"slug", "menu"}}
    assert {text: wrong for text in texts(parts) if (wrong := wrong_style(text))} == {}
    assert [error for text in texts(parts) for error in wrong_dates(text, TODAY)] == []
    assert page.get("blocks") or page["body"]


def test_duties_are_met_by_name() -> None:
    by_slug = {page["slug"]: " ".join(plain(text) for text in texts(page)) for page in PAGES}
    for words in ("§ 5 Digitale-Dienste-Gesetz", "§ 18 Absatz 2 Medienstaatsvertrag", "Aufsichtsbehörde"):
        assert words in by_slug["impressum"]
    for words in ("Artikel 15", "Datenschutzbeauftragte", "Beauftragte für Datenschutz", "HDSIG"):
        assert words in by_slug["datenschutz"]
    for words in (
        "HessBGG",
        "HVBIT",
        "teilweise vereinbar",
        "Durchsetzungs- und Überwachungsstelle",
        "sechs Wochen",
    ):
        assert words in by_slug["barrierefreiheit"]


def test_the_town_adds_up() -> None:
    table = next(
        b for p in PAGES if p["slug"] == "ueber-erlenfurt" for b in p["blocks"] if b["kind"] == "table"
    )
    counts = [int(row[1].replace(".", "")) for row in table["rows"][1:]]
    assert sum(counts[:-1]) == counts[-1] == TOWN["inhabitants"]


def test_budget_adds_up() -> None:
    budget = next(m for m in MESSAGES if m["key"] == "haushalt")
    for block in budget["blocks"]:
        if block["kind"] == "table":
            values = [float(row[1].replace(",", ".")) for row in block["rows"][1:]]
            assert round(sum(values[:-1]), 1) == values[-1], block["title"]


def test_people_are_those_of_the_design() -> None:
    mails = {user["email"].partition("@")[0] for user in USERS}
    assert mails == {
        "agentur",
        "agentur-alt",
        "redaktion",
        "freigabe",
        "vertretung",
        "sachbearbeitung",
        "dsb",
        "admin",
    }
    assert all((not user["roles"]) == ("mandate" in user) for user in USERS)
    known = {user["email"] for user in USERS}
    for m in MESSAGES:
        assert {m["state"]["author"], m["state"]["approver"] or m["state"]["author"]} <= known


def test_subscribers_are_invented() -> None:
    people = subscribers()
    assert len(people) == 900
    assert len({person["mail"] for person in people}) == 900
    assert {person["mail"].partition("@")[2] for person in people} == {
        "example.org",
        "example.net",
        "example.com",
    }
    assert people == subscribers()
    assert max(person["confirmed_on"] for person in people) < DEMO_DATE
