"""Three working days each for a reply and for an appeal (domain §4); an administrator may change the amounts."""

from django.db import migrations

POLICIES = {
    "conduct_reply": "Three working days to reply",
    "conduct_appeal": "Three working days to appeal",
}


def set_policies(apps, schema_editor):
    policies = apps.get_model("worktime", "Policy").objects.using(schema_editor.connection.alias)
    for code, name in POLICIES.items():
        policies.create(code=code, name=name, mode="working_days", amount=3)


def unset_policies(apps, schema_editor):
    policies = apps.get_model("worktime", "Policy").objects.using(schema_editor.connection.alias)
    policies.filter(code__in=POLICIES).delete()


class Migration(migrations.Migration):
    dependencies = [("agents", "0002_conduct"), ("worktime", "0002_built_in")]

    operations = [migrations.RunPython(set_policies, unset_policies)]
