"""The list of calls."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from callcenter.lists.spec import Column, DataList, View
from calls.enums import Outcome
from calls.filters import CallFilter
from calls.models import Call


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
        Column("resolved", _("Resolved"), value=lambda row: row.resolved),
        Column("satisfaction", _("Satisfaction"), value=lambda row: row.satisfaction, css="num"),
    )
    order = "-entered"
    filters = CallFilter
    row = "calls/_row.html"
    empty_title = _("No call here")
    empty_text = _("Calls appear as soon as a file of them is imported.")

    def rows(self, person: Any) -> QuerySet[Call]:
        """Return the calls that the person may see."""
        found: QuerySet[Call] = Call.objects.visible_to(person).for_list()
        return found
