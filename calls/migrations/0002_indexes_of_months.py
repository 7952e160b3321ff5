"""Each month of calls has its own indexes, so that one can be filled before it is indexed (calls/store/months.py)."""

from django.db import migrations

COLUMNS = {
    "call_of_agent": "(agent_id, entered_at) WHERE agent_id IS NOT NULL",
    "call_of_team": "(team_id, entered_at) WHERE team_id IS NOT NULL",
    "call_of_customer": "(customer_id, entered_at) WHERE customer_id IS NOT NULL",
    "call_unmatched": "(site_id, source, agent_name) WHERE agent_id IS NULL AND NOT agent_name = ''",
    "call_unmatched_queue": "(site_id, queue_name) WHERE queue_id IS NULL AND NOT queue_name = ''",
}
NAMES = ", ".join(COLUMNS)
MONTHS = """
DO $$
DECLARE month text;
BEGIN
    FOR month IN SELECT right(inhrelid::regclass::text, 6) FROM pg_inherits WHERE inhparent = 'calls_call'::regclass LOOP
        {};
    END LOOP;
END $$;
"""
MAKE = [
    f"format($i$CREATE INDEX {name}_%1$s ON calls_call_%1$s {of}$i$, month)" for name, of in COLUMNS.items()
]
DROP = [f"format('DROP INDEX {name}_%s', month)" for name in COLUMNS]


def of_each_month(statements):
    """Return what runs these statements for every month there is."""
    return MONTHS.format(";\n        ".join(f"EXECUTE {statement}" for statement in statements))


class Migration(migrations.Migration):
    dependencies = [("calls", "0001_initial")]

    operations = [
        migrations.RunSQL(
            [f"DROP INDEX {NAMES}", of_each_month(MAKE)],
            [
                of_each_month(DROP),
                *(f"CREATE INDEX {name} ON calls_call {of}" for name, of in COLUMNS.items()),
            ],
        )
    ]
