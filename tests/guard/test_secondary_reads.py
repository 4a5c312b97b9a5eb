"""What is not released is read by nobody it is not meant for, whatever side door of the CMS or of ours they try.

Every address of the cell is asked with the ids of real secrets; each secret bears a word that exists nowhere else.
"""

from __future__ import annotations

import gc
import io
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import Resolver404, get_resolver, resolve, reverse
from PIL import Image
from wagtail.models import Page

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action, end_mandate
from stadtnah.kernel.access.models import Mandate
from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.town.models import Town
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.desk import gateway
from stadtnah.surfaces.website import bake, feeds, publish, store
from stadtnah.surfaces.website.models import HomePage, MessagePage, NewsIndexPage, TownImage
from stadtnah.surfaces.website.serve import StoreFirst
from tests.factories.channels import Paper
from tests.factories.messages import paper_account
from tests.factories.people import Cast, cast
from tests.guard.test_urls import client_of, walk
from tests.surfaces.website.test_serve import ask

# The CMS leaves the temporary files of the sizes it makes to the garbage collector.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,  # every address, several times over
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
EDITING = {gateway.Action.MESSAGE_EDIT, gateway.Action.MESSAGE_SUBMIT, gateway.Action.MEDIA_EDIT}


@dataclass
class Scene:
    """A town with one public message and many secrets; `words` names them."""

    people: Cast
    words: dict[str, str]
    open_word: str
    draft: MessagePage  # never released
    live: MessagePage  # released, with an edit that is not
    image: TownImage  # never released
    request: publishing.ReleaseRequest  # sent back with a reason and a remark

    def leaks(self, data: bytes | str) -> list[str]:
        """Names of the secrets that `data` gives away."""
        text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
        return [name for name, word in self.words.items() if word.lower() in text.lower()]


@pytest.fixture(autouse=True)
def data_folder(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.STADTNAH_DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.STADTNAH_SECOND_FACTOR_REQUIRED = False
    yield tmp_path
    gc.collect()


def jpeg(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 600), colour).save(out, "JPEG")
    return out.getvalue()


def written(parent: Any, word: str, **fields: Any) -> MessagePage:
    made: MessagePage = parent.add_child(
        instance=MessagePage(
            title=f"Meldung {word}",
            slug=f"meldung-{word}",
            teaser=f"Der Vorspann {word} steht für sich.",
            body=[("text", f"<p>Der Text {word} sagt mehr.</p>")],
            live=False,
            **fields,
        )
    )
    return made


@pytest.fixture
def scene(db: None, paper: Paper) -> Scene:
    Town.objects.update_or_create(id=1, defaults={"name": "Stadt Beispielau", "short_name": "Beispielau"})
    paper_account()
    publishing.ChannelAccount.objects.create(key="website", channel="website", label="Website")
    people = cast()
    names = ("draft", "edit", "note", "reason", "remark", "picture", "channel")
    words = {name: f"zz{secrets.token_hex(8)}" for name in names}
    open_word = f"zz{secrets.token_hex(8)}"
    home = Page.get_first_root_node().add_child(instance=HomePage(title="Start", slug="start"))
    news = home.add_child(instance=NewsIndexPage(title="Aktuelles", slug="aktuelles"))
    image = TownImage.take(jpeg("#8a6"), filename=f"{words['picture']}.jpg", title=words["picture"])
    live = written(news, open_word)
    publish.put_live(live.content(), "a" * 64)
    publish.settle()
    bake.bake_all()
    feeds.bake_feeds()
    live.title = f"Neuer Titel {words['edit']}"
    live.save_revision(user=people.ada)
    plan = {"paper": {"on": True, "text": f"Kurz: {words['channel']}"}}
    draft = written(
        news,
        words["draft"],
        hero_image=image,
        hero_alt=words["picture"],
        note=words["note"],
        channel_plan=plan,
    )
    draft.save_revision(user=people.ada)
    draft.teaser = f"Der zweite Vorspann {words['draft']}."
    draft.save_revision(user=people.ada)
    agnes, freya = client_of("agnes", people), client_of("freya", people)
    step = reverse("desk_channels_step", args=[draft.uuid])
    answer = agnes.post(
        step, {"do": "submit", "note": words["note"], "on-paper": "1", "text-paper": plan["paper"]["text"]}
    )
    assert answer.status_code == 302, answer.content.decode()[:20000]
    request = publishing.ReleaseRequest.objects.get(object_key=draft.object_key)
    back = {"reason": words["reason"], "where": ["title"], "remark": [words["remark"]]}
    assert freya.post(reverse("desk_send_back", args=[request.pk]), back).status_code == 302
    return Scene(people, words, open_word, draft, live, image, request)


def addresses(scene: Scene) -> list[str]:
    """Every route, each id in it that of something secret; routes with two ids get all pairs."""
    first, last = (scene.draft.revisions.order_by(order)[0].pk for order in ("pk", "-pk"))
    ids = {
        "int": [str(pk) for pk in sorted({scene.draft.pk, scene.image.pk, first, last})],
        "uuid": [str(scene.draft.uuid), str(scene.request.pk)],
        "str": ["paper", "website", scene.image.sha256],
        "slug": ["website"],
        "path": [scene.image.file.name],
        None: ["website"],
    }
    found: list[str] = []
    for route, _ in walk(get_resolver().url_patterns):
        if "logout" in route:
            continue
        kinds = re.findall(r"<(?:(\w+):)?\w+>", route)
        plain = re.sub(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)", "unbekannt", route)
        plain = "/" + re.sub(r"[\\^$]|\?(?![\w=])|\\Z", "", plain).replace("(", "").replace(")", "")
        for values in product(*(ids[kind or None] for kind in kinds)):
            left = iter(values)
            found.append(re.sub(r"<(?:\w+:)?\w+>", lambda _match, left=left: next(left), plain))
    return sorted(set(found))


SEARCHES = "?q=zz&search=zz&title=zz&p=1&seite=1&ordering=title&export=csv&is_searching=1"


@pytest.mark.parametrize("who", ["anonymous", "aaron"])
def test_nobody_outside_reads_a_secret_by_any_address(scene: Scene, who: str) -> None:
    """Without a sign-in, and with an ended mandate: every route with the ids of real secrets."""
    asked = addresses(scene)
    if who == "aaron":
        asked = list({name_of(address): address for address in asked}.values())
    assert len(asked) > 200
    leaks = []
    client = client_of(who, scene.people)
    for address in asked:
        if who != "anonymous" and "_auth_user_id" not in client.session:
            client = client_of(who, scene.people)  # the desk ended the session
        answer = client.get(address + SEARCHES)
        body = read(answer)
        if scene.image.file.name not in address and scene.leaks(body):
            leaks.append((address, scene.leaks(body)))
        if answer.get("Content-Type", "").startswith("image/"):
            leaks.append((address, ["bytes of a picture"]))
    assert leaks == []


def name_of(address: str) -> str:
    """The name of the view behind an address, "" for none."""
    try:
        return str(resolve(address).view_name)
    except Resolver404:
        return ""


def read(answer: Any) -> bytes:
    """The whole body. The client closes what it has read; closing again would end the transaction of the test."""
    return bytes(b"".join(answer.streaming_content) if answer.streaming else answer.content)


def test_who_may_not_write_reaches_no_door_of_the_editor(scene: Scene) -> None:
    table = gateway.table()
    tried = set()
    for address in addresses(scene):
        name = name_of(address)
        if not address.startswith("/desk/") or table.get(name) not in EDITING or name in tried:
            continue
        tried.add(name)
        for who in ("freya", "clara", "doris", "anton"):
            answer = client_of(who, scene.people).get(address)
            assert answer.status_code in {403, 404, 405}, (who, address)
            assert scene.leaks(answer.content) == [], (who, address)
    assert len(tried) > 20


@pytest.mark.parametrize("who", ["agnes", "ada"])
def test_doors_of_the_cms_that_show_copy_or_hand_out_do_not_exist(scene: Scene, who: str) -> None:
    """Copy, alias, draft view, workflow, reports, bulk actions, site history, documents, snippets ...: for writers, too."""
    table = gateway.table()
    client = client_of(who, scene.people)
    tried = set()
    for address in addresses(scene):
        name = name_of(address)
        if address.startswith("/desk/") and name and name not in table and name not in tried:
            tried.add(name)
            for answer in (client.get(address), client.post(address)):
                assert answer.status_code == 404, (address, answer.status_code)
                assert scene.leaks(answer.content) == []
    wanted = ("copy", "view_draft", "workflow_history", "convert_alias", "reports", "bulk", "privacy")
    assert all(any(word in name for name in tried) for word in wanted), sorted(tried)


def test_the_right_people_see_each_secret(scene: Scene) -> None:
    """The control: the words are there for those who work with them."""
    agnes, freya = client_of("agnes", scene.people), client_of("freya", scene.people)
    edit = agnes.get(reverse("wagtailadmin_pages:edit", args=[scene.draft.pk])).content
    assert {"draft", "picture"} <= set(scene.leaks(edit))
    assert scene.leaks(agnes.get(reverse("wagtailadmin_pages:edit", args=[scene.live.pk])).content) == [
        "edit"
    ]
    request = freya.get(reverse("desk_request", args=[scene.request.pk])).content
    assert {"draft", "note", "reason", "remark", "picture"} <= set(scene.leaks(request))
    assert "channel" in scene.leaks(scene.request.snapshot.body)
    assert "draft" in scene.leaks(agnes.get(reverse("desk_history", args=[scene.draft.uuid])).content)
    assert freya.get(f"/desk/-/bild/{scene.image.sha256}")["Content-Type"] == "image/jpeg"
    assert read(agnes.get(f"/desk/-/uploads/{scene.image.file.name}")).startswith(b"\xff\xd8")


def test_the_log_keeps_no_words(scene: Scene) -> None:
    """Its page names the objects by the titles they have today; whoever may read the log may see every message."""
    assert scene.leaks(str(list(Entry.objects.values()))) == []
    for who in ("freya", "doris", "anton"):
        answer = client_of(who, scene.people).get(reverse("desk_audit"))
        assert answer.status_code == 200
        assert set(scene.leaks(answer.content)) <= {"draft"}
        assert access.can(getattr(scene.people, who), Action.MESSAGE_VIEW)


def everything_public(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in (folder / "store").rglob("*") if file.is_file()}


def all_previews(scene: Scene) -> None:
    """Whatever shows the draft with its picture to those who may see it."""
    agnes, freya = client_of("agnes", scene.people), client_of("freya", scene.people)
    step = reverse("desk_channels_step", args=[scene.draft.uuid])
    for client, address in (
        (agnes, step),
        (agnes, reverse("wagtailadmin_pages:edit", args=[scene.draft.pk])),
        (agnes, reverse("desk_draft_whole", args=[scene.draft.uuid, "website"])),
        (freya, reverse("desk_request", args=[scene.request.pk])),
        (freya, reverse("desk_whole", args=[scene.request.pk, "website"])),
        (freya, f"/desk/-/bild/{scene.image.sha256}"),
        (agnes, reverse("desk_pictures")),
        (agnes, reverse("desk_image", args=[scene.image.pk])),
        (agnes, reverse("wagtailimages_chooser:choose")),
        (agnes, reverse("desk_proof", args=[scene.draft.uuid])),
    ):
        assert client.get(address).status_code == 200, address
    assert agnes.post(step, {"do": "preview", "on-paper": "1", "text-paper": "kurz"}).status_code == 200
    assert "Meldung" in bake.preview(scene.draft.content())


def test_previews_put_nothing_where_the_public_reads(scene: Scene, data_folder: Path) -> None:
    """Neither the page nor its picture in any size; the file names of pictures are digests anybody could guess."""
    before = set(everything_public(data_folder))
    all_previews(scene)
    publish.settle()
    bake.bake_all()
    after = everything_public(data_folder)
    assert set(after) == before
    assert [name for name, data in after.items() if scene.leaks(data) or scene.leaks(name)] == []
    kept = [file.name for file in (data_folder / "blobs").rglob("*") if file.is_file()]
    assert scene.image.sha256 in kept
    assert len(kept) > 1  # sizes were made, for the desk
    door = StoreFirst(_refusing, ["localhost"])
    for digest, ending in product(kept, ("jpg", "png", "webp")):
        assert ask(door, f"/media/{digest}.{ending}").status == 404
    assert ask(door, f"/aktuelles/{scene.draft.year}/{scene.draft.slug}/").status == 404


def test_the_control_of_the_store(scene: Scene, data_folder: Path) -> None:
    """Released, the picture and the words are where the public reads."""
    publish.put_live(scene.draft.content(), "b" * 64)
    publish.settle()
    door = StoreFirst(_refusing, ["localhost"])
    page = ask(door, scene.draft.public_path())
    assert {"draft", "picture"} <= set(scene.leaks(page.body))
    addresses = re.findall(rb"/media/[0-9a-f]{64}\.\w+", page.body)
    assert addresses
    assert ask(door, addresses[0].decode()).status == 200


def test_lists_feeds_and_pages_of_the_public_show_released_words_only(scene: Scene) -> None:
    door = StoreFirst(_refusing, ["localhost"])
    found = 0
    for path in store.paths():
        answer = ask(door, path)
        assert scene.leaks(answer.body) == [], path
        found += scene.open_word.encode() in answer.body
    assert found >= 5  # its page, the lists, the first page, the feeds
    for path in ("/sitemap.xml", "/feeds/atom.xml", "/feeds/rss.xml", "/feeds/feed.json"):
        assert ask(door, path).status == 200
    # What it was called in the editor meanwhile leads nowhere.
    assert ask(door, f"/aktuelles/{scene.live.year}/{scene.words['edit']}/").status == 404


def _refusing(environ: dict[str, Any], start: Any) -> list[bytes]:
    start("404 Not Found", [("Content-Type", "text/plain")])
    return [b""]


def test_an_ended_mandate_reads_nothing_it_could_read_before(scene: Scene) -> None:
    pages = (
        reverse("wagtailadmin_pages:edit", args=[scene.draft.pk]),
        reverse("desk_history", args=[scene.draft.uuid]),
        reverse("desk_request", args=[scene.request.pk]),
        reverse("desk_messages") + f"?q={scene.words['draft'][:6]}",
        f"/desk/-/bild/{scene.image.sha256}",
        f"/desk/-/uploads/{scene.image.file.name}",
        reverse("desk_proof_json", args=[scene.draft.uuid]),
    )
    client: Client = client_of("agnes", scene.people)
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200
        read(answer)
    end_mandate(Mandate.objects.get(user=scene.people.agnes), by=scene.people.freya)
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 302
        assert scene.leaks(answer.content) == []
