"""From an old website to drafts in a tree, with their pictures, documents and forwardings; nothing of it public."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from stadtnah.kernel import clock
from stadtnah.surfaces.website.documents.models import TownDocument
from stadtnah.surfaces.website.forwarding import edit
from stadtnah.surfaces.website.forwarding.models import Forwarding, ReleasedForwarding
from stadtnah.surfaces.website.models import MessagePage, ReleasedPage, ServicePage, StandardPage, TownImage
from stadtnah.surfaces.website.moving_in import load
from stadtnah.surfaces.website.moving_in.foreign import FeedError
from stadtnah.surfaces.website.moving_in.models import FoundPage, ImportedItem, ImportRun
from stadtnah.surfaces.website.moving_in.site import command, polite, report, sites
from stadtnah.surfaces.website.offices.models import OfficePage
from tests.factories.people import cast
from tests.surfaces.website.moving_in.site.old_town import PDF, OldTown, page, picture, words

pytestmark = pytest.mark.django_db


def advanced(run: ImportRun) -> ImportRun:
    load.advance(run.pk)
    run.refresh_from_db()
    return run


def looked_at(source: str, **options: Any) -> ImportRun:
    run = sites.start(source, by=None, pause=0, **options)
    return advanced(run)


def taken(source: str, **options: Any) -> ImportRun:
    run = looked_at(source, **options)
    assert run.state == "found", run.error_de
    assert sites.choose(run, by=None)
    return advanced(run)


def proposal(run: ImportRun, old_town: OldTown) -> dict[str, FoundPage]:
    rows = FoundPage.objects.filter(run=run).select_related("above")
    return {row.address.removeprefix(old_town.url): row for row in rows}


def test_a_proposal_comes_before_anything_is_made(home, old_town):
    pages = Page.objects.count()
    run = looked_at(old_town.url)
    assert (run.state, Page.objects.count(), Forwarding.objects.count()) == ("found", pages, 0)
    found = proposal(run, old_town)
    kinds = {path: row.kind for path, row in found.items() if row.wanted}
    assert kinds["/rathaus/bauamt.html"] == "office"
    assert kinds["/rathaus/hund.html"] == "service"
    assert kinds["/aktuelles/fest.html"] == "message"
    assert kinds["/leben/"] == "page"
    assert found["/rathaus/hund.html"].title == "Hund anmelden"
    assert found["/leben/"].title == "Leben in Altenau"
    assert found["/leben/"].files == 1
    assert f"{old_town.url}/rathaus/hund.html?print=1" in found["/rathaus/hund.html"].aliases


@pytest.mark.parametrize(
    ("path", "reason", "stands"),
    [
        ("/impressum.html", "entsteht hier aus Ihren Angaben", "/impressum/"),
        ("/aktuelles/", "entsteht hier von selbst", "/aktuelles/"),
        ("/weg.html", "Fehlerseite", ""),
        ("/kalender.php?monat=1", "Kalenderblatt", ""),
        ("/mitglieder/", "Anmeldung", ""),
        ("/fort", "andere Website", ""),
    ],
)
def test_what_stays_behind_has_a_reason(home, old_town, path, reason, stands):
    row = proposal(looked_at(old_town.url), old_town)[path]
    assert not row.wanted
    assert reason in row.reason_de
    assert row.forward_to == stands


def test_drafts_stand_in_their_place_with_what_belongs_to_them(home, old_town):
    run = taken(old_town.url)
    assert (run.state, run.broken) == ("done", FoundPage.objects.filter(run=run, possible=False).count())
    leben = StandardPage.objects.get(title="Leben in Altenau")
    assert not leben.live
    assert leben.public_path() == "/leben/"
    blocks = leben.content().blocks
    text = " ".join(block.html for block in blocks)
    assert "Über das Leben ist in Absatz 3" in text
    assert "Marktplatz 1" not in text  # the frame of every page
    assert "Impressum" not in text
    office = OfficePage.objects.get(title="Bauamt")
    assert f'href="{office.public_path()}#kontakt"' in text
    assert (office.phone, office.mail) == ("01234 5678", "bauamt@altenau.example")
    assert ServicePage.objects.get(title="Hund anmelden").fees == "<p>Es kostet 40 Euro im Jahr.</p>"
    assert MessagePage.objects.get(title="Straßenfest am Markt").dated.isoformat() == "2024-03-05"
    assert TownImage.objects.get().description == "Der Marktplatz"
    assert TownDocument.objects.get().title.startswith("Satzung über die Straßenreinigung")
    assert "download" in {block.block_type for block in leben.body}
    assert not ReleasedPage.objects.exists()


def test_old_addresses_are_to_lead_to_the_new_ones(home, old_town):
    run = taken(old_town.url)
    wanted = dict(Forwarding.objects.values_list("path", "target"))
    assert wanted["/rathaus/bauamt.html"] == OfficePage.objects.get().public_path()
    assert wanted["/alt.html"] == "/rathaus/"
    assert wanted["/impressum.html"] == "/impressum/"
    assert wanted["/aktuelles/fest.html"] == "/aktuelles/2024/fest/"
    assert "/leben/" not in wanted  # stays where it is
    assert set(Forwarding.objects.values_list("origin", flat=True)) == {"old"}
    assert not ReleasedForwarding.objects.exists()
    assert wanted["/rathaus/hund.html?print=1"] == wanted["/rathaus/hund.html"]
    assert any("Weiterleitungen" in note for note in run.notes)


def test_pages_that_differ_by_their_query_alone_come_with_their_addresses(home, old_town):
    old_town.pages["/seite.php?id=7"] = page("Satzungen", words("die Satzungen"))
    canonical = '<link rel="canonical" href="/seite.php?id=8">'
    for query in ("id=8", "ansicht=breit&id=8"):
        old_town.pages[f"/seite.php?{query}"] = page("Haushalt", words("den Haushalt"), head=canonical)
    old_town.pages["/leben/"] += "".join(
        f'<a href="/seite.php?{query}">mehr</a>'
        for query in ("id=7&amp;PHPSESSID=abc", "utm_source=x&amp;id=7", "id=8&amp;ansicht=breit", "id=8")
    )
    taken(old_town.url)
    assert len([one for one in old_town.asked if one.startswith("/seite.php")]) == 3, "one spelling each"
    wanted = dict(Forwarding.objects.values_list("path", "target"))
    mine = {path: target for path, target in wanted.items() if path.startswith("/seite.php")}
    assert set(mine) == {"/seite.php?id=7", "/seite.php?id=8", "/seite.php?ansicht=breit&id=8"}
    assert mine["/seite.php?id=8"] == mine["/seite.php?ansicht=breit&id=8"] != mine["/seite.php?id=7"]


def test_a_forwarding_made_by_hand_stays(home, old_town):
    edit.save("/alt.html", "/kontakt/", by=cast().ada)
    run = taken(old_town.url)
    assert Forwarding.objects.get(path="/alt.html").target == "/kontakt/"
    assert any("Sie bleibt" in note for note in run.notes)


def test_a_second_run_changes_nothing(home, old_town):
    taken(old_town.url)
    before = set(Page.objects.values_list("pk", "latest_revision_id", "path"))
    forwardings = set(Forwarding.objects.values_list("path", "target", "changed_at"))
    again = taken(old_town.url)
    assert (again.created, again.updated, again.kept) == (0, 0, 0)
    assert again.unchanged == again.total
    assert set(Page.objects.values_list("pk", "latest_revision_id", "path")) == before
    assert set(Forwarding.objects.values_list("path", "target", "changed_at")) == forwardings


def test_what_an_editor_changed_is_left_alone(home, old_town):
    taken(old_town.url)
    leben = StandardPage.objects.get(title="Leben in Altenau")
    leben.teaser = "Von Hand"
    leben.save_revision()
    old_town.pages["/leben/"] = page("Leben in Altenau", words("anderes"))
    old_town.pages["/rathaus/hund.html"] = old_town.pages["/rathaus/hund.html"].replace("40 Euro", "60 Euro")
    run = taken(old_town.url)
    assert (run.kept, run.updated) == (1, 1)
    assert "60 Euro" in ServicePage.objects.get().fees


def test_only_what_was_chosen_is_taken(home, old_town):
    run = looked_at(old_town.url)
    found = proposal(run, old_town)
    chosen = {found["/leben/"].position: "page", found["/rathaus/hund.html"].position: "page"}
    assert sites.keep(run, chosen, by=None)
    assert sites.choose(run, by=None)
    advanced(run)
    assert (run.state, run.created, run.total) == ("done", 2, 2)
    assert StandardPage.objects.filter(title="Hund anmelden").exists()
    assert not ServicePage.objects.exists()
    # The next look remembers what was decided.
    again = proposal(looked_at(old_town.url), old_town)
    assert {path for path, row in again.items() if row.wanted} == {"/leben/", "/rathaus/hund.html"}


def test_a_run_can_be_stopped_and_gone_on_with(home, old_town):
    run = sites.start(old_town.url, by=None, pause=0)
    ImportRun.objects.filter(pk=run.pk).update(stop_requested=True)
    assert advanced(run).state == "stopped"
    assert load.resume(run, by=None)
    assert advanced(run).state == "found"
    sites.choose(run, by=None)
    load.stop(run, by=None)
    assert ImportRun.objects.get(pk=run.pk).state == "stopped"
    assert load.resume(run, by=None)
    assert advanced(run).state == "done"
    assert not sites.folder_of(run).exists()


def test_a_copy_that_nobody_went_on_with_goes_after_a_month(home, old_town):
    run = looked_at(old_town.url)
    assert sites.folder_of(run).is_dir()
    assert load.expire() == 0
    ImportRun.objects.filter(pk=run.pk).update(created_at=clock.now() - timedelta(days=31))
    assert load.expire() == 1
    assert not sites.folder_of(run).exists()


def test_a_silent_website_leaves_a_run_that_can_go_on(home, old_town):
    run = sites.start(old_town.url, by=None, pause=0)
    old_town.down = True
    assert advanced(run).state == "failed"
    assert "127.0.0.1" in run.error_de
    old_town.down = False
    assert load.resume(run, by=None)
    assert advanced(run).state == "found"


def test_who_may_not_import_starts_nothing(home, old_town):
    people = cast()
    for refused in (people.aaron, people.clara):
        with pytest.raises(PermissionDenied):
            sites.start(old_town.url, by=refused, pause=0)
    assert old_town.asked == []
    run = sites.start(old_town.url, by=people.agnes, pause=0)
    assert (run.started_by, run.options["pause"]) == (people.agnes, 0.5)  # nobody is impolite from the desk


@pytest.mark.parametrize("how", [{"robots": (429, ""), "later": "60"}, {"slow": 3.0}])
def test_a_website_that_wants_to_be_waited_for_holds_no_thread_of_the_desk(home, old_town, monkeypatch, how):
    """There are three, for everybody: releases, too, and alerts."""
    monkeypatch.setattr(polite, "FORM", 2.0)
    for name, value in how.items():
        setattr(old_town, name, value)
    with pytest.raises(FeedError, match=r"robots\.txt|rechtzeitig"):
        sites.start(old_town.url, by=cast().agnes)
    assert len(old_town.asked) == len(
        set(old_town.asked)
    )  # nothing is asked again, however long it is told to wait
    assert not ImportRun.objects.exists()


def test_nobody_reads_the_servers_files_from_the_desk(home, tmp_path):
    (tmp_path / "index.html").write_text("<html><body>x</body></html>")
    with pytest.raises(FeedError, match="https://"):
        sites.start(str(tmp_path), by=cast().ada)


def saved(folder: Path, town: OldTown) -> Path:
    """The same website as wget leaves it: pages by their path, in ISO-8859-1."""
    host = folder / "www.altenau.example"
    for path, html in town.pages.items():
        file = host / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(html.encode("latin-1"))
    (host / "dateien").mkdir()
    (host / "dateien" / "satzung.pdf").write_bytes(PDF)
    (host / "dateien" / "platz.png").write_bytes(picture())
    return folder


def test_a_saved_copy_becomes_the_same_drafts(home, tmp_path):
    run = taken(str(saved(tmp_path, OldTown())))
    assert (run.state, run.title) == ("done", "www.altenau.example")
    assert StandardPage.objects.get(title="Leben in Altenau").public_path() == "/leben/"
    assert TownDocument.objects.count() == TownImage.objects.count() == 1
    assert (
        Forwarding.objects.get(path="/rathaus/bauamt.html").target == OfficePage.objects.get().public_path()
    )
    item = ImportedItem.objects.get(title="Bauamt")
    assert item.link == "https://www.altenau.example/rathaus/bauamt.html"


def test_a_copy_that_tells_no_address_is_called_by_its_folder(home, tmp_path):
    """The host that stands in for it is nothing to read."""
    told = saved(tmp_path / "kopie", OldTown()) / "www.altenau.example"
    folder = told.rename(tmp_path / "alte Seiten")
    run = looked_at(str(folder))
    assert (run.state, run.title, run.source) == ("found", "", "alte Seiten")
    shown = Client()
    shown.force_login(cast().ada, backend="django.contrib.auth.backends.ModelBackend")
    html = shown.get(f"/desk/uebernahme/{run.pk}/").content.decode()
    assert "<h1>alte Seiten</h1>" in html
    assert "/rathaus/bauamt.html" in html
    assert ".invalid" not in html


def test_links_in_a_copy_lead_nowhere_outside_of_it(home, tmp_path):
    (tmp_path / "geheim.html").write_text(page("Geheim", words("Geheimes")))
    folder = saved(tmp_path / "kopie", OldTown())
    (folder / "www.altenau.example" / "link.html").symlink_to(tmp_path / "geheim.html")
    run = looked_at(str(folder))
    assert not FoundPage.objects.filter(run=run, title="Geheim").exists()


def test_signs_that_no_file_and_no_database_knows_break_nothing(home, tmp_path):
    folder = saved(tmp_path, OldTown())
    odd = '<img src="/bild%00.png" alt="x"><p><a href="/liste%00.pdf">Liste</a></p>' + words("Seltsames")
    (folder / "www.altenau.example" / "seltsam.html").write_text(page("Seltsam", odd))
    run = taken(str(folder))
    assert run.state == "done", run.error_de
    assert StandardPage.objects.filter(title="Seltsam").exists()


def test_an_address_with_such_a_sign_gives_a_title_without_it(home, old_town):
    old_town.pages["/ohne%00titel"] = f"<html><body><div id='inhalt'>{words('nichts')}</div></body></html>"
    old_town.pages["/leben/"] = page("Leben", words("das Leben") + '<a href="/ohne%00titel">mehr</a>')
    run = looked_at(old_town.url)
    assert run.state == "found", run.error_de
    assert proposal(run, old_town)["/ohne%00titel"].title == "ohnetitel"


@pytest.mark.parametrize("name", ["gibt-es-nicht", "leer"])
def test_a_folder_without_pages_is_refused(home, tmp_path, name):
    (tmp_path / "leer").mkdir()
    with pytest.raises(FeedError, match="Ordner"):
        sites.start(str(tmp_path / name), by=None)


def test_the_command_reports_and_takes_over(home, old_town, tmp_path):
    said: list[str] = []
    table = tmp_path / "liste.csv"
    code = command.run(
        old_town.url, say=said.append, warn=said.append, only_report=True, table=str(table), pause=0
    )
    text = "\n".join(said)
    assert code == 0
    assert "Gefunden:" in text
    assert "1 Dienstleistung" in text
    assert "Fehlerseite" in text
    assert not ImportedItem.objects.exists()
    lines = table.read_text("utf-8-sig").splitlines()
    assert lines[0] == "Alte Adresse;Titel;wird;Neue Adresse;Wörter;Bilder;Dateien;Grund"
    assert any(line.startswith(f"{old_town.url}/leben/;Leben in Altenau;Seite;/leben/;") for line in lines)
    assert command.run(old_town.url, say=said.append, warn=said.append, pause=0) == 0
    assert "Weiterleitungen von alten Adressen vorgeschlagen" in "\n".join(said)
    assert command.run("https://", say=said.append, warn=said.append) == 1


def test_formulas_in_a_table_are_words(home, old_town):
    old_town.pages["/leben/"] = page("=HYPERLINK(1)", words("das Leben"))
    text = report.table(looked_at(old_town.url))
    assert ";'=HYPERLINK(1);" in text


def test_queries_do_not_grow_with_the_pages_that_are_found(home, tmp_path):
    numbers = []
    for many in (10, 60):
        folder = tmp_path / str(many)
        folder.mkdir()
        for number in range(many):
            (folder / f"seite-{number}.html").write_text(page(f"Seite {number}", words(f"Thema {number}")))
        run = sites.start(str(folder), by=None, address=f"https://alt{many}.example")
        with CaptureQueriesContext(connection) as queries:
            load.advance(run.pk)
        assert FoundPage.objects.filter(run=run).count() == many
        numbers.append(len(queries))
    assert numbers[1] <= numbers[0] + 12  # a sign of life each second, two queries
