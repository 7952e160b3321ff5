"""The list of calls."""

from typing import Any

from django.db.models import QuerySet
from django.template.defaultfilters import yesno
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from callcenter.drawn import draw
from callcenter.lists.spec import Column, DataList, View
from callcenter.templatetags.ui import UNKNOWN, instant, pill, seconds
from calls.enums import Outcome
from calls.filters import CallFilter
from calls.models import Call

LABELLED = ("agent", "queue", "wait", "talk", "resolved", "satisfaction")
CELLS = (
    '<td class="nowrap first">{entered}</td>'
    '<td class="what"><b class="cut">{what}</b><div class="sub cut">{sub}</div></td>'
    '<td data-label="{agent_label}">{agent}</td><td data-label="{queue_label}">{queue}</td>'
    '<td class="badge-cell">{outcome}</td>'
    '<td class="num" data-label="{wait_label}">{wait}</td><td class="num" data-label="{talk_label}">{talk}</td>'
    '<td data-label="{resolved_label}">{resolved}</td>'
    '<td class="num" data-label="{satisfaction_label}">{satisfaction}</td>'
)


class CallList(DataList):
    """What a person may see of the calls, newest first.

    Time is the only order: a table of millions has an index for it, and none for every other column.
    """

    name = "calls"
    title = _("Calls")
    url = "calls:list"
    permission = "calls.view"
    views = (
        View("all", _("All calls"), lambda rows, _person, _now: rows),
        View("lost", _("Not answered"), lambda rows, _person, _now: rows.exclude(outcome=Outcome.ANSWERED)),
    )
    columns = (
        Column("entered", _("Entered the queue"), ("entered_at",), lambda row: row.entered_at),
        Column("call", _("Call"), value=lambda row: row.call_id),
        Column("source", _("Source"), value=lambda row: row.source, sheet_only=True),
        Column("topic", _("Topic"), value=lambda row: row.topic, sheet_only=True),
        Column("customer", _("Customer"), value=lambda row: row.customer_shown, sheet_only=True),
        Column("agent", _("Agent"), value=lambda row: row.agent.name if row.agent else row.agent_name),
        Column(
            "number", _("Work number"), value=lambda row: row.agent and row.agent.work_number, sheet_only=True
        ),
        Column("queue", _("Queue"), value=lambda row: row.queue.name if row.queue else row.queue_name),
        Column("outcome", _("Outcome"), value=lambda row: row.get_outcome_display()),
        Column("wait", _("Wait"), value=lambda row: row.wait_seconds, css="num"),
        Column("talk", _("Talk"), value=lambda row: row.talk_seconds, css="num"),
        Column("hold", _("Hold"), value=lambda row: row.hold_seconds, sheet_only=True),
        Column("wrap", _("Wrap-up"), value=lambda row: row.wrap_seconds, sheet_only=True),
        Column("transferred", _("Transferred"), value=lambda row: row.transferred, sheet_only=True),
        Column("channel", _("Channel"), value=lambda row: row.channel, sheet_only=True),
        Column("project", _("Project"), value=lambda row: row.project, sheet_only=True),
        Column("resolved", _("Resolved"), value=lambda row: row.resolved),
        Column("satisfaction", _("Satisfaction"), value=lambda row: row.satisfaction, css="num"),
    )
    order = "-entered"
    filters = CallFilter
    empty_title = _("No call here")
    empty_text = _("Calls appear as soon as a file of them is imported.")

    def rows(self, person: Any) -> QuerySet[Call]:
        """Return the calls that the person may see."""
        found: QuerySet[Call] = Call.objects.visible_to(person).for_list()
        return found

    def for_page(self, rows: Any) -> QuerySet[Call]:
        """Return the rows with what their cells show."""
        found: QuerySet[Call] = rows.for_cells()
        return found

    def cells(self, row: Any, person: Any, labels: dict[str, str]) -> SafeString:
        """Draw a call: what it was about, who took it, how it ended and how long it took."""
        answered = row.outcome == Outcome.ANSWERED
        return draw(
            CELLS,
            entered=instant(row.entered_at),
            what=row.topic or row.call_id,
            sub=" · ".join(filter(None, (row.source, row.call_id, row.customer_shown))),
            agent=_agent(row),
            queue=row.queue.name if row.queue else _from_the_file(row.queue_name),
            outcome=pill(row.get_outcome_display(), "" if answered else "risk"),
            wait=seconds(row.wait_seconds),
            talk=seconds(row.talk_seconds),
            resolved=yesno(row.resolved, gettext("yes,no,–")),
            satisfaction=UNKNOWN if row.satisfaction is None else row.satisfaction,
            **{f"{key}_label": labels[key] for key in LABELLED},
        )


def _agent(row: Any) -> SafeString:
    if row.agent is None:
        return _from_the_file(row.agent_name)
    return draw('{}<div class="sub">{}</div>', row.agent.name, row.agent.work_number)


def _from_the_file(name: str) -> SafeString:
    """Draw a name that nobody of the house has."""
    return draw("<i>{}</i>", name or UNKNOWN)
