"""The demo town in other languages: every text is there in each language of its page, and no link is lost."""

from __future__ import annotations

import pytest

from demo.content.languages import CHANGED, LANGUAGES, VERSIONS
from stadtnah.surfaces.website.languages.domain import notation
from stadtnah.surfaces.website.languages.domain.tongues import TONGUES

GIVEN = [(path, tag, said) for path, found in VERSIONS.items() for tag, said in found.items()]


@pytest.mark.parametrize(("path", "tag", "said"), GIVEN, ids=[f"{path} {tag}" for path, tag, _said in GIVEN])
def test_each_text_is_translated_with_its_links(path: str, tag: str, said: dict[str, str]) -> None:
    assert tag in TONGUES
    assert tag in LANGUAGES
    assert set(said) == {text for other in VERSIONS[path].values() for text in other}
    assert [text for text, given in said.items() if not given.strip() or notation.problem(text, given)] == []


def test_one_version_is_outdated() -> None:
    path, field, html = CHANGED
    assert path in VERSIONS
    assert field == "fees"
    assert not any(text in html for text in VERSIONS[path]["en"])


def test_leichte_sprache_has_short_sentences() -> None:
    """DIN SPEC 33429: short sentences, one thought each."""
    long = [
        sentence
        for found in VERSIONS.values()
        for given in found.get("de-simple", {}).values()
        for sentence in given.replace("?", ".").replace("!", ".").replace(":", ".").split(".")
        if len(sentence.split()) > 12
    ]
    assert long == []
