"""Languages in the desk: chosen by the municipality, translated text by text, released like any page, outdated when the German page moves on."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.town.models import Town
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website import edits, founding, store
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.languages import making, report
from stadtnah.surfaces.website.languages.domain.states import State
from stadtnah.surfaces.website.languages.models import VersionPage
from stadtnah.surfaces.website.models import HomePage, ReleasedPage, StandardPage
from tests.factories.people import Cast
from tests.publishing.test_story import dispatch_all
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_account import words

CHOOSE, REPORT = "/desk/sprachen/", "/desk/uebersetzungen/"


@pytest.fixture
def german(people: Cast) -> StandardPage:
    """A released German page on a website that has two more languages."""
    Town.objects.all().delete()
    founding.found("Stadt Beispielau", "Beispielau", "HE", by=people.anton)
    making.choose(["uk", "de-simple"], by=people.anton)
    page: StandardPage = HomePage.objects.get().add_child(
        instance=StandardPage(
            title="Wohngeld",
            slug="wohngeld",
            teaser="Das Rathaus hilft bei der Miete.",
            body=[("text", '<p>Das <a href="/aktuelles/">Formular</a> liegt im Bürgerbüro.</p>')],
            live=False,
        )
    )
    page.save_revision(user=people.ada)
    release(page, people)
    return page


def release(page: Any, people: Cast) -> None:
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    request = publishing.submit(draft.content(), {}, by=people.ada, context=check_context())
    publishing.release(request.pk, by=people.freya, seen_digest=request.snapshot_id)
    dispatch_all()


def edit(page: Any, by: Any, html: str) -> None:
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.body = [("text", html)]
    draft.save_revision(user=by)


def begun(people: Cast, german: StandardPage, tag: str = "uk") -> VersionPage:
    answer = as_(people.ada).post(reverse("desk_version_begin", args=[german.uuid, tag]))
    version: VersionPage = VersionPage.objects.get(original=german.object_key, tag=tag)
    assert answer.headers["Location"] == reverse("desk_version", args=[version.uuid])
    return version


def fields(client: Any, version: VersionPage) -> dict[str, str]:
    """The form as a browser would send it, by German text."""
    context = client.get(reverse("desk_version", args=[version.uuid])).context
    return {"german": context["german"], **{row.german: row.name for row in context["rows"]}}


def translate(client: Any, version: VersionPage, said: dict[str, str], do: str = "save") -> Any:
    form = fields(client, version)
    data = {form[text]: given for text, given in said.items()}
    return client.post(
        reverse("desk_version", args=[version.uuid]),
        {**data, "german": form["german"], "do": do},
        follow=True,
    )


UKRAINIAN = {
    "Wohngeld": "Житлова допомога",
    "Das Rathaus hilft bei der Miete.": "Ратуша допомагає з орендою.",
    "Das [1: Formular] liegt im Bürgerbüro.": "[1: Бланк] лежить у бюро.",
}


def shown(path: str) -> str:
    found = store.read(path)
    return found[1].decode() if found and found[0].status == 200 else ""


def state_of(german: StandardPage, tag: str = "uk") -> State:
    return next(one.state for one in report.of_page(german.object_key) if one.tongue.tag == tag)


def test_the_municipality_chooses_and_nobody_else(people: Cast) -> None:
    assert as_(people.agnes).post(CHOOSE, {"languages": ["uk"]}).status_code == 403
    assert as_(people.freya).get(CHOOSE).status_code == 403
    assert making.chosen() == []
    answer = as_(people.anton).post(CHOOSE, {"languages": ["ar", "uk", "xx"]}, follow=True)
    assert "Gespeichert." in words(answer)
    assert making.chosen() == ["uk", "ar"]
    entry = Entry.objects.get(event="town.languages")
    assert (entry.actor, entry.data["languages"]) == (f"user:{people.anton.pk}", ["uk", "ar"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.only_on("postgresql", "the SQLite of the tests lies in memory, where nobody waits for a lock")
def test_two_who_begin_at_once_get_the_same_version(people: Cast, german: StandardPage) -> None:
    made: list[object] = []

    def work() -> None:
        try:
            made.append(making.begin(german, "uk", by=people.ada).pk)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test names it
            made.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, daemon=True) for _ in range(2)]
    with transaction.atomic():
        Page.objects.select_for_update().get(pk=german.pk)  # both get as far as writing
        for thread in threads:
            thread.start()
            thread.join(timeout=2)
    for thread in threads:
        thread.join(timeout=20)
    assert made == [VersionPage.objects.get().pk] * 2


def test_from_missing_to_public_and_back(people: Cast, german: StandardPage) -> None:
    ada = as_(people.ada)
    assert state_of(german) is State.MISSING
    assert "fehlt" in words(ada.get(reverse("desk_versions", args=[german.uuid])))
    version = begun(people, german)
    assert state_of(german) is State.DRAFT
    answer = translate(ada, version, UKRAINIAN, do="on")
    assert answer.redirect_chain[-1][0] == reverse("desk_channels_step", args=[version.uuid])
    assert "Житлова допомога" in words(answer)
    assert shown("/uk/wohngeld/") == ""
    release(version, people)
    html = shown("/uk/wohngeld/")
    assert '<a href="/aktuelles/">Бланк</a> лежить у бюро.' in html
    assert '<html lang="uk">' in html
    assert state_of(german) is State.RELEASED
    publishing.withdraw(version.object_key, by=people.freya)
    dispatch_all()
    assert shown("/uk/wohngeld/") == ""
    assert state_of(german) is State.DRAFT
    assert "uk" not in shown("/wohngeld/").split("</head>")[0].replace("/uk/", "")


def test_it_is_outdated_since_the_german_page_said_something_else(people: Cast, german: StandardPage) -> None:
    version = begun(people, german)
    translate(as_(people.ada), version, UKRAINIAN)
    release(version, people)
    edit(german, people.ada, "<p>Das Formular gibt es online.</p>")
    assert state_of(german) is State.RELEASED  # a draft is nothing yet
    release(german, people)
    (standing,) = [one for one in report.of_page(german.object_key) if one.tongue.tag == "uk"]
    last = publishing.Approval.objects.filter(snapshot__object_key=german.object_key).latest("at")
    assert (standing.state, standing.since) == (State.OUTDATED, last.at)
    assert "застарілою" in shown("/uk/wohngeld/")
    page = words(as_(people.ada).get(REPORT, {"sprache": "uk"}))
    assert "veraltet seit" in page
    form = words(as_(people.ada).get(reverse("desk_version", args=[version.uuid])))
    assert "1 Stelle ist geändert" in form
    assert "Bisher: Das [1: Formular] liegt im Bürgerbüro." in form


def test_one_click_says_that_it_still_holds_and_the_release_makes_it_so(
    people: Cast, german: StandardPage
) -> None:
    version = begun(people, german)
    translate(as_(people.ada), version, UKRAINIAN)
    release(version, people)
    edit(german, people.ada, '<p>Das <a href="/aktuelles/">Formular</a> liegt im Bürgerbüro aus.</p>')
    release(german, people)
    right = reverse("desk_version_right", args=[version.uuid])
    assert "gilt wieder als aktuell" in words(as_(people.ada).post(right, follow=True))
    assert state_of(german) is State.OUTDATED
    assert "застарілою" in shown("/uk/wohngeld/")
    release(version, people)
    assert state_of(german) is State.RELEASED
    assert "застарілою" not in shown("/uk/wohngeld/")
    assert "Бланк" in shown("/uk/wohngeld/")


def test_what_is_new_in_german_cannot_be_waved_through(people: Cast, german: StandardPage) -> None:
    version = begun(people, german)
    translate(as_(people.ada), version, UKRAINIAN)
    edit(
        german,
        people.ada,
        '<p>Das <a href="/aktuelles/">Formular</a> liegt im Bürgerbüro.</p><p>Es kostet nichts.</p>',
    )
    release(german, people)
    answer = as_(people.ada).post(reverse("desk_version_right", args=[version.uuid]), follow=True)
    assert "Eine Stelle ist auf der deutschen Seite neu." in words(answer)
    assert "neu" in words(answer)


def test_an_unfinished_version_is_not_laid_before_anybody(people: Cast, german: StandardPage) -> None:
    version = begun(people, german)
    translate(as_(people.ada), version, {"Wohngeld": "Житлова допомога"})
    step = reverse("desk_channels_step", args=[version.uuid])
    answer = as_(people.ada).post(step, {"do": "submit"})
    assert answer.status_code == 422
    assert "2 Stellen sind nicht übersetzt" in words(answer)
    translate(as_(people.ada), version, UKRAINIAN)
    assert as_(people.ada).post(step, {"do": "submit"}).status_code == 302


def test_a_lost_link_is_said_at_its_field_and_nothing_typed_is_lost(
    people: Cast, german: StandardPage
) -> None:
    version = begun(people, german)
    said = {**UKRAINIAN, "Das [1: Formular] liegt im Bürgerbüro.": "Бланк лежить у бюро."}
    answer = translate(as_(people.ada), version, said)
    assert answer.status_code == 422
    assert "Es fehlt „[1: Formular]“" in words(answer)
    assert "Бланк лежить у бюро." in answer.content.decode()
    assert "Бланк лежить у бюро." in words(as_(people.ada).get(reverse("desk_version", args=[version.uuid])))


def form_of(client: Any, version: VersionPage) -> dict[str, str]:
    """What a browser sends of the form as it was shown, untouched."""
    context = client.get(reverse("desk_version", args=[version.uuid])).context
    shown = {row.name: row.said for row in context["rows"]} | {
        f"s{row.name}": row.seen for row in context["rows"]
    }
    return {**shown, "german": context["german"], "do": "save"}


def name_of(client: Any, version: VersionPage, german: str) -> str:
    return fields(client, version)[german]


def test_a_german_release_meanwhile_loses_nothing_and_leaves_open_what_changed(
    people: Cast, german: StandardPage
) -> None:
    version = begun(people, german)
    ada = as_(people.ada)
    form = fields(ada, version)
    data = {form[text]: given for text, given in UKRAINIAN.items()}
    edit(german, people.ada, "<p>Alles ist neu.</p>")
    release(german, people)
    url = reverse("desk_version", args=[version.uuid])
    answer = ada.post(url, {**data, "german": form["german"], "do": "on"}, follow=True)
    assert answer.redirect_chain[-1][0] == url, "not on to the channels"
    assert "wurde die deutsche Seite neu freigegeben. Ihre Übersetzung ist gespeichert" in words(answer)
    assert "1 Stelle ist geändert" in words(answer)
    assert "Bisher übersetzt: [1: Бланк] лежить у бюро." in words(answer)
    draft: Any = VersionPage.objects.get().get_latest_revision_as_object()
    assert draft.texts == UKRAINIAN
    assert ada.post(url, form_of(ada, version)).status_code == 302
    draft = VersionPage.objects.get().get_latest_revision_as_object()
    assert draft.texts["Wohngeld"] == "Житлова допомога"
    assert [one.text for one in draft.open_texts()] == ["Alles ist neu."]


def test_a_late_form_does_not_take_what_others_translated_of_the_new_page(
    people: Cast, german: StandardPage
) -> None:
    version = begun(people, german)
    ada, url = as_(people.ada), reverse("desk_version", args=[version.uuid])
    late = form_of(ada, version)
    title = name_of(ada, version, "Wohngeld")
    edit(german, people.ada, "<p>Alles ist neu.</p>")
    release(german, people)
    translate(as_(people.agnes), version, {"Alles ist neu.": "Все нове."})
    before = VersionPage.objects.get().latest_revision_id
    ada.post(url, late)
    assert VersionPage.objects.get().latest_revision_id == before, "nothing was typed"
    ada.post(url, {**late, title: "Житлова допомога"})
    draft: Any = VersionPage.objects.get().get_latest_revision_as_object()
    assert (draft.texts["Wohngeld"], draft.texts["Alles ist neu."]) == ("Житлова допомога", "Все нове.")
    assert "Все нове." in ada.get(url).content.decode()


def test_two_who_translate_at_once_keep_what_each_of_them_typed(people: Cast, german: StandardPage) -> None:
    version = begun(people, german)
    ada, agnes = as_(people.ada), as_(people.agnes)
    url = reverse("desk_version", args=[version.uuid])
    hers, other = form_of(ada, version), form_of(agnes, version)
    title, teaser = (name_of(ada, version, text) for text in ("Wohngeld", "Das Rathaus hilft bei der Miete."))
    agnes.post(url, {**other, title: "Житлова допомога"})
    assert ada.post(url, {**hers, teaser: "Ратуша допомагає."}).status_code == 302
    draft: Any = VersionPage.objects.get().get_latest_revision_as_object()
    assert draft.texts == {
        "Wohngeld": "Житлова допомога",
        "Das Rathaus hilft bei der Miete.": "Ратуша допомагає.",
    }


def test_the_same_text_of_two_is_shown_to_the_second_who_decides(people: Cast, german: StandardPage) -> None:
    version = begun(people, german)
    ada, url = as_(people.ada), reverse("desk_version", args=[version.uuid])
    late, title = form_of(ada, version), name_of(ada, version, "Wohngeld")
    translate(as_(people.agnes), version, {"Wohngeld": "Житлова допомога"})
    answer = ada.post(url, {**late, title: "Субсидія"})
    assert answer.status_code == 422
    assert "Hier hat inzwischen jemand anderes etwas geschrieben: „Житлова допомога“." in words(answer)
    assert ">Субсидія</textarea>" in answer.content.decode()
    draft: Any = VersionPage.objects.get().get_latest_revision_as_object()
    assert draft.texts == {"Wohngeld": "Житлова допомога"}
    rows = answer.context["rows"]
    again = {row.name: row.said for row in rows} | {f"s{row.name}": row.seen for row in rows}
    assert ada.post(url, {**again, "german": answer.context["german"], "do": "save"}).status_code == 302
    draft = VersionPage.objects.get().get_latest_revision_as_object()
    assert draft.texts == {"Wohngeld": "Субсидія"}


def test_the_form_says_what_saving_would_end(people: Cast, german: StandardPage) -> None:
    version = begun(people, german)
    ada, url = as_(people.ada), reverse("desk_version", args=[version.uuid])
    translate(ada, version, UKRAINIAN)
    said = "endet die Freigabe für alles, was noch nicht hinausgegangen ist"
    assert said not in words(ada.get(url))
    draft: Any = VersionPage.objects.get().get_latest_revision_as_object()
    request = publishing.submit(
        draft.content(), {}, by=people.ada, context=check_context(), wish="2099-03-05T10:00"
    )
    publishing.release(request.pk, by=people.freya, seen_digest=request.snapshot_id)
    assert said in words(ada.get(url))


def test_no_link_leads_to_a_version(people: Cast, german: StandardPage) -> None:
    begun(people, german)
    home = HomePage.objects.get()
    chosen = as_(people.ada).get(reverse("wagtailadmin_choose_page_child", args=[home.pk]))
    assert "Wohngeld" in chosen.json()["html"], "control"
    below = as_(people.ada).get(reverse("wagtailadmin_choose_page_child", args=[german.pk]))
    assert "Ukrainisch" not in below.json()["html"]


def test_without_mandate_or_right_there_is_nothing_to_do(people: Cast, german: StandardPage) -> None:
    begin = reverse("desk_version_begin", args=[german.uuid, "uk"])
    for who, expected in ((people.aaron, {403}), (people.charlie, {403}), (people.freya, {403})):
        assert as_(who).post(begin).status_code in expected
    assert VersionPage.objects.count() == 0
    version = begun(people, german)
    url = reverse("desk_version", args=[version.uuid])
    for who in (people.aaron, people.freya, people.clara):
        assert as_(who).post(url, {"do": "save"}).status_code == 403
    assert as_(people.agnes).get(url).status_code == 200  # the control: her mandate runs
    assert as_(people.freya).get(REPORT).status_code == 200


def test_a_language_the_town_has_not_chosen_is_refused(people: Cast, german: StandardPage) -> None:
    answer = as_(people.ada).post(reverse("desk_version_begin", args=[german.uuid, "tr"]), follow=True)
    assert "nicht gewählt" in words(answer)
    assert VersionPage.objects.count() == 0


def test_a_language_with_public_pages_stays(people: Cast, german: StandardPage) -> None:
    version = begun(people, german)
    translate(as_(people.ada), version, UKRAINIAN)
    release(version, people)
    answer = as_(people.anton).post(CHOOSE, {"languages": ["ar"]})
    assert answer.status_code == 422
    assert "Ukrainisch kann nicht entfallen" in words(answer)
    assert making.chosen() == ["de-simple", "uk"]


def test_a_page_that_was_never_released_is_not_translated(people: Cast, german: StandardPage) -> None:
    draft = HomePage.objects.get().add_child(instance=StandardPage(title="Neu", slug="neu", live=False))
    draft.save_revision(user=people.ada)
    assert "zuerst die deutsche Seite frei" in words(
        as_(people.ada).get(reverse("desk_versions", args=[draft.uuid]))
    )
    as_(people.ada).post(reverse("desk_version_begin", args=[draft.uuid, "uk"]))
    assert VersionPage.objects.count() == 0


def test_the_report_says_what_belongs_there_when_there_is_nothing(people: Cast) -> None:
    assert "Nur Deutsch" in words(as_(people.ada).get(REPORT))
    making.choose(["uk"], by=people.anton)
    assert "Noch ist keine deutsche Seite freigegeben" in words(as_(people.ada).get(REPORT))


def test_the_editor_says_what_is_to_be_done(people: Cast, german: StandardPage) -> None:
    editor = reverse("wagtailadmin_pages:edit", args=[german.pk])
    assert "Fassungen in anderen Sprachen (2 fehlen)" in words(as_(people.ada).get(editor))
    begun(people, german)
    assert "Fassungen in anderen Sprachen (1 fehlt)" in words(as_(people.ada).get(editor))


def test_the_editor_of_the_cms_leads_to_the_form(people: Cast, german: StandardPage) -> None:
    version = begun(people, german)
    answer = as_(people.ada).get(reverse("wagtailadmin_pages:edit", args=[version.pk]))
    assert answer.headers["Location"] == reverse("desk_version", args=[version.uuid])


def test_who_translated_does_not_release(people: Cast, german: StandardPage) -> None:
    version = begun(people, german)
    translate(as_(people.ada), version, UKRAINIAN)
    assert edits.writers(version, version.content()) == {people.ada}


def test_the_report_asks_as_often_for_many_pages_as_for_few(people: Cast, german: StandardPage) -> None:
    client = as_(people.ada)
    client.get(REPORT)
    with CaptureQueriesContext(connection) as few:
        client.get(REPORT)
    row = ReleasedPage.objects.get(pk=german.object_key)
    for number in range(30):
        row.pk, row.path = f"page:00000000-0000-4000-8000-0000000000{number:02}", f"/seite-{number}/"
        row.save(force_insert=True)
    with CaptureQueriesContext(connection) as many:
        answer = client.get(REPORT)
    assert len(many) <= len(few)
    assert sum('FROM "languages_versionpage"' in one["sql"] for one in many) == 2, (
        "each page is looked at once"
    )
    assert answer.context["counts"][State.MISSING] >= 31
