"""Cuts KERN UX's style sheet down to the tokens and the components that we use.

Usage: vendor_subset.py IN OUT. Rules are kept whole; of a list of selectors only those in use stay.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

# One home for "what we use of KERN": a class here, then tools/vendor.sh.
COMPONENTS = [
    "alert",
    "btn",
    "btn-wrapper",
    "checkbox",
    "error",
    "fieldset",
    "form-check",
    "form-input",
    "hint",
    "icon",
    "input-group",
    "label",
    "link",
    "radio",
    "sr-only",
    "summary",
    "title",
    "body",
    "progress",
    "loader",
    "badge",
    "select",
    "dialog",
]
ICONS = (
    "info",
    "success",
    "warning",
    "danger",
    "arrow-forward",
    "arrow-back",
    "close",
    "open-in-new",
    "mail",
    "search",
)
_CLASS = re.compile(r"\.kern-([a-z-]+?)(?:__|--|(?=[^a-z-]|$))")
_ICON = re.compile(r"\.kern-icon--([a-z-]+)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def rules(css: str) -> Iterator[tuple[str, str]]:
    """(prelude, content) of each block at the top level."""
    at = 0
    while (brace := css.find("{", at)) >= 0:
        depth, end = 1, brace + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        yield css[at:brace].strip(), css[brace + 1 : end - 1]
        at = end


def wanted(selector: str) -> bool:
    """Tokens, resets, and components in use."""
    if "data-kern-theme" in selector or ".kern-light" in selector or ".kern-dark" in selector:
        return selector.startswith(":is(body")
    if "kern-level" in selector:
        return False
    icons = _ICON.findall(selector)
    if any(icon not in ICONS for icon in icons):
        return False
    classes = _CLASS.findall(selector)
    return all(name in COMPONENTS for name in classes)


def split(prelude: str) -> list[str]:
    """A list of selectors, commas inside brackets left alone."""
    parts, depth, start = [], 0, 0
    for index, char in enumerate(prelude):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(char, 0)
        if char == "," and not depth:
            parts.append(prelude[start:index].strip())
            start = index + 1
    return [*parts, prelude[start:].strip()]


def subset(css: str) -> str:
    """The style sheet with only what is wanted, lightly compressed."""
    out = []
    for prelude, content in rules(css):
        if prelude.startswith("@media"):
            inner = subset(content)
            out.append(f"{prelude}{{{inner}}}" if inner else "")
        elif prelude.startswith("@"):
            out.append(f"{prelude}{{{squeezed(content)}}}")
        else:
            kept = [selector for selector in split(prelude) if wanted(selector)]
            out.append(f"{','.join(kept)}{{{squeezed(content)}}}" if kept else "")
    return "\n".join(part for part in out if part)


def squeezed(content: str) -> str:
    """Without line breaks."""
    return ";".join(
        part.strip() for part in re.sub(r"\s*\n\s*", "\n", content).strip().rstrip(";").split(";\n")
    )


def main(source: str, target: str) -> None:
    css = _COMMENT.sub("", Path(source).read_text(encoding="utf-8")).replace('@charset "UTF-8";', "")
    head = "/* KERN UX (@kern-ux/native), EUPL-1.2, cut to what is used by tools/vendor_subset.py */\n"
    Path(target).write_text(head + subset(css) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
