"""Pages of the CMS to content, pictures on the way in, and nothing public without a release."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.images.forms import get_image_form
from wagtail.models import Page, Site

from stadtnah.kernel import media
from stadtnah.kernel.town.models import Town
from stadtnah.publishing.channel import Account, Action, Job, Permanent, Sent
from stadtnah.publishing.content import Content
from stadtnah.publishing.models import Snapshot
from stadtnah.publishing.registry import CHANNELS
from stadtnah.surfaces.website import store
from stadtnah.surfaces.website.models import (
    Category,
    HomePage,
    MessagePage,
    NewsIndexPage,
    ReleasedPage,
    StandardPage,
    TownImage,
)
from tests.factories.people import person
from tests.surfaces.website.conftest import BASE, photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def news(town: Town) -> NewsIndexPage:
    root = Page.get_first_root_node() or Page.add_root(title="Wurzel", slug="root")
    home = root.add_child(instance=HomePage(title="Willkommen", slug="start"))
    return home.add_child(instance=NewsIndexPage(title="Aktuelles", slug="aktuelles"))


def image(data: bytes = b"", name: str = "wiese.jpg", **more: Any) -> TownImage:
    return TownImage.objects.create(title="Wiese", file=ContentFile(data or photo(), name=name), **more)


def message_page(news: NewsIndexPage, **changes: Any) -> MessagePage:
    values: dict[str, Any] = {"title": "Brücke frei", "slug": "bruecke-frei", "teaser": "Kurz.", **changes}
    return news.add_child(instance=MessagePage(**values))


def test_a_page_yields_its_content_whole(news: NewsIndexPage) -> None:
    shot = image(
        focal_point_x=300, focal_point_y=200, focal_point_width=10, focal_point_height=10, credit="Stadt"
    )
    category = Category.objects.create(slug="verkehr", label="Verkehr")
    body = [
        {"type": "text", "value": "<p>Hallo <b>Welt</b><script>x</script></p>"},
        {"type": "heading", "value": "Wann"},
        {
            "type": "picture",
            "value": {"image": shot.pk, "alt": "Wiese", "caption": "", "credit": "", "decorative": False},
        },
        {"type": "picture", "value": {"image": shot.pk, "alt": "wird leer", "decorative": True}},
        {"type": "quote", "value": {"text": "<p>Endlich.</p>", "who": "Die Bürgermeisterin"}},
        {"type": "callout", "value": {"title": "Wichtig", "text": "<p>Bitte beachten.</p>"}},
        {"type": "contact", "value": [{"label": "Telefon", "value": "069 90009 100"}]},
        {"type": "table", "value": {"caption": "Zahlen", "rows": "Jahr | Euro\n2027\t14,2\n\n| allein |"}},
    ]
    page = message_page(
        news, body=json.dumps(body), hero_image=shot, hero_alt="Eine Wiese", category=category, place="Altstadt",
        valid_from="2026-11-30T07:00", hashtags="#Erlenfurt Verkehr, Verkehr", year=2026,
    )  # fmt: skip
    content = MessagePage.objects.get(pk=page.pk).content()
    assert content.path == "/aktuelles/2026/bruecke-frei/"
    assert content.link == BASE + content.path
    assert [block.kind for block in content.blocks] == [
        "text", "heading", "picture", "picture", "quote", "callout", "contact", "table",
    ]  # fmt: skip
    assert content.blocks[0].html == "<p>Hallo <strong>Welt</strong></p>"
    assert content.blocks[3].picture is not None
    assert (content.blocks[3].picture.alt, content.blocks[3].picture.decorative) == ("", True)
    assert content.blocks[7].rows == (("Jahr", "Euro"), ("2027", "14,2"), ("allein", ""))
    assert content.hero is not None
    assert (content.hero.focal_x, content.hero.focal_y, content.hero.credit) == (0.25, 0.25, "Stadt")
    assert media.get(content.hero.sha256)
    assert content.hashtags == ("Erlenfurt", "Verkehr")
    assert content.category_label == "Verkehr"
    assert Content.from_json(json.loads(json.dumps(content.to_json()))) == content


@pytest.mark.parametrize("sites", [0, 1, 2])
def test_a_link_to_a_page_becomes_its_public_path(news: NewsIndexPage, sites: int) -> None:
    Site.objects.all().delete()
    for number in range(sites):
        Site.objects.create(hostname=f"{number}.town.test", root_page=news, is_default_site=number == 0)
    other = message_page(news, slug="andere", year=2026)
    html = f'<p><a linktype="page" id="{other.pk}">dort</a> <a linktype="page" id="99999">weg</a></p>'
    page = message_page(news, body=json.dumps([{"type": "text", "value": html}]))
    assert page.content().blocks[0].html == '<p><a href="/aktuelles/2026/andere/">dort</a> <a>weg</a></p>'


def test_a_copy_is_a_message_of_its_own(news: NewsIndexPage) -> None:
    page = message_page(news)
    page.save_revision()
    copy = page.copy(update_attrs={"slug": "kopie"})
    assert copy.object_key != page.object_key
    assert copy.get_latest_revision_as_object().object_key == copy.object_key


def test_the_year_of_the_address_stays(news: NewsIndexPage) -> None:
    import datetime as dt

    page = message_page(news, dated=dt.date(2019, 5, 1))
    assert page.public_path() == "/aktuelles/2019/bruecke-frei/"
    page.dated = dt.date(2020, 1, 1)
    page.save()
    assert page.public_path() == "/aktuelles/2019/bruecke-frei/"


def test_wall_times_are_checked(news: NewsIndexPage) -> None:
    page = message_page(news)
    page.wish_at = "2026-11-26 14:00"
    page.full_clean()
    assert page.wish_at == "2026-11-26T14:00"
    page.wish_at = "morgen"
    with pytest.raises(ValidationError, match="kein Zeitpunkt"):
        page.full_clean()


def test_pages_cannot_take_addresses_of_others(news: NewsIndexPage) -> None:
    home = news.get_parent()
    for slug in ("desk", "feeds", "en"):
        with pytest.raises(ValidationError, match="schon vergeben"):
            home.add_child(instance=StandardPage(title="x", slug=slug))
    fine = home.add_child(instance=StandardPage(title="Impressum", slug="impressum", menu="footer"))
    child = fine.add_child(instance=StandardPage(title="Mehr", slug="mehr"))
    assert child.content().path == "/impressum/mehr/"
    assert fine.content().extra["menu"] == "footer"
    assert home.specific.content().extra["kind"] == "home"


def test_pictures_lose_what_the_camera_wrote(town: Town) -> None:
    exif = Image.Exif()
    exif[0x010F] = "GeheimeKamera"
    out = io.BytesIO()
    Image.new("RGB", (600, 400), "#336699").save(out, "JPEG", exif=exif)
    assert b"GeheimeKamera" in out.getvalue()
    kept = image(out.getvalue())
    with kept.file.open() as file:
        data = file.read()
    assert b"GeheimeKamera" not in data
    assert (kept.width, kept.height, kept.mime) == (600, 400, "image/jpeg")
    assert media.get(kept.sha256) == data


def test_what_is_no_picture_is_refused_in_german(town: Town) -> None:
    with pytest.raises(media.MediaError, match="kein Bild"):
        TownImage.take(b"%not a picture", filename="x.jpg")
    with pytest.raises(media.MediaError, match="SVG"):
        TownImage.take(b"<svg xmlns='http://www.w3.org/2000/svg'/>", filename="x.svg")
    assert not TownImage.objects.exists()
    assert TownImage.take(photo(), filename="C:\\Bilder\\wiese.jpeg").title == "wiese"


def test_the_upload_form_says_it_beside_the_field(town: Town) -> None:
    form_class = get_image_form(TownImage)
    small = photo(20, 20)
    bomb = small[:2] + b"\xff\xfe\x00\x04ab" + small[2:200]  # a JPEG that ends in the middle
    for data, fine in ((small, True), (bomb, False)):
        file = SimpleUploadedFile("x.jpg", data, "image/jpeg")
        form = form_class({"title": "x", "collection": 1}, {"file": file}, user=None)
        assert ("file" not in form.errors) is fine, form.errors


def _job(content: Content, action: Action = Action.CREATE, digest: str = "a" * 64) -> Job:
    account = Account("website:town", "website", "Website")
    body = CHANNELS["website"].render(content, {}, account).body if action is not Action.DELETE else {}
    return Job(
        "d1",
        action,
        "",
        account,
        json.loads(json.dumps(body)),
        1,
        object_key=content.object_key,
        digest=digest,
    )


def test_only_a_delivery_changes_what_the_public_sees(news: NewsIndexPage) -> None:
    page = message_page(news, live=True, year=2026)
    page.save_revision().publish()
    assert not ReleasedPage.objects.exists()
    assert store.read("/aktuelles/2026/bruecke-frei/") is None
    outcome = CHANNELS["website"].send(_job(page.content()))
    assert outcome == Sent(remote_id=page.public_path(), url=BASE + page.public_path())
    before = {path: store.read_meta(path) for path in store.paths()}
    assert "/aktuelles/" in before
    page.title = "Heimlich geändert"
    page.save_revision().publish()
    page.unpublish()
    page.delete()
    assert {path: store.read_meta(path) for path in store.paths()} == before


def test_the_channels_update_and_take_back(news: NewsIndexPage) -> None:
    page = message_page(news, year=2026)
    website, feeds = CHANNELS["website"], CHANNELS["feeds"]
    website.send(_job(page.content()))
    page.title = "Brücke gesperrt"
    assert isinstance(website.send(_job(page.content(), Action.UPDATE, "b" * 64)), Sent)
    assert isinstance(feeds.send(_job(page.content())), Sent)
    atom = store.read("/feeds/atom.xml")
    assert atom is not None
    assert "Brücke gesperrt" in atom[1].decode()
    website.send(_job(page.content(), Action.DELETE))
    meta = store.read_meta(page.public_path())
    assert meta is not None
    assert meta.status == 410
    assert isinstance(website.send(_job(page.content(), Action.DELETE)), Sent)


def test_a_taken_address_is_a_permanent_fault_in_german(news: NewsIndexPage) -> None:
    website = CHANNELS["website"]
    one = message_page(news, year=2026).content()
    website.send(_job(one))
    other = Content.from_json({**one.to_json(), "object_key": "message:anders"})
    outcome = website.send(_job(other))
    assert isinstance(outcome, Permanent)
    assert "gehört schon zu einer anderen Seite" in outcome.reason


def test_a_late_retry_brings_no_earlier_version_back(news: NewsIndexPage) -> None:
    page, ada = message_page(news, year=2026), person("Ada")
    for number, digest in enumerate(("a" * 64, "b" * 64, "c" * 64), start=1):
        Snapshot.objects.create(
            digest=digest,
            kind="message",
            object_key=page.object_key,
            number=number,
            body="{}",
            created_by=ada,
        )
    website, first = CHANNELS["website"], _job(page.content())
    page.title = "Zweite Fassung"
    website.send(_job(page.content(), digest="b" * 64))
    assert isinstance(website.send(first), Sent)
    assert ReleasedPage.objects.get().content["title"] == "Zweite Fassung"
    website.send(_job(page.content(), Action.DELETE, "c" * 64))
    website.send(first)
    assert ReleasedPage.objects.get().state == "withdrawn"
