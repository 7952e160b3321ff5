"""Every tier is resolved within two working days (domain §4)."""

from django.db import migrations


def set_policies(apps, schema_editor):
    """Point the resolution clock of every tier to the policy of two working days."""
    policy = apps.get_model("worktime", "Policy").objects.get(code="two_working_days")
    clock_policies = apps.get_model("complaints", "ClockPolicy").objects
    clock_policies.bulk_create(
        [clock_policies.model(kind="resolution", tier=tier, policy=policy) for tier in (1, 2, 3)]
    )


def unset_policies(apps, schema_editor):
    """Take them away again."""
    apps.get_model("complaints", "ClockPolicy").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("complaints", "0002_references"), ("worktime", "0002_built_in")]

    operations = [migrations.RunPython(set_policies, unset_policies)]
