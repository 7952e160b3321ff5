"""Clocks and alerts are found by their unique keys; indexes that nobody reads slow every sweep down."""

import django.db.models.deletion
from django.db import migrations, models


def _without_index(model, field, to, deletion, related_name):
    return migrations.AlterField(
        model, field, models.ForeignKey(to, deletion, related_name=related_name, db_index=False)
    )


class Migration(migrations.Migration):
    dependencies = [("complaints", "0005_ended_indexes"), ("worktime", "0002_built_in")]

    operations = [
        _without_index(
            "clock", "complaint", "complaints.complaint", django.db.models.deletion.CASCADE, "clocks"
        ),
        _without_index("clock", "policy", "worktime.policy", django.db.models.deletion.PROTECT, "+"),
        _without_index("clock", "calendar", "worktime.calendar", django.db.models.deletion.PROTECT, "+"),
        _without_index("alert", "clock", "complaints.clock", django.db.models.deletion.CASCADE, "alerts"),
        _without_index(
            "alert", "complaint", "complaints.complaint", django.db.models.deletion.CASCADE, "alerts"
        ),
    ]
