"""A request for leave that nobody decides lapses: when that, or the reminder before, is due."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("shifts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="leave",
            name="leave_decision_has_time",
        ),
        migrations.AddField(
            model_name="leave",
            name="due_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="leave",
            name="state",
            field=models.CharField(
                choices=[
                    ("requested", "Asked for"),
                    ("approved", "Approved"),
                    ("filed", "Filed"),
                    ("refused", "Refused"),
                    ("withdrawn", "Withdrawn"),
                    ("lapsed", "Not decided in time"),
                ],
                default="requested",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddIndex(
            model_name="leave",
            index=models.Index(
                condition=models.Q(("state", "requested")), fields=["due_at"], name="leave_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="leave",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["requested", "withdrawn"]),
                    models.Q(("decided_at__isnull", False), ("decided_by", None), ("state", "lapsed")),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="leave_decision_has_time",
            ),
        ),
    ]
