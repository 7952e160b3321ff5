"""A form that is sent twice is recorded once; what ended this month is found by index."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0003_clock_policies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("complaint", "form_key", models.UUIDField(editable=False, null=True)),
        migrations.AddConstraint(
            "complaint",
            models.UniqueConstraint(fields=["recorded_by", "form_key"], name="complaint_form_once"),
        ),
        migrations.AddIndex(
            "complaint",
            models.Index(
                condition=models.Q(("resolved_at__isnull", False)),
                fields=["resolved_at"],
                name="complaint_resolved",
            ),
        ),
    ]
