from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from stadtnah.channels.newsletter.models import MailingList
from stadtnah.kernel.town.models import Town

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


@pytest.fixture
def later():
    """Stops the clock on a Monday at noon; `later(timedelta)` moves it on."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller.shift


@pytest.fixture
def news(db):
    """The town and its newsletter."""
    Town.objects.update_or_create(id=1, defaults={"name": "Stadt Beispielau", "short_name": "Beispielau"})
    return MailingList.objects.create(slug="neues", name="Neues aus Beispielau")


@pytest.fixture
def browser():
    """A browser that keeps cookies and is asked for CSRF tokens like any other."""
    return Client(enforce_csrf_checks=True)
