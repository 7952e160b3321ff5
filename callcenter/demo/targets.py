"""What the demo's centre wants: of all, of one line and of one team; one of them was raised this month."""

from datetime import date, datetime, timedelta

from agents.models import Team, User
from calls.models import Queue
from kpi.services.targets import Place, set_target

MANAGER, SUPERVISOR = "3001", "1001"


def seed(*, now: datetime) -> None:
    """Set targets from three months ago on, and raise that of the answer rate with this month."""
    month = now.date().replace(day=1)
    before = (month - timedelta(days=62)).replace(day=1)
    wanted: tuple[tuple[str, str, float, date, Place], ...] = (
        (MANAGER, "answer_rate", 0.88, before, None),
        (MANAGER, "answer_rate", 0.9, month, None),
        (MANAGER, "service_level_20", 0.7, before, None),
        (MANAGER, "speed_of_answer_p90", 60, before, None),
        (MANAGER, "speed_of_answer_p90", 45, before, Queue.objects.filter(code="repair").first()),
        (MANAGER, "satisfaction_mean", 4, before, None),
        (SUPERVISOR, "handle_time_p90", 330, before, Team.objects.order_by("pk").first()),
    )
    people = {
        person.work_number: person for person in User.objects.filter(work_number__in=[MANAGER, SUPERVISOR])
    }
    for who, metric, value, since, place in wanted:
        set_target(actor=people[who], metric=metric, value=value, since=since, place=place, now=now)
