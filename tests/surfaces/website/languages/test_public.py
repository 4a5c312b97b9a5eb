"""What readers and search engines get of a version, and what is made anew when it comes or goes."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.town.models import Town
from stadtnah.publishing.content import Block, Content
from stadtnah.surfaces.website import bake, faithful, feeds, publish, sitemaps, store
from stadtnah.surfaces.website.languages import versions
from stadtnah.surfaces.website.languages.domain.tongues import EASY
from stadtnah.surfaces.website.models import OldPath, PageUse, ReleasedPage
from tests.surfaces.website.conftest import BASE, DIGEST, OTHER, message, page, released
from tests.surfaces.website.languages.conftest import shown, status, version

pytestmark = pytest.mark.django_db
PATH = "/aktuelles/2026/meldung-1/"


def live(*contents: Content) -> None:
    for content in contents:
        publish.put_live(content, DIGEST)
    publish.settle()


def alternates(html: str) -> dict[str, str]:
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html))


def home() -> Content:
    return Content(
        object_key="page:00000000-0000-4000-8000-0000000000aa",
        title="Willkommen",
        teaser="Schön, dass Sie da sind.",
        path="/",
        link=f"{BASE}/",
        extra={"kind": "home", "quick_links": [{"label": "Ausweis", "text": "", "href": "/ausweis/"}]},
    )


def test_a_version_stands_beside_its_german_page(town: Town) -> None:
    german = message(1)
    live(german, version(german, "uk"), version(german, "ar"), version(german, EASY))
    for tag, root in (("uk", "/uk"), ("ar", "/ar"), (EASY, "/leicht")):
        html = shown(root + PATH)
        assert f'<html lang="{tag}"' in html
        assert f"<h1>{tag}: Meldung 1" in html
        assert f'<link rel="canonical" href="{BASE}{root}{PATH}">' in html
        assert f'"inLanguage":"{tag}"' in html
        assert '<body lang="de" dir="ltr">' in html
        assert "Zum Inhalt springen" in html
    arabic = shown(f"/ar{PATH}")
    assert '<html lang="ar" dir="rtl">' in arabic
    assert '<article class="message" lang="ar" dir="rtl">' in arabic
    assert 'dir="rtl"' not in shown(f"/uk{PATH}").replace('lang="ar" dir="rtl">العربية', "")
    assert f'<a href="/leicht{PATH}" hreflang="{EASY}" lang="{EASY}">Leichte Sprache</a>' in shown(PATH)


def test_in_english_it_stands_in_the_place_of_the_german_text(town: Town) -> None:
    german = message(1)
    live(german)
    assert '<article class="message" lang="de">' in shown(f"/en{PATH}")
    told = "This page has not been translated. Its text is in German."
    assert told in shown(f"/en{PATH}")
    assert "nicht übersetzt" not in shown(PATH)
    live(version(german, "en"))
    assert told not in shown(f"/en{PATH}")
    english = shown(f"/en{PATH}")
    assert '<article class="message">' in english
    assert "<h1>en: Meldung 1" in english
    assert "Skip to content" in english
    publish.withdraw(version(german, "en").object_key)
    publish.settle()
    assert '<article class="message" lang="de">' in shown(f"/en{PATH}")
    assert status(f"/en{PATH}") == 200


def test_every_version_names_all_others_and_they_name_it(town: Town) -> None:
    """Over the whole sitemap: what one page says of another, that one says of it."""
    pages = [message(1), message(2), page(), home()]
    live(*pages)
    live(version(pages[0], "uk"), version(pages[0], EASY), version(pages[2], "ar"), version(pages[3], "en"))
    feeds.bake_feeds()
    said: dict[str, dict[str, str]] = {}
    named: dict[str, dict[str, str]] = {}
    index = ET.fromstring(store.read(sitemaps.INDEX)[1])  # type: ignore[index] # it is there
    for part in index.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"):
        tree = ET.fromstring(store.read(str(part.text).removeprefix(BASE))[1])  # type: ignore[index]
        for url in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}url"):
            where = str(url.findtext("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"))
            links = url.findall("{http://www.w3.org/1999/xhtml}link")
            if links:
                named[where] = {str(link.get("hreflang")): str(link.get("href")) for link in links}
            said[where] = alternates(shown(where.removeprefix(BASE)))
    assert {f"{BASE}/uk{PATH}", f"{BASE}/leicht{PATH}", f"{BASE}/ar/impressum/", f"{BASE}/en/"} <= set(named)
    assert f"{BASE}/uk/impressum/" not in named
    for where, others in said.items():
        assert where in others.values(), where
        assert others["x-default"] == others["de"]
        for other in others.values():
            assert said[other] == others, (where, other)
        assert named.get(where, others) == others


def test_what_is_released_or_withdrawn_makes_its_own_page_anew_and_no_other(town: Town) -> None:
    german = message(1)
    live(german, message(2), page())
    before = {path: store.read_meta(path) for path in store.paths()}
    live(version(german, "uk"))
    after = {path: store.read_meta(path) for path in store.paths()}
    changed = {path for path in after if after[path] != before.get(path)}
    pages = {path for path in changed if not path.startswith(("/sitemap", "/media/"))}
    assert pages == {PATH, f"/en{PATH}", f"/uk{PATH}"}
    publish.withdraw(version(german, "uk").object_key)
    publish.settle()
    back = {path: store.read_meta(path) for path in store.paths()}
    assert {path for path in back if back[path] != after[path] and "sitemap" not in path} == pages
    assert status(f"/uk{PATH}") == 410
    assert "uk" not in alternates(shown(PATH))


def test_a_german_page_that_changed_leaves_a_note_on_its_versions(town: Town) -> None:
    german = message(1)
    live(german, version(german, "uk"))
    assert "застарілою" not in shown(f"/uk{PATH}")
    publish.put_live(replace(german, valid_until="2027-01-01T00:00"), OTHER)
    publish.settle()
    assert "застарілою" not in shown(f"/uk{PATH}")
    publish.put_live(replace(german, title="Brücke wieder gesperrt"), "c" * 64)
    publish.settle()
    html = shown(f"/uk{PATH}")
    assert 'lang="uk">Ця сторінка може бути застарілою' in html
    assert f'<a href="{PATH}" hreflang="de">' in html
    assert "<h1>uk: Meldung 1" in html


def test_what_is_withdrawn_in_german_is_gone_in_every_language(town: Town) -> None:
    german = message(1)
    live(german, version(german, "uk"), version(german, "en"))
    publish.withdraw(german.object_key)
    publish.settle()
    assert [status(root + PATH) for root in ("", "/en", "/uk")] == [410, 410, 410]
    assert f"/uk{PATH}" not in "".join(shown(path) for path in store.paths() if "sitemap" in path)
    publish.put_live(german, OTHER)
    publish.settle()
    assert [status(root + PATH) for root in ("", "/en", "/uk")] == [200, 200, 200]


def test_a_version_follows_its_page_to_another_address(town: Town) -> None:
    german = page("buergerbuero")
    live(german, version(german, "uk"))
    publish.put_live(replace(german, path="/amt/", link=f"{BASE}/amt/"), OTHER)
    publish.settle()
    assert status("/uk/amt/") == 200
    meta = store.read_meta("/uk/buergerbuero/")
    assert meta is not None
    assert (meta.status, meta.location) == (301, "/uk/amt/")
    assert ReleasedPage.objects.get(kind="version").path == "/uk/amt/"


def test_what_leads_on_names_where_to_in_its_language_and_is_not_made_anew_with_the_frame(town: Town) -> None:
    german = page("buergerbuero")
    live(german, version(german, "uk"))
    publish.put_live(replace(german, path="/amt/", link=f"{BASE}/amt/"), OTHER)
    publish.settle()
    for old, new in (
        ("/buergerbuero/", "/amt/"),
        ("/en/buergerbuero/", "/en/amt/"),
        ("/uk/buergerbuero/", "/uk/amt/"),
    ):
        found = store.read(old)
        assert found is not None
        assert f'<a href="{new}">' in found[1].decode()
        assert "<nav" not in found[1].decode()
    publish.mark("menu")
    done = publish.settle()
    assert "/amt/" in done
    assert "/buergerbuero/" not in done
    assert "/buergerbuero/" in bake.bake_all()


def test_headings_of_the_parts_of_the_first_page_are_said_in_the_language(town: Town) -> None:
    parts = [{"kind": "news", "heading": "Neues", "count": 3}, {"kind": "reach"}]
    home = replace(page("start"), path="/", link=f"{BASE}/", extra={"kind": "home", "sections": parts})
    said = version(home, "uk")
    assert ["section_heading", "Neues", "uk: Neues"] in [list(row) for row in said.details]
    live(message(1), home, said)
    assert ">uk: Neues</h2>" in shown("/uk/")
    assert 'lang="de">uk: Neues' not in shown("/uk/")
    assert ">Neues</h2>" in shown("/")
    later = [{"kind": "reach"}, {"kind": "news", "heading": "Aktuell", "count": 3}]
    publish.put_live(replace(home, extra={"kind": "home", "sections": later}), OTHER)
    publish.settle()
    assert ">Aktuell</h2>" in shown("/uk/")


@pytest.mark.parametrize("public", [False, True])
def test_a_version_that_waited_while_its_page_moved_stands_where_the_page_is(
    town: Town, public: bool
) -> None:
    german = page("buergerbuero")
    live(german, *([version(german, "uk")] if public else []))
    waiting = replace(version(german, "uk"), teaser="Новий")
    publish.put_live(replace(german, path="/amt/", link=f"{BASE}/amt/"), OTHER)
    publish.settle()
    live(waiting)
    row = ReleasedPage.objects.get(kind="version")
    assert (row.path, row.parent_path) == ("/uk/amt/", "/uk/")
    assert "uk: " in shown("/uk/amt/")
    assert status("/uk/amt/") == 200
    meta = store.read_meta("/uk/buergerbuero/")
    assert meta is not None
    assert (meta.status, meta.location) == (301, "/uk/amt/")
    assert list(OldPath.objects.values_list("path", flat=True)) == ["/buergerbuero/"]


def test_a_version_written_past_the_release_is_not_shown_on_a_large_website(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faithful, "LARGE", 0)
    german = page("buergerbuero")
    said = version(german, "uk")
    publish.put_live(german, released(german))
    publish.put_live(said, released(said))
    publish.settle()
    forged = {**said.to_json(), "title": "Nie freigegeben"}
    ReleasedPage.objects.filter(pk=said.object_key).update(content=forged)
    publish.touch(german.object_key)
    publish.settle()
    assert "Nie freigegeben" not in shown("/uk/buergerbuero/")
    assert said.title in shown("/uk/buergerbuero/")
    assert Entry.objects.get(event="website.put_back").subject == said.object_key


def test_a_website_without_languages_pays_one_query_for_them_however_many_pages_it_makes(town: Town) -> None:
    live(*(message(number) for number in range(1, 6)))
    with CaptureQueriesContext(connection) as queries:
        bake.refresh({"theme"})
    each = 'WHERE "website_releasedpage"."original" ='
    assert not [one["sql"] for one in queries if each in one["sql"]]
    assert (
        len(
            [
                one
                for one in queries
                if one["sql"].endswith("""NOT ("website_releasedpage"."original" = '')""")
            ]
        )
        == 1
    )
    with CaptureQueriesContext(connection) as queries:
        publish.put_live(message(6), DIGEST)
    assert len([one for one in queries if each in one["sql"]]) == 2  # its marks, its page


def test_a_page_that_is_not_public_in_german_has_no_version(town: Town) -> None:
    german = message(1)
    with pytest.raises(ValueError, match="deutsche Seite"):
        publish.put_live(version(german, "uk"), DIGEST)
    live(german)
    publish.put_live(version(german, "uk"), DIGEST)
    assert status(f"/uk{PATH}") == 200


def test_what_is_not_translated_throughout_is_refused(town: Town) -> None:
    german = message(1)
    live(german)
    with pytest.raises(ValueError, match="nicht übersetzt"):
        publish.put_live(version(german, "uk", {german.title: "Міст"}), DIGEST)
    assert status(f"/uk{PATH}") == 404


def test_versions_are_in_no_list_menu_or_feed(town: Town) -> None:
    german, legal = message(1), page()
    live(german, legal, version(german, "uk"), version(legal, "uk"))
    for path in ("/", "/aktuelles/", "/feeds/atom.xml", "/feeds/feed.json"):
        assert "uk: " not in shown(path), path
    assert shown("/uk/impressum/").count("uk: Impressum") >= 2  # heading and title


def test_every_page_leads_to_the_first_page_in_leichte_sprache(town: Town) -> None:
    start, german = home(), message(1)
    live(start, german)
    assert "Leichte Sprache" not in shown(PATH)
    live(version(start, EASY))
    assert f'<a href="/leicht/" hreflang="{EASY}" lang="{EASY}">Leichte Sprache</a>' in shown(PATH)
    assert EASY not in alternates(shown(PATH))
    assert f"{EASY}: Schön" in shown("/leicht/")
    live(version(german, EASY))
    assert f'<a href="/leicht{PATH}"' in shown(PATH)
    publish.withdraw(version(start, EASY).object_key)
    publish.settle()
    assert "Leichte Sprache" not in shown("/impressum/") + shown("/aktuelles/")


def test_links_keep_their_addresses_and_lose_no_tag(town: Town) -> None:
    html = '<p>Das <a href="/formular/">Formular</a> liegt bereit.</p>'
    german = message(1, blocks=(Block("text", html=html),))
    live(german, version(german, "uk"))
    assert 'uk: Das <a href="/formular/">Formular</a> liegt bereit.' in shown(f"/uk{PATH}")


def test_the_number_of_queries_does_not_grow_with_the_versions(town: Town) -> None:
    german = message(1)
    live(german, version(german, "uk"))
    bake.bake([PATH])
    with CaptureQueriesContext(
        connection,
    ) as one:
        bake.bake([PATH])
    live(version(german, "ar"), version(german, EASY), version(german, "tr"), version(german, "pl"))
    with CaptureQueriesContext(connection) as many:
        bake.bake([PATH])
    # A message shows older ones of its month: asked for each version again, and that is all.
    assert len(many) <= len(one) + 4 * 2
    with CaptureQueriesContext(connection) as none:
        assert versions.tags(["message:unbekannt"]) == {}
    assert len(none) == 1
    assert PageUse.objects.filter(path=PATH, used=versions.use(german.object_key)).exists()


def test_a_menu_leads_to_the_page_in_the_readers_language(town: Town) -> None:
    """Whoever reads Leichte Sprache would else find hard words behind each entry, although the page is there in easy ones."""
    entry = replace(
        page(),
        title="Abfall",
        path="/abfall/",
        link=f"{BASE}/abfall/",
        extra={"kind": "page", "menu": "main"},
    )
    below = replace(page(), object_key="page:00000000-0000-4000-8000-0000000000bb", title="Sperrmüll", path="/abfall/sperrmuell/",
                    link=f"{BASE}/abfall/sperrmuell/", extra={"kind": "page"})  # fmt: skip
    german = message(1)
    live(entry, below, german, version(german, EASY), version(german, "uk"))
    assert f'<a href="/leicht{PATH}"' in shown(PATH)
    assert '<a href="/abfall/" lang="de">Abfall<' in shown(f"/leicht{PATH}")
    live(version(entry, EASY), version(below, EASY), version(entry, "en"))
    easy = shown(f"/leicht{PATH}")
    assert f'<a href="/leicht/abfall/" lang="{EASY}">{EASY}: Abfall</a>' in easy
    assert f'<a href="/leicht/abfall/sperrmuell/" lang="{EASY}">{EASY}: Sperrmüll</a>' in easy
    assert '<a href="/abfall/" lang="de">Abfall</a>' in shown(f"/uk{PATH}")
    assert '<a href="/abfall/">Abfall</a>' in shown(PATH)
    english = shown(f"/en{PATH}")
    assert '<a href="/en/abfall/">en: Abfall</a>' in english
    assert '<a href="/en/abfall/sperrmuell/" lang="de">Sperrmüll</a>' in english
    publish.put_live(version(entry, EASY, {"Abfall": "Müll"}), OTHER)
    publish.settle()
    assert ">Müll</a>" in shown(f"/leicht{PATH}")
    publish.withdraw(version(entry, EASY).object_key)
    publish.settle()
    assert '<a href="/abfall/" lang="de">Abfall<' in shown(f"/leicht{PATH}")


def test_on_a_page_in_leichte_sprache_links_to_other_german_say_so(town: Town) -> None:
    """To be seen in the text, to be heard in menus; what stays in Leichte Sprache, leads elsewhere or is a file says nothing."""
    links = (
        '<p><a href="/formular/">Formular</a> <a href="/leicht/">Leicht</a> <a href="https://amt.example/">Amt</a> '
        '<a href="mailto:a@b.example">Mail</a></p>'
    )
    german = message(1, blocks=(Block("text", html=links),))
    live(german, version(german, EASY), version(german, "uk"))
    easy = BeautifulSoup(shown(f"/leicht{PATH}"), "html.parser")
    said = {link.get_text(): link["href"] for link in easy.select("main .prose a")}
    assert said == {
        "Formular Alltags-Sprache": "/formular/",
        "Leicht": "/leicht/",
        "Amt": "https://amt.example/",
        "Mail": "mailto:a@b.example",
    }
    assert easy.select_one(".nav a").get_text() == "Aktuelles (Alltags-Sprache)"
    assert easy.select_one(".nav a span")["class"] == ["kern-sr-only"]
    assert "Alltags-Sprache" not in easy.select_one(".langs").get_text()
    assert "Diese Seite ist in Leichter Sprache." in easy.get_text()
    for other in (PATH, f"/uk{PATH}", f"/en{PATH}"):
        assert "Alltags-Sprache" not in shown(other)
