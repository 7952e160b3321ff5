"""What a deadline is counted with: a policy and a calendar, found by their codes."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from callcenter.errors import DomainError
from callcenter.worktime import calendars
from callcenter.worktime.clock import WorkHours
from callcenter.worktime.models import Policy

DEFAULT_CALENDAR = "CN"


class Basis(NamedTuple):
    """A policy, and the calendar that it counts on."""

    policy: Policy
    calendar: str
    hours: WorkHours


def basis(policy_code: str, calendar_code: str = "") -> Basis:
    """Return the policy with the calendar named, else its own, else `CN`. Raises DomainError naming what is unknown."""
    policy = Policy.objects.select_related("calendar").filter(code=policy_code).first()
    if policy is None:
        raise DomainError(_("There is no policy “%s”.") % policy_code[:60], code="unknown", field="policy")
    code = calendar_code or (policy.calendar.code if policy.calendar else DEFAULT_CALENDAR)
    return Basis(policy, code, calendars.load_by_code(code))
