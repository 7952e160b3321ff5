"""Which leave somebody sees, and what the ledger adds up to."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from callcenter.access import Role
from shifts.enums import EntryKind, LeaveState
from shifts.querysets.scope import WHOLE_CENTRE, of_people

LIVE = (LeaveState.REQUESTED, LeaveState.APPROVED, LeaveState.FILED)
"""Leave that takes time, or may come to."""
GRANTED = (EntryKind.GRANT, EntryKind.CORRECTION)
TAKEN = (EntryKind.HOLD, EntryKind.RETURN)


def answered_for(user: Any, field: str) -> Q:
    """Return the condition that `user` sees what is asked by the person in `field`: whom they answer for, or stand in for."""
    seen = of_people(user, field)
    if user.holds(*WHOLE_CENTRE):
        return seen
    away = list(user.standing_in.at(timezone.now()).values_list("person", flat=True))
    above = [user.pk, *away] if away or user.holds(Role.TEAM_LEAD) else []
    if not above:
        return seen
    return seen | Q(**{f"{field}__in": user.__class__.objects.below(above, user.today).values("pk")})


class LeaveQuerySet(models.QuerySet[Any]):
    """Leave asked for and decided."""

    def visible_to(self, user: Any) -> Self:
        """Return the leave of the people whom the person answers or stands in for, and the own."""
        return self.filter(answered_for(user, "person"))

    def live(self) -> Self:
        """Return the leave that takes time, or may come to."""
        return self.filter(state__in=LIVE)

    def within(self, since: datetime, until: datetime) -> Self:
        """Return the leave that touches the time from `since` until `until`."""
        return self.filter(starts_at__lt=until, ends_at__gt=since)

    def for_list(self) -> Self:
        """Return the rows of a list with their names."""
        return self.select_related("person__site__calendar", "type", "decided_by")


class LeaveEntryQuerySet(models.QuerySet[Any]):
    """Movements of balances."""

    def visible_to(self, user: Any) -> Self:
        """Return the movements of the people whom the person answers or stands in for, and the own."""
        return self.filter(answered_for(user, "person"))

    def balances(self) -> Self:
        """Return the yearly grants, one for each person, type and year, with what the ledger says of it."""
        same = {name: models.OuterRef(name) for name in ("person", "type", "year")}
        entries = self.model._default_manager.filter(**same).order_by()

        def add(*kinds: EntryKind, sign: int = 1) -> Coalesce:
            rows = entries.filter(kind__in=kinds) if kinds else entries
            total = rows.values("year").annotate(total=sign * Sum("minutes")).values("total")
            return Coalesce(models.Subquery(total), 0)

        grants: Self = self.filter(kind=EntryKind.GRANT).annotate(
            granted=add(*GRANTED),
            carried=add(EntryKind.CARRY, EntryKind.EXPIRY),
            used=add(*TAKEN, sign=-1),
            left=add(),
        )
        return grants

    def sums(self) -> models.QuerySet[Any, dict[str, Any]]:
        """Return for each person, type and year what `shifts.balance.Balance` is made of."""
        # Taken early: by leave that begins while what was carried over still holds.
        early = Q(begin_year__lt=F("year")) | Q(
            begin_year=F("year"), begin_month__lte=F("type__carry_until_month")
        )
        taken, waiting = Q(kind__in=TAKEN), Q(leave__state=LeaveState.REQUESTED)
        found: models.QuerySet[Any, dict[str, Any]] = (
            self.order_by()
            .alias(begin_year=_begin("year"), begin_month=_begin("month"))
            .values("person", "type", "year")
            .annotate(
                granted=_sum(Q(kind__in=GRANTED)),
                carried=_sum(Q(kind=EntryKind.CARRY)),
                expired=-_sum(Q(kind=EntryKind.EXPIRY)),
                early=-_sum(taken & early),
                late=-_sum(taken & ~early),
                waiting=-_sum(taken & waiting),
            )
        )
        return found


def _sum(condition: Q) -> Coalesce:
    return Coalesce(Sum("minutes", filter=condition), 0)


def _begin(part: str) -> models.Func:
    """Return the year or month in which an entry's leave begins at the person's site."""
    local = models.Func("person__site__calendar__time_zone", "leave__starts_at", function="timezone")
    return models.Func(models.Value(part), local, function="date_part", output_field=models.IntegerField())
