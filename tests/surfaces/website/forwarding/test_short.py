"""Short addresses and QR codes: made for a page, released with the forwardings."""

from __future__ import annotations

import io
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse
from PIL import Image

from stadtnah.surfaces.website import publish, qr, store
from stadtnah.surfaces.website.forwarding.models import Forwarding
from stadtnah.surfaces.website.models import MessagePage
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_account import words
from tests.surfaces.website.forwarding.conftest import ask, release, waiting, wish


def make(people: Cast, page: MessagePage, word: str) -> str:
    answer = as_(people.agnes).post(reverse("desk_passing_on", args=[page.uuid]), {"word": word}, follow=True)
    return words(answer)


def test_it_leads_on_for_now_once_released_and_stands_on_the_page(
    people: Cast, website: str, page: MessagePage
) -> None:
    assert "Noch nicht freigegeben" in make(people, page, "Mühlstraße")
    assert ask("/k/muehlstrasse")[0] == 404
    release(people)
    for path in ("/k/muehlstrasse", "/k/muehlstrasse/"):
        status, headers, _body = ask(path)
        assert (status, headers["Location"]) == (302, website), path
        assert headers["Cache-Control"].startswith("public, no-cache"), path
    found = store.read(website)
    assert found is not None
    assert "localhost:8000/k/muehlstrasse</a>" in found[1].decode()
    publish.put_live(replace(page.content(), path="/aktuelles/2026/neu/"), "b" * 64)
    publish.settle()
    assert (
        ask("/k/muehlstrasse")[1]["Location"] == "/aktuelles/2026/neu/"
    )  # what is printed still leads there
    found = store.read("/aktuelles/2026/neu/")
    assert found is not None
    assert "/k/muehlstrasse</a>" in found[1].decode()
    assert "localhost:8000/k/muehlstrasse" in words(
        as_(people.agnes).get(reverse("desk_passing_on", args=[page.uuid]))
    )


def test_led_to_another_page_it_leaves_the_first_and_stands_on_the_second(
    people: Cast, website: str, page: MessagePage
) -> None:
    other = replace(page.content(), object_key="page:00000000-0000-4000-8000-0000000000aa", path="/fest/")
    publish.put_live(other, "b" * 64)
    make(people, page, "fest")
    release(people)
    wish(people, "/k/fest/", "/fest/")
    release(people)
    shown = {path: store.public_file(path).read_text() for path in (website, "/fest/")}
    assert "localhost:8000/k/fest</a>" not in shown[website]
    assert "localhost:8000/k/fest</a>" in shown["/fest/"]


@pytest.mark.parametrize("word", ["!!!", "a" * 60, "🎉"])
def test_a_word_that_is_none_is_refused(people: Cast, website: str, page: MessagePage, word: str) -> None:
    shown = make(people, page, word)
    assert "Bitte nehmen Sie ein Wort aus Buchstaben und Ziffern" in shown
    assert not Forwarding.objects.exists()


def test_without_a_word_five_signs_and_a_taken_word_is_refused(
    people: Cast, website: str, page: MessagePage
) -> None:
    make(people, page, "")
    row = Forwarding.objects.get()
    assert (len(row.path), row.target, row.origin) == (len("/k/abcde/"), website, "short")
    wish(people, "/k/fest/", "/")
    assert "führt schon zu einer anderen Seite" in make(people, page, "/k/Fest/")
    make(people, page, "../../desk")
    assert set(Forwarding.objects.values_list("origin", flat=True)) == {"short"}
    assert not Forwarding.objects.filter(path__contains="..").exists()


def test_nothing_is_made_for_a_page_that_is_not_public_or_by_somebody_who_may_not(
    people: Cast, website: str, page: MessagePage
) -> None:
    url = reverse("desk_passing_on", args=[page.uuid])
    assert as_(people.clara).get(url).status_code == 200
    assert as_(people.clara).post(url, {"word": "x"}).status_code == 403
    publish.withdraw(page.object_key)
    assert "Noch nicht öffentlich" in words(as_(people.agnes).get(url))
    assert as_(people.agnes).post(url, {"word": "x"}).status_code == 422
    assert not Forwarding.objects.exists()


def test_the_municipality_releases_it_and_sees_the_line(
    people: Cast, website: str, page: MessagePage
) -> None:
    make(people, page, "fest")
    as_(people.agnes).post("/desk/weiterleitungen/vorlegen/")
    assert f"/k/fest/ | {website}" in words(
        as_(people.freya).get(reverse("desk_request", args=[waiting().pk]))
    )


def test_codes_are_given_for_addresses_of_ours_only(people: Cast, website: str, page: MessagePage) -> None:
    agnes = as_(people.agnes)
    url = reverse("desk_qr", args=["svg"])
    answer = agnes.get(url, {"adresse": website})
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Disposition"] == 'attachment; filename="qr-2026-muehlstrasse.svg"'
    for path in ("https://boese.example/", "//boese.example/", "/gibt-es-nicht/", "", "/a\r\nX: y"):
        assert agnes.get(url, {"adresse": path}).status_code == 404, path
    assert agnes.get(reverse("desk_qr", args=["exe"]), {"adresse": website}).status_code == 404


ADDRESSES = ["https://erlenfurt.example/k/sperrmuell/", "https://www.stadt.example/" + "lang/" * 40]


@pytest.mark.parametrize("address", ADDRESSES)
def test_both_files_hold_the_same_code_with_its_quiet_zone_and_words(address: str) -> None:
    rows = qr.modules(address)
    size = len(rows)
    assert not any(any(row) for row in rows[: qr.QUIET])
    assert not any(row[0] or row[-1] for row in rows)
    drawing = ET.fromstring(qr.svg(address))
    assert qr.shown(address) in "".join(drawing.itertext())
    filled = [[False] * size for _ in rows]
    path = drawing.find("{http://www.w3.org/2000/svg}path")
    assert path is not None
    for run in path.attrib["d"].removesuffix("z").split("z"):
        corner, _h, rest = run.removeprefix("M").partition("h")
        x, y = map(int, corner.split())
        for at in range(int(rest.partition("v")[0])):
            filled[y][x + at] = True
    assert filled == rows
    image = Image.open(io.BytesIO(qr.png(address)))
    scale = image.width // size
    seen = [
        [not image.getpixel((x * scale + scale // 2, y * scale + scale // 2)) for x in range(size)]
        for y in range(size)
    ]
    assert seen == rows
    foot = image.crop((0, size * scale, image.width, image.height))
    assert foot.getextrema() == (0, 255)  # words are drawn there


def test_a_name_in_the_code_cannot_break_the_drawing() -> None:
    ET.fromstring(qr.svg('https://stadt.example/"><script>&'))
