"""The pages of a type by when they were saved last: an index on the CMS's own table, which has none for it.

Without it the desk's list of messages sorts all of them to show 25. The CMS's migrations may make its table anew and do not know of
this index, so it is looked for after every migration.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import connections
from wagtail.models import Page

INDEX: Final = "stadtnah_page_newest"
_TABLE: Final = "wagtailcore_page"


def of_type(kind: type[Page]) -> Any:
    """The pages of exactly this type, in no order. SQLite would read all pages of the website to find them by anything else."""
    pages: Any = kind.objects
    return pages.filter(content_type=ContentType.objects.get_for_model(kind)).order_by()


def newest_first(kind: type[Page]) -> Any:
    """The numbers of the pages of exactly this type, those saved last first."""
    pages: Any = Page.objects.filter(content_type=ContentType.objects.get_for_model(kind))
    return pages.order_by("-latest_revision_created_at", "-pk").values_list("pk", flat=True)


def install(using: str = "default", **_signal: Any) -> None:
    """Makes the index where there is none. Only who owns the table can, and only they migrate."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if _TABLE not in connection.introspection.table_names(cursor):
            return
        if INDEX not in connection.introspection.get_constraints(cursor, _TABLE):
            cursor.execute(
                f"CREATE INDEX {INDEX} ON {_TABLE} (content_type_id, latest_revision_created_at DESC, id DESC)"
            )
