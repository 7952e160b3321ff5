"""References are numbered by a sequence: unique for ever, without a lock."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("complaints", "0001_initial")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE complaints_reference", "DROP SEQUENCE complaints_reference"),
    ]
