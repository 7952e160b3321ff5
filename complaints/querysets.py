"""Which complaints somebody sees, and how lists read them."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import BooleanField, F, Func, Q

from callcenter.access import Role
from complaints.enums import UNRULED, ClockKind

OWN = ("recorded_by", "handler", "responsible", "investigator", "caller", "staff_concerned")
"""As whom somebody sees a complaint."""
RULED = "({staff_concerned} IS DISTINCT FROM %s OR {status} <> ALL(%s))"
SEEN = """({own}
    OR {id} IN (SELECT complaint_id FROM complaints_alert WHERE recipient_id = %s)
    OR {id} IN (SELECT alert.complaint_id FROM complaints_attempt AS attempt JOIN complaints_alert AS alert ON alert.id = attempt.alert_id
                 WHERE attempt.recipient_id = %s)
    OR {id} IN (SELECT complaint_id FROM complaints_participant WHERE person_id = %s)
    OR {id} IN (SELECT complaint_id FROM complaints_correction WHERE owner_id = %s)
    OR {team} IN (SELECT team_id FROM agents_leadership WHERE person_id = %s AND period @> %s)
    OR {site} = ANY(%s))"""
ASKED = 5
"""How often SEEN asks for the person, beside what they are to it."""


class Seen(Func):
    """Whether a person sees a complaint, in SQL of our own: put together by the framework it costs every page more than its rows."""

    COLUMNS = (*OWN, "id", "site", "team", "status")
    output_field = BooleanField()

    def __init__(self, user: Any) -> None:
        super().__init__(*map(F, self.COLUMNS))
        self.person = user.pk
        self.sees_all = user.holds(Role.SERVICE_MANAGER, Role.EXECUTIVE)
        self.places: tuple[Any, ...] = () if self.sees_all else (user.today, user.site_ids)

    def as_sql(
        self, compiler: Any, connection: Any, *_given: Any, **_context: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """Return the condition over the columns."""
        sources = self.get_source_expressions()
        columns = {name: compiler.compile(one)[0] for name, one in zip(self.COLUMNS, sources, strict=True)}
        ruled = RULED.format_map(columns), (self.person, list(map(str, UNRULED)))
        if self.sees_all:
            return ruled
        own = " OR ".join(f"{columns[name]} = %s" for name in OWN)
        asked = (self.person,) * (len(OWN) + ASKED)
        return f"{ruled[0]} AND {SEEN.format(own=own, **columns)}", (*ruled[1], *asked, *self.places)


class ComplaintQuerySet(models.QuerySet[Any]):
    """Complaints."""

    def visible_to(self, user: Any) -> Self:
        """Return what the person may see: the own, what they work on or were told of, the team's, the site's, the region's, or all.

        Whoever is concerned sees nothing before the ruling, whatever they are otherwise (domain §4): until then only the
        questions put to them, on a page of their own.
        """
        return self.filter(Seen(user))

    def at(self, site: str, team: str) -> Self:
        """Return those of a site (its code) and of a team (its number); what is empty narrows nothing."""
        here = self.filter(site__code=site.replace("\0", "")) if site else self
        return here.filter(team=int(team)) if team.isdecimal() else here

    def on_desk_of(self, user: Any) -> Self:
        """Return the complaints that the person handles or answers for now."""
        return self.filter(Q(handler=user) | Q(responsible=user))

    def unfinished(self) -> Self:
        """Return the complaints that still run."""
        return self.filter(resolved_at=None)

    def left_open(self) -> Self:
        """Return what is solved for the customer and not closed: it is to be followed up, reported and closed."""
        return self.filter(resolved_at__isnull=False, closed_at=None)

    def at_risk(self, now: datetime) -> Self:
        """Return what still runs and is not over, but has used half of its time."""
        clocks = self.model.clocks.rel.related_model.objects.running()
        warned = clocks.filter(kind=ClockKind.RESOLUTION, warn_50_at__lte=now)
        return self.unfinished().filter(due_at__gt=now, pk__in=warned.values("complaint"))

    def for_list(self) -> Self:
        """Return the rows of a list with their names, the nearest deadline first."""
        return self.select_related("handler", "responsible", "site", "team").order_by("due_at", "id")

    def for_cells(self) -> Self:
        """Return as little as a row on a page of the list shows, with `site_name` and `answers_name`."""
        shown = "reference subject channel tier status level received_at resolved_at responsible_id".split()
        named = self.select_related(None).annotate(
            site_name=F("site__name"), answers_name=F("responsible__name")
        )
        return named.only(*shown)

    def numbered(self) -> Self:
        """Return the rows with `site_code`, and the work numbers `handler_number` and `answers_number`."""
        return self.select_related(None).annotate(
            site_code=F("site__code"),
            handler_number=F("handler__work_number"),
            answers_number=F("responsible__work_number"),
        )

    def for_rest(self) -> Self:
        """Return as little as a row of the REST list shows."""
        shown = "reference team tier channel subject status level received_at due_at resolved_at"
        return self.numbered().only(*shown.split())

    def for_needs(self) -> Self:
        """Return as little as a line on Today shows, the nearest deadline first."""
        shown = ("reference", "subject", "tier", "customer_name", "level", "due_at", "responsible__name")
        return self.select_related("responsible").only(*shown).order_by("due_at", "id")


class ClockQuerySet(models.QuerySet[Any]):
    """Clocks."""

    def running(self) -> Self:
        """Return the clocks that were not stopped."""
        return self.filter(stopped_at=None)
