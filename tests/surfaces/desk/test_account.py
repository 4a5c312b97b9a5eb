"""Signing in, second factor, passwords, errors: in German, in the desk's own look, under a strict policy."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from stadtnah.kernel.audit.models import Entry
from stadtnah.surfaces.desk.headers import Headers
from stadtnah.surfaces.website.models import MessagePage
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_

ENGLISH = re.compile(
    r"\b(?:the|your|you|password|please|code is|enter|confirm|sign in|cancel|generate|deactivate|are)\b",
    re.IGNORECASE,
)
FAMILIAR = re.compile(r"\b(?:du|dein\w*|dich|dir)\b", re.IGNORECASE)
PAGES = (
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_reauthenticate",
    "account_logout",
    "mfa_index",
    "mfa_activate_totp",
)


def words(answer: Any) -> str:
    """The visible text of a page."""
    html = re.sub(r"(?s)<(script|style|head)\b.*?</\1>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def fresh(people: Cast) -> Client:
    """Ada, who signed in and gave her password again: security pages open without another question."""
    people.ada.set_password("ein-langes-kennwort")
    people.ada.save()
    client = Client()
    client.post(reverse("account_login"), {"login": people.ada.email, "password": "ein-langes-kennwort"})
    client.post(reverse("account_reauthenticate"), {"password": "ein-langes-kennwort"})
    return client


@pytest.mark.parametrize("name", PAGES)
def test_account_pages_speak_like_the_desk(people: Cast, name: str) -> None:
    answer = fresh(people).get(reverse(name))
    assert answer.status_code == 200
    text = words(answer)
    assert not FAMILIAR.search(text), text
    assert not ENGLISH.search(text), text
    assert re.search('<section class="(?:panel account|sign)">', answer.content.decode())
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self';")


def test_wrong_passwords_are_explained_in_german(people: Cast) -> None:
    typed = {"oldpassword": "falsch", "password1": "kurz", "password2": "anders"}
    text = words(fresh(people).post(reverse("account_change_password"), typed))
    assert "Bitte geben Sie Ihr bisheriges Kennwort ein." in text
    assert not FAMILIAR.search(text)
    assert not ENGLISH.search(text), text


def test_a_forgotten_password_is_set_anew(people: Cast) -> None:
    mail.outbox.clear()
    elsewhere = {"HTTP_HOST": "localhost:9999"}  # answered, as checks from this machine are
    Client().post(reverse("account_reset_password"), {"email": people.ada.email}, **elsewhere)
    Client().post(reverse("account_reset_password"), {"email": "fremd@nirgends.example"})
    assert [m.to for m in mail.outbox] == [[people.ada.email]]  # nobody else gets mail from here
    body = str(mail.outbox[0].body)
    assert body.startswith("Guten Tag")
    assert not FAMILIAR.search(body)
    link = re.search(r"https?://[^/\s]+(/\S+)", body)
    assert link is not None
    assert link[0].startswith("http://localhost:8000/")  # where the town is, whatever the request said
    client = Client()
    form = client.get(link[1], follow=True)
    page = form.redirect_chain[-1][0] if form.redirect_chain else link[1]
    done = client.post(
        page, {"password1": "ganz-neues-kennwort-1", "password2": "ganz-neues-kennwort-1"}, follow=True
    )
    assert done.status_code == 200
    people.ada.refresh_from_db()
    assert people.ada.check_password("ganz-neues-kennwort-1")
    last = Entry.objects.latest("seq")
    assert (last.event, last.subject, last.data) == ("person.password", f"user:{people.ada.pk}", {})


@pytest.mark.parametrize("path", ["/desk/gibt-es-nicht/", "/konto/gibt-es-nicht/"])
def test_what_is_not_there(people: Cast, path: str) -> None:
    answer = as_(people.ada).get(path)
    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht" in words(answer)
    assert "Zur Übersicht" in words(answer)


def test_what_is_not_allowed(people: Cast) -> None:
    answer = as_(people.clara).get("/desk/kanaele/")
    assert answer.status_code == 403
    assert "Dafür fehlt Ihnen das Recht" in words(answer)


def test_a_form_of_another_session(people: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.ada, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/desk/uebernahme/", {})
    assert answer.status_code == 403
    assert "Die Seite war zu lange offen" in words(answer)


def test_a_fault_of_ours(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from stadtnah.surfaces.desk import shell

    client = as_(people.ada)
    client.raise_request_exception = False

    def broken(*_: Any) -> Any:
        raise RuntimeError

    monkeypatch.setattr(shell.access, "actions_of", broken)  # the page itself and its error page break
    answer = client.get("/desk/")
    assert answer.status_code == 500
    assert "Das hat gerade nicht geklappt" in words(answer)


def test_policies(page: MessagePage, people: Cast) -> None:
    ada = as_(people.ada)
    desk = ada.get("/desk/").headers["Content-Security-Policy"]
    editor = ada.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).headers["Content-Security-Policy"]
    assert "unsafe" not in desk
    assert "script-src 'self' 'sha256-" in editor


STARTER = """<script>initDateChooser("id_von_0", {"dayOfWeekStart": 1, "format": "Y-m-d"});</script>"""
NO_STARTERS = (
    "<script>alert(1)</script>",
    """<script>initDateChooser("id_von_0", {});alert(1)</script>""",
    """<script>initDateChooser("id_von_0", {"a": alert(1)});</script>""",
    """<script>new Function("id_von_0", {});</script>""",
)


def _policy_of(html: str) -> str:
    request = RequestFactory().get("/desk/pages/")
    request.resolver_match = resolve("/desk/pages/")
    return Headers(lambda _: HttpResponse(html))(request).headers["Content-Security-Policy"]


def test_of_inline_scripts_only_the_starters_of_form_fields_run() -> None:
    assert _policy_of(STARTER).count("'sha256-") == 1
    for html in NO_STARTERS:
        assert "'sha256-" not in _policy_of(html), html
    assert "unsafe" not in _policy_of("").split("script-src", 1)[1].split(";", 1)[0]


def test_every_inline_script_of_the_editor_may_run(people: Cast, page: MessagePage) -> None:
    for path in (
        reverse("wagtailadmin_pages:add", args=["website", "messagepage", page.get_parent().pk]),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, page.latest_revision.pk]),
    ):
        answer = as_(people.ada).get(path)
        scripts = re.findall(r"<script>(.+?)</script>", answer.content.decode(), re.DOTALL)
        assert scripts
        for script in scripts:
            digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in answer.headers["Content-Security-Policy"], script


def test_nobody_gives_themselves_another_address_to_sign_in(people: Cast) -> None:
    """Addresses are set by the municipality, with an entry in the log (people and roles)."""
    agnes = as_(people.agnes)
    for fields in ({"action_add": ""}, {"action_primary": ""}):
        answer = agnes.post("/konto/email/", {**fields, "email": "buergermeisterin@beispielau.example"})
        assert answer.status_code == 404
    before = people.agnes.email
    people.agnes.refresh_from_db()
    assert people.agnes.email == before


def test_the_demo_lists_all_its_accounts_and_only_the_demo_does(db: None, settings: Any) -> None:
    accounts = (
        "agentur",
        "agentur-alt",
        "redaktion",
        "freigabe",
        "vertretung",
        "sachbearbeitung",
        "dsb",
        "admin",
    )
    settings.STADTNAH_DEMO = True
    shown = Client().get(reverse("account_login")).content.decode()
    assert [name for name in accounts if f"<code>{name}@demo.example</code>" not in shown] == []
    settings.STADTNAH_DEMO = False
    assert "@demo.example" not in Client().get(reverse("account_login")).content.decode()
