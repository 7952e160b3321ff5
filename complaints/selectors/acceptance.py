"""Who receives a new complaint: its handler, team, policy and reference."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from agents.models import RegionSite, Site, Team, User
from agents.selectors import organisation
from callcenter.access import Role
from callcenter.errors import DomainError
from callcenter.worktime.models import Policy
from complaints.enums import ClockKind, Tier
from complaints.models import ClockPolicy, Complaint

HANDLERS: Mapping[Tier, tuple[Role, ...]] = {
    Tier.COMPANY: (Role.SUPERVISOR,),
    Tier.GROUP: (Role.REGIONAL_MANAGER,),
    Tier.AUTHORITY: (Role.REGIONAL_MANAGER,),
}
"""Who handles a tier (domain §4): whoever of them received it, else the one of the site with the least to do."""
LEADERS: Mapping[Tier, tuple[Role, ...]] = {Tier.AUTHORITY: (Role.SERVICE_MANAGER, Role.EXECUTIVE)}
"""Who handles a tier besides, where they received it themselves."""
HIGHER = ((Role.REGIONAL_MANAGER,), (Role.SERVICE_MANAGER,), (Role.EXECUTIVE,))
"""Who handles it where nobody of those is without conflict."""


def handler_for(recorder: User, *, site: Site, tier: Tier, accused: User | None, now: datetime) -> User:
    """Return who handles a new complaint of `tier` at `site`: present if possible, and without conflict of interest."""
    day = now.astimezone(ZoneInfo(site.calendar.time_zone)).date()
    about = accused.pk if accused else None
    for roles in (HANDLERS[tier], *HIGHER):
        candidates = {person.pk: person for person in _holders(roles, site, day)}
        if recorder.holds(*roles, *LEADERS.get(tier, ())):
            candidates[recorder.pk] = recorder
        house = organisation(candidates, now=now)
        able = [person for person in candidates.values() if person.pk not in house.conflicted(about)]
        if recorder in able:
            return recorder
        present = [person for person in able if person.pk not in house.stand_ins]
        if able:
            return _least_busy(present or able)
    # Everybody reports to the accused: it is accepted all the same, and lies with the highest who is not them.
    for roles in reversed((HANDLERS[tier], *HIGHER)):
        if others := [person for person in _holders(roles, site, day) if person.pk != about]:
            return _least_busy(others)
    raise DomainError(
        _("Nobody at %(site)s handles complaints of this tier.") % {"site": site},
        field="tier",
        mend=_("Ask an administrator to give somebody the role."),
    )


def _holders(roles: Iterable[Role], site: Site, day: date) -> QuerySet[User]:
    regions = RegionSite.objects.on(day).filter(site=site).values("region")
    here = (
        Q(role_grants__site=site)
        | Q(role_grants__region__in=regions)
        | Q(role_grants__site=None, role_grants__region=None)
    )
    holding = Q(role_grants__role__in=roles, role_grants__period__contains=day)
    found: QuerySet[User] = User.objects.filter(here, holding, is_active=True)
    return found.select_related("site__calendar").distinct()


def _least_busy(people: Sequence[User]) -> User:
    unfinished = Complaint.objects.unfinished().filter(handler__in=people)
    load = dict(unfinished.values_list("handler").annotate(Count("pk")))
    return min(people, key=lambda person: (load.get(person.pk, 0), person.pk))


def team_on(person: User, day: date, *, site: Site) -> Team | None:
    """Return the team of `site` that the person was in on `day`."""
    return Team.objects.filter(
        site=site, memberships__person=person, memberships__period__contains=day
    ).first()


def policy_for(kind: ClockKind, tier: Tier, customer_kind: str = "") -> Policy | None:
    """Return the policy of one clock as `policies_for` does; None: the tier has no such clock."""
    return policies_for([kind], tier, customer_kind).get(kind)


def policies_for(kinds: Iterable[ClockKind], tier: Tier, customer_kind: str = "") -> dict[ClockKind, Policy]:
    """Return the policies of clocks: that of the customer's kind if one is set, else the tier's; without one, no clock.

    Every tier has a resolution clock: without its policy nothing can be accepted. One query.
    """
    wanted = list(kinds)
    rows = ClockPolicy.objects.filter(kind__in=wanted, tier=tier, customer_kind__in=["", customer_kind])
    # That of a kind of customer comes behind the tier's own, and takes its place.
    found = {row.kind: row.policy for row in rows.select_related("policy").order_by("customer_kind")}
    if ClockKind.RESOLUTION in wanted and ClockKind.RESOLUTION not in found:
        raise DomainError(
            _("No policy is set for this clock."), field="tier", mend=_("Ask an administrator to set one.")
        )
    return {kind: found[kind] for kind in wanted if kind in found}


def next_reference(received_on: date) -> str:
    """Return a fresh reference such as C-2026-000123; unique for ever, gaps are allowed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('complaints_reference')")
        return f"C-{received_on.year}-{cursor.fetchone()[0]:06d}"
