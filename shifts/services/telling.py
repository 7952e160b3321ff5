"""What agents were told becomes what the plan says: the `published_` columns of shifts, and the occupancy that follows."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection

from shifts.services import occupying

TELL = """
UPDATE shifts_shift s
   SET published_person_id = CASE WHEN is_removed THEN NULL ELSE person_id END,
       published_starts_at = CASE WHEN is_removed THEN NULL ELSE starts_at END,
       published_ends_at = CASE WHEN is_removed THEN NULL ELSE ends_at END,
       published_at = CASE WHEN is_removed THEN NULL ELSE %s::timestamptz END,
       published_breaks = coalesce(
           (SELECT jsonb_agg(jsonb_build_object('kind', b.kind, 'starts_at', b.starts_at, 'ends_at', b.ends_at,
                                                'is_paid', b.is_paid) ORDER BY b.starts_at)
              FROM shifts_shiftbreak b WHERE b.shift_id = s.id AND NOT s.is_removed), '[]')
 WHERE s.id = ANY(%s)
"""


def settle(shifts: Collection[int], *, now: datetime) -> None:
    """Take the plan of these shifts as told; their people are locked by the caller. Two at once are a Conflict."""
    with connection.cursor() as cursor:
        cursor.execute(TELL, [now, list(shifts)])
    occupying.redraw(shifts)
