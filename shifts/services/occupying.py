"""What of people's time is taken: the only writer of Occupancy.

Every function here runs in the caller's transaction. Who writes occupancy locks the people first (`lock_people`),
then the roster, so that publications, leave and swaps wait for each other and never deadlock. The exclusion constraint
has the last word: what would put somebody in two places is a Conflict that names them.
"""

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from callcenter.errors import Conflict
from shifts.enums import OccupancyKind
from shifts.models import Leave, Occupancy, Shift

# What is taken is worked out whole before the first piece is written (the sort waits for all of it): a leave that is looked
# up for each shift would search what this statement has just written, too.
PIECES = """
INSERT INTO shifts_occupancy (person_id, site_id, period, kind, skill_id, shift_id)
WITH told AS MATERIALIZED (
    SELECT s.id, s.published_person_id AS person_id, r.site_id, s.skill_id, span,
           coalesce((SELECT range_agg(tstzrange(b.starts_at, b.ends_at) * span)
                       FROM jsonb_to_recordset(s.published_breaks)
                            AS b(starts_at timestamptz, ends_at timestamptz)), '{}') AS breaks
      FROM shifts_shift s JOIN shifts_roster r ON r.id = s.roster_id
           CROSS JOIN LATERAL tstzrange(s.published_starts_at, s.published_ends_at) AS span
     WHERE s.id = ANY(%s) AND s.published_person_id IS NOT NULL
), leave AS (
    SELECT told.id, range_agg(o.period) AS away
      FROM told JOIN shifts_occupancy o ON o.person_id = told.person_id AND o.kind = 'leave' AND o.period && told.span
     GROUP BY told.id
), parts AS (
    SELECT told.*, coalesce(away, '{}') AS away FROM told LEFT JOIN leave ON leave.id = told.id
)
SELECT person_id, site_id, piece, kind, skill_id, id
  FROM parts CROSS JOIN LATERAL (
       SELECT unnest(tstzmultirange(span) - breaks - away), 'work'
       UNION ALL
       SELECT unnest(breaks - away), 'break') AS drawn(piece, kind)
 ORDER BY person_id, piece
"""
CUT = """
WITH cut AS (
    DELETE FROM shifts_occupancy
     WHERE person_id = %(person)s AND kind <> 'leave' AND period && tstzrange(%(since)s, %(until)s) RETURNING *
)
INSERT INTO shifts_occupancy (person_id, site_id, period, kind, skill_id, shift_id)
SELECT person_id, site_id, unnest(tstzmultirange(period) - tstzmultirange(tstzrange(%(since)s, %(until)s))),
       kind, skill_id, shift_id
  FROM cut
"""
CLASH = """
SELECT one.published_person_id, one.day
  FROM shifts_shift one JOIN shifts_shift other
    ON other.published_person_id = one.published_person_id AND other.id <> one.id
   AND tstzrange(other.published_starts_at, other.published_ends_at)
       && tstzrange(one.published_starts_at, one.published_ends_at)
 WHERE one.id = ANY(%s)
 ORDER BY one.day, one.published_person_id LIMIT 1
"""


def lock_people(people: Collection[int]) -> None:
    """Lock these people's time until the transaction ends, in one order for everybody."""
    rows = get_user_model()._default_manager.filter(pk__in=people).order_by("pk")
    list(rows.select_for_update(no_key=True, of=("self",)).values_list("pk"))


def redraw(shifts: Collection[int]) -> None:
    """Write the pieces of these shifts anew from what was published of them, less their people's leave.

    A shift that is not published, or nobody's, has none. Two at once are a Conflict that names the person and the day.
    """
    if not shifts:
        return
    keys = list(shifts)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            Occupancy.objects.filter(shift__in=keys).delete()
            cursor.execute(PIECES, [keys])
    except IntegrityError as clash:
        raise _at_once(keys) from clash


def _at_once(shifts: list[int]) -> Conflict:
    with connection.cursor() as cursor:
        cursor.execute(CLASH, [shifts])
        person, day = cursor.fetchone() or (None, None)
    name = get_user_model()._default_manager.filter(pk=person).first()
    return Conflict(
        _("%(person)s would be on two shifts at once on %(day)s.")
        % {"person": name or "–", "day": day.isoformat() if day else "–"},
        code="two_at_once",
        mend=_("Move or take out one of the two, then try again."),
    )


def enter_leave(leave: Leave) -> list[int]:
    """Take the time of an approved leave; published shifts keep the pieces that are left. Return the shifts it cut.

    Where other leave of the person lies in this time it is a Conflict that names it.
    """
    taken = Occupancy.objects.filter(person=leave.person_id).within(leave.starts_at, leave.ends_at)
    other: Any = taken.filter(kind=OccupancyKind.LEAVE).select_related("leave").first()
    if other is not None:
        raise Conflict(
            _("%(leave)s already lies in this time.") % {"leave": other.leave},
            code="on_leave",
            field="starts_at",
            mend=_("Choose another time, or withdraw the other leave first."),
        )
    cut = sorted(set(taken.values_list("shift", flat=True)))
    with connection.cursor() as cursor:
        span: dict[str, Any] = {"person": leave.person_id, "since": leave.starts_at, "until": leave.ends_at}
        cursor.execute(CUT, span)
    Occupancy.objects.create(
        person=leave.person,
        site_id=leave.person.site_id,
        period=DateTimeTZRange(leave.starts_at, leave.ends_at),
        kind=OccupancyKind.LEAVE,
        leave=leave,
    )
    return cut


def remove_leave(leave: Leave) -> None:
    """Give the time of a leave back: the published shifts that it cut are whole again."""
    Occupancy.objects.filter(leave=leave).delete()
    touched = Shift.objects.filter(
        published_person=leave.person_id,
        published_starts_at__lt=leave.ends_at,
        published_ends_at__gt=leave.starts_at,
    )
    redraw(list(touched.values_list("pk", flat=True)))
