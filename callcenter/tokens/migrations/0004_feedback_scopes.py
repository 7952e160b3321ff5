"""Scopes of feedback."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tokens", "0003_bounce_scope"),
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
                        ("feedback:read", "Read feedback"),
                        ("feedback:write", "Write and answer feedback"),
                        ("floor:read", "Read the bulletin"),
                        ("floor:write", "Confirm readings on the bulletin"),
                        ("kpi:read", "Read key figures"),
                        ("mail:bounces", "Report mails that came back"),
                        ("people:read", "Read people"),
                        ("places:read", "Read sites and teams"),
                        ("worktime:read", "Ask the working calendar for deadlines"),
                    ],
                    max_length=30,
                ),
                size=None,
                verbose_name="scopes",
            ),
        ),
    ]
