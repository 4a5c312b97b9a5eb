"""The simulation of the demo: keeps what it was given, shows it accessibly, says plainly that it is none of the real."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from demo.simulation.app import answer
from demo.simulation.store import Store
from demo.simulation.web import Request
from stadtnah.channels.bluesky.adapter import BlueskyChannel
from stadtnah.channels.mastodon.adapter import MastodonChannel
from stadtnah.kernel import net
from stadtnah.publishing.channel import Account, Action, Sent
from tests.channels.conftest import blob, fake, make_job  # noqa: F401 - fixtures
from tests.channels.samples import ALT, LINK, content, picture

ROOT = Path(__file__).resolve().parents[2]
LABEL = "Simulation – kein echtes Netzwerk"


@pytest.fixture
def mastodon(fake):  # noqa: F811 - a fixture, as below
    secrets = {"access_token": "simulation-erlenfurt"}
    return MastodonChannel(), Account("m", "mastodon", "@erlenfurt", {"server": fake.base}, secrets)


@pytest.fixture
def bluesky(fake):  # noqa: F811
    config = {"service": fake.base, "app_url": fake.base, "identifier": "erlenfurt.example"}
    return BlueskyChannel(), Account("b", "bluesky", "@erlenfurt", config, {"app_password": "simulation-1"})


@pytest.fixture(params=["mastodon", "bluesky"])
def network(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def send(make_job, blob):  # noqa: F811
    def post(network, text="", action=Action.CREATE, previous=""):
        channel, account = network
        message = content(hero=picture(sha256=blob()))
        body = channel.render(message, {"text": text}, account).body
        outcome = channel.send(make_job(account, body, action, previous_remote_id=previous))
        assert isinstance(outcome, Sent)
        return outcome

    return post


def page(address, status=200):
    response = net.request("GET", address)
    assert response.status == status
    assert "default-src 'none'" in response.headers["content-security-policy"]
    found = BeautifulSoup(response.text(), "html.parser")
    assert LABEL in found.select_one("header").text
    assert not found.select("script, style, [style]")
    assert found.html["lang"] == "de"
    assert len(found.select("h1")) == 1
    return found


def test_every_post_has_a_page_of_its_own(network, send):
    outcome = send(network, "Grüße & <b>Küsse</b> #Erlenfurt")
    shown = page(outcome.url)
    assert "Grüße & <b>Küsse</b>" in shown.select_one(".text").text
    assert shown.select_one(".text a")["href"] == LINK
    assert shown.select_one(".text .hashtag").text == "#Erlenfurt"
    assert shown.select_one("img")["alt"] == ALT
    assert ALT in shown.select_one("figcaption").text


def test_the_pages_lead_to_each_other(network, send, fake):  # noqa: F811
    outcome = send(network)
    home = page(fake.base + "/")
    (account,) = [one["href"] for one in home.select("main a")]
    listed = page(fake.base + account)
    assert [fake.base + one["href"] for one in listed.select("h2 a")] == [outcome.url]


def test_pictures_are_served_and_nothing_else(mastodon, send, fake):  # noqa: F811
    address = fake.base + page(send(mastodon).url).select_one("img")["src"]
    response = net.request("GET", address)
    assert (response.status, response.headers["content-type"]) == (200, "image/jpeg")
    for path in (
        "/bilder/../posts.json",
        "/bilder/%2e%2e/posts.json",
        "/bilder/x.jpg",
        "/bilder/",
        "/posts.json",
    ):
        assert net.request("GET", fake.base + path).status == 404


def test_a_message_without_picture_shows_its_card(bluesky, make_job):  # noqa: F811
    channel, account = bluesky
    outcome = channel.send(make_job(account, channel.render(content(hero=None), {}, account).body))
    assert page(outcome.url).select_one(".card a").text == content().title


def test_a_correction_is_shown_as_each_network_would(mastodon, bluesky, send):
    first = send(mastodon)
    assert send(mastodon, "Neuer Text", Action.UPDATE, first.remote_id).url == first.url
    assert "Berichtigt am" in page(first.url).text
    old = send(bluesky)
    new = send(bluesky, "Neuer Text", Action.UPDATE, old.remote_id)
    assert "gelöscht" in page(old.url, 410).text
    assert "Neuer Text" in page(new.url).text


def test_what_was_deleted_says_so(network, send):
    outcome = send(network)
    send(network, action=Action.DELETE, previous=outcome.remote_id)
    assert "gelöscht" in page(outcome.url, 410).text
    assert ALT not in page(outcome.url, 410).text


def test_an_empty_simulation_says_what_to_do(fake):  # noqa: F811
    assert "Noch ist nichts erschienen" in page(fake.base + "/").text
    page(fake.base + "/gibt-es-nicht", 404)


@pytest.mark.parametrize("token", ["", "echt", "simulation-../x"])
def test_only_its_own_tokens_sign_in(mastodon, token):
    channel, account = mastodon
    wrong = Account("m", "mastodon", "", account.config, {"access_token": token})
    assert channel.verify(wrong).account_broken


def test_the_demo_towns_own_secrets_sign_in(mastodon, bluesky):
    for (channel, account), secrets, name in (
        (mastodon, {"access_token": "demo-token"}, "@erlenfurt"),
        (bluesky, {"app_password": "demo-password"}, "erlenfurt.example"),
    ):
        outcome = channel.verify(Account(account.key, channel.key, "", account.config, secrets))
        assert isinstance(outcome, Sent)
        assert outcome.url.endswith(name)


def test_everything_is_there_after_a_restart(tmp_path, mastodon, send, fake):  # noqa: F811
    outcome = send(mastodon)
    path = outcome.url.removeprefix(fake.base)
    again = Store(tmp_path)
    shown = answer(again, Request("GET", path, {}, {}, b"", fake.base))
    assert shown.status == 200
    assert ALT in shown.body.decode()


def test_garbage_is_refused_politely(fake):  # noqa: F811
    headers = {"Authorization": "Bearer simulation-erlenfurt", "Content-Type": "application/json"}
    response = net.request("POST", fake.base + "/api/v1/statuses", headers=headers, content=b'{"status": ')
    assert response.status == 422
    assert net.request("POST", fake.base + "/api/v2/media", headers=headers, content=b"x").status == 422
    assert net.request("POST", fake.base + "/", content=b"x").status == 405
    with socket.create_connection(("127.0.0.1", fake.server_address[1])) as line:
        line.sendall(b"POST /api/v2/media HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n")
        assert b" 413 " in line.recv(100)


def test_started_as_a_program(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "demo.simulation", "--port", "0", "--data", str(tmp_path / "neu")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "."},
        stdout=subprocess.PIPE,
    )
    try:
        line = process.stdout.readline().decode()
        port = re.search(r"http://127\.0\.0\.1:(\d+)/", line)[1]
        with socket.create_connection(("127.0.0.1", int(port))) as connection:
            connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
            assert b" 200 " in connection.recv(100)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait(10)
        process.stdout.close()
