"""An address with filters in Chinese is longer than it looks."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial")]

    operations = [
        migrations.AlterField(model_name="job", name="link", field=models.TextField(blank=True)),
    ]
