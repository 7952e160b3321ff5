"""Every item has its number and its instants from now on; author and answer stand in tables of their own."""

from django.db import migrations, models

import feedback.keys


class Migration(migrations.Migration):
    dependencies = [("feedback", "0004_promises")]

    operations = [
        migrations.AlterField(
            "item",
            "number",
            models.CharField(
                default=feedback.keys.random_number,
                editable=False,
                max_length=12,
                unique=True,
                verbose_name="number",
            ),
        ),
        migrations.AlterField("item", "released_at", models.DateTimeField(verbose_name="received")),
        migrations.AlterField("item", "submitted_on", models.DateField(verbose_name="submitted on")),
        migrations.RemoveField("item", "answer"),
        migrations.RemoveField("item", "answered_by"),
        migrations.RemoveField("item", "submitter"),
    ]
