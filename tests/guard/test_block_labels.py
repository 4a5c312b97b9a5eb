"""No part of an editor's form is headed by the name that it has in the code."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField


def parts(block: Block, where: str) -> Iterator[tuple[str, Block]]:
    """Every block below this one that a form shows with a heading."""
    if isinstance(block, StreamBlock | StructBlock):
        for name, child in block.child_blocks.items():
            yield f"{where}.{name}", child
            yield from parts(child, f"{where}.{name}")
    elif isinstance(block, ListBlock):
        yield from parts(block.child_block, where)


def unnamed() -> set[str]:
    return {
        where
        for model in apps.get_models()
        if model.__module__.startswith("stadtnah.")
        for field in model._meta.get_fields()
        if isinstance(field, StreamField)
        for where, block in parts(field.stream_block, f"{model.__name__}.{field.name}")
        if not block.meta.label
    }


def test_every_block_has_a_label() -> None:
    assert unnamed() == set()


def test_control_a_block_without_one_is_found() -> None:
    class Plain(StructBlock):
        name = Block()

    assert [where for where, block in parts(Plain(), "x") if not block.meta.label] == ["x.name"]
