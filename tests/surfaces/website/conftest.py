"""A town with a data folder of its own, and contents to publish."""

from __future__ import annotations

import io
import uuid
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from stadtnah.kernel import media
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.town.models import Town
from stadtnah.publishing import snapshot
from stadtnah.publishing.content import Block, Content, Picture
from tests.factories.people import person

BASE = "http://localhost:8000"


@pytest.fixture(autouse=True)
def data_folder(settings: Any, tmp_path: Path) -> Path:
    settings.STADTNAH_DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.STADTNAH_BASE_URL = BASE
    return tmp_path


@pytest.fixture
def town(db: None) -> Town:
    return Town.objects.update_or_create(
        id=1,
        defaults={
            "name": "Stadt Beispielau",
            "short_name": "Beispielau",
            "colour": "#1b5e3f",
            "phone": "069 90009 100",
            "opening_hours": [["Montag", "8:00 bis 12:00 Uhr"]],
        },
    )[0]


def photo(width: int = 1200, height: int = 800, colour: str = "#88aa66") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def picture(data_folder: Path) -> Picture:
    kept = media.ingest(photo(), filename="wiese.jpg")
    return Picture(
        kept.sha256, kept.mime, kept.width, kept.height, alt="Eine Wiese am Fluss", credit="Foto: Stadt"
    )


def message(number: int = 1, **changes: Any) -> Content:
    slug = changes.pop("slug", f"meldung-{number}")
    path = f"/aktuelles/2026/{slug}/"
    values: dict[str, Any] = {
        "object_key": f"message:{uuid.uuid5(uuid.NAMESPACE_URL, str(number))}",
        "title": f"Meldung {number}: Brücke wieder frei",
        "teaser": "Die Brücke am Mühlwehr ist wieder frei.",
        "path": path,
        "link": BASE + path,
        "blocks": (Block("text", html="<p>Seit <strong>heute</strong> ist die Brücke frei.</p>"),),
        "category": "verkehr",
        "category_label": "Verkehr",
        "extra": {"kind": "message"},
    }
    return Content(**{**values, **changes})


def page(slug: str = "impressum", **changes: Any) -> Content:
    path = f"/{slug}/"
    values: dict[str, Any] = {
        "object_key": f"page:{uuid.uuid5(uuid.NAMESPACE_URL, slug)}",
        "title": slug.title(),
        "teaser": "",
        "path": path,
        "link": BASE + path,
        "extra": {"kind": "page", "menu": "footer", "menu_order": 10},
    }
    return Content(**{**values, **changes})


DIGEST = "a" * 64
OTHER = "b" * 64


def releaser() -> User:
    return User.objects.filter(name="Freya").first() or person("Freya")


def released(content: Content, number: int = 1) -> str:
    """The digest of a snapshot that says this."""
    body = snapshot.message_body(content, [], number=number, wish="")
    return snapshot.store(body, by=releaser()).digest
