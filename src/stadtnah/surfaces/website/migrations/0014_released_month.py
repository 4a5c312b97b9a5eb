"""The month of each released page in a column of its own, and indexes that hold what lists count."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import stadtnah.surfaces.website.released
from django.db import migrations, models

from stadtnah.surfaces.website.released import month_of

_TOGETHER = 500


def fill(apps: Any, _schema: Any) -> None:
    """Of what is released already."""
    rows = apps.get_model("website", "ReleasedPage").objects
    pairs = ((month_of(moment), key) for key, moment in rows.order_by("sorted_by").values_list("pk", "sorted_by"))
    for month, some in groupby(pairs, key=lambda pair: pair[0]):
        keys = [key for _month, key in some]
        for start in range(0, len(keys), _TOGETHER):
            rows.filter(pk__in=keys[start : start + _TOGETHER]).update(month=month)


class Migration(migrations.Migration):
    dependencies = [("website", "0013_releasedpage_withheld")]

    operations = [
        migrations.AddField(
            model_name="releasedpage",
            name="month",
            field=stadtnah.surfaces.website.released.MonthField(default="", editable=False, max_length=7),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="releasedpage",
            index=models.Index(
                fields=["kind", "state", "category", "-sorted_by"], name="released_category"
            ),
        ),
        migrations.AddIndex(
            model_name="releasedpage",
            index=models.Index(
                fields=["kind", "state", "month", "category"], name="released_months"
            ),
        ),
    ]
