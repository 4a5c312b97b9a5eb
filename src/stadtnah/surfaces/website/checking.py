"""What the checks need to know of this town and its website."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from wagtail.models import Page

from stadtnah.kernel import clock
from stadtnah.kernel.rights import api as rights
from stadtnah.kernel.town import api as town
from stadtnah.publishing.checks import CheckContext
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import feeds, kinds, serve, store, style_rules
from stadtnah.surfaces.website.models import ReleasedPage
from stadtnah.surfaces.website.pages import PublicPage

_FIXED = ("/", "/aktuelles/", *serve.FORMS, *(f"{feeds.FOLDER}{name}" for name in feeds.NAMES))


def check_context(now: datetime | None = None, *, about: Content | None = None) -> CheckContext:
    """The rules and facts of this town; `now` is wall time (imports are read as on their own day).

    `about`: what is checked; contacts that the municipality is about to call its own are its own there.
    """
    row = town.town()
    coming = about.extra.get("facts", {}) if about and about.extra.get("kind") == "town" else {}
    host = (urlsplit(town.base_url()).hostname or "localhost").lower()
    mail_host = row.mail.rpartition("@")[2].lower()
    own = {host, f"www.{host}"} | ({mail_host, f"www.{mail_host}"} if mail_host else set())
    official = {
        contact for contact in (row.phone, row.mail, coming.get("phone"), coming.get("mail")) if contact
    }
    return CheckContext(
        guide=style_rules.rules(row),
        now=now or clock.local(clock.now()).replace(tzinfo=None),
        link_exists=_exists,
        link_coming=_coming,
        own_hosts=frozenset(own),
        official_contacts=frozenset(official | set(style_rules.contacts(row))),
        rights=rights.verdicts,
        of_kind=kinds.check,
    )


def page_path(path: str) -> str:
    """The path of the page that an internal link means: without the language, each page has its English twin."""
    path = path.removeprefix("/en") if path.startswith("/en/") else path
    return path if path.endswith("/") or "." in path.rsplit("/", 1)[-1] else f"{path}/"


def fixed(path: str) -> bool:
    """Whether something is always there that is no released page: a form, a feed; a picture or document has a rule of its own."""
    return path in _FIXED or path.startswith("/media/")


def _exists(path: str) -> bool:
    wanted = page_path(path)
    released = ReleasedPage.objects.filter(path=wanted, state=ReleasedPage.State.LIVE)
    return fixed(wanted) or released.exists() or wanted in kinds.list_paths() or store.stands(wanted)


def _coming(path: str) -> bool:
    wanted = page_path(path)
    slug = wanted.rstrip("/").rpartition("/")[2]
    if not slug or ReleasedPage.objects.filter(path=wanted).exists():  # was public and is not any more
        return False
    drafts = Page.objects.filter(slug=slug, live=False).specific()
    return any(isinstance(page, PublicPage) and page.public_path() == wanted for page in drafts)
