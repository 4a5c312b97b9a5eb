"""Channel accounts in the desk: set up, changed, checked, switched; secrets go in and never come out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel.audit.models import Entry
from stadtnah.publishing import api as publishing
from stadtnah.publishing.channel import Account, Outcome, Permanent, Sent, SettingField, Temporary
from stadtnah.publishing.models import ChannelAccount
from tests.factories.channels import Paper
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_

SECRET = "streng-geheim-7f3a"
URL = "/desk/kanaele/"
FIELDS = (
    SettingField("place", "Ort", target=True),
    SettingField("size", "Format", choices=(("a4", "A4"), ("a5", "A5")), default="a4"),
    SettingField("token", "Schlüssel", secret=True),
    SettingField("note", "Vermerk", required=False, multiline=True),
)
TYPED = {"label": "Aushang", "place": "Rathaus", "size": "a5", "token": SECRET, "note": "eins\r\nzwei"}


class Board(Paper):
    """Paper that has settings and can be asked."""

    settings_fields = FIELDS
    can_verify = True
    says: Outcome = Sent()
    seen: Account | None = None

    def settings_problems(self, config: Any) -> dict[str, str]:
        return {"place": "Dort hängt nichts."} if config.get("place") == "Nirgends" else {}

    def verify(self, account: Account) -> Outcome:
        self.seen = account
        return self.says


@pytest.fixture
def board(paper: Paper) -> Any:
    publishing.CHANNELS.unregister("paper")
    made = Board()
    publishing.CHANNELS.register("paper", made)
    return made


@pytest.fixture
def account(board: Board, people: Cast) -> ChannelAccount:
    assert as_(people.anton).post(f"{URL}neu/paper/", TYPED).status_code == 302
    return ChannelAccount.objects.get(pk="paper")


def secrets_of(pk: str) -> dict[str, str]:
    return publishing.view(ChannelAccount.objects.get(pk=pk), opened=True).secrets


def test_a_new_account_is_kept_and_its_secret_sealed(account: ChannelAccount, people: Cast) -> None:
    assert account.enabled
    assert account.label == "Aushang"
    assert account.config == {"place": "Rathaus", "size": "a5", "note": "eins\nzwei"}
    assert SECRET not in account.sealed
    assert secrets_of("paper") == {"token": SECRET}
    entry = Entry.objects.get(event="account.added")
    assert entry.actor == f"user:{people.anton.pk}"
    assert entry.data == {"channel": "paper", "fields": ["note", "place", "size"], "secrets": ["token"]}


def test_a_second_account_of_a_channel_gets_a_key_of_its_own(account: ChannelAccount, people: Cast) -> None:
    as_(people.anton).post(f"{URL}neu/paper/", {**TYPED, "token": "anders"})
    assert secrets_of("paper-2") == {"token": "anders"}
    assert secrets_of("paper") == {"token": SECRET}


def test_the_secret_is_in_no_page_and_in_no_entry_of_the_log(account: ChannelAccount, people: Cast) -> None:
    client = as_(people.anton)
    pages = [client.get(URL), client.get(f"{URL}paper/"), client.post(f"{URL}paper/", {**TYPED, "label": ""})]
    assert [page.status_code for page in pages] == [200, 200, 422]
    assert all(SECRET not in page.content.decode() for page in pages)
    assert "hinterlegt" in pages[1].content.decode()
    assert SECRET not in json.dumps(list(Entry.objects.values("event", "subject", "data")))


def test_an_empty_secret_stays_a_new_one_replaces(account: ChannelAccount, people: Cast) -> None:
    client = as_(people.anton)
    assert client.post(f"{URL}paper/", {**TYPED, "token": "", "label": "Neu"}).status_code == 302
    assert secrets_of("paper") == {"token": SECRET}
    assert client.post(f"{URL}paper/", {**TYPED, "token": "zweites"}).status_code == 302
    assert secrets_of("paper") == {"token": "zweites"}
    first, second = Entry.objects.filter(event="account.changed").order_by("seq")
    assert first.data == {"fields": ["label"], "secrets": [], "secrets_removed": []}
    assert second.data["secrets"] == ["token"]


def test_a_needed_secret_goes_only_when_the_account_is_off(account: ChannelAccount, people: Cast) -> None:
    client = as_(people.anton)
    without = {**TYPED, "token": "", "token-weg": "1"}
    answer = client.post(f"{URL}paper/", without)
    assert answer.status_code == 422
    assert "„Schlüssel“ fehlt" in answer.content.decode()
    client.post(f"{URL}paper/schalten/", {})
    assert client.post(f"{URL}paper/", without).status_code == 302
    assert ChannelAccount.objects.get(pk="paper").sealed == ""
    shown = client.post(f"{URL}paper/schalten/", {"on": "1"}, follow=True).content.decode()
    assert "„Schlüssel“ fehlt" in shown
    assert not ChannelAccount.objects.get(pk="paper").enabled


def test_a_stored_secret_goes_to_no_other_place(account: ChannelAccount, people: Cast) -> None:
    client = as_(people.anton)
    answer = client.post(f"{URL}paper/", {**TYPED, "token": "", "place": "Andernorts"})
    assert answer.status_code == 422
    assert "neu ein" in answer.content.decode()
    assert ChannelAccount.objects.get(pk="paper").config["place"] == "Rathaus"
    assert client.post(f"{URL}paper/", {**TYPED, "place": "Andernorts"}).status_code == 302


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"label": " "}, "label", "Namen"),
        ({"place": ""}, "place", "„Ort“ fehlt"),
        ({"place": "Nirgends"}, "place", "Dort hängt nichts"),
        ({"size": "a9"}, "size", "aus der Liste"),
        ({"token": ""}, "token", "„Schlüssel“ fehlt"),
        ({"note": "x" * 2001}, "note", "zu lang"),
    ],
)
def test_bad_input_is_named_and_the_rest_kept(
    board: Board, people: Cast, change: dict[str, str], field: str, words: str
) -> None:
    answer = as_(people.anton).post(f"{URL}neu/paper/", {**TYPED, **change})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert words in shown
    assert f'id="fehler_{field}"' in shown
    assert f'href="#id_{field}"' in shown
    assert "zwei</textarea>" in shown or field == "note"
    assert not ChannelAccount.objects.exists()
    assert not Entry.objects.filter(event="account.added").exists()


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Sent("1", "https://paper.example/ich"), "Der Zugang funktioniert. https://paper.example/ich"),
        (Temporary("Der Server antwortet nicht."), "Im Augenblick nicht erreichbar"),
        (Permanent("Der Schlüssel gilt nicht mehr."), "Der Schlüssel gilt nicht mehr."),
    ],
)
def test_the_channel_is_asked(
    board: Board, account: ChannelAccount, people: Cast, outcome: Outcome, words: str
) -> None:
    board.says = outcome
    assert words in as_(people.anton).post(f"{URL}paper/pruefen/", follow=True).content.decode()
    assert board.seen is not None
    assert board.seen.secrets == {"token": SECRET}


def test_switched_off_is_not_offered_any_more(account: ChannelAccount, people: Cast) -> None:
    client = as_(people.anton)
    assert [row.pk for row in publishing.usable()] == ["paper"]
    client.post(f"{URL}paper/schalten/", {})
    assert publishing.usable() == []
    client.post(f"{URL}paper/schalten/", {"on": "1"})
    assert [row.pk for row in publishing.usable()] == ["paper"]
    events = list(Entry.objects.filter(event__startswith="account.switched").values_list("event", flat=True))
    assert sorted(events) == ["account.switched_off", "account.switched_on"]


def test_the_website_is_there_once_and_stays_on(people: Cast) -> None:
    ChannelAccount.objects.create(key="website", channel="website", label="Website")
    client = as_(people.anton)
    assert client.get(f"{URL}neu/website/").status_code == 404
    assert "Website" not in client.get(f"{URL}neu/").content.decode().split("<main")[1]
    shown = client.post(f"{URL}website/schalten/", {}, follow=True).content.decode()
    assert "gehört zu jeder Meldung" in shown
    assert ChannelAccount.objects.get(pk="website").enabled


def test_only_the_administration(account: ChannelAccount, people: Cast) -> None:
    for who in (people.agnes, people.freya, people.ada, people.doris):
        client = as_(who)
        for path in ("", "neu/", "neu/paper/", "paper/"):
            assert client.get(URL + path).status_code == 403
        for path, data in (
            ("neu/paper/", TYPED),
            ("paper/", TYPED),
            ("paper/schalten/", {}),
            ("paper/pruefen/", {}),
        ):
            assert client.post(URL + path, data).status_code == 403
    assert ChannelAccount.objects.get().enabled


def test_the_domain_refuses_too(account: ChannelAccount, people: Cast, board: Board) -> None:
    from django.core.exceptions import PermissionDenied

    for call in (
        lambda: publishing.add_account(board, "x", {}, {}, by=people.agnes),
        lambda: publishing.change_account("paper", "x", {}, {}, by=people.agnes),
        lambda: publishing.switch_account("paper", on=False, by=people.agnes),
        lambda: publishing.check_account("paper", by=people.agnes),
    ):
        with pytest.raises(PermissionDenied):
            call()


def test_the_list_asks_the_database_as_often_for_many(account: ChannelAccount, people: Cast) -> None:
    def asked(rows: int) -> int:
        have = ChannelAccount.objects.count()
        ChannelAccount.objects.bulk_create(
            ChannelAccount(key=f"p{n}", channel="paper", label=f"P {n}") for n in range(have, rows)
        )
        client = as_(people.anton)
        client.get(URL)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(URL).status_code == 200
        return len(queries)

    assert asked(3) == asked(30)


@pytest.mark.parametrize(
    ("channel", "change", "field"),
    [
        ("mastodon", {"server": "http://social.example"}, "server"),
        ("mastodon", {"server": "https://social.example/@stadt"}, "server"),
        ("mastodon", {"server": "kein server"}, "server"),
        ("bluesky", {"service": "ftp://pds.example"}, "service"),
        ("newsletter", {"port": "70000"}, "port"),
        ("newsletter", {"from_address": "rathaus"}, "from_address"),
        ("newsletter", {"tls": "none"}, "tls"),
        ("newsletter", {"list": "Neues & mehr"}, "list"),
        ("newsletter", {"colour": "grün"}, "colour"),
        ("newsletter", {"connections": "17"}, "connections"),
    ],
)
def test_each_channel_knows_its_settings(
    people: Cast, channel: str, change: dict[str, str], field: str
) -> None:
    right = {
        "mastodon": {"server": "https://social.example", "access_token": SECRET, "visibility": "public"},
        "bluesky": {"identifier": "stadt.example", "app_password": SECRET},
        "newsletter": {
            "host": "mail.stadt.example",
            "port": "587",
            "tls": "starttls",
            "from_address": "neues@stadt.example",
            "from_name": "Stadt",
            "list": "neues",
        },
    }[channel] | {"label": "Konto"}
    client = as_(people.anton)
    shown = client.post(f"{URL}neu/{channel}/", right | change).content.decode()
    assert f'id="fehler_{field}"' in shown
    assert shown.count('class="field-error"') == 1
    assert client.post(f"{URL}neu/{channel}/", right).status_code == 302


def test_the_newsletter_brings_its_list(people: Cast) -> None:
    from stadtnah.channels.newsletter.models import MailingList

    data = {"label": "Neues aus Beispielau", "host": "mail.stadt.example", "port": "587", "tls": "starttls"}
    data |= {"from_address": "neues@stadt.example", "from_name": "Stadt", "list": "neues"}
    assert as_(people.anton).post(f"{URL}neu/newsletter/", data).status_code == 302
    assert MailingList.objects.get(slug="neues").name == "Neues aus Beispielau"
