"""Pages of those who keep the product running, and of the bell."""

from callcenter.ops.views.calendars import (
    calendar,
    calendars,
    new_calendar,
    remove_day,
    set_day,
    weekly_hours,
)
from callcenter.ops.views.health import health
from callcenter.ops.views.messages import mail, mailbox, notices, outbox, read_notices, requeue
from callcenter.ops.views.policies import new_policy, policy

__all__ = [
    "calendar",
    "calendars",
    "health",
    "mail",
    "mailbox",
    "new_calendar",
    "new_policy",
    "notices",
    "outbox",
    "policy",
    "read_notices",
    "remove_day",
    "requeue",
    "set_day",
    "weekly_hours",
]
