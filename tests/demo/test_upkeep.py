"""What is left to do in the demo town: in its words, never on a page that citizens come to first, and never asked over the network."""

from __future__ import annotations

from urllib.parse import urlsplit

from demo.content.about import HISTORY
from demo.content.languages import VERSIONS
from demo.content.pages import PAGES
from demo.content.upkeep import BEGUN, BROKEN_LINK, CONSENTS, ON_PICTURE, REVIEWS
from demo.pictures import PICTURES
from stadtnah.kernel.rights.api import SOON, Use
from stadtnah.surfaces.website.languages.domain import notation
from tests.demo.test_content import texts, wrong_style


def test_the_broken_link_stands_deep_in_the_website_and_leads_to_nobody() -> None:
    assert (urlsplit(BROKEN_LINK).hostname or "").endswith(".example")
    assert [html for html in texts(HISTORY["blocks"]) if BROKEN_LINK in html]
    assert not [html for page in PAGES for html in texts(page["blocks"]) if BROKEN_LINK in html]


def test_one_page_is_overdue_and_one_comes_soon() -> None:
    days = sorted(REVIEWS.values())
    assert days[0] < 0 < days[-1] < SOON.days


def test_one_consent_runs_out_soon_and_one_does_not() -> None:
    ends = [given["until"] for given in CONSENTS]
    assert [end for end in ends if end and 0 < end <= SOON.days]
    assert None in ends
    assert ON_PICTURE in {entry["title"] for entry in PICTURES.values()}
    for given in CONSENTS:
        assert given["given"] < 0
        assert {Use(use) for use in given["uses"]}
        assert given["contact"].rpartition("@")[2] in {"example.org", "example.net", "example.com"}
        assert wrong_style(given["name"]) == []


def test_one_version_is_begun_and_not_whole() -> None:
    path, tag, said = BEGUN
    assert tag == "de-simple"
    assert set(said) < set(VERSIONS[path]["en"])
    assert tag not in VERSIONS[path]
    assert [text for text, given in said.items() if notation.problem(text, given)] == []
    long = [
        one for given in said.values() for one in given.replace("?", ".").split(".") if len(one.split()) > 12
    ]
    assert long == []
