"""Whether each picture and film may be shown: licence and consents (§ 22 KunstUrhG, Art. 7 GDPR)."""

from __future__ import annotations

from collections.abc import Iterator

from stadtnah.kernel import clock
from stadtnah.kernel.rights.api import CAUSES, PLACES, State, Use, Verdict
from stadtnah.publishing.checks.context import CheckContext
from stadtnah.publishing.checks.document import Document
from stadtnah.publishing.checks.pictures import named
from stadtnah.publishing.checks.registry import check
from stadtnah.publishing.content import KIT, Content
from stadtnah.publishing.findings import Finding, error, hint


@check("rights-ended", "rights-narrow", "rights-soon", "rights-missing")
def rights(document: Document, context: CheckContext) -> Iterator[Finding]:
    """What ended stops; what nobody said anything about is pointed out."""
    content, shown = document.content, list(_shown(document.content))
    if context.rights is None or not shown:
        return
    verdicts = context.rights({sha256 for sha256, _where, _name, _uses in shown})
    # A person's page says itself until when its picture stays.
    own_consent = bool(content.extra.get("picture_until"))
    for sha256, where, name, uses in shown:
        verdict = verdicts[sha256]
        barred = next((use for use in uses if not verdict.covers(use)), None)
        if barred:
            yield refused(verdict, barred, where, name, sha256)
        elif verdict.state is State.SOON and verdict.until:
            yield hint(
                "rights-soon",
                where,
                f"{name} darf nur noch bis {clock.german_date(verdict.until)} gezeigt werden. Danach verschwindet es von selbst von der Website.",
            )
        elif verdict.state is State.UNKNOWN and not own_consent:
            yield hint(
                "rights-missing",
                where,
                f"{name} ist noch ohne Angaben dazu, wofür es verwendet werden darf und wer darauf zu erkennen ist. Tragen Sie das beim Bild unter „Rechte und Einwilligungen“ ein (Menü „Bilder“, bei Videos „Dateien“).",
            )


def refused(verdict: Verdict, use: Use, where: str, name: str, sha256: str) -> Finding:
    """Why a picture may not be used there, and what to do."""
    why = CAUSES[cause] if (cause := verdict.why_not(use)) else ""
    if verdict.state is State.ENDED:
        since = f" seit {clock.german_date(verdict.since)}" if verdict.since else ""
        text = f"{name} darf{since} nicht mehr verwendet werden, {why}. Bitte nehmen Sie ein anderes Bild."
        return error("rights-ended", where, text, picture=sha256)
    text = f"{name} darf {PLACES[use]} nicht verwendet werden, {why}. Bitte nehmen Sie ein anderes Bild oder holen Sie die Erlaubnis dafür ein."
    return error("rights-narrow", where, text, picture=sha256)


def _shown(content: Content) -> Iterator[tuple[str, str, str, tuple[Use, ...]]]:
    """Each picture and film: digest, place, name, what it must be allowed for."""
    kit = {block.picture.sha256 for block in content.blocks if block.style == KIT and block.picture}
    for picture, where, name in named(content):
        press = (Use.PRINT,) if picture.sha256 in kit and where == "body" else ()
        yield picture.sha256, where, name, (Use.WEBSITE, *press)
    for file in content.files():
        if file.is_video:
            yield file.sha256, "body", f"Das Video „{file.name}“", (Use.WEBSITE,)
