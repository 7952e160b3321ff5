"""An alert repeats its clock's complaint; the clock's key is checked, and once is enough."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("complaints", "0006_fewer_indexes")]

    operations = [
        migrations.AlterField(
            "alert",
            "complaint",
            models.ForeignKey(
                "complaints.complaint",
                django.db.models.deletion.CASCADE,
                related_name="alerts",
                db_index=False,
                db_constraint=False,
            ),
        ),
    ]
