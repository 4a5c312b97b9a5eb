"""The page above all pages, as the page chooser shows it: the CMS calls it "Root"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import migrations


def _named(before: str, after: str) -> Callable[[Any, Any], None]:
    def rename(apps: Any, _editor: Any) -> None:
        pages = apps.get_model("wagtailcore", "Page").objects
        pages.filter(depth=1, title=before).update(title=after, draft_title=after)

    return rename


class Migration(migrations.Migration):
    dependencies = [("website", "0002_stale")]

    operations = [migrations.RunPython(_named("Root", "Website"), _named("Website", "Root"))]
