"""The tables that the imports of calls moved out of."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("calls", "0003_move_imports")]

    operations = [
        migrations.DeleteModel(name="Reject"),
        migrations.DeleteModel(name="Import"),
    ]
