"""The checks that speak up while a message is written. Pure: a message, a style guide and "now" go in, findings come out.

Errors stop the submission, hints do not. `run` is the only door; each module below registers its checks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from stadtnah.publishing.checks import (
    dates,
    fields,
    files,
    formatting,
    gaps,
    kinds,
    links,
    personal,
    pictures,
    readability,
    rights,
    style,
    times,
    wording,
)
from stadtnah.publishing.checks.context import CheckContext, StyleGuide
from stadtnah.publishing.checks.document import Document
from stadtnah.publishing.checks.registry import REGISTERED, Check
from stadtnah.publishing.content import Content
from stadtnah.publishing.findings import Finding

__all__ = ["ACCESS", "CHECKS", "CODES", "LINKS", "CheckContext", "StyleGuide", "run"]

_MOST_PER_CODE = 20  # a list that nobody reads to the end helps nobody; errors still stop
_MODULES = (
    fields,
    kinds,
    gaps,
    pictures,
    rights,
    files,
    links,
    dates,
    times,
    personal,
    readability,
    wording,
    style,
    formatting,
)  # in the order in which they speak

_PLACES = {module.__name__: place for place, module in enumerate(_MODULES)}
CHECKS = tuple(sorted(REGISTERED, key=lambda registered: _PLACES[registered.check.__module__]))
CODES: tuple[str, ...] = tuple(code for registered in CHECKS for code in registered.codes)


def _codes_of(*functions: Check) -> frozenset[str]:
    return frozenset(code for one in CHECKS if one.check in functions for code in one.codes)


# What is said of where links lead.
LINKS = _codes_of(links.targets)
# What keeps somebody from reading a page: pictures, outline, tables, names of links, signs, videos, files.
ACCESS = _codes_of(
    pictures.alternative_texts,
    formatting.headings,
    formatting.tables,
    formatting.signs,
    links.texts,
    files.videos,
    files.documents,
) - {"file-author", "file-attachment"}


def run(content: Content, context: CheckContext, *, only: Collection[str] = CODES) -> list[Finding]:
    """All findings for a message, in a stable order and each once; of one code and place at most twenty.

    only: the codes that are asked for; what says nothing of them is not run.
    """
    document = Document.of(content)
    seen: set[Finding] = set()
    counts: Counter[tuple[str, str]] = Counter()
    findings: list[Finding] = []
    for registered in CHECKS:
        if (registered.german and not document.german) or not set(only).intersection(registered.codes):
            continue
        for finding in registered.check(document, context):
            key = (finding.code, finding.where)
            if finding.code not in only or finding in seen or counts[key] >= _MOST_PER_CODE:
                continue
            seen.add(finding)
            counts[key] += 1
            findings.append(finding)
    return findings
