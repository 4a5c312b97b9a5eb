"""From a raw item to one of ours: title, teaser, body, pictures, dates, and what the editor should know."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import datetime
from html import unescape
from zoneinfo import ZoneInfo

import nh3

from stadtnah.kernel import decoding
from stadtnah.publishing.content import Block
from stadtnah.surfaces.website.moving_in import body, dates, foreign, tree
from stadtnah.surfaces.website.moving_in.foreign import ForeignItem, ForeignPicture, ItemError, Raw, Shown

# What `publishing.content.Block` allows in `html`.
_TAGS = {"p", "ul", "ol", "li", "a", "strong", "em", "h3", "h4", "br"}
_TAIL = re.compile(
    r"(?:\s*(?:\[(?:…|\.\.\.)\]|(?:…|\.\.\.)?\s?(?:Weiterlesen|weiterlesen|Mehr lesen|mehr lesen|\[mehr\]|Read more)\W{0,4}))+$"
)
_FOOTER = re.compile(
    r"<p>(?:Der Beitrag|The post) (?:(?!</?p>).){1,1500}? (?:erschien zuerst auf|appeared first on) (?:(?!</?p>).){1,600}</p>$"
)
_FOOTER_TEXT = re.compile(
    r"\s*(?:Der Beitrag .{1,400}? erschien zuerst auf|The post .{1,400}? appeared first on) .{1,200}$"
)
# Copies that WordPress (-300x200) and TYPO3 (csm_name_hash) make of a picture.
_SIZE = re.compile(r"-\d{2,4}x\d{2,4}(?=\.\w{3,4}$)")
_PROCESSED = re.compile(r".*/csm_(.+)_[0-9a-f]{6,10}(\.\w{3,4})$")
_SENTENCE = re.compile(r"[.!?](?=\s|$)")
_MAX_LABEL = 80
_SHORT_TITLE = 80
_MIN_SENTENCE = 80


def assembled(raw: Raw, zone: ZoneInfo) -> ForeignItem:
    """The item, cleaned. Raises ItemError (German) when nothing can be made of it."""
    notes = list(raw.notes)
    title = tree.plain(decoding.repaired(raw.title[:5_000]))
    summary = decoding.repaired(raw.summary)
    main = decoding.repaired(raw.body) if raw.body.strip() else summary
    told = body.body_of(tree.parsed(main), base=raw.base, title=title)
    notes += told.notes
    blocks = _without_footer([_checked(part) for part in told.parts])
    words = _words(blocks)
    title = _title(title, words, raw.position, notes, has_pictures=bool(told.pictures or raw.pictures))
    own = tree.plain(summary[:20_000]) if raw.body.strip() else ""
    teaser = _teaser(own, words)
    blocks = _without_lead(blocks, teaser)
    blocks, pictures, hero = _pictures(blocks, told.pictures, raw.pictures)
    published, updated = _dates(raw, zone, notes)
    _remarks(notes, words, raw.link)
    return ForeignItem(
        position=raw.position,
        guid=_guid(raw, title, words),
        title=title,
        teaser=teaser,
        blocks=tuple(blocks),
        pictures=tuple(pictures),
        hero=hero,
        categories=_labels(raw.categories),
        tags=_labels(raw.tags),
        published=published,
        updated=updated,
        link=raw.link,
        author=tree.plain(decoding.repaired(raw.author)),
        language=raw.language[:20],
        attachments=tuple(dict.fromkeys([*raw.attachments, *told.attachments])),
        notes=tuple(dict.fromkeys(notes)),
        details=raw.details,
        happens=raw.happens,
    )


def guid_of(raw: Raw) -> str:
    """The name the old system gives the item, "" when it gives none. Long ones by their hash."""
    name = " ".join((raw.guid or raw.link).split())
    return name if len(name) <= 400 else "sha256:" + hashlib.sha256(name.encode()).hexdigest()  # noqa: PLR2004 - with room for a suffix


def suffix_of(raw: Raw) -> str:
    """What tells apart items that share a name, the same in every run."""
    return hashlib.sha256(f"{raw.link}\n{raw.title}\n{raw.published}".encode()).hexdigest()[:10]


def _guid(raw: Raw, title: str, words: str) -> str:
    if found := guid_of(raw):
        return found
    return "sha256:" + hashlib.sha256(f"{title}\n{raw.published}\n{words[:500]}".encode()).hexdigest()


def _checked(part: Block | Shown) -> Block | Shown:
    return part if isinstance(part, Shown) or not part.html else replace(part, html=cleaned(part.html))


def cleaned(html: str) -> str:
    """The promise of `Block.html`, kept by the sanitiser and not only by how the html was made."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def _words(blocks: list[Block | Shown]) -> str:
    """The running text, for a teaser or a title that is missing."""
    texts = [part.html for part in blocks if isinstance(part, Block) and part.kind in {"text", "quote"}]
    paragraphs = re.findall(r"<p>.*?</p>", " ".join(texts)[:20_000])
    texts = paragraphs or texts or [_cells(part) for part in blocks if isinstance(part, Block)]
    spaced = re.sub(r"</(?:p|li|h3|h4)>|<br>", " ", " ".join(texts)[:20_000])
    return " ".join(unescape(re.sub(r"<[^<>]*>?", "", spaced)).split())


def _cells(part: Block) -> str:
    return " ".join([part.title, *(cell for row in part.rows for cell in row)])


def _title(title: str, words: str, position: int, notes: list[str], *, has_pictures: bool) -> str:
    if not title and not words:
        only = " (nur Bilder)" if has_pictures else ""
        raise ItemError(f"Eintrag {position} ohne Titel und ohne Text{only}.")
    if not title:
        notes.append(
            "Der Eintrag hatte keinen Titel; genommen sind die ersten Worte des Textes – bitte prüfen."
        )
        return _cut(words, _SHORT_TITLE)
    if len(title) > foreign.MAX_TITLE:
        notes.append("Der Titel war zu lang und wurde gekürzt.")
        return _cut(title, foreign.MAX_TITLE)
    return title


def _teaser(own: str, words: str) -> str:
    """The old system's own teaser, unless it is only the text cut off somewhere; at most 300 characters."""
    whole = _FOOTER_TEXT.sub("", own[:2_000])
    text = _TAIL.sub("", whole)
    torn = text != whole and not text.endswith((".", "!", "?", "“"))
    if not text or (torn and words.startswith(text)):
        text = words[:2_000]
    elif torn:
        text += " …"
    if len(text) <= foreign.MAX_TEASER:
        return text
    ends = [match.end() for match in _SENTENCE.finditer(text[: foreign.MAX_TEASER])]
    return text[: ends[-1]] if ends and ends[-1] >= _MIN_SENTENCE else _cut(text, foreign.MAX_TEASER)


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    head, found, _rest = text[: limit - 1].rpartition(" ")
    return (head if found else text[: limit - 2]).rstrip(" ,;:–-") + " …"


def _without_footer(blocks: list[Block | Shown]) -> list[Block | Shown]:
    """Without the line that WordPress plugins append to feeds for search engines."""
    last = blocks[-1] if blocks else None
    if not isinstance(last, Block) or last.kind != "text" or "</p>" not in last.html:
        return blocks
    html = _FOOTER.sub("", last.html)
    return [*blocks[:-1], *([replace(last, html=html)] if html else [])]


def _without_lead(blocks: list[Block | Shown], teaser: str) -> list[Block | Shown]:
    """Without a first paragraph that is the teaser word for word: the page shows the teaser above the body."""
    for index, part in enumerate(blocks):
        if isinstance(part, Shown):
            continue
        first, end, rest = part.html.partition("</p>")
        said = " ".join(unescape(re.sub(r"<[^<>]*>", "", first)).split())
        more = rest or any(isinstance(other, Block) for other in blocks[index + 1 :])
        if part.kind == "text" and end and more and said == teaser and "<a " not in first:
            return [*blocks[:index], *([replace(part, html=rest)] if rest else []), *blocks[index + 1 :]]
        break
    return blocks


def _pictures(
    blocks: list[Block | Shown], inside: list[ForeignPicture], beside: list[ForeignPicture]
) -> tuple[list[Block | Shown], list[ForeignPicture], int | None]:
    """All pictures once. The hero is the one beside the text, else the one the text begins with."""
    pictures = list(inside)
    names = {_name(shown): index for index, shown in enumerate(pictures)}
    hero: int | None = None
    for shown in beside[: foreign.MAX_PICTURES]:
        name = _name(shown)
        known = names.get(f"*/{name.rpartition('/')[2]}", names.setdefault(name, len(pictures)))
        if known == len(pictures):
            pictures.append(shown)
            if hero is not None:
                blocks = [*blocks, Shown(known)]
        if hero is None:
            hero = known
            # The one beside the text is the original, the one inside often a small copy.
            pictures[known] = replace(
                shown, alt=shown.alt or pictures[known].alt, caption=shown.caption or pictures[known].caption
            )
    if hero is None and blocks and isinstance(blocks[0], Shown):
        hero = blocks[0].picture
    return [part for part in blocks if part != Shown(-1 if hero is None else hero)], pictures, hero


def _name(shown: ForeignPicture) -> str:
    if not shown.url:
        return hashlib.sha256(shown.data or b"").hexdigest()
    path = shown.url.partition("?")[0].partition("://")[2]
    processed = _PROCESSED.fullmatch(path)
    return f"*/{processed[1]}{processed[2]}" if processed else _SIZE.sub("", path)


def _dates(raw: Raw, zone: ZoneInfo, notes: list[str]) -> tuple[datetime | None, datetime | None]:
    if raw.dateless:
        return None, None
    published, complaint = dates.moment(raw.published, zone)
    updated, _unread = dates.moment(raw.updated, zone)
    if complaint and not updated:
        notes.append(complaint)
    elif not published and not updated:
        notes.append("Der Eintrag trägt kein Datum, der Entwurf auch nicht.")
    elif not published:
        notes.append(
            "Der Eintrag trägt kein Datum der Veröffentlichung; genommen ist das der letzten Änderung."
        )
    return published or updated, updated


def _remarks(notes: list[str], words: str, link: str) -> None:
    if not words:
        where = f" Der Text steht vielleicht unter {link}." if link else ""
        notes.append(f"Der Eintrag hat keinen Text.{where}")


def _labels(found: list[str]) -> tuple[str, ...]:
    labels = (tree.plain(decoding.repaired(label[:400]))[:_MAX_LABEL].strip() for label in found[:50])
    return tuple(dict.fromkeys(label for label in labels if label))
