"""Call lists as a kind of file that comes in."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agents.models import Site
from callcenter.access import Actor, require
from callcenter.errors import Conflict, DomainError
from callcenter.imports.kinds import Kind, Taken
from callcenter.imports.lanes import Turn
from calls import intake, services, store
from calls import lines as plain_lines
from calls.contacts import masked
from calls.fields import FIELDS
from calls.forms import SendCallsForm
from calls.intake import CallRow
from calls.querysets import WHOLE_CENTRE
from calls.signals import calls_are_in


class CallsKind(Kind):
    """Calls of one source at one site."""

    name = "calls"
    label = gettext_lazy("Calls")
    intro = gettext_lazy("The same call counts once, however often it comes; a higher revision corrects it.")
    permission = "calls.import"
    fields = FIELDS
    form = SendCallsForm
    lanes = 2
    back = "calls:list"
    back_permission = "calls.view"

    def visible(self, imports: QuerySet[Any], person: Any) -> QuerySet[Any]:
        """Return the imports of the person's sites and those the person made."""
        if not person.has_perm("calls.import") and not person.has_perm("calls.view"):
            return imports.none()
        if person.holds(*WHOLE_CENTRE):
            return imports
        sites = person.sites.values("pk")
        return imports.filter(Q(by=person) | Q(place__in=sites) | Q(place=person.site_id))

    def may_read_rejects(self, person: Any, batch: Any) -> bool:
        """Say whether the person brought the calls in or runs their site: refused rows stand there whole."""
        return bool(person.has_perm("calls.view_rejects", batch))

    def shown(self, text: str) -> str:
        """Return the text with the middle of every telephone number hidden."""
        return masked(text)

    def link(self, batch: Any, person: Any) -> tuple[str, str] | None:
        """Return where the figures of the source are."""
        if not person.has_perm("kpi.view"):
            return None
        asked = urlencode({"source": batch.options["source"]})
        return _("Show the figures"), f"{reverse('kpi:overview')}?{asked}"

    def describe(self, batch: Any) -> str:
        """Return the source, the site and the time zone of the file."""
        site = Site.objects.filter(pk=batch.place).first()
        return " · ".join(
            filter(None, (batch.options["source"], str(site or ""), batch.options["time_zone"]))
        )

    def settle(self, given: dict[str, Any], *, actor: Actor, file_name: str, before: Any) -> tuple[Any, int]:
        """Return source, site and time zone.

        Without a source it is that which the same content had before, else the file's name. Conflict if the same
        content came under another source, or the source is another site's.
        """
        site: Site = given["site"]
        require(actor, self.permission, site)
        source = _source(given["source"].strip(), before, file_name)
        services.refuse_source_of_another_site(source, site)
        zone = _zone(given["time_zone"] or site.calendar.time_zone)
        return {"site": site.pk, "source": source, "time_zone": zone.key}, site.pk

    def missing(self, keys: Collection[str]) -> list[str]:
        """Return what is missing: the number, the outcome, and the time in one column or in two."""
        labels = {one.key: str(one.label) for one in self.fields}
        missing = super().missing(keys)
        if "entered_at" not in keys:
            missing += [labels[key] for key in ("date", "time") if key not in keys]
        return missing

    def reader(self, options: dict[str, Any]) -> Callable[[int, dict[str, Any]], CallRow]:
        """Return the function from values to a call at the file's time zone."""
        return intake.reader(ZoneInfo(options["time_zone"]))

    def take(self, items: Sequence[Any], *, actor: Actor, options: dict[str, Any], now: datetime) -> Taken:
        """Record the calls."""
        site = Site.objects.get(pk=options["site"])
        return services.record_calls(actor=actor, source=options["source"], site=site, rows=items, now=now)

    def plain(
        self, columns: Sequence[str], separator: str, options: dict[str, Any]
    ) -> Callable[[str], Any] | None:
        """Return what tells the lines that the database reads by itself."""
        return plain_lines.tester(columns, separator, ZoneInfo(options["time_zone"]))

    def settled(self, table: Any, *, actor: Actor, batch: Any, now: datetime, last: bool) -> None:
        """At the end say so to those who count."""
        if last:
            calls_are_in.send(sender=None)

    def loaded(self) -> None:
        """Give the months that were new their indexes."""
        services.index_months()

    def take_plain(
        self,
        lines: Sequence[str],
        items: Sequence[Any],
        *,
        columns: Sequence[str],
        separator: str,
        actor: Actor,
        options: dict[str, Any],
        now: datetime,
        turn: Turn,
    ) -> Taken:
        """Record the calls of plain lines and those between them."""
        site = Site.objects.get(pk=options["site"])
        texts = store.Lines(plain_lines.staged(columns), separator, options["time_zone"], lines)
        return services.record_calls(
            actor=actor, source=options["source"], site=site, rows=items, lines=texts, turn=turn, now=now
        )


def _source(wanted: str, before: Any, file_name: str) -> str:
    known = before.options["source"] if before else ""
    if known and wanted not in ("", known):
        raise Conflict(
            _("This file is known already, as source “%(source)s”.") % {"source": known},
            field="source",
            mend=_("Leave the source out, or use that one."),
        )
    return known or (wanted or file_name.rpartition(".")[0] or file_name)[:80]


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name.strip())
    except (KeyError, ValueError, OSError) as error:
        raise DomainError(
            _("There is no time zone “%(name)s”.") % {"name": name},
            field="time_zone",
            mend=_("Write it like Asia/Shanghai."),
        ) from error
