"""What a new page starts with: the outline of a good one. Each part asks to be filled in, and what still does so is not released."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.rich_text import RichText
from wagtail.signals import init_new_page

from stadtnah.publishing.checks.gaps import GAP
from stadtnah.surfaces.website.pagetypes.models import ProjectPage

_OUTLINE = (
    ("Worum es geht", "worum es geht und wem es nützt."),
    ("Was es kostet", "was es kostet und wer das bezahlt."),
    ("Wie Sie mitreden", "wie Bürgerinnen und Bürger mitreden können, oder dass alles entschieden ist."),
    ("Wer Auskunft gibt", "wer Auskunft gibt, mit Telefon und E-Mail."),
)
_STEPS = ("Beschluss", "Planung", "Bau", "Eröffnung")


@receiver(init_new_page)
def outlined(sender: Any, page: Any, **_: Any) -> None:
    """A project has headings and steps; the dates and every text are the editor's."""
    del sender
    if isinstance(page, ProjectPage):
        page.body = [
            part
            for heading, asked in _OUTLINE
            for part in (("heading", heading), ("text", RichText(f"<p>{GAP} {asked}</p>")))
        ]
        when = f"{GAP} Zeitpunkt"
        page.steps = [("step", {"when": when, "what": step, "state": "planned"}) for step in _STEPS]
