from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('forwarding', '0003_everybody_who_touched_it'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='forwarding',
            name='changed_by',
        ),
    ]
