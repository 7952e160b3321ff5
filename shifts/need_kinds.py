"""Demand and requirements as kinds of files that come in; what their lists export comes in again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agents.models import Site, Skill
from callcenter.access import Actor, require
from callcenter.imports.forms import SendForm
from callcenter.imports.kinds import BadCell, Field, Kind, Taken, bare
from callcenter.sheets import cells
from callcenter.sheets.cells import Cell
from calls.models import Queue
from shifts.bounds import LONGEST_HANDLING, MOST_CALLS, MOST_HEADS
from shifts.cover import half_hour
from shifts.enums import Origin
from shifts.selectors.demand import planned_sites, zone_of
from shifts.services.demand import Load, put_demand
from shifts.services.requirements import put_requirements


class SendNeedsForm(SendForm):
    """A file about one site."""

    site = forms.ModelChoiceField(
        Site.objects.none(),
        label=gettext_lazy("Site"),
        empty_label=None,
        help_text=gettext_lazy("Days and times in the file are those of this site."),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        site: Any = self.fields["site"]
        site.queryset = planned_sites(person)


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One half hour of a file: of a queue or a skill (by code or name), with its figures."""

    row: int
    name: str
    starts_at: datetime
    figures: Any


class NeedsKind(Kind):
    """Half hours of a site."""

    permission = "shifts.plan"
    form = SendNeedsForm
    back_permission = "shifts.view_rosters"

    def settle(
        self, given: dict[str, Any], *, actor: Actor, file_name: str, before: Any
    ) -> tuple[dict[str, int], int]:
        """Return the site."""
        require(actor, self.permission, given["site"])
        return {"site": given["site"].pk}, given["site"].pk

    def describe(self, batch: Any) -> str:
        """Return the site."""
        return str(Site.objects.filter(pk=batch.place).first() or "")

    def link(self, batch: Any, person: Any) -> tuple[str, str] | None:
        """Return where the half hours stand."""
        if not person.has_perm(self.back_permission):
            return None
        code = Site.objects.values_list("code", flat=True).get(pk=batch.place)
        return _("Show them"), f"{reverse(self.back)}?site={code}"

    def reader(self, options: dict[str, Any]) -> Callable[[int, dict[str, Any]], NeedRow]:
        """Return the function from values to a half hour of the site."""
        zone = zone_of(Site.objects.select_related("calendar").get(pk=options["site"]))

        def read(row: int, found: dict[str, Any]) -> NeedRow:
            for one in self.fields:
                if one.required and found[one.key] in (None, ""):
                    raise BadCell(one.key, _("this cell is blank"))
            at = _begin(found["day"], found["time"], zone)
            return NeedRow(row, found.get(self.named, ""), at, self.figures(found))

        return read

    named: str
    """The field that names the queue or the skill."""

    def figures(self, found: dict[str, Any]) -> Any:
        """Return the figures of a row."""
        raise NotImplementedError


class DemandKind(NeedsKind):
    """Calls expected in the queues of a site."""

    name = "demand"
    label = gettext_lazy("Expected calls")
    intro = gettext_lazy(
        "Calls and handle time of half hours; a row replaces what is known of its half hour. No forecast overwrites it."
    )
    back = "shifts:demand_list"
    named = "queue"
    fields = (
        Field("queue", gettext_lazy("Queue"), lambda cell: cells.text(cell, 80), ("Queue code", "Queue name", "队列", "佇列", "技能组", "技能組"), "repairs", required=True),
        Field("day", gettext_lazy("Day"), cells.day, ("Date", "日期"), "2026-11-23", required=True),
        Field("time", gettext_lazy("Time"), cells.clock, ("Begins", "Interval", "Half hour", "时间", "时段", "開始", "時間", "時段"), "09:30", required=True),
        Field("calls", gettext_lazy("Calls"), lambda cell: _number(cell, MOST_CALLS), ("Volume", "Offered", "话务量", "来电量", "呼叫量", "話務量", "來電量"), "42.5", required=True),
        Field("handle_seconds", gettext_lazy("Handle time, seconds"), lambda cell: _whole(cell, LONGEST_HANDLING), ("AHT", "Handle time", "Handle seconds", "平均处理时长", "处理时长", "平均處理時長", "處理時長"), "240", required=True),
    )  # fmt: skip

    def figures(self, found: dict[str, Any]) -> Load:
        """Return calls and handle time."""
        return Load(found["calls"], found["handle_seconds"])

    def take(self, items: Sequence[Any], *, actor: Actor, options: dict[str, Any], now: datetime) -> Taken:
        """Write the demand of each queue."""
        site = Site.objects.select_related("calendar").get(pk=options["site"])
        queues = Queue.objects.filter(site=site).select_related("site__calendar")
        taken, by_queue = _sorted(
            items, list(queues), _("no queue of the site is called “%(name)s”"), self.named
        )
        for queue, loads in by_queue.items():
            done = put_demand(actor=actor, queue=queue, loads=loads, origin=Origin.IMPORTED, now=now)
            _add(taken, done)
        return taken


class RequirementsKind(NeedsKind):
    """Heads required at a site."""

    name = "requirements"
    label = gettext_lazy("Heads required")
    intro = gettext_lazy(
        "Heads of half hours, of a skill or of everybody; a row replaces what is known of its half hour, and is not computed again."
    )
    back = "shifts:requirement_list"
    named = "skill"
    fields = (
        Field("skill", gettext_lazy("Skill"), lambda cell: cells.text(cell, 80), ("Skill code", "技能", "技能代码", "技能代碼"), "billing"),
        Field("day", gettext_lazy("Day"), cells.day, ("Date", "日期"), "2026-11-23", required=True),
        Field("time", gettext_lazy("Time"), cells.clock, ("Begins", "Interval", "Half hour", "时间", "时段", "開始", "時間", "時段"), "09:30", required=True),
        Field("heads", gettext_lazy("Heads"), lambda cell: _whole(cell, MOST_HEADS, least=0), ("Required", "Agents", "人数", "需要人数", "人數", "需要人數"), "12", required=True),
    )  # fmt: skip

    def figures(self, found: dict[str, Any]) -> int:
        """Return the heads."""
        heads: int = found["heads"]
        return heads

    def take(self, items: Sequence[Any], *, actor: Actor, options: dict[str, Any], now: datetime) -> Taken:
        """Write the heads; a row without a skill is about everybody."""
        site = Site.objects.select_related("calendar").get(pk=options["site"])
        skills = list(Skill.objects.filter(is_active=True))
        taken, by_skill = _sorted(items, [None, *skills], _("no skill is called “%(name)s”"), self.named)
        heads = {
            (at, skill.pk if skill else None): count
            for skill, counts in by_skill.items()
            for at, count in counts.items()
        }
        _add(taken, put_requirements(actor=actor, site=site, heads=heads, origin=Origin.IMPORTED, now=now))
        return taken


def _sorted(
    items: Sequence[NeedRow], known: Sequence[Any], unknown: str, field: str
) -> tuple[Taken, dict[Any, dict[datetime, Any]]]:
    """Return the figures by what the rows name (None for no name) and half hour; refuse unknown names and second rows."""
    by_name = {bare(name): one for one in known if one for name in (one.name, one.code)}
    if None in known:
        by_name[""] = None
    taken = Taken()
    found: dict[Any, dict[datetime, Any]] = {}
    first: dict[tuple[Any, datetime], int] = {}
    for item in items:
        key = bare(item.name)
        if key not in by_name:
            taken.refused.append((item.row, field, unknown % {"name": item.name}))
            continue
        one = by_name[key]
        if (before := first.setdefault((one, item.starts_at), item.row)) != item.row:
            taken.refused.append((item.row, "time", _("row %(row)d says this already") % {"row": before}))
            continue
        found.setdefault(one, {})[item.starts_at] = item.figures
    return taken, found


def _add(taken: Taken, done: Any) -> None:
    taken.new += done.new
    taken.changed += done.changed
    taken.unchanged += done.left


def _begin(day: date, at: time, zone: ZoneInfo) -> datetime:
    starts_at = datetime.combine(day, at, zone)
    if starts_at != half_hour(starts_at):
        raise BadCell("time", _("%(time)s begins no half hour") % {"time": f"{at:%H:%M:%S}"})
    return starts_at


def _number(cell: Cell, most: Decimal) -> Decimal | None:
    words = cells.plain(cell).replace(",", ".")
    if not words:
        return None
    try:
        number = round(Decimal(words), 2)
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise ValueError(_("“%(cell)s” is no number") % {"cell": words}) from error
    if not 0 <= number <= most:
        raise ValueError(_("“%(cell)s” is not from 0 to %(most)s") % {"cell": words, "most": most})
    return number


def _whole(cell: Cell, most: int, *, least: int = 1) -> int | None:
    words = cells.plain(cell)
    if not words:
        return None
    if not words.isdecimal() or not least <= int(words) <= most:
        raise ValueError(
            _("“%(cell)s” is no whole number from %(least)s to %(most)s")
            % {"cell": words, "least": least, "most": most}
        )
    return int(words)
