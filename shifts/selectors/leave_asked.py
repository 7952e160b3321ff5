"""What is said of a leave before it is asked for: whether it can be, what it takes, and what would be left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from agents.models import User
from callcenter.errors import Conflict, DomainError
from callcenter.words import listed
from shifts.leave_time import Counted, by_year, on_step, step_before
from shifts.models import LeaveType, Peak
from shifts.selectors import leave as read
from shifts.selectors.balances import balances, is_late

LONGEST, AHEAD = timedelta(days=366), timedelta(days=2 * 366)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a request would take: working time by day, what would be left of each year's balance, the peak periods it meets.

    `refusal` is why it cannot be asked for as it stands, a reason apart.
    """

    days: list[Counted]
    left: dict[int, int]
    peaks: list[Peak]
    refusal: DomainError | None = None

    @property
    def minutes(self) -> int:
        """Return the working time in all."""
        return read.minutes(self.days)


def foresee(person: User, kind: LeaveType, since: datetime, until: datetime, *, now: datetime) -> Foreseen:
    """Return what would come of a request as things stand; nothing is held for it."""
    try:
        check_time(since, until, now)
        days = counted(person, since, until)
    except DomainError as refusal:
        return Foreseen([], {}, [], refusal)
    left = left_after(person, kind, by_year(days), since, now) if kind.is_limited else {}
    peaks = read.peaks_met(person, since, until)
    against = next((short(kind, year, minutes) for year, minutes in left.items() if minutes < 0), None)
    try:
        check_free(person, since, until)
    except DomainError as clash:
        against = clash
    return Foreseen(days, left, peaks, against)


def left_after(
    person: User, kind: LeaveType, wanted: dict[int, int], begins: datetime, now: datetime
) -> dict[int, int]:
    """Return what of each year could still be asked for, once `wanted` is held for leave that begins at an instant."""
    found = balances(person, wanted.keys(), now=now, kinds=[kind])
    return {
        year: found[kind, year].left_for(late=is_late(kind, year, begins, person)) - minutes
        for year, minutes in wanted.items()
    }


def check_time(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Refuse a time that is not made of half hours, is turned round or too long, or has begun."""
    for field, instant in (("starts_at", starts_at), ("ends_at", ends_at)):
        if not on_step(instant):
            raise DomainError(
                _("Leave is counted in half hours."), field=field, mend=_("Choose a full or a half hour.")
            )
    if ends_at <= starts_at:
        raise DomainError(_("It ends before it begins."), field="ends_at", mend=_("Choose a later end."))
    if starts_at > now + AHEAD:
        raise DomainError(
            _("This is more than two years ahead."), field="starts_at", mend=_("Choose an earlier begin.")
        )
    if ends_at - starts_at > LONGEST:
        raise DomainError(_("This is more than a year."), field="ends_at", mend=_("Choose an earlier end."))
    if starts_at < step_before(now):
        raise DomainError(
            _("This time has begun already."), field="starts_at", mend=_("Leave is asked for beforehand.")
        )


def check_free(person: User, starts_at: datetime, ends_at: datetime) -> None:
    """Refuse a time in which the person has asked for leave already, or has some."""
    other = read.clashes(person, starts_at, ends_at).order_by("starts_at").first()
    if other is None:
        return
    zone = read.zone_of(person)
    since, until = (
        f"{timezone.localtime(at, zone):%Y-%m-%d %H:%M}" for at in (other.starts_at, other.ends_at)
    )
    raise Conflict(
        _("%(leave)s, from %(since)s until %(until)s, lies in this time already.")
        % {"leave": other, "since": since, "until": until},
        code="overlap",
        field="starts_at",
        mend=_("Choose another time, or withdraw that one first."),
    )


def counted(person: User, starts_at: datetime, ends_at: datetime) -> list[Counted]:
    """Return the working time of each day; refuse a time in which the person does not work."""
    days = read.count(person, starts_at, ends_at)
    if not days:
        raise DomainError(
            _("None of your working time lies in it."),
            code="no_working_time",
            field="ends_at",
            mend=_("Choose a time at which you work; a day that you want to keep free is a wish."),
        )
    return days


def short(kind: LeaveType, year: int, left: int) -> DomainError:
    """Return the refusal of leave for which the balance of the year is too small; `left` is below zero."""
    return DomainError(
        _("%(type)s of %(year)s is short of %(hours)s hours for it.")
        % {"type": kind, "year": year, "hours": f"{-left / 60:g}"},
        code="balance",
        field="ends_at",
        mend=_("Ask for less, or for another type of leave."),
    )


def blocked(peaks: Sequence[Peak], field: str, mend: str) -> DomainError:
    """Return the refusal of leave in peak periods."""
    spans = [f"{peak.name} ({peak.period.lower:%Y-%m-%d} – {peak.last_day:%Y-%m-%d})" for peak in peaks]
    return DomainError(
        _("Leave is blocked in a peak period: %(peaks)s.") % {"peaks": listed(spans)},
        code="peak",
        field=field,
        mend=mend,
    )
