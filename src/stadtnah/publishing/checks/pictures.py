"""Alternative texts: there, and of use to someone who does not see the picture (WCAG 2.2, 1.1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stadtnah.publishing.checks.context import CheckContext
from stadtnah.publishing.checks.document import Document, excerpt
from stadtnah.publishing.checks.markup import plain
from stadtnah.publishing.checks.registry import check
from stadtnah.publishing.content import Content, Picture
from stadtnah.publishing.findings import Finding, error, hint

ALT_LONG = 250  # characters; longer descriptions belong into the text
_FILE = re.compile(
    r"(?i)\.(?:jpe?g|png|gif|webp|avif|tiff?|bmp|svg|heic|pdf)$|^(?:img|dsc[fn]?|image|pxl|dji|p\d)[_\-]?\d{3,}"
)
_KIND = r"(?:bild(?:er)?|fotos?|photo|fotografie|grafik|abbildung|image|picture|icon|logo|symbolbild|symbolfoto|titelbild|headerbild|illustration|zeichnung|karte|screenshot|platzhalter|alt(?:ernativ)?text)"
_ONLY_KIND = re.compile(rf"(?i)^(?:(?:ein|eine|das|die|der)\s+)?{_KIND}\s*[\d.:]*$|^[\W\d_]*$")
_OPENS_WITH_KIND = re.compile(
    r"(?i)^(?:(?:ein|eine|das|auf dem)\s+)?(?:bild|foto|fotografie|grafik|abbildung)(?:\s+(?:von|vom|zeigt|mit|des|der|einer|eines)\b|:)"
)


@check(
    "alt-missing",
    "alt-filename",
    "alt-generic",
    "alt-long",
    "alt-opening",
    "alt-repeats-caption",
    "alt-decorative",
)
def alternative_texts(document: Document, _context: CheckContext) -> Iterator[Finding]:
    """Every picture that says something says it in words, too."""
    for picture, where, name in named(document.content):
        yield from _picture(picture, where, name)


def named(content: Content) -> Iterator[tuple[Picture, str, str]]:
    """Each picture with its place and what the checks call it."""
    for number, picture in enumerate(content.pictures(), start=1):
        hero = picture is content.hero and number == 1
        yield picture, "hero" if hero else "body", "Das Titelbild" if hero else f"Bild {number}"


def _picture(picture: Picture, where: str, name: str) -> Iterator[Finding]:
    alt = plain(picture.alt).strip()
    if picture.decorative:
        if alt:
            yield hint(
                "alt-decorative",
                where,
                f"{name} ist als Schmuck gekennzeichnet, hat aber einen Alternativtext. Vorlesen lassen? Dann nehmen Sie die Kennzeichnung weg.",
                excerpt(alt),
            )
    elif not alt:
        yield error(
            "alt-missing",
            where,
            f"{name} hat keinen Alternativtext. Beschreiben Sie in einem Satz, was zu sehen ist, oder kennzeichnen Sie es als Schmuck, wenn es nichts aussagt.",
            excerpt(picture.caption),
            picture=picture.sha256,
        )
    elif _FILE.search(alt):
        yield hint(
            "alt-filename",
            where,
            f"Der Alternativtext von {name} ist ein Dateiname. Beschreiben Sie, was zu sehen ist.",
            excerpt(alt),
        )
    elif _ONLY_KIND.search(alt):
        yield hint(
            "alt-generic",
            where,
            f"Der Alternativtext von {name} sagt nichts aus. Beschreiben Sie, was zu sehen ist.",
            excerpt(alt),
        )
    else:
        yield from _wording(alt, picture, where, name)


def _wording(alt: str, picture: Picture, where: str, name: str) -> Iterator[Finding]:
    if len(alt) > ALT_LONG:
        yield hint(
            "alt-long",
            where,
            f"Der Alternativtext von {name} hat {len(alt)} Zeichen. Kürzen Sie ihn auf höchstens {ALT_LONG}; Ausführliches gehört in den Text.",
            excerpt(alt),
        )
    if _OPENS_WITH_KIND.search(alt):
        yield hint(
            "alt-opening",
            where,
            f"Der Alternativtext von {name} beginnt mit „Bild“ oder „Foto“. Das sagt das Vorleseprogramm schon; beginnen Sie mit dem, was zu sehen ist.",
            excerpt(alt),
        )
    if picture.caption and alt.casefold() == plain(picture.caption).strip().casefold():
        yield hint(
            "alt-repeats-caption",
            where,
            f"Alternativtext und Bildunterschrift von {name} sind gleich und werden doppelt vorgelesen. Beschreiben Sie im Alternativtext, was zu sehen ist.",
            excerpt(alt),
        )
