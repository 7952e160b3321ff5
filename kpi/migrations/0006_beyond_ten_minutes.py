from django.db import migrations, models

GRAINS = ("halfhour", "linehalfhour", "agentday", "teamday", "teammonth")
LENGTHS = ("wait", "lost_wait", "talk", "handle")
COUNT_ANEW = """
INSERT INTO kpi_staleslot (site, at)
SELECT DISTINCT site_id, date_bin('30 minutes', entered_at, timestamptz '2000-01-01 00:00Z') FROM calls_call
"""


class Migration(migrations.Migration):
    dependencies = [
        ("kpi", "0005_changes"),
    ]

    operations = [
        *(
            migrations.AddField(grain, f"{name}_{edge}", models.IntegerField(null=True))
            for grain in GRAINS
            for name in LENGTHS
            for edge in ("least", "most")
        ),
        migrations.RunSQL(COUNT_ANEW, migrations.RunSQL.noop),
    ]
