"""Every screen of the desk, found from its addresses and links: nothing stopped by the policy, nothing cut off, no English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit
from uuid import uuid4

import pytest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from playwright.sync_api import Page, expect

from stadtnah.surfaces.desk import gateway
from tests.e2e.conftest import ROOT, Cell, save, sign_in, titled, write
from tests.guard.test_urls import routes

# One walk: each page is measured in either width.
WIDTHS = (1280, 390)
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(1500),
    pytest.mark.parametrize("page", [WIDTHS[-1]], indirect=True),
]

# Between them they see every screen. Each starts from what has no parts in its address and follows the links.
ROLES = ("agentur", "freigabe", "sachbearbeitung", "dsb", "admin")
# Addresses that are no screen of their own, each for one reason.
NO_SCREEN = re.compile(
    r"_(live|json|pdf)$|^desk_(check_page|check_new|draft_whole|whole|picture|file|upload|qr|scan|consents_csv|waste_csv|report_mail|answer_mail|handed_in_mail)$"  # parts of a screen, files; what only a broken mail server leads to
    r"|^wagtailadmin_(choose|javascript|sprite|editing_sessions|pages:(search|preview|usage|.*_results))"  # of the editor
    r"|^wagtail(images|docs)_chooser|^wagtailimages:edit$|^wagtailadmin_(explore|pages:(add|edit))$"  # its dialogs; what leads to the desk's own
)
# Words that no German sentence of the desk has.
ENGLISH = re.compile(
    r"\b(the|and|with|your|you|are|this|that|please|save|edit|delete|remove|search|upload|choose|select|settings|add|view|loading|"
    r"submit|cancel|close|page|pages|image|images|title|description|error|errors|required|password|user|users|more|draft|"
    r"publish|published|update|updated|created|history|compare|comment|comments|yes|none|next|previous|show|hide|toggle|current)\b",
    re.IGNORECASE,
)
# Addresses and names of files are nobody's words.
NO_WORDS = re.compile(r"[\w.-]+@[\w.-]+|https?://\S+|/[\w/.-]+|\b[\w-]+\.(html|xml|json|pdf|md)\b")
SEEN = """() => {
  const texts = [document.title, document.body.innerText];
  for (const part of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
    texts.push(...['aria-label', 'title', 'placeholder', 'alt'].map((name) => part.getAttribute(name) ?? ''));
  return texts.join('\\n');
}"""


def test_no_screen_is_broken_cut_off_or_english(page: Page, cell: Cell) -> None:
    """What the policy stops fails the `page` fixture. A new address must be reached by a link, or be named above."""
    further = furnish(page, cell)
    wrong: list[str] = []
    reached: set[str] = set()
    posted: set[str] = set()
    for who in ROLES:
        page.context.clear_cookies()
        sign_in(page, cell, who)
        posted |= refusing_to_be_opened(page, cell)
        reached |= walk(page, cell, [*further, *starts(screens() - posted)], wrong)
    assert wrong == []
    assert screens() - reached - posted == set()


def test_an_english_word_and_a_wide_table_would_be_found(page: Page, cell: Cell) -> None:
    """The control."""
    sign_in(page, cell, "agentur")
    assert faults(page, "/desk/") == []
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<pre>Save draft</pre>')")
    assert faults(page, "/desk/") == ["/desk/: English: ['Save', 'draft']"]
    page.evaluate("document.querySelector('main pre').textContent = 'x'.repeat(300)")
    assert "wider than the screen" in faults(page, "/desk/")[0]


def furnish(page: Page, cell: Cell) -> list[str]:
    """What the demo town does not have: a citizen's report, an import, a subscribed calendar, a legal text; a message with two states.

    Returns what the walk would not come by: the list of these states, and a version in another language.
    """
    page.goto(f"{cell.base}/barriere-melden/")
    page.wait_for_timeout(2500)  # whoever is quicker is taken for a robot
    page.fill("[name=text]", "Die Rampe am Rathaus fehlt.")
    page.fill("[name=email]", "klara@buerger.example")
    page.click("form.form button[type=submit]")
    consent(page, cell)
    sign_in(page, cell, "agentur")
    page.goto(f"{cell.base}/desk/uebernahme/")
    page.set_input_files("#id_file", ROOT / "tests" / "samples" / "feeds" / "ikiss.atom.xml")
    page.uncheck("[name=pictures]")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/uebernahme/*-*/")
    expect(page.locator("body")).to_contain_text("Alle Entwürfe zur Freigabe geben", timeout=60_000)
    page.goto(f"{cell.base}/desk/veranstaltungen/kalender/")
    page.fill("#id_address", f"https://kalender.verein.example/{uuid4()}.ics")
    page.get_by_role("button", name="Lesen und ansehen").click()
    page.wait_for_url("**/kalender/*-*/")
    page.goto(f"{cell.base}/desk/rechtliches/")
    page.get_by_role("button", name=re.compile("Entwurf erzeugen")).first.click()
    write(page, cell, titled(page, "Adventsmarkt am Wasserturm"))
    page.click("text=Speichern und zurück zum Text")
    page.fill("#id_place", "Wasserturm")
    save(page)
    states = urlsplit(page.url).path.replace("/kanaele/", "/staende/")
    page.goto(f"{cell.base}/desk/uebersetzungen/?sprache=en")
    version = page.locator("main a[href^='/desk/fassung/']").first.get_attribute("href")
    assert version
    return [states, version]


def consent(page: Page, cell: Cell) -> None:
    """Somebody on a picture said yes."""
    sign_in(page, cell, "freigabe")
    page.goto(f"{cell.base}/desk/einwilligungen/")
    page.locator("main a[href*='/rechte/']").first.click()
    page.get_by_role("link", name="Einwilligung festhalten").click()
    page.fill("[name=name]", "Lina Beispiel")
    page.select_option("[name=how]", "paper")
    page.fill("[name=given_on]", "2026-01-05")
    page.check("[name=uses][value=website]")
    page.get_by_role("button", name="Festhalten").click()
    expect(page.locator("main")).to_contain_text("Lina Beispiel")
    page.context.clear_cookies()


def name_of(path: str) -> str:
    """The name of the view behind an address; "" for none."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def screens() -> set[str]:
    """Everything the gateway lets somebody open that is a page of its own."""
    return {name for name in gateway.table() if not NO_SCREEN.search(name)}


def starts(names: set[str]) -> Iterator[str]:
    for name in sorted(names):
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue


def walk(page: Page, cell: Cell, waiting: list[str], wrong: list[str]) -> set[str]:
    """Opens one page of each kind that this person gets to; the kinds. What leads to another page counts as both."""
    seen = set[str]()
    for path in waiting:
        if name_of(path) in seen or name_of(path) not in screens():
            continue
        answer = page.goto(cell.base + path)
        if (
            answer is None
            or answer.status != 200
            or not answer.headers["content-type"].startswith("text/html")
        ):
            continue
        there = urlsplit(page.url).path
        known = name_of(there) in seen
        seen |= {name_of(path), name_of(there)}
        if known:
            continue
        wrong += faults(page, there)
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        inside = (link for link in links if link.startswith(f"{cell.base}/desk/"))
        waiting.extend(urlsplit(urldefrag(link)[0]).path for link in inside)  # the loop goes on through them
        if name_of(there) == "desk_proof":  # the step that follows the editor, which only its button leads to
            waiting.append(there.replace("/nachweis/", "/kanaele/"))
            # Linked where there is something to withdraw.
            waiting.append(there.replace("/nachweis/", "/zurueckziehen/"))
    return seen


def refusing_to_be_opened(page: Page, cell: Cell) -> set[str]:
    """The names of what is only ever posted to: it answers 405 to a visit, whatever the object."""
    found = set()
    for address in set(routes().values()):
        name = name_of(address)
        if name in screens() and page.request.get(cell.base + address, max_redirects=0).status == 405:
            found.add(name)
    return found


def faults(page: Page, path: str) -> list[str]:
    """What is wrong with the page as it stands, beside what the console says."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        beside = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if beside > 0:
            found.append(f"{path}: {beside} px wider than the screen of {width} px")
    said = NO_WORDS.sub(" ", page.evaluate(SEEN))
    english = sorted({match.group(0) for match in ENGLISH.finditer(said)})
    if english:
        found.append(f"{path}: English: {english}")
    return found
