"""The built-in calendar and the two policies that complaints start from (domain §4); all may be added to."""

from django.db import migrations

WEEKLY = {day: [["08:30", "17:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def add_built_in(apps, schema_editor):
    calendars = apps.get_model("worktime", "Calendar").objects.using(schema_editor.connection.alias)
    policies = apps.get_model("worktime", "Policy").objects.using(schema_editor.connection.alias)
    calendars.create(
        code="CN", name="China 08:30–17:30", time_zone="Asia/Shanghai", base="china", weekly=WEEKLY
    )
    policies.create(code="two_working_days", name="Two working days", mode="working_days", amount=2)
    policies.create(
        code="thirty_working_minutes", name="Thirty working minutes", mode="working_seconds", amount=1800
    )


def remove_built_in(apps, schema_editor):
    alias = schema_editor.connection.alias
    codes = ["two_working_days", "thirty_working_minutes"]
    apps.get_model("worktime", "Policy").objects.using(alias).filter(code__in=codes).delete()
    apps.get_model("worktime", "Calendar").objects.using(alias).filter(code="CN").delete()


class Migration(migrations.Migration):
    dependencies = [("worktime", "0001_calendars")]

    operations = [migrations.RunPython(add_built_in, remove_built_in)]
