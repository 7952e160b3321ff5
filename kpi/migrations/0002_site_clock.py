from django.db import migrations, models

BY_NOW = """
INSERT INTO kpi_siteclock (site, time_zone)
SELECT s.id, w.time_zone FROM agents_site s JOIN worktime_calendar w ON w.id = s.calendar_id
WHERE EXISTS (SELECT FROM kpi_linehalfhour r WHERE r.site = s.id)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agents", "0001_initial"),
        ("worktime", "0001_calendars"),
        ("kpi", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SiteClock",
            fields=[
                ("site", models.IntegerField(primary_key=True, serialize=False)),
                ("time_zone", models.CharField(max_length=64)),
            ],
        ),
        migrations.RunSQL(BY_NOW, migrations.RunSQL.noop),
    ]
