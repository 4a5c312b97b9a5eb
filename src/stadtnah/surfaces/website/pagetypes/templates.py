"""What a new page starts with: the outline of a good one, with nothing in it that could be released by mistake."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.signals import init_new_page

from stadtnah.surfaces.website.pagetypes.models import ProjectPage

_OUTLINE = ("Worum es geht", "Was es kostet", "Wie Sie mitreden", "Wer Auskunft gibt")
_STEPS = ("Beschluss", "Planung", "Bau", "Eröffnung")


@receiver(init_new_page)
def outlined(sender: Any, page: Any, **_: Any) -> None:
    """A project has headings and steps; the dates and every text are the editor's."""
    del sender
    if isinstance(page, ProjectPage):
        page.body = [part for heading in _OUTLINE for part in (("heading", heading), ("text", ""))]
        page.steps = [("step", {"when": "", "what": step, "state": "planned"}) for step in _STEPS]
