"""What the demo's queues expect: a forecast of this week and the next from the calls that came, and a mailing by hand."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from callcenter.access import SYSTEM
from calls.models import Queue
from shifts.enums import Origin
from shifts.forecast import forecast
from shifts.forecast_job import loads_of
from shifts.selectors.demand import calendar_of, history, known_days, zone_of
from shifts.services.demand import Load, put_demand, set_goal

DAYS = 14
DAY, HALF_HOUR = timedelta(days=1), timedelta(minutes=30)
MAILED, TUESDAY = "billing", 8
"""On the Tuesday of next week bills go out: four half hours with more calls than any history tells."""


def seed(*, now: datetime) -> None:
    """Write the demand of every queue with calls, and its goal."""
    today = timezone.localdate(now)
    monday = today - today.weekday() * DAY
    for queue in Queue.objects.select_related("site__calendar").order_by("code"):
        set_goal(actor=SYSTEM, queue=queue, now=now)
        known = known_days(queue)
        if known:
            _forecast(queue, known[0] + DAY, today, monday, now)
            if queue.code == MAILED:
                _mailing(queue, monday + TUESDAY * DAY, now)


def _forecast(queue: Queue, since: date, until: date, monday: date, now: datetime) -> None:
    calendar = calendar_of(queue.site, since, monday + DAYS * DAY)
    days = forecast(history(queue, since, until), (monday + place * DAY for place in range(DAYS)), calendar)
    loads: dict[datetime, Load | None] = {
        datetime.fromtimestamp(at, UTC): Load(Decimal(str(calls)), seconds)
        for at, calls, seconds in loads_of(queue, days)
    }
    put_demand(actor=SYSTEM, queue=queue, loads=loads, origin=Origin.FORECAST, now=now)


def _mailing(queue: Queue, day: date, now: datetime) -> None:
    begin = datetime.combine(day, time(10), zone_of(queue.site))
    loads: dict[datetime, Load | None] = {
        begin + place * HALF_HOUR: Load(Decimal(calls), 260) for place, calls in enumerate((70, 65, 55, 45))
    }
    put_demand(actor=SYSTEM, queue=queue, loads=loads, origin=Origin.ENTERED, now=now)
