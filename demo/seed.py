"""Fills an empty cell with the demo town. Everything public goes through the release, as in a real town."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import transaction

from demo import blog, events, handed_in, languages, offices, press, steinbach, streets, upkeep
from demo import pages as build
from demo.content import town as words
from demo.content.archive import archive
from demo.content.messages import messages
from demo.content.people import AGENCY, USERS, subscribers
from demo.content.services import SERVICES
from demo.peers import Bluesky
from demo.simulation.app import PEER
from stadtnah.kernel import clock, media
from stadtnah.kernel.access.api import Agency, Role, Scope, grant_role
from stadtnah.kernel.access.models import Mandate
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.town.models import Town
from stadtnah.publishing import api
from stadtnah.publishing.dispatch import deliver, plan
from stadtnah.surfaces.website import founding
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.forwarding import edit as forwardings
from stadtnah.surfaces.website.forwarding import release as forwarding_list
from stadtnah.surfaces.website.forwarding import short
from stadtnah.surfaces.website.helpful.models import PageVerdict
from stadtnah.surfaces.website.models import (
    HomePage,
    NewsIndexPage,
    ReleasedPage,
    ServicePage,
    StandardPage,
)
from stadtnah.surfaces.website.search import index as search

PASSWORD = "stadtnah-demo"
Say = Callable[[str], None]
ON_SITE: dict[str, Any] = {}


def seeded() -> bool:
    """Whether the demo town is there already."""
    return Town.objects.filter(extra__demo=True).exists()


def seed(say: Say, *, social: str, mail_port: int, older: int = 128, readers: int = 900) -> None:
    """Builds the town in steps; an interrupted run leaves an unfinished data folder that says so."""
    say("Die Demostadt Erlenfurt wird eingerichtet (einmalig; je nach Rechner eine bis vier Minuten) …")
    with transaction.atomic():
        _town()
        people = _people()
        accounts(social=social, mail_port=mail_port)
        if apps.is_installed("stadtnah.channels.newsletter"):
            _subscribers(readers)
    agnes, karla = people["agentur@demo.example"], people["freigabe@demo.example"]
    home, news = _tree()
    _release(
        [
            *(home, news, *_with_offices(), *_standard_pages(home)),
            *(*build.projects(home), *blog.pages(), press.page(home), *steinbach.pages(home)),
        ],
        agnes,
        karla,
    )
    _release(events.pages(clock.local(clock.now()).date()), agnes, karla)
    streets.build(agnes, karla)
    _home(home, agnes, karla)
    _forwardings(agnes, karla)
    # Before the archive: with the first page in Leichte Sprache the head of every page changes.
    languages.build(_release, admin=people["admin@demo.example"], author=agnes, approver=karla)
    say("  Seiten und Rechtstexte sind freigegeben.")
    old = [build.message(news, item) for item in archive(older)]
    _release(old, agnes, karla)
    say(f"  Archiv: {len(old)} Meldungen.")
    for item in messages():
        _message(news, item, people)
    _release(languages.versions(agnes), agnes, karla)
    say("  Fassungen auf Englisch, Ukrainisch, Arabisch und in Leichter Sprache.")
    _verdicts()
    upkeep.build(author=agnes, approver=karla)
    handed_in.build(clock.local(clock.now()).date(), people["sachbearbeitung@demo.example"])
    search.catch_up()
    Town.objects.update(extra={**Town.objects.get().extra, "demo": True})
    say("  Zwölf aktuelle Meldungen in allen Zuständen.")


def _town() -> None:
    fields = {k: v for k, v in words.TOWN.items() if k in {f.name for f in Town._meta.get_fields()}}  # noqa: SLF001 - Django's public way to its fields
    arms = media.ingest((build.PICTURES / "wappen.png").read_bytes(), filename="wappen.png")
    extra = {k: v for k, v in words.TOWN.items() if k not in fields}
    Town.objects.update_or_create(
        id=1,
        defaults={
            **fields,
            "arms_sha256": arms.sha256,
            "guide": words.STYLE_GUIDE,
            "extra": {**extra, "official_contacts": words.OFFICIAL_CONTACTS},
        },
    )
    founding.lay_categories()


def _people() -> dict[str, User]:
    agency, _ = Agency.objects.get_or_create(name=AGENCY["name"], defaults={"contact": AGENCY["contact"]})
    found: dict[str, User] = {}
    hashed = make_password(PASSWORD)  # once: seven times costs four seconds of the first start
    for entry in USERS:
        kind = "agency" if "mandate" in entry else "municipality"
        user = User.objects.filter(email=entry["email"]).first() or User.objects.create_user(
            entry["email"], None, name=entry["name"], position=entry["position"], kind=kind
        )
        if not user.has_usable_password():
            user.password = hashed
            user.save(update_fields=["password"])
        for role in entry["roles"]:
            grant_role(user, Role(role), by=None)
        found[user.email] = user
    for entry in USERS:
        if "mandate" in entry:
            _mandate(agency, found[entry["email"]], entry["mandate"], found["freigabe@demo.example"])
    return found


def _mandate(agency: Agency, user: User, mandate: dict[str, Any], by: User) -> None:
    starts = clock.resolve_wall(clock.parse_wall(f"{mandate['starts']}T00:00"))
    ends = clock.resolve_wall(clock.parse_wall(f"{mandate['ends']}T23:59")) if mandate["ends"] else None
    Mandate.objects.get_or_create(
        user=user,
        defaults={
            "agency": agency,
            "scopes": [Scope(s).value for s in mandate["scopes"]],
            "starts_at": starts,
            "ends_at": ends,
            "granted_by": by,
            "swept_at": ends,
        },
    )


def accounts(*, social: str, mail_port: int, bluesky: Bluesky | None = None) -> None:
    """The town's channel accounts; ports change from start to start. `bluesky`: a real server instead of the simulation."""
    rows: tuple[tuple[str, str, str, dict[str, Any], dict[str, str]], ...] = (
        ("website", "website", "Website erlenfurt.example", {}, {}),
        ("feeds", "feeds", "Feeds (Atom, RSS, JSON)", {}, {}),
        ("newsletter", "newsletter", "Newsletter „Neues aus Erlenfurt“", _mail(mail_port), {}),
        (
            "mastodon",
            "mastodon",
            "Mastodon @erlenfurt (Simulation)",
            {"server": social},
            {"access_token": "demo-token"},
        ),
        ("bluesky", "bluesky", *_bluesky(social, bluesky)),
    )
    for position, (key, channel, label, config, secrets) in enumerate(rows, 1):
        row = api.ChannelAccount.objects.filter(pk=key).first() or api.ChannelAccount(key=key)
        row.channel, row.label, row.position = channel, label, position * 10
        row.config = {**row.config, **config}
        if secrets:
            api.set_secrets(row, secrets)
        row.save()


def _bluesky(social: str, real: Bluesky | None) -> tuple[str, dict[str, Any], dict[str, str]]:
    if real is None:
        config = {"service": social, "identifier": "erlenfurt.example", "app_url": social}
        return "Bluesky erlenfurt.example (Simulation)", config, {"app_password": "demo-password"}
    config = {"service": real.base, "identifier": real.handle, "app_url": f"{social}{PEER}"}
    return (
        f"Bluesky {real.handle} (echter Server auf diesem Rechner)",
        config,
        {"app_password": real.password},
    )


def _mail(port: int) -> dict[str, Any]:
    return {
        "host": "127.0.0.1",
        "port": str(port),
        "tls": "none",
        "from_address": "newsletter@erlenfurt.example",
        "from_name": "Stadt Erlenfurt",
        "reply_to": "rathaus@erlenfurt.example",
        "list": "neues",
        "imprint": "Stadt Erlenfurt\nMarktplatz 1\n35999 Erlenfurt",
        "colour": words.TOWN["colour"],
    }


def _subscribers(most: int) -> None:
    from stadtnah.channels.newsletter.models import Consent, MailingList, Subscriber  # noqa: PLC0415 - only here

    mailing_list, _ = MailingList.objects.get_or_create(
        slug="neues",
        defaults={
            "name": "Neues aus Erlenfurt",
            "description": "Meldungen der Stadt, sobald sie erscheinen.",
        },
    )
    wording = "Ich möchte den Newsletter „Neues aus Erlenfurt“ erhalten und kann mich jederzeit abmelden."
    for person in subscribers(most):
        at = clock.resolve_wall(
            datetime.combine(date.fromisoformat(person["confirmed_on"]), datetime.min.time())
            + timedelta(hours=10)
        )
        row = Subscriber.objects.create(
            list=mailing_list, email=person["mail"], state="confirmed", created_at=at, confirmed_at=at
        )
        Consent.objects.create(
            subscriber=row,
            wording=wording,
            wording_version="1",
            form_path="/newsletter/",
            at=at,
            confirmed_at=at,
        )


def _services() -> list[ServicePage]:
    """The list from A to Z and what stands in it."""
    place = founding.service_place()
    place.intro = "Was Sie im Rathaus erledigen können, was Sie dafür brauchen und was es kostet."
    place.save()
    place.save_revision()
    return [place, *(build.service(place, entry) for entry in SERVICES)]


def _with_offices() -> list[Any]:
    """The services and the offices that answer for them."""
    place, *found = _services()
    built = offices.build(clock.local(clock.now()).date())
    for page in found:
        page.refresh_from_db()
        page.save_revision()
    return [*built, place, *found]


def _tree() -> tuple[HomePage, NewsIndexPage]:
    return founding.lay_tree(
        "Willkommen in Erlenfurt",
        site_name="Erlenfurt",
        intro="Die Stadt an der Weide: Nachrichten aus dem Rathaus, Dienstleistungen und alles, was Sie im Alltag brauchen.",
        news_intro="Was die Stadt Ihnen mitteilt.",
    )


def _standard_pages(home: HomePage) -> list[StandardPage]:
    return [page for entry in words.PAGES for page in build.standard(home, entry)]


def _home(home: HomePage, author: User, approver: User) -> None:
    home.refresh_from_db()
    kontakt = StandardPage.objects.filter(slug="kontakt").first()
    links = [
        ("Bürgerbüro und Kontakt", "Öffnungszeiten, Telefon, E-Mail", kontakt, ""),
        ("Aktuelle Meldungen", "Sperrungen, Termine, Beschlüsse", None, "/aktuelles/"),
        ("Newsletter", "Meldungen per E-Mail", None, "/newsletter/"),
        ("Abfuhr in meiner Straße", "Wann was abgeholt wird", None, "/meine-strasse/"),
    ]
    home.quick_links = [
        ("link", {"label": label, "text": text, "page": page, "address": address})
        for label, text, page, address in links
    ]
    home.sections = build.sections()
    home.save()
    _release([home], author, approver)


def _release(pages: Iterable[Any], author: User, approver: User) -> None:
    """Submits as the agency, releases as the municipality, bakes."""
    for page in pages:
        content = page.content()
        own_day = content.dated and datetime.fromisoformat(content.dated)
        # The first pages link to each other before they are public.
        context = replace(check_context(own_day or None), link_exists=lambda _path: True)
        request = api.submit(content, ON_SITE, by=author, context=context, note="")
        approval = api.release(request.pk, by=approver, seen_digest=request.snapshot_id)
        plan.plan(approval.pk)
    # The lists are baked once for all.
    deliver.deliver("website")
    deliver.deliver("feeds")


def _forwardings(author: User, approver: User) -> None:
    """What the website before this one was called, and what still has no page."""
    for old, new in words.FORWARDINGS:
        forwardings.save(old, new, by=author)
    for word, path in words.SHORT_ADDRESSES:
        short.make(word, path, by=author)
    request = forwarding_list.propose(by=author)
    if request is not None:
        approval = api.release(request.pk, by=approver, seen_digest=request.snapshot_id)
        plan.plan(approval.pk)
        deliver.deliver("website")


def _verdicts() -> None:
    """What citizens said of pages, as counted since the town began with it."""
    since = clock.local(clock.now()).date() - timedelta(days=60)
    for path, yes, no in words.VERDICTS:
        row = ReleasedPage.objects.filter(path=path).first()
        if row is not None:
            PageVerdict.objects.create(pk=row.pk, yes=yes, no=no, since=since)


def _place(comment: dict[str, Any]) -> str:
    block = comment.get("block")
    return "body" if block is None else f"block:{block}"


def _message(news: NewsIndexPage, item: dict[str, Any], people: dict[str, User]) -> None:
    page = build.message(news, item)
    state = item["state"]
    if state["name"] == "draft":
        return
    content = page.content()
    sent = state["send_at"] if state["name"] == "delivered" else None
    request = api.submit(
        content,
        page.channel_plan,
        by=people[state["author"]],
        context=check_context(datetime.fromisoformat(sent) if sent else None),
        wish=page.wish_at or "",
        note=item["editor_note"],
    )
    approver = people[state["approver"] or "freigabe@demo.example"]
    if state["name"] == "sent_back":
        remarks = [(_place(c), c["text"]) for c in state["comments"]]
        reason = "Inhaltlich gut, bitte noch die Anmerkungen einarbeiten."
        api.send_back(request.pk, by=approver, reason=reason, comments=remarks)
    elif state["name"] in {"delivered", "scheduled"}:
        approval = api.release(request.pk, by=approver, seen_digest=request.snapshot_id)
        if state["name"] == "delivered":
            plan.plan(approval.pk)
            deliver.deliver("website")
