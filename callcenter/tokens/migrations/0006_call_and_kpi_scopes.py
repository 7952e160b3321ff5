import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tokens", "0005_roster_scopes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="token",
            name="scopes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("complaints:read", "Read complaints"),
                        ("complaints:write", "Record complaints and take them through their course"),
                        ("calls:read", "Read calls"),
                        ("calls:write", "Bring in calls"),
                        ("feedback:read", "Read feedback"),
                        ("feedback:write", "Write and answer feedback"),
                        ("floor:read", "Read the bulletin"),
                        ("floor:write", "Confirm readings on the bulletin"),
                        ("kpi:read", "Read key figures"),
                        ("kpi:write", "Set targets, assess, answer early warnings"),
                        ("mail:bounces", "Report mails that came back"),
                        ("people:read", "Read people"),
                        ("people:write", "Change teams, skills, terms and extra roles of people"),
                        ("places:read", "Read sites and teams"),
                        ("rosters:read", "Read rosters, leave and attendance"),
                        (
                            "rosters:write",
                            "Change rosters, ask for leave and changes, decide them, clock in and out",
                        ),
                        ("states:write", "Bring in what a telephone system says that agents do"),
                        ("worktime:read", "Ask the working calendar for deadlines"),
                    ],
                    max_length=30,
                ),
                size=None,
                verbose_name="scopes",
            ),
        ),
    ]
