"""The clock of a corrective action follows a date, not a policy; a clock knows whether its calendar is its policy's."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("complaints", "0010_course_settled")]

    operations = [
        migrations.AddField("clock", "has_policy_calendar", models.BooleanField(default=False)),
        migrations.AlterField(
            "clock",
            "policy",
            models.ForeignKey(
                "worktime.policy",
                django.db.models.deletion.PROTECT,
                db_index=False,
                null=True,
                related_name="+",
            ),
        ),
        migrations.AddConstraint(
            "clock",
            models.CheckConstraint(
                name="clock_follows_policy_or_date",
                condition=Q(kind="correction", policy=None) | ~Q(kind="correction") & Q(policy__isnull=False),
            ),
        ),
    ]
