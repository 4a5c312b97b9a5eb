"""The body of a release: subject, preheader, text and HTML of the mail that everybody gets."""

from __future__ import annotations

from typing import Any

from stadtnah.channels.newsletter.rendering import clean, markup, plain
from stadtnah.channels.newsletter.rendering.words import Words, words
from stadtnah.kernel import clock
from stadtnah.publishing import occasion
from stadtnah.publishing.content import Content

SUBJECT_LIMIT, INTRO_LIMIT = 120, 600
_PREHEADER = 140
# Larger mails are cut by some mailboxes with a link that looks like an advertisement (Gmail: 102 kB).
_LARGEST = 95_000


def body(content: Content, options: dict[str, Any], config: dict[str, Any]) -> dict[str, Any]:
    """Everything a mail consists of but the personal parts; plain JSON.

    options: "text" is the editor's introduction instead of the teaser, "subject" stands in for the title; "correction" makes it a correction
    mail (its text, when there is one, says what was wrong).
    """
    label = words(content.language)
    parts = _parts(content, options, label)
    shown = markup.html(content, parts, config, label, whole=True)
    if len(shown.encode()) > _LARGEST:
        shown = markup.html(content, parts, config, label, whole=False)
    made: dict[str, Any] = {
        "subject": parts["subject"],
        "preheader": parts["preheader"],
        "intro": parts["intro"],
        "text": _text(content, parts, config, label),
        "html": shown,
        "list": str(config.get("list", "")),
        "from_name": clean.line(str(config.get("from_name", ""))),
        "language": content.language,
    }
    if pictures := dict.fromkeys(picture.sha256 for picture in content.pictures()):
        made["pictures"] = list(pictures)  # of which it speaks, be it in words alone
    if options.get("correction"):
        made["correction_of"] = content.object_key
    return made


def _parts(content: Content, options: dict[str, Any], label: Words) -> dict[str, str]:
    correction = options.get("correction") or ""
    own_subject, own_text = (
        occasion.marked(content, clean.line(str(options.get(key) or ""))) for key in ("subject", "text")
    )
    subject = own_subject or clean.line(occasion.headline(content))
    if correction and not subject.startswith(label.correction):
        subject = f"{label.correction}: {subject}"
    if content.is_event and not own_subject:  # what is put before a title is no mistake of whoever wrote it
        subject = clean.line(subject, SUBJECT_LIMIT)
    intro = own_text or clean.line(occasion.lead(content))
    notice = ""
    if correction:
        said = clean.line(correction) if isinstance(correction, str) else ""
        notice = f"{label.correction}: {said or label.correction_note}"
    return {
        "subject": clean.inert(subject),
        "preheader": clean.inert(clean.line(intro or occasion.headline(content), _PREHEADER)),
        "intro": intro,
        "notice": notice,
        "facts": "\n".join(_facts(content, label, intro)),
    }


def _facts(content: Content, label: Words, intro: str) -> list[str]:
    if content.is_event:
        return [clean.line(line) for line in occasion.told(content, beside=intro)]
    facts = [f"{label.place}: {clean.line(content.place)}"] if content.place else []
    start = _when(content.valid_from, content.language)
    end = _when(content.valid_until, content.language, end=True)
    if start and end:
        facts.append(label.valid.format(start=start, end=end))
    elif start or end:
        facts.append((label.valid_from if start else label.valid_until).format(start=start, end=end))
    return facts


def _when(wall: str | None, language: str, *, end: bool = False) -> str:
    if not wall:
        return ""
    try:
        moment = clock.parse_wall(wall)
    except clock.WallTimeError:
        return wall
    english = language.startswith("en")
    if "T" not in wall:
        return (clock.english_date if english else clock.german_date)(moment.date())
    shown = clock.resolve_wall(moment)
    if end:
        return (clock.english_end if english else clock.german_end)(shown)
    return (clock.english_datetime if english else clock.german_datetime)(shown)


def _text(content: Content, parts: dict[str, str], config: dict[str, Any], label: Words) -> str:
    name = clean.line(str(config.get("from_name", "")))
    site = clean.base_url(content)
    pieces = [
        name,
        plain.wrap(clean.inert(parts["notice"])),
        plain.underlined(clean.inert(occasion.headline(content)), "="),
        plain.wrap(clean.inert(parts["intro"])),
        "\n".join(plain.wrap(clean.inert(fact), "", "  ") for fact in parts["facts"].split("\n") if fact),
        clean.inert(plain.picture(content.hero, label)) if content.hero else "",
        *plain.blocks(content, label),
        f"{label.read}:\n{content.link}",
        "--",
        plain.wrap(label.why.format(name=name)),
        f"{label.unsubscribe}:\n{clean.UNSUBSCRIBE}",
        f"{label.imprint}: {site}/impressum/\n{label.privacy}: {site}/datenschutz/",
        "\n".join(clean.line(part) for part in str(config.get("imprint", "")).splitlines() if part.strip()),
    ]
    return "\n\n".join(piece for piece in pieces if piece.strip()) + "\n"
