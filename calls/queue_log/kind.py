"""A queue log as a kind of file that comes in: its rows are the visits that its lines tell of."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from agents.models import Site
from callcenter.access import Actor
from callcenter.imports.enums import State
from callcenter.imports.kinds import Kind, Taken
from callcenter.imports.models import Import
from calls.fields import FIELDS
from calls.kind import CallsKind
from calls.queue_log import record
from calls.queue_log.forms import SendLogForm
from calls.queue_log.reading import Reading
from calls.queue_log.states import tell_states
from calls.queue_log.table import HEADER, LogTable, open_log
from calls.queue_log.visits import Visit


class QueueLogKind(CallsKind):
    """The log of one source at one site, as a file or a dump of its table."""

    name = "queue_log"
    label = _("Queue log of an Asterisk")
    intro = _(
        "Its lines become calls: each counts once, however often it comes. What has not ended yet is unknown until a later file tells."
    )
    fields = tuple(replace(field, required=True) for field in FIELDS if field.key in HEADER)
    form = SendLogForm
    has_form = False
    back = "calls:logs"
    back_permission = "calls.view_logs"

    def settle(self, given: dict[str, Any], *, actor: Actor, file_name: str, before: Any) -> tuple[Any, int]:
        """Return source, site and time zone, which is "" unless it was said."""
        options, place = super().settle(given, actor=actor, file_name=file_name, before=before)
        return options | ({} if given["time_zone"].strip() else {"time_zone": ""}), place

    def open(self, file: BinaryIO, sheet: str, options: dict[str, Any]) -> LogTable:
        """Return the visits of the file, those included that an earlier one left open."""
        site = Site.objects.select_related("calendar").get(pk=options["site"])
        reading = Reading(record.still_open(options["source"]), ZoneInfo(site.calendar.time_zone))
        zone = ZoneInfo(options["time_zone"]) if options["time_zone"] else None
        return open_log(file, sheet, reading, zone)

    def missing(self, keys: Collection[str]) -> list[str]:
        """Return what is missing: every field of a visit has its column."""
        return Kind.missing(self, keys)

    def reader(self, options: dict[str, Any]) -> Callable[[int, dict[str, Any]], Visit]:  # type: ignore[override]
        """Return the function from values to a visit."""

        def visit(row: int, found: dict[str, Any]) -> Visit:
            stage = found.pop("revision")
            return Visit(**found, stage=stage, row=row)

        return visit

    def take(self, items: Sequence[Any], *, actor: Actor, options: dict[str, Any], now: datetime) -> Taken:
        """Record the visits."""
        site = Site.objects.get(pk=options["site"])
        return record.record_visits(actor=actor, source=options["source"], site=site, visits=items, now=now)

    def settled(self, table: Any, *, actor: Actor, batch: Import, now: datetime, last: bool) -> None:
        """Tell what agents did; at the end count the events, unless they were counted when the same file came before."""
        source, site = batch.options["source"], Site.objects.get(pk=batch.options["site"])
        tell_states(actor=actor, source=source, site=site, events=table.reading.drain_agents(), now=now)
        if last and not _came_before(batch):
            record.add_counts(source, table.reading.tally.drain())
        super().settled(table, actor=actor, batch=batch, now=now, last=last)


def _came_before(batch: Import) -> bool:
    same = Import.objects.filter(kind=batch.kind, sha256=batch.sha256, state=State.DONE)
    return same.filter(options__source=batch.options["source"]).exclude(pk=batch.pk).exists()
