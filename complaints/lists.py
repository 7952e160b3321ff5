"""The list of complaints."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from callcenter.drawn import draw
from callcenter.lists.spec import Column, DataList, View
from callcenter.templatetags.ui import instant, pill, time_left
from complaints import selectors
from complaints.enums import Status, Tier
from complaints.filters import ComplaintFilter
from complaints.models import Complaint
from complaints.querysets import ComplaintQuerySet

CELLS = (
    '<td class="first">{left}</td>'
    '<td class="what"><a class="cut" href="{page}"><b class="cut">{subject}</b></a>'
    '<div class="sub cut">{number} · {channel} · {site}</div></td>'
    '<td>{tier}</td><td class="badge-cell">{step}</td>'
    '<td class="nowrap" data-label="{answers_label}">{answers}<div class="sub">{level}</div></td>'
    '<td class="nowrap" data-label="{received_label}">{received}</td>'
)


def _end_of_day(now: datetime) -> datetime:
    day = timezone.localdate(now) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time()))


def _due_today(rows: ComplaintQuerySet, _person: Any, now: datetime) -> ComplaintQuerySet:
    return rows.unfinished().filter(due_at__gt=now, due_at__lt=_end_of_day(now))


def _hours_left(row: Any) -> float:
    """Return the working hours left, negative when over, to two places."""
    return round(float(row.left.seconds) / 3600, 2)


class ComplaintList(DataList):
    """What a person may see of the complaints, least working time first."""

    name = "complaints"
    title = _("Complaints")
    url = "complaints:list"
    permission = "complaints.list"
    views = (
        View(
            "mine", _("Mine"), lambda rows, person, _now: rows.on_desk_of(person).unfinished(), counted=True
        ),
        View("today", _("Due today"), _due_today, counted=True),
        View(
            "breached",
            _("Breached"),
            lambda rows, _person, now: rows.unfinished().filter(due_at__lte=now),
            counted=True,
        ),
        View("risk", _("At risk"), lambda rows, _person, now: rows.at_risk(now), counted=True),
        View("open", _("All open"), lambda rows, _person, _now: rows.unfinished(), counted=True),
        View(
            "follow_up",
            _("To follow up"),
            lambda rows, _person, _now: rows.left_open().filter(status=Status.RESOLVED),
            order="received",
            sorts=("left", "received"),
        ),
        View(
            "close",
            _("To close"),
            lambda rows, _person, _now: rows.left_open().exclude(status=Status.RESOLVED),
            order="received",
            sorts=("left", "received"),
        ),
        View(
            "resolved",
            _("Resolved"),
            lambda rows, _person, _now: rows.exclude(resolved_at=None),
            order="-received",
            sorts=("left", "received"),
        ),
    )
    columns = (
        Column("left", _("Time left"), ("due_at",)),
        Column("reference", _("Number"), value=lambda row: row.reference, sheet_only=True),
        Column("what", pgettext_lazy("complaint", "What happened"), value=lambda row: row.subject),
        Column("tier", _("Tier"), ("tier", "due_at"), lambda row: row.get_tier_display()),
        Column("step", _("Step"), ("status", "due_at"), lambda row: row.get_status_display()),
        Column(
            "answers", _("Answers now"), ("responsible__name", "due_at"), lambda row: row.responsible.name
        ),
        Column("received", _("Received"), ("received_at",), lambda row: row.received_at),
        Column("channel", _("Channel"), value=lambda row: row.get_channel_display(), sheet_only=True),
        Column("site", _("Site"), value=lambda row: row.site.name, sheet_only=True),
        Column("team", _("Team"), value=lambda row: row.team and row.team.name, sheet_only=True),
        Column("handler", _("Handler"), value=lambda row: row.handler.name, sheet_only=True),
        Column("cause", _("Cause"), value=lambda row: row.cause and row.cause.name, sheet_only=True),
        Column("level", _("Escalation level"), value=lambda row: row.level, sheet_only=True),
        Column("due", _("Due"), value=lambda row: row.due_at, sheet_only=True),
        Column("hours", _("Working hours left"), value=_hours_left, sheet_only=True),
        Column("resolved", _("Resolved"), value=lambda row: row.resolved_at, sheet_only=True),
        Column(
            "closed", pgettext_lazy("complaint", "Closed"), value=lambda row: row.closed_at, sheet_only=True
        ),
    )
    order = "left"
    filters = ComplaintFilter
    words = _("Number, customer, words")
    empty_title = _("No complaint here")
    empty_text = _("Nothing stands in this view.")

    def rows(self, person: Any) -> ComplaintQuerySet:
        """Return the complaints that the person may see."""
        return Complaint.objects.visible_to(person).for_list().select_related("cause")

    def for_page(self, rows: Any) -> ComplaintQuerySet:
        """Return the rows with what their cells show."""
        found: ComplaintQuerySet = rows.for_cells()
        return found

    def prepare(self, rows: list[Complaint], now: datetime) -> None:
        """Count the working time left."""
        selectors.with_time_left(rows, now=now)

    def cells(self, row: Any, person: Any, labels: dict[str, str]) -> SafeString:
        """Draw a complaint: the time left, what happened, how it stands and who answers."""
        step, tier = row.get_status_display(), row.get_tier_display()
        level = (
            gettext("Escalation level %(level)s") % {"level": row.level} if row.level else labels["handler"]
        )
        return draw(
            CELLS,
            left=pill(step, "ontime", "ok") if row.resolved_at else time_left(row.left),
            page=row.get_absolute_url(),
            subject=row.subject,
            number=row.reference,
            channel=row.get_channel_display(),
            site=row.site_name,
            tier=pill(tier, "strong") if row.tier == Tier.AUTHORITY else tier,
            step=pill(step, "ontime" if row.resolved_at else ""),
            answers_label=labels["answers"],
            answers=gettext("You") if row.responsible_id == person.pk else row.answers_name,
            level=level,
            received_label=labels["received"],
            received=instant(row.received_at),
        )

    def first_view(self, person: Any) -> str:
        """Return all that are open: whoever opens the list looks for the most urgent one first."""
        return "open"
