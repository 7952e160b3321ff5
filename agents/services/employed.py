"""Nothing of a person begins outside of their employment, outlasts it, or reaches into what holds next."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from agents.models import Employment, User
from agents.timeline import Timeline
from callcenter.errors import Conflict, DomainError


class Employed:
    """When people work here, as far as that is recorded: whose employment stands nowhere is taken to be employed. One query."""

    def __init__(self, people: Iterable[User]) -> None:
        self._periods: dict[int, list[Any]] = {}
        for row in Employment.objects.filter(person__in=[person.pk for person in people]):
            self._periods.setdefault(row.person_id, []).append(row.period)

    def on(self, person: User, day: date) -> bool:
        """Say whether the person works here on `day`."""
        periods = self._periods.get(person.pk)
        return periods is None or any(day in period for period in periods)

    def until(self, person: User, since: date, *, field: str = "since") -> date | None:
        """Return when the employment of the day `since` ends, None if no end is set. Who is not employed then is refused."""
        if not self.on(person, since):
            raise DomainError(
                _("%(person)s is not employed on this day.") % {"person": person},
                field=field,
                mend=_("Choose a day of the employment, or record the employment first."),
            )
        return next((period.upper for period in self._periods.get(person.pk, []) if since in period), None)

    def place(self, timeline: Timeline, value: Any, since: date, until: date | None) -> bool:
        """Put `value` into a timeline of a person; say whether that changes anything.

        Without `until` it holds until the next row begins or the employment ends; one beyond either is refused.
        """
        if until and until <= since:
            raise DomainError(_("It ends before it begins."), field="until", mend=_("Choose a later day."))
        end = self.until(timeline.key["person"], since)
        following = timeline.after(since)
        if until and end and until > end:
            raise Conflict(
                _("The employment ends before %(day)s.") % {"day": end},
                field="until",
                mend=_("Choose an earlier day, or leave it empty."),
            )
        if until and following and until > following.period.lower:
            raise Conflict(
                _("From %(day)s on something else is planned.") % {"day": following.period.lower},
                field="until",
                mend=_("Choose an earlier day, or leave it empty."),
            )
        return timeline.put(value, since, until or end)
