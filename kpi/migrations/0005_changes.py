from django.db import migrations, models

import kpi.models.rollups


class Migration(migrations.Migration):
    dependencies = [
        ("kpi", "0004_warnings"),
    ]

    operations = [
        migrations.CreateModel(
            name="Version",
            fields=[
                ("site", models.IntegerField(primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "site", "at", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("site", models.IntegerField()),
                ("at", kpi.models.rollups.LocalTime()),
                ("changed_at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["changed_at"], name="change_by_time")]},
        ),
    ]
