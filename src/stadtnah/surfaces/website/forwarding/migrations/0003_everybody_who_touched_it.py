from django.db import migrations, models


def who_touched_it(apps, _schema_editor):
    """So far the last one was known; and the file of a folder ("/a/index.html") was another address than the folder."""
    rows = apps.get_model('forwarding', 'Forwarding').objects
    for path, last in rows.filter(changed_by__isnull=False).values_list('path', 'changed_by'):
        rows.filter(path=path).update(writers=[last.hex])
    for name in ('Forwarding', 'ReleasedForwarding'):
        rows = apps.get_model('forwarding', name).objects
        for path in list(rows.filter(path__endswith='/index.html').values_list('path', flat=True)):
            folder = path.removesuffix('index.html')
            if folder == '/' or rows.filter(path=folder).exists():
                rows.filter(path=path).delete()
            else:
                rows.filter(path=path).update(path=folder)
    apps.get_model('website', 'PageUse').objects.filter(path__endswith='/index.html').delete()


class Migration(migrations.Migration):

    dependencies = [
        ('forwarding', '0002_short_addresses'),
        ('website', '0012_decorative_head_picture'),
    ]

    operations = [
        migrations.AddField(
            model_name='forwarding',
            name='writers',
            field=models.JSONField(default=list, verbose_name='geändert von'),
        ),
        migrations.RunPython(who_touched_it, migrations.RunPython.noop),
    ]
