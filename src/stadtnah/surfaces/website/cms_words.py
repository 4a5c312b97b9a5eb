"""The CMS's own search index is asked to read a page again when the page's row has other words, and not for each of its savings.

Every draft is saved twice, as a page and to note its first revision; and the row of a page notes each later revision. The CMS puts
a job in the queue for each, which reads the same words again.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

from django.db.models.signals import post_delete, post_save
from modelsearch.index import AutocompleteField, SearchField
from modelsearch.signal_handlers import post_delete_signal_handler, post_save_signal_handler
from wagtail.models import get_page_models


def install() -> None:
    """Listens to every kind of page that the CMS does not listen to by itself (`PublicPage.search_auto_update`)."""
    for model in get_page_models():
        if not getattr(model, "search_auto_update", True):
            post_save.connect(_saved, sender=model)
            post_delete.connect(post_delete_signal_handler, sender=model)


def _saved(sender: Any, instance: Any, update_fields: Collection[str] | None = None, **more: Any) -> None:
    if update_fields is None or not _words_of(sender).isdisjoint(update_fields):
        post_save_signal_handler(instance, **more)


@cache
def _words_of(model: Any) -> frozenset[str]:
    """The fields whose words are in the index."""
    words = (SearchField, AutocompleteField)
    return frozenset(one.field_name for one in model.get_search_fields() if isinstance(one, words))
