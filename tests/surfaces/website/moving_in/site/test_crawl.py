"""Reading an old website: politely, within limits, and never further than that website."""

from __future__ import annotations

import math
import tracemalloc

import pytest

from stadtnah.kernel.net import robots
from stadtnah.surfaces.website.moving_in.foreign import FeedError
from stadtnah.surfaces.website.moving_in.site import polite
from stadtnah.surfaces.website.moving_in.site.crawl import Crawl, Crawled
from stadtnah.surfaces.website.moving_in.site.domain import links, urls
from stadtnah.surfaces.website.moving_in.site.folder import Saved


def quiet(_done: int, _total: int) -> None:
    return


def crawled(old_town, folder, **limits: int) -> tuple[Crawl, dict[str, Saved]]:
    crawl = Crawl(polite.opened(old_town.url, pause=0), folder, **limits)
    crawl.run(quiet)
    pages = Crawled(folder, crawl.asking.origin).pages()
    return crawl, {one.address.removeprefix(old_town.url): one for one in pages}


def test_every_page_is_read_once_however_it_is_linked(old_town, tmp_path):
    _crawl, pages = crawled(old_town, tmp_path)
    assert {
        "/",
        "/inhalt.html",
        "/rathaus/",
        "/rathaus/bauamt.html",
        "/rathaus/hund.html",
        "/leben/",
        "/aktuelles/fest.html",
    } <= pages.keys()
    assert not [path for path in pages if "SESSID" in path or "jsessionid" in path]
    assert pages["/rathaus/"].also == (f"{old_town.url}/alt.html",)
    assert old_town.asked.count("/rathaus/") == 1
    assert old_town.at_once == 1


def test_robots_txt_is_kept_to_and_sitemaps_are_read(old_town, tmp_path):
    crawl, pages = crawled(old_town, tmp_path)
    assert not [path for path in old_town.asked if path.startswith("/intern/")]
    assert "/karte.xml" in old_town.asked
    assert any("robots.txt" in note for note in crawl.notes())
    old_town.robots = (200, "User-agent: *\nDisallow:\n")
    _crawl, pages = crawled(old_town, tmp_path / "frei")
    assert "/intern/geheim.html" in old_town.asked
    assert "/intern/geheim.html" not in pages  # 404


@pytest.mark.parametrize("told", [(200, "User-agent: *\nDisallow: /\n"), (503, "später")])
def test_a_website_that_forbids_reading_is_not_read(old_town, told):
    old_town.robots = told
    with pytest.raises(FeedError, match=r"robots\.txt"):
        polite.opened(old_town.url, pause=0)


def test_nothing_is_asked_of_other_hosts(old_town, tmp_path, settings):
    _crawl, pages = crawled(old_town, tmp_path)
    assert pages["/fort"].broken == "Die Adresse leitet auf eine andere Website weiter: 169.254.169.254"
    settings.STADTNAH_NET_ALLOW = []  # control: without the entry loopback itself is out of reach
    with pytest.raises(FeedError, match="internes Netz"):
        polite.opened(old_town.url, pause=0)


def test_what_cannot_be_read_is_named_with_its_reason(old_town, tmp_path):
    _crawl, pages = crawled(old_town, tmp_path)
    assert "Kreis" in pages["/kreis1"].broken
    assert "Anmeldung" in pages["/mitglieder/"].broken
    assert "größer" in pages["/riesig.html"].broken
    assert "keine Seite, sondern eine Datei (application/pdf)" in pages["/download.php?id=3"].broken
    assert "/tot.html" not in pages


def test_traps_without_end_end(old_town, tmp_path):
    crawl, pages = crawled(old_town, tmp_path)
    assert len([path for path in pages if path.startswith("/kalender.php")]) == 12
    assert len([path for path in pages if path.startswith("/endlos/")]) <= 3
    assert any("Kalender" in note for note in crawl.notes())


def test_no_more_pages_than_asked_for(old_town, tmp_path):
    crawl, pages = crawled(old_town, tmp_path, most=3)
    assert crawl.pages == 3
    assert len([one for one in pages.values() if not one.broken]) == 3
    assert any("--hoechstens" in note for note in crawl.notes())


def test_a_crawl_that_was_killed_goes_on_where_it_was(old_town, tmp_path):
    whole, expected = crawled(old_town, tmp_path / "ganz")
    asked = len(old_town.asked)

    class Killed(Exception):
        pass

    def killed_after_five(done: int, _total: int) -> None:
        if done == 5:
            raise Killed

    folder = tmp_path / "halb"
    with pytest.raises(Killed):
        Crawl(polite.opened(old_town.url, pause=0), folder).run(killed_after_five)
    with (folder / "index.jsonl").open("a") as journal:
        journal.write('{"address": "http://abgeschnit')  # the write the kill cut off
    before = len(old_town.asked)
    _crawl, pages = crawled(old_town, folder)
    assert pages.keys() == expected.keys()
    assert len(old_town.asked) - before < asked - 4  # five pages are not asked for again
    assert whole.pages == len([one for one in pages.values() if not one.broken])


def test_a_sitemap_made_to_be_slow_is_not():
    """Whatever a pattern takes long for stands still with it: alerts, too, for they are sent by the same process.

    The square of two million steps never ends within pytest's limit.
    """
    assert links.of_sitemap(f"<loc>{' ' * 2_000_000}") == []
    assert links.of_sitemap("<loc>  <![CDATA[  https://alt.example/a ]]></loc>") == ["https://alt.example/a"]


def test_pages_full_of_links_do_not_fill_the_memory(old_town, tmp_path):
    many = "".join(f'<a href="/nichts/{"x" * 400}{number}">weiter</a>' for number in range(2_500))
    for number in range(12):
        old_town.pages[f"/voll-{number}.html"] = f"<html><body>{many}</body></html>"
    own = "".join(f'<a href="/voll-{number}.html">Seite</a>' for number in range(12))
    old_town.pages["/inhalt.html"] = f"<html><body>{own}</body></html>"
    tracemalloc.start()
    _crawl, pages = crawled(old_town, tmp_path, most=30)
    kept, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "/voll-11.html" in pages
    assert kept < 10_000_000  # the addresses once, not once for each page


def test_a_copy_grows_no_further_when_the_crawl_goes_on(old_town, tmp_path, monkeypatch):
    crawl, _pages = crawled(old_town, tmp_path, most=4)
    size = sum(file.stat().st_size for file in tmp_path.glob("*.html"))
    monkeypatch.setattr("stadtnah.surfaces.website.moving_in.site.crawl.LARGEST_COPY", size - 1)
    again, _pages = crawled(old_town, tmp_path)
    assert again.pages == crawl.pages
    assert any("Kopie" in note for note in again.notes())


def test_a_crawl_is_alive_while_it_reads_sitemaps(old_town, tmp_path):
    """Twenty of them may take longer than a run may be silent; and whoever stops it is heard."""

    class Stopped(Exception):
        pass

    def stopped(_done: int, _total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        Crawl(polite.opened(old_town.url, pause=0), tmp_path).run(stopped)
    assert "/karte.xml" not in old_town.asked


def test_only_getting_to_know_a_website_has_a_limit(old_town):
    asking = polite.opened(old_town.url, pause=0, within=5.0)
    assert asking.until == math.inf


def test_who_does_not_answer_any_more_is_left_alone(old_town):
    asking = polite.opened(old_town.url, pause=0)
    old_town.down = True
    before = len(old_town.asked)
    for number in range(4):
        assert asking.get(f"{old_town.url}/{number}", most=1_000).reason
    with pytest.raises(polite.Silent, match="antwortet nicht mehr"):
        asking.get(f"{old_town.url}/5", most=1_000)
    assert len(old_town.asked) - before == 5


def test_requests_wait_for_each_other(old_town):
    waited: list[float] = []
    old_town.robots = (200, "User-agent: *\nCrawl-delay: 3\n")
    asking = polite.opened(old_town.url, pause=0.5)
    asking.sleep = waited.append
    asking.get(f"{old_town.url}/leben/", most=100_000)
    assert waited
    assert 2.5 < waited[0] <= 3


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True), ("/intern/a", False), ("/intern/offen/a", True), ("/x.php?id=3", False), ("/x.php", True), ("/bild.gif", False),
        ("/bild.gif?a=1", True), ("/%69ntern/a", False), ("/a/tief/b", False),
    ],
)  # fmt: skip
def test_the_rules_of_robots_txt(path, allowed):
    told = robots.read(
        "User-agent: Andere\nDisallow: /\n\nUser-agent: *\nDisallow: /intern/\nAllow: /intern/offen/\nDisallow: /*?id=\nDisallow: /*.gif$\n"
        "Disallow: /*/tief/\n# Ende\n"
    )
    assert told.allows(f"https://alt.example{path}") is allowed


def test_the_group_for_us_goes_before_the_one_for_all():
    told = robots.read(
        "User-agent: *\nDisallow: /\n\nUser-agent: Foo\nUser-agent: Stadtnah\nDisallow: /x\nCrawl-delay: 1.5\n"
    )
    assert told.allows("https://alt.example/")
    assert not told.allows("https://alt.example/x")
    assert told.delay == 1.5


def test_a_rule_made_to_be_slow_is_not():
    told = robots.read("User-agent: *\n" + f"Disallow: /{'*a' * 200}b$\n" * 500)
    assert told.allows(f"https://alt.example/{'a' * 400}")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("http://WWW.alt.example/A/../b.html#x", "https://alt.example/b.html"),
        ("seite.php?PHPSESSID=1&id=2&utm_source=x", "https://alt.example/seite.php?id=2"),
        ("/(S(abcdefgh12345))/seite.aspx", "https://alt.example/seite.aspx"),
        ("https://andere.example/", ""),
        ("mailto:a@alt.example", ""),
        ("/müll entsorgen", "https://alt.example/m%C3%BCll%20entsorgen"),
    ],
)
def test_an_address_has_one_spelling(written, found):
    assert urls.normal(written, "https://alt.example") == found
