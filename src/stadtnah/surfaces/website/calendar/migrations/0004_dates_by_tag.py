"""Dates by the tags of their events, filled from the two tables that say them, and the index of dates in their whole order."""

import django.db.models.deletion
from django.db import migrations, models

FILL = (
    'INSERT INTO calendar_taggeddate (date_id, "key", first_day, starts) '
    'SELECT o.id, t."key", o.first_day, o.starts '
    "FROM calendar_occurrence o JOIN calendar_eventtag t ON t.page_id = o.page_id"
)


class Migration(migrations.Migration):

    dependencies = [
        ('calendar', '0003_a_month_back'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='occurrence',
            name='occurrence_day',
        ),
        migrations.RemoveIndex(
            model_name='occurrence',
            name='occurrence_lasting',
        ),
        migrations.AddIndex(
            model_name='occurrence',
            index=models.Index(condition=models.Q(('long', True)), fields=['first_day', 'starts', 'title', 'id'], name='occurrence_under_way'),
        ),
        migrations.AddIndex(
            model_name='occurrence',
            index=models.Index(fields=['first_day', 'starts', 'title', 'id'], name='occurrence_order'),
        ),
        migrations.CreateModel(
            name='TaggedDate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('first_day', models.DateField()),
                ('starts', models.CharField(max_length=19)),
                ('date', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='tagged', to='calendar.occurrence')),
            ],
            options={
                'indexes': [models.Index(fields=['key', 'first_day', 'starts', 'date'], name='tagged_date_order')],
                'constraints': [models.UniqueConstraint(fields=('date', 'key'), name='tagged_date_once')],
            },
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
