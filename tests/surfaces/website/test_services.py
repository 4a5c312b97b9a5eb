"""Services: what is released of one, the list from A to Z, and what follows a change."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from stadtnah.kernel.town.models import Town
from stadtnah.publishing.content import Content
from stadtnah.surfaces.desk import difference
from stadtnah.surfaces.website import bake, checking, founding, publish, service_list
from stadtnah.surfaces.website.models import PageUse, ServicePage
from stadtnah.surfaces.website.service_words import words_of
from tests.factories.people import cast
from tests.surfaces.website.conftest import DIGEST, OTHER
from tests.surfaces.website.test_publish import live, shown, status

pytestmark = pytest.mark.django_db
AT = "/dienstleistungen/"


@pytest.fixture
def tree(town: Town) -> None:
    founding.lay_tree("Willkommen", site_name="Beispielau")


def service(title: str, **fields: object) -> ServicePage:
    values: dict[str, object] = {
        "teaser": "In wenigen Tagen.",
        "body": [("text", "<p>Für alle ab 16 Jahren.</p>")],
    }
    place = founding.service_place()
    made: ServicePage = place.add_child(
        instance=ServicePage(title=title, slug=fields.pop("slug", ""), live=False, **{**values, **fields})
    )
    made.refresh_from_db()
    return made


def passport(**fields: object) -> ServicePage:
    values: dict[str, object] = {
        "slug": "personalausweis",
        "documents": "<ul><li>ein biometrisches Foto</li></ul>",
        "fees": "<p>37 Euro</p><script>alert(1)</script>",
        "legal_basis": '<p><a href="https://recht.example/pauswg">§ 9 PAuswG</a></p>',
        "duration": "zwei bis drei Wochen",
        "online_address": "https://online.example/ausweis",
        "appointment_address": "https://termin.example/",
        "links": [("link", {"label": "Vollmacht <b>", "address": "https://form.example/?a=1&b=2"})],
        "other_names": "Perso, Ausweis,  Perso",
        "leika": "99036010001000",
    }
    return service("Personalausweis beantragen", **{**values, **fields})


def test_a_service_says_everything_in_the_order_of_reading(tree: None) -> None:
    content = passport().content()
    assert content.path == f"{AT}personalausweis/"
    titles = [block.title for block in content.blocks if block.kind == "heading"]
    assert titles == ["Das brauchen Sie", "Kosten", "Rechtsgrundlage", "Formulare und Links"]
    assert "script" not in str(content.to_json())
    assert "alert" not in str(content.to_json())
    assert Content.from_json(content.to_json()) == content
    live(content)
    page = shown(content.path)
    for words in (
        "Online erledigen",
        'href="https://online.example/ausweis"',
        "Termin vereinbaren",
        "zwei bis drei Wochen",
        "ein biometrisches Foto",
        "Vollmacht &lt;b&gt;",
        'href="https://form.example/?a=1&amp;b=2"',
        "Auch bekannt als:",
        "99036010001000",
        'href="#abschnitt-2"',
        'id="abschnitt-2"',
    ):
        assert words in page, words
    assert "Do it online" in shown("/en" + content.path)


def test_nothing_of_a_service_is_public_before_it_is_released(tree: None) -> None:
    page = passport()
    publish.settle()
    assert status(page.public_path()) == status(AT) == 404
    live(page.content())
    assert status(page.public_path()) == status(AT) == 200


def test_the_list_sorts_as_germans_do_and_knows_other_names(tree: None) -> None:
    live(
        passport().content(),
        service("Übersetzung beglaubigen", slug="u").content(),
        service("Umzug melden", slug="umzug", other_names="Ummeldung, Umzug").content(),
        service("18. Geburtstag", slug="achtzehn").content(),
    )
    letters = {group.letter: [entry.name for entry in group.entries] for group in service_list.letters()}
    assert letters["U"] == ["Übersetzung beglaubigen", "Ummeldung", "Umzug melden"]
    assert letters["P"] == ["Perso", "Personalausweis beantragen"]
    assert letters["A"] == ["Ausweis"]
    assert letters["0–9"] == ["18. Geburtstag"]
    assert letters["Z"] == []
    assert re.search(r'id="buchstabe-u".*Ummeldung <span class="az__of">Umzug melden', shown(AT), re.DOTALL)


def test_the_list_follows_what_is_released_and_taken_back(tree: None) -> None:
    page = passport()
    live(page.content())
    page.title = "Ausweis beantragen"
    publish.put_live(page.content(), OTHER)
    assert service_list.USE in set(PageUse.objects.filter(path=AT).values_list("used", flat=True))
    assert AT in publish.settle()
    assert "Ausweis beantragen" in shown(AT)
    page.body = [("text", "<p>Anders.</p>")]
    publish.put_live(page.content(), DIGEST)
    assert AT not in publish.settle()  # nothing in the list changed
    publish.withdraw(page.object_key)
    publish.settle()
    assert (status(page.public_path()), status(AT)) == (410, 404)


def test_the_released_page_of_the_services_bears_its_own_words_and_stands_in_the_menu(tree: None) -> None:
    live(passport().content())
    assert f'href="{AT}"' not in shown("/").partition("<main")[0]
    place = founding.service_place()
    place.intro = "Alles, was Sie im Rathaus erledigen können."
    live(place.content())
    assert "Alles, was Sie im Rathaus erledigen können." in shown(AT)
    assert f'href="{AT}"' in shown("/").partition("<main")[0]
    assert "Personalausweis beantragen" in bake.preview(place.content())
    assert founding.service_place() == place


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("leika", "123", "genau 14 Ziffern"),
        ("online_address", "www.example", "ganze Adresse"),
        ("appointment_address", "javascript:alert(1)", "ganze Adresse"),
    ],
)
def test_what_leads_nowhere_is_refused_by_name(tree: None, field: str, value: str, reason: str) -> None:
    page = passport()
    page.full_clean()
    setattr(page, field, value)
    with pytest.raises(ValidationError, match=reason) as caught:
        page.full_clean()
    assert set(caught.value.message_dict) == {field}


def test_several_keys_are_kept_apart(tree: None) -> None:
    page = passport(leika="99036010001000;99036010001000 99036010002000")
    page.full_clean()
    assert page.leika == "99036010001000, 99036010002000"


def test_a_draft_with_a_wrong_key_is_released_without_it(tree: None) -> None:
    """A draft is kept whatever is in it; what is wrong is said in the editor, and is never public."""
    content = passport(leika="123 99036010002000", online_address="javascript:alert(1)").content()
    given = {key: value for key, _label, value in content.details}
    assert given["leika"] == "99036010002000"
    assert "online" not in given


def test_who_releases_sees_a_new_online_service(tree: None) -> None:
    page = passport()
    before = page.content()
    page.online_address = "https://woanders.example/"
    found = difference.changes(before, page.content())
    assert found is not None
    assert [change.label for change in found] == ["Online erledigen"]


def test_an_english_service_has_english_headings(tree: None) -> None:
    content = passport(language="en").content()
    assert next(b.title for b in content.blocks if b.kind == "heading") == "What you need"


def test_links_to_the_list_are_alive_when_there_is_one(tree: None) -> None:
    assert not checking.check_context().link_exists(AT)
    live(passport().content())
    assert checking.check_context().link_exists(AT)
    assert checking.check_context().link_exists(f"/en{AT}")


def test_the_list_costs_one_query(tree: None, django_assert_num_queries: object) -> None:
    for number in range(5):
        publish.put_live(service(f"Dienst {number}", slug=f"d{number}").content(), DIGEST)
    with django_assert_num_queries(1):  # type: ignore[operator] # pytest-django's
        service_list.letters()


def test_other_names_are_words_once_each() -> None:
    assert words_of(" Perso,\nAusweis ; Perso,, ") == ["Perso", "Ausweis"]


def test_the_desk_sorts_as_germans_do(tree: None) -> None:
    for number, title in enumerate(("Zaun", "Öffentliches Feuer", "Papier", "Ofen")):
        service(title, slug=f"s{number}")
    people = cast()
    client = Client()
    client.force_login(people.ada)
    page = client.get("/desk/dienstleistungen/")
    assert [row["page"].title for row in page.context["rows"]] == [
        "Ofen",
        "Öffentliches Feuer",
        "Papier",
        "Zaun",
    ]
