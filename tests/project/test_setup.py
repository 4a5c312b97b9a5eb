"""A new municipality: one command, then everything else in the browser."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from stadtnah.kernel.access import people
from stadtnah.kernel.access.api import Role
from stadtnah.kernel.identity import invitation
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.town.models import Town
from stadtnah.publishing.models import ChannelAccount
from stadtnah.surfaces.website import bake, founding, renewal, store

ROOT = Path(__file__).resolve().parents[2]
GIVEN = {
    "--name": "Stadt Musterstadt",
    "--kurzname": "Musterstadt",
    "--land": "HE",
    "--admin": "admin@musterstadt.example",
    "--admin-name": "Anna Muster",
}


def setup(data: Path, *more: str, **changed: str) -> subprocess.CompletedProcess[str]:
    given = GIVEN | {f"--{name}": value for name, value in changed.items()}
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "STADTNAH_DATA": str(data),
        "STADTNAH_MODE": "production",
    }
    env = {
        **env,
        "STADTNAH_BASE_URL": "http://127.0.0.1:1",
        "STADTNAH_SMTP_HOST": "127.0.0.1",
        "STADTNAH_SMTP_PORT": "1",
    }
    env.pop("DJANGO_SETTINGS_MODULE", None)
    env.pop("STADTNAH_DATABASE", None)
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "stadtnah",
            "setup",
            *(word for pair in given.items() for word in pair),
            *more,
        ],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )


def test_one_command_makes_an_empty_cell_a_towns_and_a_second_changes_nothing(tmp_path: Path) -> None:
    wrong = setup(tmp_path, land="Hessen")
    assert wrong.returncode == 1
    assert "Das Land „HESSEN“ gibt es nicht" in wrong.stderr
    done = setup(tmp_path)  # the mail server does not answer
    assert done.returncode == 0, done.stderr
    assert "Stadt Musterstadt ist eingerichtet." in done.stdout
    assert "http://127.0.0.1:1/konto/password/reset/key/" in done.stdout
    assert "wagtail" not in done.stderr
    again = setup(tmp_path, "--link")
    assert again.returncode == 1
    assert "„Kennwort vergessen?“" in again.stderr
    assert "gehört schon einer Kommune: Stadt Musterstadt" in again.stderr
    assert "/konto/" not in again.stdout


@pytest.fixture
def anna(db: None) -> User:
    Town.objects.all().delete()
    ChannelAccount.objects.all().delete()
    admin = people.add_person(
        GIVEN["--admin"], GIVEN["--admin-name"], "municipality", by=None, roles=[Role.ADMIN]
    )
    founding.found("Stadt Musterstadt", "Musterstadt", "HE", by=admin)
    return admin


def test_the_first_person_sets_a_password_and_is_told_what_to_do_next(anna: User) -> None:
    client = Client()
    form = client.get(invitation.link(anna), follow=True)
    assert "Kennwort festlegen" in form.content.decode()
    assert "Passwort" not in form.content.decode()
    path = form.request["PATH_INFO"]
    short = client.post(path, {"password1": "kurz", "password2": "kurz"}).content.decode()
    assert "Das Kennwort ist zu kurz. Bitte nehmen Sie mindestens 12 Zeichen" in short
    words = {"password1": "vier-laue-Tassen-Tee", "password2": "vier-laue-Tassen-Tee"}
    done = client.post(path, words, follow=True)
    assert reverse("account_login") in done.content.decode()
    signed = client.post(
        reverse("account_login"), {"login": anna.email, "password": words["password1"]}, follow=True
    )
    shown = signed.content.decode()
    assert "Personen anlegen" in shown
    assert "Impressum, Datenschutz und Barrierefreiheit veröffentlichen" in shown
    people.add_person(
        "frida@musterstadt.example", "Frida Frei", "municipality", by=anna, roles=[Role.APPROVER]
    )
    assert client.get("/desk/").content.decode().count("Erledigt") == 1


def test_drafts_only_and_no_newsletter_is_offered_before_there_is_one(
    anna: User, settings: Any, tmp_path: Path
) -> None:
    settings.STADTNAH_DATA = tmp_path
    assert [page.slug for page in Page.objects.filter(depth__gt=1)] == [
        "start",
        "aktuelles",
        "dienstleistungen",
    ]
    bake.bake_all()
    renewal.done()
    found = store.read("/")
    assert found
    assert b"Musterstadt" in found[1]
    assert b"/newsletter/" not in found[1]
    assert not renewal.due()
    ChannelAccount.objects.create(key="newsletter", channel="newsletter", label="Newsletter")
    assert renewal.due()
    renewal.renew()
    found = store.read("/")
    assert found
    assert b"/newsletter/" in found[1]
    assert not renewal.due()
