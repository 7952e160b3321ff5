import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tokens", "0006_call_and_kpi_scopes"),
    ]

    operations = [
        migrations.CreateModel(
            name="TokenUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("route", models.CharField(max_length=200, verbose_name="address")),
                ("requests", models.PositiveBigIntegerField(verbose_name="requests")),
                ("refused", models.PositiveBigIntegerField(verbose_name="refused")),
                (
                    "token",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uses",
                        to="tokens.token",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["day"], name="token_use_by_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("token", "day", "route"), name="token_use_once")
                ],
            },
        ),
    ]
