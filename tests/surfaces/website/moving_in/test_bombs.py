"""Files made to hurt: each is refused or cut within seconds and little memory, and its neighbours are read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
SECONDS = 20
MEMORY = 700_000_000  # address space of the child; the interpreter with its libraries takes about a third

# The child's memory and processor time are limited by the system, so that a bomb that works kills it.
_CHILD = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
from zoneinfo import ZoneInfo
from stadtnah.surfaces.website.moving_in.foreign import FeedError
from stadtnah.surfaces.website.moving_in.parse import read

GOOD = "<item><guid>good</guid><title>Gut</title><description>Nachbar</description></item>"
def feed(body, title="Bombe", head=""):
    return (head + "<rss><channel>" + GOOD + "<item><guid>bad</guid><title>" + title + "</title><description>"
            + body + "</description></item></channel></rss>")
def cdata(body):
    return feed("<![CDATA[" + body + "]]>")

data = {bomb}
data = data if isinstance(data, bytes) else data.encode()
try:
    reading = read(data, source_url=None, content_type=None, zone=ZoneInfo("Europe/Berlin"))
    titles = [item.title for item in reading.items]
    print("read", "Gut" in titles, len(titles), "|".join(one.reason_de for one in reading.broken[:3]), sep="\\x1f")
except FeedError as error:
    print("refused", error, sep="\\x1f")
"""

_CUT = [
    ("nested-divs", "cdata('<div>' * 100_000 + 'x')", "tiefer als"),
    ("nested-tables", "cdata('<table><tr><td>' * 50_000 + 'x')", "tiefer als"),
    ("nested-lists", "cdata('<ul><li>' * 50_000 + 'x')", "tiefer als"),
    ("too-long", "cdata('Wort ' * 1_900_000)", "zu lang"),
    ("many-tags", "cdata('<p>x</p>' * 100_000)", "Auszeichnungen"),
    ("entities", "cdata('&amp;' * 180_000)", "Sonderzeichen"),
    (
        "quadratic",
        "feed('&a;' * 300_000, head='<!DOCTYPE r [<!ENTITY a \"' + 'x' * 100_000 + '\">]>')",
        "Sonderzeichen",
    ),
]
_HARMLESS = [
    (
        "formatting-again",
        "cdata('<p>' + ''.join(f'<font a={i}>' for i in range(90)) + '</p>' + '<p>x' * 39_000)",
    ),
    ("bold-again", "cdata('<p>' + '<b><i><em><strong><u><s>' * 15 + '</p>' + '<p>x' * 39_000)"),
    ("links-again", "cdata(''.join(f'<a href=/{i}>x<p>' for i in range(15_000)))"),
    ("open-quotes", "cdata('<font a=\"' * 39_000)"),
    ("open-spans", "cdata('<span ' * 39_000 + 'x' * 500_000)"),
    ("open-cdata", "feed('<![CDATA[' * 900_000)"),
    ("open-comments", "feed('<!--' * 2_000_000)"),
    ("open-elements", "feed('') + '<item>' + '<a>' * 3_000_000 + '</item>'"),
    ("open-attributes", "feed('') + '<item>' + '<a b=\"' * 1_200_000 + '</item>'"),
    ("bad-numbers", "feed('&#' + '9' * 900_000 + ';')"),
    ("inline-junk", "cdata('<img src=\"data:image/png;base64,' + 'A' * 9_000_000 + '\">')"),
    ("inline-open", "cdata('data:image/png;base64,' * 30_000)"),
    ("double-encoded", "cdata('Ã¤' * 400_000)"),
    ("captions", "cdata('[caption]' * 90_000)"),
    ("short-codes", "cdata('[vc_row ' * 100_000)"),
    ("blank-lines", "cdata(' \\n' * 450_000)"),
    ("colspans", "cdata('<table>' + '<tr><td colspan=9999 rowspan=9999>x<td>y' * 9_000 + '</table>')"),
    ("long-title", "feed('x', title='T&amp;lt;b&amp;gt;' * 400_000)"),
    ("long-word", "cdata('<p ' + 'a' * 900_000 + '>')"),
    ("footer", "cdata('<p>Der Beitrag ' + 'x erschien zuerst auf ' * 30_000 + '</p>' * 9_000)"),
]
_REFUSED = [
    ("eleven-megabytes", "feed('x' * 11_000_000)", "11 MB zu groß; möglich sind 10 MB"),
    ("json-depth", "'{\"items\":' + '[' * 3_000_000", None),
    ("json-number", "'{\"items\":[' + '9' * 3_000_000 + ']}'", None),
]


def run(bomb: str) -> list[str]:
    program = _CHILD.format(memory=MEMORY, seconds=SECONDS, bomb=bomb)
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=4 * SECONDS,
        check=False,
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip("\n").split("\x1f")


@pytest.mark.parametrize(("bomb", "reason"), [case[1:] for case in _CUT], ids=[case[0] for case in _CUT])
def test_the_item_is_cut_and_the_rest_goes_on(bomb, reason):
    verdict, neighbour, _count, broken = run(bomb)
    assert (verdict, neighbour) == ("read", "True")
    assert reason in broken


@pytest.mark.slow
@pytest.mark.parametrize("bomb", [case[1] for case in _HARMLESS], ids=[case[0] for case in _HARMLESS])
def test_the_bomb_does_not_go_off(bomb):
    verdict, neighbour, *_rest = run(bomb)
    assert (verdict, neighbour) == ("read", "True")


@pytest.mark.parametrize(
    ("bomb", "said"), [case[1:] for case in _REFUSED], ids=[case[0] for case in _REFUSED]
)
def test_the_file_is_refused_or_read_without_it(bomb, said):
    verdict, *rest = run(bomb)
    assert verdict in ({"refused"} if said else {"refused", "read"})
    assert said is None or said in rest[0]


def test_the_limits_of_the_child_are_real():
    """The control: what the limits are there for does kill the child."""
    program = _CHILD.format(memory=MEMORY, seconds=SECONDS, bomb="'x' * 2_000_000_000")
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=4 * SECONDS,
        check=False,
        env={"PYTHONPATH": str(ROOT / "src")},
    )
    assert done.returncode != 0
    assert "MemoryError" in done.stderr


def test_too_many_items_are_cut_with_a_word():
    bomb = "'<rss><channel>' + GOOD + ''.join(f'<item><title>{i}</title></item>' for i in range(7_000))"
    verdict, neighbour, count, _broken = run(bomb)
    assert (verdict, neighbour, count) == ("read", "True", "5000")
