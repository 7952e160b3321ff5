from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("complaints", "0014_words")]

    operations = [
        migrations.CreateModel(
            name="MonthlyAnalysis",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(unique=True)),
                ("figures", models.JSONField()),
                ("made_at", models.DateTimeField()),
            ],
            options={"ordering": ("-month",)},
        ),
    ]
