"""What waits for a ruling, and what is solved and still to be followed up, reported and closed, is found by an index."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("complaints", "0012_external_number")]

    operations = [
        migrations.RemoveIndex("complaint", "complaint_to_close"),
        migrations.AddIndex(
            "complaint",
            models.Index(
                fields=["tier", "site", "resolved_at"],
                name="complaint_to_close",
                condition=Q(resolved_at__isnull=False, closed_at=None),
            ),
        ),
        migrations.AddIndex(
            "complaint",
            models.Index(fields=["due_at", "id"], name="complaint_to_rule", condition=Q(status="verified")),
        ),
    ]
