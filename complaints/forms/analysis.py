"""What an analysis is about: the filters of complaints in a period, completed by the usual one."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from callcenter.errors import DomainError
from callcenter.lists.filters import FIRST
from complaints.analysis import Period
from complaints.filters import AnalysisFilter
from complaints.models import Complaint

USUAL = timedelta(days=89)
"""The last 90 days, today included."""


def asked(given: Mapping[str, str], person: Any, today: date) -> AnalysisFilter:
    """Return the filter of what the person may see, for the days that are asked for, else the last 90."""
    chosen = {name: value for name, value in given.items() if value}
    until = chosen.setdefault("received_until", today.isoformat())
    try:
        last = date.fromisoformat(until)
    except ValueError:
        last = today
    chosen.setdefault("received_from", (max(last, FIRST + USUAL) - USUAL).isoformat())
    return AnalysisFilter(chosen, Complaint.objects.visible_to(person))


def period(filtered: AnalysisFilter) -> Period:
    """Return the days of a valid filter; a DomainError if they end before they begin."""
    first, last = (filtered.form.cleaned_data[name] for name in ("received_from", "received_until"))
    if last < first:
        raise DomainError(
            _("The period ends before it begins."), field="received_until", mend=_("Choose a later end.")
        )
    return Period(first, last)


def periods(today: date) -> list[tuple[Any, date, date]]:
    """Return the periods that are asked for most, with their first and last day."""
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    return [
        (gettext_lazy("This month"), month, today),
        (gettext_lazy("Last month"), before.replace(day=1), before),
        (gettext_lazy("Last 90 days"), today - USUAL, today),
        (gettext_lazy("This year"), today.replace(month=1, day=1), today),
    ]
