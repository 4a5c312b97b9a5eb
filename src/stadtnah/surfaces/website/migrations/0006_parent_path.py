"""Where a page stands in the tree, to be asked for with an index."""

from django.db import migrations, models


def fill(apps, schema_editor):
    rows = apps.get_model("website", "ReleasedPage").objects.only("pk", "path")
    changed = []
    for row in rows.iterator(chunk_size=500):
        row.parent_path = row.path.rstrip("/").rpartition("/")[0] + "/"
        changed.append(row)
        if len(changed) == 500:
            rows.model.objects.bulk_update(changed, ["parent_path"])
            changed = []
    rows.model.objects.bulk_update(changed, ["parent_path"])


class Migration(migrations.Migration):
    dependencies = [("website", "0005_services")]

    operations = [
        migrations.AddField("releasedpage", "parent_path", models.CharField(default="/", max_length=400)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            "releasedpage", models.Index(fields=["parent_path"], name="released_below")
        ),
    ]
