from __future__ import annotations

import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stadtnah.publishing.checks import CHECKS, CODES
from stadtnah.publishing.checks.markup import read_html
from stadtnah.publishing.content import Block
from stadtnah.publishing.findings import Level
from tests.publishing.checks.saying import content, context, findings, picture

RULES = context(preferred={"Event": "Veranstaltung"}, forbidden=("Update",), districts=("Steinbach",))
# Eight times the text takes about eight times as long; with a quadratic pattern it would take sixty-four times, however often it is tried.
TIMES_LONGER = 24.0
TRIES = 3
LEAST = 0.05  # CPU seconds below which a ratio says nothing

PARAGRAPH = (
    "<p>Die <strong>Mühlstraße</strong> ist ab Montag, 30. November 2026, von 7:00 bis 17:00 Uhr voll gesperrt. Die Umleitung führt über die "
    'Bahnhofstraße; den <a href="/buergerbuero/">Plan der Umleitung</a> finden Sie im Bürgerbüro. Der Bus 412 hält an der Ersatzhaltestelle am '
    "Markt. Anwohnerinnen und Anwohner erreichen ihre Häuser zu Fuß. Fragen beantwortet das Bauamt unter 09999 123-45.</p>"
)


def cpu(message) -> float:
    start = time.process_time()
    findings(message, rules=RULES)
    return time.process_time() - start


def test_a_message_of_20_000_words_takes_as_much_longer_as_it_is_longer():
    assert len(re.findall(r"\w+", PARAGRAPH)) * 352 > 20_000
    assert any(
        cpu(content(PARAGRAPH * 352)) < TIMES_LONGER * max(LEAST, cpu(content(PARAGRAPH * 44)))
        for _ in range(TRIES)
    )


HOSTILE = {
    "letters": "a" * 50_000,
    "capitals": "A" * 50_000,
    "capital words": "ABCD " * 10_000,
    "digits": "1" * 50_000,
    "zeros": "0" * 50_000,
    "spaced zeros": "0 " * 25_000,
    "ordinals": "1." * 25_000,
    "dates": "3.12.2020 " * 5_000,
    "joined dates": "3., " * 12_000 + "3. Dezember",
    "times": "12:30–" * 8_000,
    "bare times": "12:30 " * 8_000,
    "at signs": "a@" * 25_000,
    "dots": "." * 50_000,
    "mail": "a." * 25_000 + "@",
    "mail domain": "x@" + "a." * 25_000,
    "iban": "DE89 " * 10_000,
    "iban digits": "DE" + "89 " * 16_000,
    "phones": "0171 1234567, " * 3_500,
    "quotes": "„" * 50_000,
    "straight quotes": '"' * 50_000,
    "hashtags": "#a " * 16_000,
    "exclamations": "!" * 50_000,
    "abbreviations": "z. B. " * 8_000,
    "emoji": "🎉" * 25_000,
    "joiners": "🎉\u200d" * 20_000,
    "spaces": "a" + " " * 50_000 + "b",
    "breaks": "<br>" * 12_000,
    "nested": "<strong>" * 6_000 + "x",
    "nested lists": "<ul><li>" * 6_000 + "x" + "</li></ul>" * 6_000,
    "open tags": "<a " * 16_000,
    "open quotes": "<a '" * 12_000 + '<a "' * 12_000,
    "brackets": "<" * 50_000,
    "comments": "<!--" * 12_000,
    "entities": "&amp" * 12_000,
    "links": '<a href="/weg/">hier</a> ' * 2_000,
    "headings": "<h4></h4><h3>x</h3>" * 2_500,
    "districts": "Ortsteile A, " * 4_000 + "Steinbach",
    "citizens": "die Bürger " * 4_500,
    "has": "hat " * 4_000 + "am 3.12.2020 " * 2_000,
    "words": "Event Update " * 4_000,
    "weekdays": "Montag, " * 6_000,
    "hyphens": "a-" * 25_000,
    "parentheses": "(0" * 25_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_as_much_longer_as_it_is_longer(name):
    def takes(text: str) -> float:
        return cpu(content(f"<p>{text}</p>", title=text, hashtags=(text[:5_000],)))

    text = HOSTILE[name]
    eighth = len(text) // 8
    short = text[:eighth] + text[-eighth:]
    assert any(takes(text) < TIMES_LONGER * max(LEAST, takes(short)) for _ in range(TRIES))


PIECES = st.sampled_from(
    ["<p>", "</p>", "<a href='", '">', "</a>", "<h3>", "</h3>", "<br>", "<", ">", "&", "„", "“", '"', "3.", "12.", "31.11.", "2026", " bis ", "–",
     "Montag, ", "Do., ", "Dezember", "24:30", " Uhr", "0171", " 1234567", "DE89", "@", "web.de", "geb. ", "#", "!", "Bürger", "*innen", "Event", " ",
     "\n", "\u00a0", "\u00ad", "z. B. ", "Str. ", "0", "9999999999", "²", "٣", "İ", "ß", "🎉", "\u200d"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    body=TEXTS,
    title=TEXTS,
    href=TEXTS,
    until=TEXTS,
    tags=st.lists(TEXTS, max_size=3),
    rows=st.lists(st.lists(TEXTS, max_size=3).map(tuple), max_size=3),
)
def test_whatever_is_written_the_checks_answer_with_known_codes(*, body, title, href, until, tags, rows):
    blocks = (
        Block("text", html=body),
        Block("text", html=f'<p><a href="{href}">Ziel</a></p>'),
        Block("table", rows=tuple(rows)),
        Block("contact", rows=tuple(rows)),
    )
    message = content(
        title=title, teaser=body, blocks=blocks, hashtags=tuple(tags), valid_until=until or None
    )
    found = findings(message, rules=RULES)
    assert {item.code for item in found} <= set(CODES)
    assert len(found) == len(set(found))
    assert found == findings(message, rules=RULES)
    assert all(
        item.text
        and item.where in {"title", "teaser", "body", "hero", "place", "validity", "hashtags", "message"}
        for item in found
    )


def test_every_code_belongs_to_one_check():
    assert len(CODES) == len(set(CODES))
    assert all(re.fullmatch(r"[a-z]+(?:-[a-z]+)*", code) for code in CODES)
    assert len(CHECKS) > 15
    assert CODES[0] == "title-missing"


def test_findings_speak_german_to_people_and_say_what_to_do():
    body = '<p>Du! Am Montag, 31.12.2020 um 24:30 bei 0171 1234567, a@web.de: <a href="http://x.example">hier</a></p><h4></h4>'
    for item in findings(content(body, title="", hero=picture(""))):
        assert item.text[-1] in ".“)?", item
        assert len(item.text.split()) > 3


def test_the_same_remark_is_made_once_and_not_a_hundred_times():
    assert (
        len([item for item in findings("<p>Am 31.11. und am 31.11.</p>") if item.code == "date-impossible"])
        == 1
    )
    links = "".join(f'<p><a href="/weg/{number}/">Ziel {number}</a></p>' for number in range(100))
    found = [item for item in findings(links) if item.code == "link-dead"]
    assert len(found) == 20
    assert found[0].level is Level.ERROR


def test_html_becomes_text_at_the_right_seams():
    markup = read_html(
        "<p>Eins<strong>zwei</strong> &amp; drei</p><ul><li>vier</li><li>fünf<br>sechs</li></ul><p>a &lt; b</p>sieben"
    )
    assert [segment.text for segment in markup.segments] == [
        "Einszwei & drei",
        "vier",
        "fünf\nsechs",
        "a < b",
        "sieben",
    ]


def test_scripts_and_comments_are_no_text():
    markup = read_html("<p>a<!-- b --><script>c</script><style>d</style>e</p>")
    assert [segment.text for segment in markup.segments] == ["ae"]


def test_umlauts_are_found_however_they_were_typed():
    assert "citizens-wording" in [item.code for item in findings("<p>Alle Bu\u0308rger*innen</p>")]
