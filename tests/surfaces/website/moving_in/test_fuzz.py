"""Whatever the bytes: a reading or a FeedError, never anything else; and always clean html."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stadtnah.publishing.content import Block
from stadtnah.surfaces.website.moving_in import markup
from stadtnah.surfaces.website.moving_in.foreign import FeedError, Shown
from stadtnah.surfaces.website.moving_in.parse import read

SAMPLES = Path(__file__).parents[3] / "samples" / "feeds"
ZONE = ZoneInfo("Europe/Berlin")
FILES = [path.read_bytes() for path in sorted(SAMPLES.iterdir()) if path.suffix in {".xml", ".json"}]
_ALLOWED = re.compile(r'</?(?:p|ul|ol|li|strong|em|h3|h4|br|a)>|<a href="(?:https?://|mailto:|tel:)[^"<>]*">')
_NASTY = [
    b"<",
    b">",
    b"&",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"\x00",
    b"\xff",
    b"\xc3",
    b'"',
    b"<item>",
    b"</item>",
]


def swallow(data: bytes) -> None:
    try:
        reading = read(data, source_url="https://alt.example/feed", content_type=None, zone=ZONE)
    except FeedError:
        return
    names = set()
    for item in reading.items:
        assert item.title
        assert len(item.title) <= 255
        assert len(item.teaser) <= 302
        assert item.guid not in names
        names.add(item.guid)
        assert len(item.guid) <= 500
        assert item.published is None or item.published.tzinfo
        assert item.digest()
        for part in item.blocks:
            if isinstance(part, Shown):
                assert 0 <= part.picture < len(item.pictures)
            else:
                assert isinstance(part, Block)
                assert "<" not in _ALLOWED.sub("", part.html)
    assert all(one.reason_de for one in reading.broken)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_mutated_files(data):
    source = bytearray(data.draw(st.sampled_from(FILES)))
    for _round in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, max(0, len(source) - 1)))
        match data.draw(st.integers(0, 4)):
            case 0:
                source[place : place + 1] = bytes([data.draw(st.integers(0, 255))])
            case 1:
                del source[place : place + data.draw(st.integers(1, 200))]
            case 2:
                source[place:place] = data.draw(st.sampled_from(_NASTY))
            case 3:
                other = data.draw(st.integers(0, max(0, len(source) - 1)))
                source[place:place] = source[other : other + 150]
            case _:
                del source[place:]
    swallow(bytes(source))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_inside_a_feed(data):
    swallow(b"<rss><channel><item><description>" + data + b"</description></item></channel></rss>")
    swallow(b"<feed><entry><title>x</title><content type='html'>" + data + b"</content></entry></feed>")
    swallow(b'{"items":[{"content_html":"' + data + b'"}]}')
    swallow(data)


@settings(max_examples=100, deadline=None)
@given(st.recursive(st.text(max_size=20), lambda inner: st.lists(inner, max_size=4), max_leaves=12))
def test_any_tree_of_tags(tree):
    tags = ["p", "b", "table", "td", "li", "ul", "a href='/x'", "h2", "blockquote", "figure", "br", "font"]

    def written(node: object, depth: int) -> str:
        if isinstance(node, str):
            return node.replace("]]>", "")
        tag = tags[(depth * 7 + len(node)) % len(tags)]  # type: ignore[arg-type]
        return f"<{tag}>" + "".join(written(child, depth + 1) for child in node) + f"</{tag.split()[0]}>"  # type: ignore[attr-defined]

    text = written(tree, 0).encode("utf-8", "replace")
    swallow(b"<rss><item><title>T</title><description><![CDATA[" + text + b"]]></description></item></rss>")


_TEXT = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x2FFF, exclude_categories=["Cs", "Cc"]), max_size=30
)
_NAME = st.sampled_from(["title", "link", "guid", "dc:date", "wp:meta", "x"])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(_NAME, _TEXT, _TEXT, st.booleans()), max_size=6))
def test_on_well_formed_xml_it_agrees_with_a_strict_parser(fields):
    written = "".join(
        f"<{name} a={quoteattr(value)}>"
        + (f"<![CDATA[{text.replace(']]>', '')}]]>" if literal else escape(text))
        + f"</{name}>"
        for name, value, text, literal in fields
    )
    strict = ET.fromstring(f'<r xmlns:dc="dc" xmlns:wp="wp">{written}</r>')
    ours = markup.elements(written)
    assert [element.text() for element in ours] == [child.text or "" for child in strict]
    assert [element.attributes["a"] for element in ours] == [child.attrib["a"] for child in strict]
