"""Requests are asked for by what they are about."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0005_halt")]

    operations = [
        migrations.AddIndex(
            model_name="releaserequest",
            index=models.Index(fields=["object_key", "submitted_at"], name="request_object"),
        )
    ]
