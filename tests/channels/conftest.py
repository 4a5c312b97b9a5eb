from __future__ import annotations

import io
import threading
import uuid

import pytest
from PIL import Image

from stadtnah.kernel import media
from stadtnah.publishing.channel import Action, Job
from tests.channels.fake_server import HostileServer


@pytest.fixture
def fake(tmp_path, settings):
    """A running hostile server that outgoing requests may reach."""
    server = HostileServer(tmp_path)
    settings.STADTNAH_NET_ALLOW = [f"127.0.0.1:{server.server_address[1]}"]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture
def blob():
    """Keeps a picture of this size and colour; returns its digest."""

    def keep(width=640, height=360, colour=(30, 90, 160)):
        out = io.BytesIO()
        Image.new("RGB", (width, height), colour).save(out, "JPEG", quality=85)
        return media.put(out.getvalue())

    return keep


@pytest.fixture
def make_job():
    """A delivery of a rendered post."""

    def make(account, body, action=Action.CREATE, **given: object):
        fields = {"delivery_id": str(uuid.uuid4()), "recipient": "", "attempt": 1, **given}
        return Job(action=action, account=account, body=body, **fields)

    return make
