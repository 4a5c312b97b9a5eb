"""`make bench-release`: from the approver's click until the last of 1,000 newsletter mails is accepted, with all other channels.

A cell with the demo town on a fresh SQLite file, web and worker as `serve` starts them, Postfix's smtp-sink as the town's
mail server, and the demo's simulation for Mastodon and Bluesky. The click is the POST of the release view, over HTTP. The peer
is Django's `send_messages` over one connection, with the same 1,000 mails to the same sink, in the same run; composing
them is part of it, as it is part of ours.
"""

# ruff: noqa: PLC0415 - Django can only be imported when its data folder is known

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.common import child, free_port, listens, percentiles, running, wait_for
from bench.person import Person

MAILS, ROUNDS, PEER_ROUNDS = 1000, 10, 3


def main() -> None:
    """Runs and prints one JSON line at the end."""
    sink = shutil.which("smtp-sink") or "/usr/sbin/smtp-sink"
    if not Path(sink).exists():
        sys.exit("smtp-sink fehlt (Debian-Paket postfix; make test richtet es als root ein).")
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="stadtnah-bench-"))
        mail, social, port = free_port(), free_port(), free_port()
        os.environ |= {
            "STADTNAH_DATA": folder,
            "STADTNAH_MODE": "demo",
            "STADTNAH_BASE_URL": "http://localhost:8000",
            "STADTNAH_NET_ALLOW": f"127.0.0.1:{social}",
            "STADTNAH_MAIL_FROM": "Stadt Erlenfurt <redaktion@erlenfurt.example>",
            "STADTNAH_LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "stadtnah.project.settings.base",
        }
        user = ["-u", "nobody"] if os.getuid() == 0 else []
        stack.enter_context(child([sink, *user, f"127.0.0.1:{mail}", "200"]))
        town(social, mail)
        simulation = ["-m", "demo.simulation", "--port", str(social), "--data", str(Path(folder) / "social")]
        stack.enter_context(child([sys.executable, *simulation]))
        stack.enter_context(
            running([sys.executable, "-m", "stadtnah", "serve", "--port", str(port)], port, "/")
        )
        wait_for(lambda: listens(mail) and listens(social))
        print(json.dumps(measured(mail, port)))


def town(social: int, mail: int) -> None:
    """The demo town with a thousand confirmed readers."""
    from stadtnah.project.commands import start

    start.setup()
    start.prepare(quiet=True)
    from demo import seed
    from stadtnah.channels.newsletter.models import Consent, MailingList, Subscriber
    from stadtnah.kernel import clock

    seed.seed(lambda _text: None, social=f"http://127.0.0.1:{social}", mail_port=mail, older=14)
    Consent.objects.all().delete()
    Subscriber.objects.all().delete()
    now = clock.now()
    Subscriber.objects.bulk_create(
        Subscriber(
            list=MailingList.objects.get(),
            email=f"leser{n}@post{n % 20}.example",
            state="confirmed",
            created_at=now,
            confirmed_at=now,
        )
        for n in range(MAILS)
    )


def measured(mail: int, port: int) -> dict[str, Any]:
    """The figures."""
    approver = Person(f"http://localhost:{port}")
    approver.sign_in("freigabe")
    clicked(approver, 0)  # the worker is warm then
    rounds = [clicked(approver, number) for number in range(1, ROUNDS + 1)]
    whole = percentiles([one["whole"] for one in rounds])
    peer = percentiles([django_mails(mail) for _ in range(PEER_ROUNDS)])
    return {
        "bench": "release",
        "value": whole["p50"],
        "unit": "s from click to the last of all deliveries",
        "whole": whole,
        "mails": percentiles([one["mails"] for one in rounds]),
        "others": percentiles([one["others"] for one in rounds]),
        "click": percentiles([one["click"] for one in rounds]),
        "deliveries": rounds[-1]["rows"],
        "rounds": ROUNDS,
        "peers": {"django send_messages (mails alone)": peer},
        "ratio": {"django send_messages": round(peer["p50"] / whole["p50"], 2)},
    }


def clicked(approver: Person, number: int) -> dict[str, float]:
    """One message, submitted by the agency, released by a click; seconds."""
    from stadtnah.kernel import clock
    from stadtnah.publishing.models import Delivery

    request = submitted(number)
    start = approver.release(request)
    click = time.perf_counter() - start
    clicked_at = clock.now() - timedelta(seconds=click)
    rows = Delivery.objects.filter(object_key=request.object_key)
    wait_for(lambda: rows.filter(channel="newsletter").count() == MAILS)
    wait_for(lambda: not rows.filter(state__in=["planned", "sending"]).exists())
    assert set(rows.values_list("state", flat=True)) == {"sent"}, list(
        rows.exclude(state="sent")[:3].values()
    )

    def last(**which: Any) -> float:
        found = rows.filter(**which).order_by("finished_at").last()
        assert found is not None
        assert found.finished_at is not None
        return float((found.finished_at - clicked_at) / timedelta(seconds=1))

    mails, others = (
        last(channel="newsletter"),
        max(last(channel=c) for c in ("website", "feeds", "mastodon", "bluesky")),
    )
    return {
        "whole": max(mails, others),
        "mails": mails,
        "others": others,
        "click": click,
        "rows": rows.count(),
    }


def submitted(number: int) -> Any:
    """A message of the demo town under a name of its own, laid before the municipality for every channel."""
    from demo import pages
    from demo.content.messages import messages
    from stadtnah.kernel.identity.models import User
    from stadtnah.publishing import api
    from stadtnah.surfaces.website.checking import check_context
    from stadtnah.surfaces.website.models import NewsIndexPage

    item = next(one for one in messages() if one["state"]["name"] == "delivered")
    # Without a day of its own it is new, and stands first in the lists.
    new = {"state": {**item["state"], "name": "draft"}, "valid_from": None, "valid_until": None}
    item = {**item, "title": f"{item['title'][:60]} ({number})", **new}
    page = pages.message(NewsIndexPage.objects.get(), item)
    plan = {key: {"on": True} for key in ("newsletter", "mastodon", "bluesky")}
    agnes = User.objects.get(email="agentur@demo.example")
    return api.submit(page.content(), plan, by=agnes, context=check_context())


def django_mails(port: int) -> float:
    """Seconds that Django needs for the same mails."""
    from django.core.mail import EmailMultiAlternatives, get_connection

    from stadtnah.publishing import api
    from stadtnah.publishing.models import Delivery

    row = (
        Delivery.objects.filter(channel="newsletter")
        .select_related("approval__snapshot")
        .latest("finished_at")
    )
    channels = api.opened(row.approval.snapshot)["channels"]
    body = next(entry["body"] for entry in channels if entry["channel"] == "newsletter")
    start = time.perf_counter()
    mails = []
    for number in range(MAILS):
        link = f"https://erlenfurt.example/newsletter/abmelden/{number}/"
        mail = EmailMultiAlternatives(
            body["subject"],
            body["text"],
            "newsletter@erlenfurt.example",
            [f"leser{number}@post{number % 20}.example"],
            headers={"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        )
        mail.attach_alternative(body["html"], "text/html")
        mails.append(mail)
    backend = "django.core.mail.backends.smtp.EmailBackend"
    sent = get_connection(backend, host="127.0.0.1", port=port, use_tls=False).send_messages(mails)
    assert sent == MAILS
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
