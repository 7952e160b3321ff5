"""A roster open for one act: what is put, changed and taken out is checked and written together.

The roster's row is locked from the first to the last. Two people may plan one roster at once; only who touches what the
other has just touched is refused, and told who did what. The last act of each can be undone for an hour.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.audit.models import Entry
from callcenter.errors import Conflict, NotFound
from shifts.models import Roster, Shift, ShiftBreak
from shifts.services.breaks import Breaks, copied
from shifts.services.fitting import check_people, check_times
from shifts.services.times import has_own_times, zone_of

KEPT = (
    "person_id",
    "day",
    "pattern_id",
    "skill_id",
    "starts_at",
    "ends_at",
    "is_locked",
    "is_removed",
    "note",
)
# One statement with a column of values each: bulk_update takes ten times as long.
UPDATE = """
UPDATE shifts_shift s
   SET person_id = new.person_id, day = new.day, pattern_id = new.pattern_id, skill_id = new.skill_id,
       starts_at = new.starts_at, ends_at = new.ends_at, is_locked = new.is_locked, is_removed = new.is_removed,
       note = new.note
  FROM unnest(%s::bigint[], %s::bigint[], %s::date[], %s::bigint[], %s::bigint[], %s::timestamptz[], %s::timestamptz[],
              %s::bool[], %s::bool[], %s::text[])
       AS new(id, person_id, day, pattern_id, skill_id, starts_at, ends_at, is_locked, is_removed, note)
 WHERE s.id = new.id
"""
MOVE_BREAKS = """
UPDATE shifts_shiftbreak b SET starts_at = b.starts_at + moved.by, ends_at = b.ends_at + moved.by
  FROM unnest(%s::bigint[], %s::interval[]) AS moved(shift, by) WHERE b.shift_id = moved.shift
"""
DROP_OUTSIDE = """
DELETE FROM shifts_shiftbreak b USING shifts_shift s
 WHERE s.id = b.shift_id AND s.id = ANY(%s) AND (b.starts_at < s.starts_at OR b.ends_at > s.ends_at)
"""
UNDO_SECONDS = 60 * 60
AT_ONCE = 1000

Values = dict[str, Any]


def open_roster(actor: Actor, roster_id: int) -> Roster:
    """Lock a roster and return it; the actor must plan its site."""
    rosters = Roster.objects.select_related("site__calendar").select_for_update(of=("self",))
    roster = rosters.filter(pk=roster_id).first()
    if roster is None:
        raise NotFound(_("This roster is not there."), mend=_("Choose another one."))
    require(actor, "shifts.plan", roster.site)
    return roster


class Sheet:
    """The shifts of a locked roster that one act touches. `revision` is what the actor saw; None looks at nothing."""

    def __init__(self, actor: Actor, roster_id: int, *, revision: int | None, now: datetime) -> None:
        self.actor, self.now, self.seen = actor, now, revision
        self.roster = open_roster(actor, roster_id)
        self._before: dict[int, Values] = {}
        self._touched: dict[int, Shift] = {}
        self._new: list[Shift] = []
        self._copies: list[tuple[Shift, Shift]] = []

    def shifts(self, **which: Any) -> list[Shift]:
        """Return planned shifts of the roster."""
        rows = Shift.objects.planned().filter(roster=self.roster, **which)
        return list(rows.select_related("pattern", "person").order_by("day", "pk"))

    def picked(self, keys: Iterable[int]) -> list[Shift]:
        """Return the shifts with these keys; one that is gone is a Conflict."""
        wanted = set(keys)
        found = self.shifts(pk__in=wanted)
        if len(found) < len(wanted):
            raise Conflict(
                _("A shift is no longer there."), mend=_("The board shows what is there now: choose again.")
            )
        return found

    def add(self, **values: Any) -> Shift:
        """Put a new shift in."""
        shift = Shift(roster=self.roster, **values)
        self._new.append(shift)
        return shift

    def copy(self, source: Shift, **values: Any) -> None:
        """Put a copy of a shift in, at other `values`. Breaks of own times come along, those of a pattern are placed anew."""
        shift = self.add(pattern=source.pattern, skill_id=source.skill_id, **values)
        if has_own_times(source, zone_of(self.roster.site)):
            self._copies.append((shift, source))

    def change(self, shift: Shift, **values: Any) -> None:
        """Change a shift, unless it is locked and this is more than unlocking it."""
        if shift.is_locked and "is_locked" not in values:
            raise Conflict(
                _("The shift of %(person)s on %(day)s is locked.")
                % {"person": shift.person or _("nobody"), "day": shift.day.isoformat()},
                code="locked",
                mend=_("Unlock it first."),
            )
        self._before.setdefault(shift.pk, {name: getattr(shift, name) for name in KEPT})
        self._touched[shift.pk] = shift
        for name, value in values.items():
            setattr(shift, name, value)

    def finish(self, action: str, **details: Any) -> list[Shift]:
        """Check and write it all, count a revision, and keep what undoes it. Return the shifts that it wrote."""
        changed = [
            shift
            for pk, shift in self._touched.items()
            if self._before[pk] != {name: getattr(shift, name) for name in KEPT}
        ]
        if not changed and not self._new:
            return []
        self._refuse_stale(changed)
        placed = [shift for shift in (*changed, *self._new) if not shift.is_removed and self._moved(shift)]
        check_people(self.roster, placed)
        self._write(changed)
        check_times(placed)
        self._record(action, changed, details)
        return [*changed, *self._new]

    def _moved(self, shift: Shift) -> bool:
        old = self._before.get(shift.pk)
        return old is None or old["is_removed"] or any(old[name] != getattr(shift, name) for name in KEPT[:6])

    def _write(self, changed: list[Shift]) -> None:
        Shift.objects.bulk_create(self._new, batch_size=AT_ONCE)
        _update(changed)
        kept = {shift.pk for shift, _source in self._copies}
        anew, along = [shift for shift in self._new if shift.pk not in kept], {}
        for shift in changed:
            old = self._before[shift.pk]
            if old["pattern_id"] != shift.pattern_id:
                anew.append(shift)
            elif old["starts_at"] != shift.starts_at or old["ends_at"] != shift.ends_at:
                along[shift.pk] = moved_by(old, shift)
        ShiftBreak.objects.bulk_create(copied(self._copies), batch_size=AT_ONCE)
        self._place_breaks(anew)
        move_breaks(along)

    def _place_breaks(self, shifts: list[Shift]) -> None:
        if not shifts:
            return
        keys = [shift.pk for shift in shifts]
        ShiftBreak.objects.filter(shift__in=keys).delete()
        breaks = Breaks(self.roster, [shift.day for shift in shifts], beside=keys)
        placed = [one for shift in shifts for one in breaks.place(shift)]
        ShiftBreak.objects.bulk_create(placed, batch_size=AT_ONCE)

    def _cells(self, changed: list[Shift]) -> tuple[set[int], set[date]]:
        """Return the people and the days that the act touches; 0 stands for open shifts."""
        rows = [(one.person_id, one.day) for one in (*changed, *self._new)]
        rows += [(self._before[one.pk]["person_id"], self._before[one.pk]["day"]) for one in changed]
        return {person or 0 for person, _day in rows}, {day for _person, day in rows}

    def _refuse_stale(self, changed: list[Shift]) -> None:
        if self.seen is None or self.seen >= self.roster.revision:
            return
        people, days = self._cells(changed)
        acts = Entry.objects.filter(
            object_type="shifts.roster", object_id=str(self.roster.pk), details__revision__gt=self.seen
        )
        for act in acts.order_by("-pk"):
            others = set(act.details.get("people", ())), set(act.details.get("days", ()))
            if others[0] & people and others[1] & {day.isoformat() for day in days}:
                raise Conflict(
                    _("%(name)s has just changed the same shifts.") % {"name": act.actor_name},
                    code="stale",
                    mend=_("The board shows what is there now: look, then do it again."),
                )

    def _record(self, action: str, changed: list[Shift], details: Values) -> None:
        self.roster.revision += 1
        Roster.objects.filter(pk=self.roster.pk).update(revision=F("revision") + 1)
        people, days = self._cells(changed)
        facts = {
            "revision": self.roster.revision,
            "people": sorted(people),
            "days": sorted(day.isoformat() for day in days),
            "shifts": len(changed) + len(self._new),
        }
        log.record(self.actor, action, self.roster, now=self.now, **facts, **details)
        kept = {
            "revision": self.roster.revision,
            "before": {shift.pk: self._before[shift.pk] for shift in changed},
            "new": [shift.pk for shift in self._new],
        }
        cache.set(undo_key(self.roster.pk, self.actor), kept, UNDO_SECONDS)

    def restore(self) -> list[Shift]:
        """Put back what the actor's last act of this roster changed; a Conflict when there is nothing, or others changed it."""
        kept = cache.get(undo_key(self.roster.pk, self.actor))
        if kept is None:
            raise Conflict(_("There is nothing to undo."), mend=_("An act can be undone for an hour."))
        self.seen = kept["revision"]
        rows = Shift.objects.filter(roster=self.roster, pk__in=[*kept["before"], *kept["new"]])
        for shift in rows.select_related("person"):
            self._before[shift.pk] = {name: getattr(shift, name) for name in KEPT}
            self._touched[shift.pk] = shift
            for name, value in kept["before"].get(shift.pk, {"is_removed": True}).items():
                setattr(shift, name, value)
        return self.finish("roster.undone")


def undo_key(roster_id: int, actor: Actor) -> str:
    """Name what is kept of an actor's last act."""
    return f"roster:{roster_id}:undo:{actor.pk}"


def moved_by(old: Values, new: Shift) -> timedelta:
    """Return by how much a shift moved as a whole; a longer or shorter one has not, so that its breaks stay."""
    by = new.starts_at - old["starts_at"]
    return by if new.ends_at - old["ends_at"] == by else timedelta(0)


def move_breaks(moved: Mapping[int, timedelta]) -> None:
    """Move the breaks of saved shifts, by key, along with them; those that lie outside of theirs now are dropped."""
    if not moved:
        return
    with connection.cursor() as cursor:
        cursor.execute(MOVE_BREAKS, [list(moved), list(moved.values())])
        cursor.execute(DROP_OUTSIDE, [list(moved)])


def _update(shifts: Sequence[Shift]) -> None:
    if shifts:
        with connection.cursor() as cursor:
            columns = [[getattr(shift, name) for shift in shifts] for name in ("pk", *KEPT)]
            cursor.execute(UPDATE, columns)
