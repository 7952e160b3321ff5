"""The same counters over raw calls, reckoned by the database in the plainest way: what roll-ups are held against."""

from datetime import UTC, datetime, time, timedelta

from django.db.models import CharField, DateField, DateTimeField, F, Func, Value
from django.db.models.functions import Cast, Coalesce

from calls.models import Call
from kpi.counters import HANDLE

ZONES = timedelta(hours=15)
GROUPS = {
    "none": ("", ""),
    "agent": ("agent_key", "agent_label"),
    "team": ("team_key", "team_label"),
    "queue": ("queue_key", "queue_label"),
    "site": ("site__code", "site__name"),
    "topic": ("topic", "topic"),
    "source": ("source", "source"),
    "project": ("project", "project"),
    "channel": ("channel", "channel"),
}
BIN = "date_bin('30 minutes', %(expressions)s, timestamp '2000-01-01')"
INTERVALS = {
    "none": "''",
    "30m": f"to_char({BIN}, 'YYYY-MM-DD\"T\"HH24:MI')",
    "hour": "to_char(date_trunc('hour', %(expressions)s), 'YYYY-MM-DD\"T\"HH24:MI')",
    "day": "to_char(%(expressions)s, 'YYYY-MM-DD')",
    "week": "to_char(date_trunc('week', %(expressions)s), 'YYYY-MM-DD')",
    "month": "to_char(%(expressions)s, 'YYYY-MM')",
    "time_of_day": f"to_char({BIN}, 'HH24:MI')",
    "hour_of_day": "to_char(%(expressions)s, 'HH24')",
    "weekday": "to_char(%(expressions)s, 'ID')",
    "half_hour_of_week": f"to_char({BIN}, 'ID HH24:MI')",
    "hour_of_week": "to_char(date_trunc('hour', %(expressions)s), 'ID HH24:MI')",
}
FILTERS = {name: key for name, (key, _label) in GROUPS.items() if key}


def counted(user, question, counters):
    """Return {(group, label, interval): {name: number}} over the raw calls that the person sees."""
    local = Func(
        F("site__calendar__time_zone"), F("entered_at"), function="timezone", output_field=DateTimeField()
    )
    slot = Func(local, template=INTERVALS[question.interval], output_field=CharField())
    calls = Call.objects.visible_to(user).annotate(
        local_day=Cast(local, DateField()),
        slot=slot,
        handle=HANDLE,
        agent_key=Coalesce("agent__work_number", "agent_name"),
        agent_label=Coalesce("agent__name", "agent_name"),
        queue_key=Coalesce("queue__code", "queue_name"),
        queue_label=Coalesce("queue__name", "queue_name"),
        team_key=Coalesce(Cast("team_id", CharField()), Value("")),
        team_label=Coalesce("team__name", Value("")),
    )
    calls = calls.filter(
        entered_at__range=(
            datetime.combine(question.start, time(), UTC) - ZONES,
            datetime.combine(question.end, time.max, UTC) + ZONES,
        ),
        local_day__range=(question.start, question.end),
        **{FILTERS[name]: value for name, value in question.filters},
    )
    key, label = GROUPS[question.group_by]
    numbers = {counter.name: counter.aggregate for counter in counters}
    rows = calls.values(
        group=F(key) if key else Value(""), label=F(label) if label else Value(""), interval=F("slot")
    ).annotate(**numbers)
    return {
        (row["group"], row["label"], row["interval"]): {name: row[name] for name in numbers} for row in rows
    }
