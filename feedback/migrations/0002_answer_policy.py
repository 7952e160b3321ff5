"""A department answers within three working days (domain §5); an administrator may change the amount."""

from django.db import migrations


def set_policy(apps, schema_editor):
    policies = apps.get_model("worktime", "Policy").objects.using(schema_editor.connection.alias)
    policies.create(
        code="feedback_answer", name="Three working days to answer", mode="working_days", amount=3
    )


def unset_policy(apps, schema_editor):
    policies = apps.get_model("worktime", "Policy").objects.using(schema_editor.connection.alias)
    policies.filter(code="feedback_answer").delete()


class Migration(migrations.Migration):
    dependencies = [("feedback", "0001_initial"), ("worktime", "0002_built_in")]

    operations = [migrations.RunPython(set_policy, unset_policy)]
