"""A town, its people, a message in the editor, and a channel of paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from stadtnah.kernel.identity.models import User
from stadtnah.kernel.town.models import Town
from stadtnah.surfaces.website.models import HomePage, MessagePage, NewsIndexPage
from tests.factories.channels import Paper
from tests.factories.messages import paper_account
from tests.factories.people import Cast, cast


@pytest.fixture(autouse=True)
def data_folder(settings: Any, tmp_path: Path) -> Path:
    settings.STADTNAH_DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.STADTNAH_SECOND_FACTOR_REQUIRED = False
    return tmp_path


@pytest.fixture
def people(db: None) -> Cast:
    Town.objects.update_or_create(id=1, defaults={"name": "Stadt Beispielau", "short_name": "Beispielau"})
    return cast()


@pytest.fixture
def page(people: Cast, paper: Paper) -> MessagePage:
    paper_account()
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Start", slug="start"))
    news = home.add_child(instance=NewsIndexPage(title="Aktuelles", slug="aktuelles"))
    made: MessagePage = news.add_child(
        instance=MessagePage(
            title="Mühlstraße gesperrt",
            slug="muehlstrasse",
            teaser="Die Straße ist wegen Bauarbeiten gesperrt.",
            body=[("text", "<p>Die Umleitung ist ausgeschildert.</p>")],
            live=False,
        )
    )
    made.save_revision(user=people.ada)
    return made


def as_(user: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
