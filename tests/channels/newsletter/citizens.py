"""What people do with the public pages, and the worker that follows them."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlsplit

from django.core import mail
from django_tasks_db.models import DBTaskResult

from stadtnah.channels.newsletter.models import Consent, Subscriber
from stadtnah.kernel import clock

FORM = "/newsletter/"
ANNA = "anna@bei.example"
_LINK = re.compile(r"https?://\S+/newsletter/(?:bestaetigen|abmelden)/\S+/")


def work():
    """What the worker's lane does: every task that waits, in order."""
    while row := DBTaskResult.objects.filter(status="READY").order_by("enqueued_at").first():
        row.task.func(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        row.delete()


def opened(browser, **extra: str):
    """The form as it is shown, its words as a person reads them, and its token."""
    page = browser.get(FORM, **extra)
    words = unescape(page.content.decode())
    found = re.search(r'name="token" value="([^"]+)"', words)
    return page, words, found.group(1) if found else ""


def sign_up(browser, later, address=ANNA, *, path=FORM, extra=None, **fields: str):
    """Opens the form, reads it, sends it; answers what the server answered."""
    token = opened(browser, **(extra or {}))[2]
    later(timedelta(seconds=20))
    data = {"list": "neues", "email": address, "website": "", "token": token, **fields}
    return browser.post(path, data, **(extra or {}))


def last_link():
    """The path of the link in the latest mail."""
    return urlsplit(_LINK.findall(mail.outbox[-1].body)[-1]).path


def confirmed(mailing_list, address=ANNA):
    """Somebody who subscribed."""
    now = clock.now()
    row = Subscriber.objects.create(
        list=mailing_list, email=address, state="confirmed", created_at=now, confirmed_at=now
    )
    Consent.objects.create(
        subscriber=row,
        wording="Ja.",
        wording_version="1",
        form_path=FORM,
        at=now,
        confirmed_at=now,
        mailed_at=now,
    )
    return row
