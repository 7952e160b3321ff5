"""The lists of conduct records and of service rules."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agents.enums import ConductState
from agents.filters import ConductFilter, RuleFilter
from agents.models import ConductRecord, ServiceRule
from callcenter.lists.spec import Column, DataList, View


class RuleList(DataList):
    """The service rules."""

    name = "service_rules"
    title = _("Service rules")
    url = "service_rules:list"
    permission = "agents.manage_service_rules"
    views = (
        View("held", _("In force"), lambda rows, person, _now: rows.on(person.today)),
        View("all", _("All"), lambda rows, _person, _now: rows),
    )
    columns = (
        Column("code", _("Code"), ("code", "period"), lambda row: row.code),
        Column("what", _("Rule"), ("title",), lambda row: row.title),
        Column("text", _("Text"), value=lambda row: row.text, sheet_only=True),
        Column("since", _("From"), value=lambda row: row.period.lower),
        Column("until", _("Last day"), value=lambda row: row.last_day),
        Column("act", _("Action")),
    )
    order = "code"
    filters = RuleFilter
    words = _("Code, or words of the rule")
    row = "agents/_rule_row.html"
    empty_title = _("No rule here")
    empty_text = _("Rewards and penalties name a published rule.")

    def rows(self, person: Any) -> QuerySet[ServiceRule]:
        """Return all rules."""
        return ServiceRule.objects.all()


ABOUT_ME = View(
    "about_me",
    _("About me"),
    lambda rows, person, _now: rows.concerning(person),
    empty_title=_("Nothing is recorded about you"),
)


class ConductList(DataList):
    """What is recorded about a person, and of whoever answers for people about these."""

    name = "conduct"
    title = _("Conduct")
    url = "agents:conduct"
    views = (
        View("all", _("All"), lambda rows, _person, _now: rows),
        View(
            "replies",
            _("Open for a reply"),
            lambda rows, _person, _now: rows.filter(state=ConductState.REPLY_OPEN),
        ),
        View(
            "appeals",
            _("Appeals to decide"),
            lambda rows, _person, _now: rows.filter(state=ConductState.APPEALED),
            counted=True,
        ),
        ABOUT_ME,
    )
    columns = (
        Column("number", _("Number"), value=str, sheet_only=True),
        Column("person", _("Person"), ("person__name", "recorded_at"), lambda row: row.person.name),
        Column("work_number", _("Work number"), value=lambda row: row.person.work_number, sheet_only=True),
        Column("rule", _("Rule"), value=lambda row: str(row.rule), sheet_only=True),
        Column("kind", _("Kind"), value=lambda row: row.get_kind_display(), sheet_only=True),
        Column("measure", _("Measure"), value=lambda row: row.measure),
        Column("day", _("Day"), ("occurred_on",), lambda row: row.occurred_on),
        Column("complaint", _("Complaint"), value=lambda row: row.complaint_reference, sheet_only=True),
        Column("recorded", _("Recorded"), ("recorded_at",), lambda row: row.recorded_at),
        Column("state", _("Step"), value=lambda row: row.get_state_display()),
    )
    order = "-recorded"
    filters = ConductFilter
    words = _("Person, measure or complaint")
    row = "agents/_conduct_row.html"
    empty_title = _("No record here")
    empty_text = _("Rewards and penalties by the service rules stand here.")

    def rows(self, person: Any) -> QuerySet[ConductRecord]:
        """Return the records that the person sees."""
        return ConductRecord.objects.visible_to(person).for_list()

    def views_for(self, person: Any) -> tuple[View, ...]:
        """Return what is about the person; to those who answer for people also the rest."""
        return self.views if person.has_perm("agents.view_people") else (ABOUT_ME,)
