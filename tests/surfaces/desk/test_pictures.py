"""The library of pictures in the desk, and the point that stays in sight."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from stadtnah.kernel import media
from stadtnah.kernel.access.models import Membership
from stadtnah.kernel.audit.models import Entry
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website import bake, edits, publish
from stadtnah.surfaces.website.images import TownImage
from stadtnah.surfaces.website.models import MessagePage
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_deciding import hand_in
from tests.surfaces.website.forwarding.conftest import ask

pytestmark = pytest.mark.django_db


def drawn(colour: tuple[int, int, int] = (20, 90, 120), kind: str = "PNG") -> bytes:
    data = io.BytesIO()
    noise = Image.effect_noise((400, 200), 60).convert("RGB")
    image = Image.blend(noise, Image.new("RGB", (400, 200), colour), 0.5) if kind == "JPEG" else None
    (image or Image.new("RGB", (400, 200), colour)).save(data, kind)
    return data.getvalue()


def upload(client: Client, data: bytes | None, **more: str) -> Any:
    file = {"file": SimpleUploadedFile("am-fluss.png", data)} if data else {}
    return client.post(reverse("desk_pictures"), {**more, **file})


def kept() -> TownImage:
    found: TownImage = TownImage.objects.get()
    return found


def form(**changed: str) -> dict[str, str]:
    return {"title": "Fluss", "description": "Ein Fluss", "credit": "", "rights": ""} | changed


def test_a_picture_comes_in_once(people: Cast) -> None:
    agnes = as_(people.agnes)
    nothing = upload(agnes, None, description="Ein Fluss")
    assert nothing.status_code == 400
    assert "Bitte wählen Sie ein Bild aus." in nothing.content.decode()
    assert 'value="Ein Fluss"' in nothing.content.decode()  # what was typed stays
    taken = upload(agnes, drawn(), description="Ein Fluss")
    assert taken["Location"] == reverse("desk_image", args=[kept().pk])
    assert (kept().title, kept().description) == ("am-fluss", "Ein Fluss")
    again = upload(agnes, drawn(), title="Noch einmal")
    assert again.status_code == 400
    assert f'<a href="{reverse("desk_image", args=[kept().pk])}">„am-fluss“ öffnen</a>' in (
        again.content.decode()
    )
    assert upload(agnes, drawn((0, 0, 0))).status_code == 302  # the control: another picture
    assert TownImage.objects.count() == 2


def test_a_photo_is_known_again_and_encoded_once(people: Cast) -> None:
    """A photo that is encoded twice is another file, by whichever door it comes back."""
    agnes, photo = as_(people.agnes), drawn(kind="JPEG")
    upload(agnes, photo)
    assert kept().sha256 == media.ingest(photo, filename="foto.jpg").sha256
    assert "gibt es schon" in upload(agnes, photo).content.decode()
    name = "image-chooser-upload-"
    answer = agnes.post(
        reverse("wagtailimages_chooser:create"),
        {f"{name}title": "Noch einmal", f"{name}file": SimpleUploadedFile("foto.jpg", photo)},
    )
    assert "Dieses Bild gibt es schon." in answer.json()["htmlFragment"]


def test_the_library_is_searched_and_says_what_is_missing(people: Cast) -> None:
    agnes = as_(people.agnes)
    upload(agnes, drawn(), title="Weide im Herbst")
    upload(agnes, drawn((0, 0, 0)), title="Markt", description="Der Markt")
    shown = agnes.get(reverse("desk_pictures")).content.decode()
    assert shown.count("Ohne Alternativtext") == 1
    found = agnes.get(reverse("desk_pictures"), {"q": "weide"}).content.decode()
    assert "Weide im Herbst" in found
    assert ">Markt<" not in found
    assert "gibt es kein Bild" in agnes.get(reverse("desk_pictures"), {"q": "Elefant"}).content.decode()


def test_the_point_that_stays_in_sight_is_set_and_taken_back(people: Cast) -> None:
    agnes = as_(people.agnes)
    upload(agnes, drawn())
    address = reverse("desk_image", args=[kept().pk])
    assert 'name="across" min="0" max="100" value="50"' in agnes.get(address).content.decode()
    assert agnes.post(address, form(across="25", down="80")).status_code == 302
    assert (kept().picture().focal_x, kept().picture().focal_y) == (0.25, 0.8)
    assert 'name="down" min="0" max="100" value="80"' in agnes.get(address).content.decode()
    agnes.post(address, form(across="viel", down="101"))  # nonsense changes nothing
    assert (kept().picture().focal_x, kept().picture().focal_y) == (0.25, 0.8)
    agnes.post(address, form(across="50", down="50"))
    assert (
        kept().picture().focal_x is None
    )  # the middle is no point: the snapshot is that of a picture without one
    assert not kept().has_focal_point()


def test_a_point_that_nobody_touches_stays_exact(people: Cast) -> None:
    """Whoever mends the alternative text does not move the picture by a rounded per cent."""
    agnes = as_(people.agnes)
    upload(agnes, drawn())
    image = kept()
    image.focal_point_x, image.focal_point_y = 133, 47
    image.focal_point_width = image.focal_point_height = 1
    image.save()
    agnes.post(reverse("desk_image", args=[image.pk]), form(across="33", down="24"))
    assert (kept().focal_point_x, kept().focal_point_y, kept().description) == (133, 47, "Ein Fluss")


def test_what_is_wrong_is_said_beside_its_field(people: Cast) -> None:
    agnes = as_(people.agnes)
    upload(agnes, drawn())
    address = reverse("desk_image", args=[kept().pk])
    answer = agnes.post(address, form(title="", description="ä" * 300))
    shown = answer.content.decode()
    assert answer.status_code == 400
    assert '<a href="#id_title">Bezeichnung: Bitte geben Sie eine Bezeichnung an.</a>' in shown
    assert "Höchstens 255 Zeichen, es sind 300." in shown
    assert "ä" * 300 in shown
    assert kept().title == "am-fluss"


def test_the_pages_of_the_cms_lead_to_those_of_the_desk(people: Cast) -> None:
    agnes = as_(people.agnes)
    upload(agnes, drawn())
    for name, args in (("wagtailimages:index", []), ("wagtailimages:add", [])):
        assert agnes.get(reverse(name, args=args))["Location"] == reverse("desk_pictures")
    moved = agnes.get(reverse("wagtailimages:edit", args=[kept().pk]))
    assert moved["Location"] == reverse("desk_image", args=[kept().pk])
    assert as_(people.freya).get(reverse("desk_image", args=[kept().pk])).status_code == 403
    assert agnes.get(reverse("desk_image", args=[987654])).status_code == 404


def test_the_library_costs_the_same_however_full(people: Cast, django_assert_max_num_queries: Any) -> None:
    agnes = as_(people.agnes)
    upload(agnes, drawn())
    agnes.get(reverse("desk_pictures"))
    for shade in range(1, 8):
        upload(agnes, drawn((shade, 0, 0)))
    with django_assert_max_num_queries(10):
        agnes.get(reverse("desk_pictures"))


@pytest.fixture
def both(people: Cast) -> Client:
    """Freya writes and releases, as in every small town."""
    Membership.objects.create(user=people.freya, role="author")
    return as_(people.freya)


def draft_of(page: MessagePage) -> MessagePage:
    """As another request finds it."""
    found: MessagePage = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return found


def with_picture(page: MessagePage, people: Cast) -> MessagePage:
    draft = draft_of(page)
    draft.hero_image, draft.hero_alt = kept(), "Der Fluss"
    draft.save_revision(user=people.agnes)
    return draft_of(page)


@pytest.mark.parametrize(
    "changed",
    [{"credit": "Foto: Freya Muster"}, {"across": "10", "down": "10"}, {"description": "Ein Hochwasser"}],
)
def test_who_changes_what_a_picture_says_has_a_part_in_the_text(
    people: Cast, page: MessagePage, both: Client, changed: dict[str, str]
) -> None:
    """Credit and cut are released with the message: four eyes hold for them as well."""
    upload(as_(people.agnes), drawn())
    address = reverse("desk_image", args=[kept().pk])
    draft = with_picture(page, people)
    same = {
        "across": "50",
        "down": "50",
        "description": kept().description,
        "title": "Anders",
        "rights": "Gekauft",
    }
    assert both.post(address, form(**same)).status_code == 302
    assert people.freya not in edits.writers(draft, draft.content())  # the control: nothing of it is public
    assert both.post(address, form(**same | changed)).status_code == 302
    draft = draft_of(page)
    assert edits.writers(draft, draft.content()) == {people.ada, people.agnes, people.freya}
    [entry] = Entry.objects.filter(event="picture.changed")
    assert entry.actor == f"user:{people.freya.pk}"


def test_the_alternative_text_of_a_picture_holds_where_a_page_names_none(
    people: Cast, page: MessagePage, both: Client
) -> None:
    upload(as_(people.agnes), drawn())
    both.post(reverse("desk_image", args=[kept().pk]), form(description="Ein Fluss im Nebel"))
    draft = with_picture(page, people)
    assert draft.content().hero.alt == "Der Fluss"
    draft.hero_alt = ""
    assert draft.content().hero.alt == "Ein Fluss im Nebel"
    draft.hero_decorative = True
    assert draft.content().hero.alt == ""


def test_an_old_credit_makes_nobody_a_writer_of_a_later_page(
    people: Cast, page: MessagePage, both: Client
) -> None:
    upload(as_(people.agnes), drawn())
    both.post(reverse("desk_image", args=[kept().pk]), form(credit="Foto: Stadtarchiv"))
    later: MessagePage = page.get_parent().add_child(
        instance=MessagePage(title="Neu", slug="neu", live=False)
    )
    draft = with_picture(later, people)
    assert draft.content().hero.credit == "Foto: Stadtarchiv"
    assert edits.writers(draft, draft.content()) == {people.agnes}
    draft = with_picture(page, people)
    assert people.freya in edits.writers(draft, draft.content())  # the control: that page was there


def test_who_changed_a_credit_does_not_release_it(people: Cast, page: MessagePage, both: Client) -> None:
    upload(as_(people.agnes), drawn())
    draft = with_picture(page, people)
    both.post(reverse("desk_image", args=[kept().pk]), form(credit="Foto: Freya Muster"))
    request = hand_in(as_(people.agnes), page)
    assert draft.object_key == request.object_key
    with pytest.raises(PermissionDenied, match="mitgeschrieben"):
        publishing.release(request.pk, by=people.freya, seen_digest=request.snapshot_id)
    publishing.release(request.pk, by=people.viktor, seen_digest=request.snapshot_id)  # the control


def test_whoever_wrote_the_alternative_text_at_the_upload_has_a_part_in_the_text(
    people: Cast, page: MessagePage, both: Client
) -> None:
    """Freya, who releases, uploads the picture with its words; Agnes only chooses it. Freya's words are released."""
    assert upload(both, drawn(), description="Der Bürgermeister lügt").status_code == 302
    draft = draft_of(page)
    draft.hero_image, draft.hero_alt = kept(), ""
    draft.save_revision(user=people.agnes)
    draft = draft_of(page)
    assert draft.content().hero.alt == "Der Bürgermeister lügt"
    assert people.freya in edits.writers(draft, draft.content())


def test_a_blank_alternative_text_falls_back_too(people: Cast, page: MessagePage, both: Client) -> None:
    upload(as_(people.agnes), drawn(), description="Ein Fluss")
    draft = with_picture(page, people)
    draft.hero_alt = " "
    assert draft.content().hero.alt.strip() == "Ein Fluss"


def test_a_released_page_keeps_its_bytes_when_a_picture_is_described_anew(
    people: Cast, page: MessagePage, both: Client
) -> None:
    upload(as_(people.agnes), drawn(), description="Ein Fluss")
    draft = with_picture(page, people)
    draft.hero_alt = ""
    content = draft.content()
    publish.put_live(content, "a" * 64)
    publish.settle()
    before = ask(content.path)[2]
    assert b"Ein Fluss" in before
    address = reverse("desk_image", args=[kept().pk])
    assert both.post(address, form(description="Etwas ganz anderes")).status_code == 302
    bake.bake_all()
    publish.touch("town")
    assert ask(content.path)[2] == before
