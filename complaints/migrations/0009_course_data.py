"""Changes of state become steps, every clock gets its keeper, and the new clocks their policies (domain §4)."""

from django.db import migrations

STEPS = """
INSERT INTO complaints_step (complaint_id, act, old, new, at, by_id, note, facts)
SELECT complaint_id, CASE WHEN old = '' THEN 'accept' ELSE 'resolve' END, old, new, at, by_id, note, '{}'
  FROM complaints_statuschange ORDER BY id
"""
KEEPERS = """
UPDATE complaints_clock AS clock SET keeper_id = complaint.handler_id
  FROM complaints_complaint AS complaint WHERE complaint.id = clock.complaint_id
"""


def set_policies(apps, schema_editor):
    """First response within thirty working minutes for every tier; the same day for tiers 1 and 2."""
    policies = apps.get_model("worktime", "Policy").objects
    same_day = policies.create(code="same_day", name="Same day", mode="working_days", amount=0)
    thirty = policies.get(code="thirty_working_minutes")
    clock_policies = apps.get_model("complaints", "ClockPolicy").objects
    wanted = [("response", tier, thirty) for tier in (1, 2, 3)] + [
        ("same_day", tier, same_day) for tier in (1, 2)
    ]
    clock_policies.bulk_create(
        [clock_policies.model(kind=kind, tier=tier, policy=policy) for kind, tier, policy in wanted]
    )
    apps.get_model("complaints", "CoursePolicy").objects.create(pk=1)


def unset_policies(apps, schema_editor):
    """Take them away again."""
    apps.get_model("complaints", "ClockPolicy").objects.filter(kind__in=["response", "same_day"]).delete()
    apps.get_model("worktime", "Policy").objects.filter(code="same_day").delete()
    apps.get_model("complaints", "CoursePolicy").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("complaints", "0008_course")]

    operations = [
        migrations.RunSQL(STEPS, migrations.RunSQL.noop),
        migrations.RunSQL(KEEPERS, migrations.RunSQL.noop),
        migrations.RunPython(set_policies, unset_policies),
    ]
