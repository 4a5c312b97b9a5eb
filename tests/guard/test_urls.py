"""Every address of the cell against every role: a new route without an entry here fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories.people import cast

EVERYBODY = (
    "anonymous",
    "agnes",
    "aaron",
    "ada",
    "freya",
    "viktor",
    "clara",
    "doris",
    "anton",
    "charlie",
)
# Who works in the desk; Aaron's mandate is over, Charlie never had a role.
WORKERS = frozenset({"agnes", "ada", "freya", "viktor", "clara", "doris", "anton"})
LAST_WORD = frozenset({"freya", "viktor"})
OPEN, SIGNED_IN, DESK, RELEASE, DEMO = "open", "signed in", "desk", "release", "demo"
ADMIN, MANDATES, GUIDE = "administration", "mandates", "style guide"
FEEDBACK, ANSWER = "feedback", "answer"
MODERATE, TRUST = "moderates events", "trusts clubs"
CONSENTS, SEES_CONSENTS = "consents", "sees consents"

# The first entry that fits the route counts. open: everybody may ask. signed in: else to the sign-in page.
# desk: as signed in, and only those who may open the desk; others learn nothing (403 or 404).
# release: only who has the last word. administration: only who runs the system for the municipality.
# feedback, answer: what citizens wrote, to read and to answer.
# moderates events, trusts clubs: who decides on events that were handed in; whom the municipality trusts, it says itself.
# consents, sees consents: who is on pictures, to enter and to read.
# mandates, style guide: who has the last word by office, and who runs the system. demo: nobody outside the demo.
ROUTES: list[tuple[str, str]] = [
    (r"^-/health$", OPEN),
    (r"^-/metrics$", OPEN),
    (r"^-/mailbox/", DEMO),
    (r"^newsletter/", OPEN),
    (r"^(barriere-melden|nachricht|hilfreich|suche)/", OPEN),
    (r"^veranstaltungen/(melden|erinnern|suche)/", OPEN),
    (r"^konto/(login|logout|signup|inactive|confirm-email|password/(?!change|set))", OPEN),
    (r"^konto/(reauthenticate|2fa/(authenticate|reauthenticate))", OPEN),
    (r"^konto/(login/code|2fa/webauthn/(login|reauthenticate|signup|keys/login))", OPEN),
    (r"^konto/3rdparty", OPEN),
    (r"^konto/(email|password/(change|set)|phone|2fa)", SIGNED_IN),
    (r"^desk/login", OPEN),
    (r"^desk/(password_reset|logout|jsi18n|sprite)", OPEN),
    (r"^desk/freigaben/(korb/)?$", RELEASE),
    (r"^desk/freigabe/<[^>]+>/(freigeben|ablehnen|zurueck)/$", RELEASE),
    (r"^desk/meldung/<[^>]+>/(zurueckziehen|fortsetzen)/$", RELEASE),
    (r"^desk/uebernahme/<[^>]+>/freigeben/(anhalten/)?$", RELEASE),
    (r"^desk/zustellung/", RELEASE),
    (r"^desk/(kanaele|kommune|personen|sprachen|qualitaet/einstellungen)/", ADMIN),
    (r"^desk/vollmachten/", MANDATES),
    (r"^desk/(stilregeln|suche)/", GUIDE),
    (r"^desk/rueckmeldungen/[^/]+/(antworten|erledigt|oeffnen|mail)/", ANSWER),
    (r"^desk/rueckmeldungen/", FEEDBACK),
    (r"^desk/veranstaltungen/eingereicht/[^/]+/vertrauen/", TRUST),
    (r"^desk/veranstaltungen/eingereicht/", MODERATE),
    (r"^desk/medien/[^/]+/einwilligung/", CONSENTS),
    (r"^desk/einwilligungen/<[^>]+>/nachweis/$", CONSENTS),
    (r"^desk/einwilligungen/", SEES_CONSENTS),
    (r"^desk/", DESK),
]
# Wagtail 8.0 answers 500 to its own editors when these get nonsense; nobody else reaches them.
CMS_FAULTS = {
    "/desk/choose-external-link/",
    "/desk/documents/chooser/chosen/unbekannt/",
    "/desk/images/chooser/chosen/unbekannt/",
}
VALUES = {
    "int": "987654",
    "uuid": "00000000-0000-4000-8000-00000000dead",
    "str": "unbekannt",
    "slug": "unbekannt",
}


def walk(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in patterns:
        route = prefix + str(one.pattern).lstrip("^")
        if isinstance(one, URLResolver):
            yield from walk(one.url_patterns, route)
        else:
            yield route, one


def routes() -> dict[str, str]:
    """Each route with an address whose object nobody has."""
    return {route: address(route) for route, _ in walk(get_resolver().url_patterns)}


def address(route: str) -> str:
    """An example: each part filled with an id that does not exist."""
    filled = re.sub(r"<(?:(\w+):)?\w+>", lambda m: VALUES.get(m.group(1) or "str", "unbekannt"), route)
    filled = re.sub(r"\(\?P<\w+>((?:[^()]|\([^()]*\))*)\)", _example, filled)
    return "/" + re.sub(r"[\\^$]|\?(?![\w=])|\\Z", "", filled).replace("(", "").replace(")", "")


def _example(match: re.Match[str]) -> str:
    return "987654" if r"\d" in match.group(1) else "unbekannt"


def rule_of(route: str) -> str | None:
    return next((rule for pattern, rule in ROUTES if re.search(pattern, route)), None)


def test_every_route_has_an_entry() -> None:
    assert [route for route in routes() if rule_of(route) is None] == []


def test_every_entry_is_used() -> None:
    used = {next(p for p, _ in ROUTES if re.search(p, route)) for route in routes() if rule_of(route)}
    optional = {p for p, _ in ROUTES if p.startswith((r"^konto/", r"^desk/(password"))}
    assert {p for p, _ in ROUTES} - used <= optional


def test_a_new_route_would_be_found() -> None:
    assert rule_of("geheim/<uuid:pk>/") is None


def client_of(who: str, people: Any) -> Client:
    client = Client(raise_request_exception=False)
    if who != "anonymous":
        client.force_login(getattr(people, who), backend="django.contrib.auth.backends.ModelBackend")
    return client


def goes_to_sign_in(response: Any) -> bool:
    return response.status_code in {301, 302} and "/login" in response.headers.get("Location", "")


@pytest.mark.django_db
@pytest.mark.parametrize("who", EVERYBODY)
def test_no_address_answers_whom_it_should_not(who: str) -> None:
    """GET and POST with ids of nothing: never a page for the wrong person, never an error of ours."""
    people = cast()
    client = client_of(who, people)
    wrong = []
    for route, url in routes().items():
        if "logout" in route:
            continue
        rule = rule_of(route)
        if who not in WORKERS:
            client = client_of(who, people)  # the desk ends the session of a stranger
        for method in (client.get, client.post):
            response = method(url)
            if response.status_code >= 500 and not route.startswith("-/") and url not in CMS_FAULTS:
                wrong.append(f"{method.__name__} {url}: {response.status_code}")
            if not allowed(who, str(rule)) and not refused(response):
                wrong.append(f"{method.__name__} {url}: {response.status_code} for {who}")
    assert wrong == []


def allowed(who: str, rule: str) -> bool:
    return (
        rule == OPEN
        or (rule == SIGNED_IN and who != "anonymous")
        or (rule == DESK and who in WORKERS)
        or (rule == RELEASE and who in LAST_WORD)
        or (rule == ADMIN and who == "anton")
        or (rule == FEEDBACK and who in {"clara", "doris", "anton"})
        or (rule == ANSWER and who in {"clara", "anton"})
        or (rule == MODERATE and who in {"agnes", "ada", "freya", "viktor", "clara"})
        or (rule == TRUST and who in {"ada", "freya", "viktor", "clara"})
        or (rule == CONSENTS and who in {"ada", "freya", "viktor"})
        or (rule == SEES_CONSENTS and who in {"ada", "freya", "viktor", "doris"})
        or (rule in {MANDATES, GUIDE} and who in {"anton", "freya"})
    )


def refused(response: Any) -> bool:
    return goes_to_sign_in(response) or response.status_code in {301, 403, 404, 405}


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["charlie", "aaron", "anonymous"])
def test_what_does_not_exist_and_what_is_forbidden_look_alike(who: str) -> None:
    """An unknown object answers 404 before a missing right answers 403; strangers cannot tell which it is."""
    from stadtnah.publishing import api
    from tests.factories.channels import Paper
    from tests.factories.messages import PLAN, content, context, paper_account

    people = cast()
    paper = Paper()
    api.register_channel(paper)
    try:
        paper_account()
        request = api.submit(content(), PLAN, by=people.agnes, context=context())
        known, unknown = (
            client_of(who, people).get(f"/desk/freigabe/{pk}/") for pk in (request.pk, VALUES["uuid"])
        )
    finally:
        api.CHANNELS.unregister(paper.key)
    assert known.status_code == unknown.status_code
    assert known.status_code in {302, 403, 404}


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["boese.example", "localhost.boese.example", "localhost@boese.example"])
def test_a_foreign_host_is_refused(host: str) -> None:
    assert Client().get("/konto/login/", headers={"host": host}).status_code == 400
    assert Client().get("/konto/login/", headers={"host": "localhost"}).status_code == 200


@pytest.mark.django_db
def test_a_forwarded_host_is_not_believed() -> None:
    answer = Client().get("/desk/", headers={"host": "localhost", "x-forwarded-host": "boese.example"})
    assert b"boese.example" not in answer.content
    assert "boese.example" not in str(answer.headers)


@pytest.mark.django_db
def test_what_a_signed_in_person_saw_is_kept_by_no_cache() -> None:
    people = cast()
    for url in ("/desk/", "/konto/2fa/"):
        answer = client_of("freya", people).get(url)
        assert not set(re.findall(r"[\w-]+", answer.headers.get("Cache-Control", ""))) & {
            "public",
            "s-maxage",
        }
        assert "Cookie" in answer.headers.get("Vary", "") or "no-store" in answer.headers["Cache-Control"]
