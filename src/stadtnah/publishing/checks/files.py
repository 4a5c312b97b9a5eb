"""Documents: whether everybody can read them (BITV 2.0, EN 301 549 chapter 10), and what they give away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stadtnah.publishing.checks.context import CheckContext
from stadtnah.publishing.checks.document import Document, excerpt
from stadtnah.publishing.checks.registry import check
from stadtnah.publishing.findings import Finding, hint


def _untagged(name: str) -> Finding:
    return hint(
        "file-untagged",
        "body",
        f"Die Datei „{name}“ ist nicht barrierefrei: Ihr fehlt die Gliederung (Tags), nach der Vorleseprogramme gehen. Am besten stellen "
        "Sie den Inhalt als Seite bereit; sonst exportieren Sie die PDF-Datei neu mit der Einstellung „PDF mit Tags“ oder „PDF/UA“.",
        name,
    )


def _no_title(name: str) -> Finding:
    return hint(
        "file-no-title",
        "body",
        f"Die Datei „{name}“ hat keinen Titel in ihren Eigenschaften. Tragen Sie ihn im Schreibprogramm ein und exportieren Sie neu.",
        name,
    )


def _no_language(name: str) -> Finding:
    return hint(
        "file-no-language",
        "body",
        f"Die Datei „{name}“ sagt nicht, in welcher Sprache sie ist; Vorleseprogramme sprechen sie dann falsch aus. Stellen Sie die "
        "Sprache ein und exportieren Sie neu.",
        name,
    )


def _author(name: str) -> Finding:
    return hint(
        "file-author",
        "body",
        f"Die Datei „{name}“ nennt in ihren Eigenschaften, wer sie geschrieben hat. Soll das öffentlich sein? Sonst entfernen Sie die "
        "Angabe und laden die Datei neu hoch.",
        name,
    )


def _attachment(name: str) -> Finding:
    return hint(
        "file-attachment",
        "body",
        f"Die Datei „{name}“ enthält weitere Dateien, die niemand geprüft hat. Entfernen Sie die Anhänge, wenn sie nicht gebraucht werden.",
        name,
    )


# By the faults that kernel.media.pdf finds.
_SAID: Final = {
    "untagged": _untagged,
    "no-title": _no_title,
    "no-language": _no_language,
    "author": _author,
    "attachment": _attachment,
}


@check(*(f"file-{fault}" for fault in _SAID))
def documents(document: Document, _context: CheckContext) -> Iterator[Finding]:
    """What was found in a file when it came in is said whenever somebody offers it."""
    for block in document.content.blocks:
        for fault in block.file.faults if block.file else ():
            if fault in _SAID:
                yield _SAID[fault](excerpt(block.title))


@check("video-captions", "video-transcript")
def videos(document: Document, _context: CheckContext) -> Iterator[Finding]:
    """Who cannot hear needs captions, who cannot see needs words (WCAG 1.2.1 to 1.2.5; EN 301 549, 9.1.2)."""
    for block in document.content.blocks:
        if block.kind != "video" or not block.file:
            continue
        name = excerpt(block.title)
        if not block.captions:
            yield hint(
                "video-captions",
                "body",
                f"Das Video „{name}“ hat keine Untertitel. Spricht jemand darin, sind sie Pflicht: Nehmen Sie eine Datei im Format WebVTT "
                "unter „Dateien“ auf und wählen Sie sie am Baustein aus.",
                name,
            )
        if not block.html:
            yield hint(
                "video-transcript",
                "body",
                f"Zum Video „{name}“ fehlt der Text für alle, die es nicht sehen oder hören: Schreiben Sie unter „Was gesagt und gezeigt "
                "wird“, was vorkommt.",
                name,
            )
