from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0011_clock_dates"),
    ]

    operations = [
        migrations.AddField(
            model_name="complaint",
            name="source",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="source"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="complaint",
            name="external_number",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="number elsewhere"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_number", ""), _negated=True),
                fields=("source", "external_number"),
                name="complaint_external_once",
            ),
        ),
    ]
