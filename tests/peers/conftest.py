"""Foreign servers on the loopback, started once for all tests that need them."""

from __future__ import annotations

import contextlib
import io
import json
import os
import select
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image

from stadtnah.kernel import media
from stadtnah.publishing.channel import Account, Action, Job
from tools.installed import PDS


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker(pytest.mark.peer)


def _ended(process):
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(10)
    if process.poll() is None:
        process.kill()
        process.wait(10)
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()


@pytest.fixture(scope="session")
def pds(tmp_path_factory):
    """A real Bluesky PDS with one account: base, handle, did, password (an app password)."""
    process = subprocess.Popen(
        ["node", "start.mjs", str(tmp_path_factory.mktemp("pds"))],
        cwd=PDS,
        env={"PATH": os.environ["PATH"], "NODE_NO_WARNINGS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        ready, _, _ = select.select([process.stdout], [], [], 60)
        line = process.stdout.readline() if ready else b""
        assert line, f"the Bluesky server did not start (exit code {process.poll()})"
        yield json.loads(line)
    finally:
        _ended(process)


@pytest.fixture(scope="session")
def mastodon_server(tmp_path_factory):
    """The address of a running mastodon_mock."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("mastodon")
    options = ["--host", "127.0.0.1", "--port", str(port), "--log-level", "critical"]
    process = subprocess.Popen(
        [sys.executable, "-m", "mastodon_mock", "serve", "--in-memory", *options],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "TMPDIR": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _reachable(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        _ended(process)


def _reachable(port, process):
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError(f"mastodon_mock did not start (exit code {process.poll()})")


@pytest.fixture
def mastodon_account(mastodon_server, settings):
    settings.STADTNAH_NET_ALLOW = [urlsplit(mastodon_server).netloc]
    config = {"server": mastodon_server, "visibility": "public"}
    return Account("mastodon:erlenfurt", "mastodon", "@erlenfurt", config, {"access_token": "mock_token"})


@pytest.fixture
def bluesky_account(pds, settings):
    settings.STADTNAH_NET_ALLOW = [urlsplit(pds["base"]).netloc]
    config = {"service": pds["base"], "identifier": pds["handle"]}
    return Account("bluesky:erlenfurt", "bluesky", pds["handle"], config, {"app_password": pds["password"]})


@pytest.fixture
def digest():
    """The digest of a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (800, 450), (20, 110, 90)).save(out, "JPEG")
    return media.put(out.getvalue())


@pytest.fixture
def make_job():
    """A delivery of a rendered post."""

    def make(account, body, action=Action.CREATE, **given: object):
        fields = {"delivery_id": str(uuid.uuid4()), "recipient": "", "attempt": 1, **given}
        return Job(action=action, account=account, body=body, **fields)

    return make
