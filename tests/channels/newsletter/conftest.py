from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from stadtnah.channels.newsletter.channel import Newsletter
from stadtnah.channels.newsletter.models import MailingList
from stadtnah.kernel.town.models import Town
from stadtnah.publishing.channel import Account, Action, Job
from tests.channels.newsletter.citizens import confirmed
from tests.channels.newsletter.hostile_smtp import HostileSmtp
from tests.channels.samples import content

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


@pytest.fixture
def server():
    """A mail server that takes everything until it is told to misbehave."""
    with HostileSmtp() as running:
        yield running


@pytest.fixture
def make_account():
    """The town's account at a mail server. Tests of hanging servers are less patient; the others survive a busy machine."""

    def make(port, secrets=None, **config: str):
        times = {"connect_seconds": "10", "seconds": "10", "answer_seconds": "10"}
        settings = {
            "host": "127.0.0.1",
            "port": str(port),
            "tls": "none",
            "from_address": "post@beispielau.example",
            "from_name": "Stadt Beispielau",
            "list": "neues",
            **times,
            **config,
        }
        return Account("newsletter", "newsletter", "Newsletter", settings, secrets or {})

    return make


@pytest.fixture
def deliver(make_account, news):
    """Delivers to people (addresses) and answers the outcome by address."""

    def go(account, people, body=None, stop=lambda: False, begin=lambda _ids: None):
        channel = Newsletter()
        body = body or channel.render(content(), {}, account).body
        jobs = {str(uuid.uuid4()): (address, str(confirmed(news, address).pk)) for address in people}
        made = [
            Job(
                delivery_id=key, action=Action.CREATE, recipient=person, account=account, body=body, attempt=1
            )
            for key, (_, person) in jobs.items()
        ]
        return {jobs[key][0]: outcome for key, outcome in channel.deliver(made, stop=stop, begin=begin)}

    return go
