"""Who was not told after all."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0002_reached"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="untold",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.EmailField(max_length=254), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="untold_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="retold_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("retold_at", None), ("untold_at__isnull", False)),
                fields=["key"],
                opclasses=["varchar_pattern_ops"],
                name="outbox_untold",
            ),
        ),
    ]
