"""The landing page of a section and the project, as kinds of pages."""

from __future__ import annotations

from typing import Final

from stadtnah.publishing.content import Block, Content
from stadtnah.surfaces.website import kinds, lists, result_words, tree
from stadtnah.surfaces.website.kinds import Kind, Sheet
from stadtnah.surfaces.website.pagetypes.models import STATES, STEP_STATES, ProjectPage, SectionPage
from stadtnah.surfaces.website.released import ReleasedPage
from stadtnah.surfaces.website.snapshot import common, placed, text_with_picture

# What a project says, in the language of its text: German, English.
_PLAN: Final = ("Zeitplan", "Timetable")
_HEAD: Final = (("Wann", "Was", "Stand"), ("When", "What", "State"))
_STATE: Final = ("Stand", "State")
_ENDS: Final = ("Voraussichtlich fertig", "Expected to be finished")
_ENGLISH: Final = {
    "planned": "planned",
    "running": "under way",
    "now": "under way",
    "paused": "paused",
    "done": "done",
}


def _section(page: SectionPage) -> Content:
    return Content(**common(page, placed(page, "section")), **text_with_picture(page))


def _show_section(content: Content, row: ReleasedPage | None) -> Sheet:
    around = tree.around(content.path)
    cards = [lists.item(below) for below in tree.rows_below(content.path)]
    context = {"row": row, "content": content, "around": around, "cards": cards}
    return Sheet("website/section.html", context, around.uses | {card.key for card in cards})


def _project(page: ProjectPage) -> Content:
    english = page.language == "en"
    state = _ENGLISH[page.state] if english else dict(STATES)[page.state]
    details = [["state", _STATE[english], state]]
    if page.ends.strip():
        details.append(["ends", _ENDS[english], page.ends.strip()])
    said = text_with_picture(page)
    said["blocks"] += _plan(page, english=english)
    return Content(**common(page, {**placed(page, "project"), "details": details}), **said)


def _plan(page: ProjectPage, *, english: bool) -> tuple[Block, ...]:
    """The milestones: a table wherever it is only text, a line of steps on the page."""
    words = _ENGLISH if english else dict(STEP_STATES)
    rows = tuple(
        (step.value["when"].strip(), step.value["what"].strip(), words[step.value["state"]])
        for step in page.steps
    )
    if not rows:
        return ()
    title = _PLAN[english]
    plan = Block("table", title=title, rows=(_HEAD[english], *rows), style="milestones")
    return (Block("heading", title=title), plan)


def _show_project(content: Content, row: ReleasedPage | None) -> Sheet:
    around = tree.around(content.path)
    given = [(label, value) for key, label, value in content.details if key not in result_words.UNSEEN]
    return Sheet(
        "website/page.html", {"row": row, "content": content, "around": around, "given": given}, around.uses
    )


kinds.register(
    Kind(
        key="section",
        page=SectionPage,
        content=_section,
        show=_show_section,
        lists=tree.lists_of,
        menu=True,
        reviewed=12,
    )
)
kinds.register(
    Kind(
        key="project",
        page=ProjectPage,
        content=_project,
        show=_show_project,
        lists=tree.lists_of,
        menu=True,
        reviewed=6,
    )
)
