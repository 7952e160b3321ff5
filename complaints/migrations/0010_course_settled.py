"""Every clock has its keeper from now on, and the old changes of state are gone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("complaints", "0009_course_data")]

    operations = [
        migrations.AlterField(
            "clock",
            "keeper",
            models.ForeignKey(
                settings.AUTH_USER_MODEL,
                django.db.models.deletion.PROTECT,
                db_index=False,
                related_name="+",
            ),
        ),
        migrations.DeleteModel("StatusChange"),
    ]
