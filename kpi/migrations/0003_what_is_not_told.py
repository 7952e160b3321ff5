from django.db import migrations, models

GRAINS = ("agentday", "halfhour", "linehalfhour", "teamday", "teamhalfhour", "teammonth", "teamtimeofday")
NUMBERS = ("no_resolved", "no_transferred")
# Calls that are still kept are counted anew; of those that are not, nobody can say any more what their source left open.
COUNT_ANEW = """
INSERT INTO kpi_staleslot (site, at)
SELECT DISTINCT site_id, date_bin('30 minutes', entered_at, timestamptz '2000-01-01 00:00Z') FROM calls_call
"""


class Migration(migrations.Migration):
    dependencies = [("calls", "0001_initial"), ("kpi", "0002_site_clock")]

    operations = [
        *(
            migrations.AddField(grain, number, models.IntegerField(null=True))
            for grain in GRAINS
            for number in NUMBERS
        ),
        migrations.RunSQL(COUNT_ANEW, migrations.RunSQL.noop),
    ]
