"""Every screen of the desk, found from its addresses and links: nothing stopped by the policy, nothing cut off, no English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit

import pytest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from playwright.sync_api import Page

from stadtnah.surfaces.desk import gateway
from tests.e2e.conftest import Cell, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(1500)]

# Between them they see every screen. Each starts from what has no parts in its address and follows the links.
ROLES = ("agentur", "freigabe", "sachbearbeitung", "dsb", "admin")
# Addresses that are no screen a person opens, each for one reason.
NO_SCREEN = re.compile(
    r"_(live|json|pdf|mail|file|picture|upload|state)$|^desk_(check|draft_mail|mail_preview|picture|upload)"  # parts of a screen
    r"|^wagtailadmin_(explore|account|logout|choose|javascript|sprite|editing_sessions|pages:(search|preview|.*_results|usage))"
    r"|^wagtail(images|docs)"  # dialogs, and addresses that lead to the desk's own pages
)
# Words that no German sentence of the desk has.
ENGLISH = re.compile(
    r"\b(the|and|with|your|you|are|this|that|please|save|edit|delete|remove|search|upload|choose|select|settings|add|view|loading|"
    r"submit|cancel|close|page|pages|image|images|title|description|error|errors|required|optional|password|user|users|more|draft|"
    r"publish|published|update|updated|created|history|compare|status|comment|comments|yes|none|all|next|previous|show|hide|toggle)\b",
    re.IGNORECASE,
)
# The same letters are German words or names here.
GERMAN_TOO = re.compile(
    r"\b(Status|Optional|alle?|die|None of)\b|Stadtnah|[\w.-]+@[\w.-]+|https?://\S+|/[\w/.-]+|\b[\w-]+\.(html|xml|json|pdf|md)\b"
)
SEEN = """() => {
  const texts = [document.title, document.body.innerText];
  for (const part of document.querySelectorAll('main [aria-label], main [title], main [placeholder], header [aria-label]'))
    texts.push(part.getAttribute('aria-label') ?? '', part.title ?? '', part.getAttribute('placeholder') ?? '');
  return texts.join('\\n');
}"""


def name_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def screens() -> set[str]:
    """Everything the gateway lets somebody open that is a page of its own."""
    return {name for name in gateway.table() if not NO_SCREEN.search(name)}


def starts() -> Iterator[str]:
    for name in sorted(screens()):
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue


def walk(page: Page, cell: Cell, wrong: list[str]) -> set[str]:
    """Opens one page of each kind that this person gets to; the kinds."""
    waiting, seen = list(starts()), set[str]()
    for path in waiting:
        name = name_of(path)
        if name in seen or name not in screens():
            continue
        answer = page.goto(cell.base + path)
        page.wait_for_load_state("load")
        if (
            answer is None
            or answer.status != 200
            or not answer.headers["content-type"].startswith("text/html")
        ):
            continue
        if name_of(urlsplit(page.url).path) != name:  # leads elsewhere, or to what is missing first
            continue
        seen.add(name)
        wrong += faults(page, path)
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        inside = (link for link in links if link.startswith(f"{cell.base}/desk/"))
        waiting.extend(urlsplit(urldefrag(link)[0]).path for link in inside)  # the loop goes on through them
    return seen


def faults(page: Page, path: str) -> list[str]:
    """What is wrong with the page as it stands, beside what the console says."""
    found = []
    beside = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if beside > 0:
        found.append(f"{path}: {beside} px wider than the screen")
    said = GERMAN_TOO.sub(" ", page.evaluate(SEEN))
    english = {match.group(0) for match in ENGLISH.finditer(said)}
    if english:
        found.append(f"{path}: English: {sorted(english)}")
    return found


def test_no_screen_is_broken_cut_off_or_english(page: Page, cell: Cell) -> None:
    """The `page` fixture fails for what the policy stops; a new address must be reached by a link or named above."""
    wrong: list[str] = []
    reached: set[str] = set()
    for who in ROLES:
        page.context.clear_cookies()
        sign_in(page, cell, who)
        reached |= walk(page, cell, wrong)
    assert wrong == []
    assert screens() - reached - POSTED == set()


# Only ever posted to: the gateway knows them, a browser never opens them.
POSTED = {
    name
    for name in gateway.table()
    if re.search(r"_(release|refuse|send_back|stop|withdraw|resume|resolve)$", name)
}


def test_an_english_word_would_be_found(page: Page, cell: Cell) -> None:
    """The control."""
    sign_in(page, cell, "agentur")
    assert faults(page, "/desk/") == []
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<p>Save draft</p>')")
    assert faults(page, "/desk/") == ["/desk/: English: ['Save', 'draft']"]
