"""Nothing of a person begins outside of their employment, outlasts it, or reaches into what holds next."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from agents.models import Employment, User
from agents.services.dated import Timelines
from agents.timeline import Timeline
from callcenter.errors import Conflict, DomainError


class Employed:
    """When people work here, as far as that is recorded: whose employment stands nowhere is taken to be employed.

    `timelines` are the employments where they are at hand, else they are read.
    """

    def __init__(self, people: Collection[User], timelines: Timelines | None = None) -> None:
        self._timelines = timelines or Timelines(Employment, ("person",), "", people, lock=False)

    def on(self, person: User, day: date) -> bool:
        """Say whether the person works here on `day`."""
        timeline = self._timelines.of(person)
        return not timeline.rows or timeline.on(day) is not None

    def until(self, person: User, since: date, *, field: str = "since") -> date | None:
        """Return when the employment of the day `since` ends, None if no end is set. Who is not employed then is refused."""
        if not self.on(person, since):
            raise DomainError(
                _("%(person)s is not employed on this day.") % {"person": person},
                field=field,
                mend=_("Choose a day of the employment, or record the employment first."),
            )
        row = self._timelines.of(person).on(since)
        end: date | None = row.period.upper if row else None
        return end

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
