"""The words of a page by the field of the editor they stand in, and what is still empty there: read by checks and whoever leads to a field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from wagtail import blocks
from wagtail.fields import RichTextField, StreamField, StreamValue
from wagtail.rich_text import RichText

from stadtnah.publishing import signs
from stadtnah.publishing.checks.markup import read_html
from stadtnah.surfaces.website import richtext

UNFINISHED: Final = (
    "unfinished"  # in `Content.extra`, of a draft that cannot be submitted: [field, what is missing]
)
# Without these the rest still says something: a table without a caption has a hint of its own, and what is taken over from an old website
# has neither captions nor names for each line of a contact.
_CAN_DO_WITHOUT: Final = frozenset(
    {
        ("table", "caption"),
        ("figures", "caption"),
        ("figures", "source"),
        ("contact", "label"),
        ("contact", "value"),
    }
)
# Of these one is needed, whichever.
_ONE_OF: Final = {"action": ("page", "address"), "video": ("document", "address")}


@dataclass(frozen=True, slots=True)
class FormPlace:
    """field: its id in the editor. label: „Zeitplan, 2. Schritt: Wann“. name: the field of the page. needed: must not stay empty."""

    field: str
    label: str
    name: str
    text: str
    needed: bool = False


def of(page: Any) -> list[FormPlace]:
    """Every field with words, in the order of the form."""
    return [place for name, label in labels(page).items() for place in _of_field(page, name, label)]


def labels(page: Any) -> dict[str, str]:
    """Names of the page's fields and what the form calls them, in its order."""
    return dict(_labels(page, page.get_edit_handler()))


def unfinished(page: Any) -> list[list[str]]:
    """[field, what is missing] for each part of a block that must be there and is not. Such a block would say nothing to readers, or half."""
    names = [field.name for field in page._meta.concrete_fields if isinstance(field, StreamField)]  # noqa: SLF001 - Django's public way
    found = [
        place for name in names for place in _of_field(page, name, "") if place.needed and not place.text
    ]
    return [[place.field, f"{_quoted(place.label)} ist noch leer."] for place in found]


def _quoted(label: str) -> str:
    part, colon, field = label.rpartition(": ")
    return f"{part}{colon}„{field}“"


def _labels(page: Any, panel: Any) -> Iterator[tuple[str, str]]:
    name = getattr(panel, "field_name", "")
    if name:
        named = str(panel.heading or page._meta.get_field(name).verbose_name)  # noqa: SLF001 - as above
        yield name, named
    for child in getattr(panel, "children", ()):
        yield from _labels(page, child)


def _of_field(page: Any, name: str, label: str) -> Iterator[FormPlace]:
    value = getattr(page, name, None)
    if isinstance(value, StreamValue):
        yield from _of_stream(value, name, label)
    elif isinstance(value, str):
        rich = isinstance(page._meta.get_field(name), RichTextField)  # noqa: SLF001 - as above
        yield FormPlace(f"id_{name}", label, name, _words(RichText(value) if rich else value))


def _of_stream(value: Any, name: str, label: str) -> Iterator[FormPlace]:
    several = {kind for kind, count in Counter(child.block_type for child in value).items() if count > 1}
    alone = len(value.stream_block.child_blocks) == 1
    seen: Counter[str] = Counter()
    for number, child in enumerate(value):
        seen[child.block_type] += 1
        called = str(child.block.label or "").partition(" (")[0]
        nth = seen[child.block_type]
        numbered = f"{called} ({nth})" if child.block_type in several else called
        said = f"{nth}. {called}" if alone else numbered
        said = f"{label}, {said}" if label else said
        yield from _of_block(child.block, child.value, f"{name}-{number}-value", said, name, child.block_type)


def _of_block(block: Any, value: Any, field: str, label: str, name: str, kind: str) -> Iterator[FormPlace]:
    if isinstance(block, blocks.ListBlock):
        for number, one in enumerate(value):
            said = f"{label}, {number + 1}. Eintrag"
            yield from _of_block(block.child_block, one, f"{field}-{number}-value", said, name, kind)
    elif isinstance(block, blocks.StructBlock):
        choice = _ONE_OF.get(kind, ())
        for key, part in block.child_blocks.items():
            place = next(
                _of_block(part, value.get(key), f"{field}-{key}", f"{label}: {part.label}", name, kind), None
            )
            if place is None:
                continue
            needed = place.needed and (kind, key) not in _CAN_DO_WITHOUT
            if choice and key == choice[-1]:
                needed = not any(value.get(one) for one in choice)
            yield FormPlace(place.field, place.label, name, place.text, needed)
    elif isinstance(block, blocks.FieldBlock):
        needed = bool(block.required) and kind != "text"  # an empty paragraph is no fault
        yield FormPlace(field, label, name, _words(value), needed)


def _words(value: Any) -> str:
    """As the checks read it; what is no text says that it is there."""
    if isinstance(value, RichText):
        html = richtext.from_editor(value.source)
        value = "\n".join(segment.text for segment in read_html(html).segments)
    if isinstance(value, str):
        return signs.plain(value).strip()
    return "" if value is None else str(value)
