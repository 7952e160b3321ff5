"""The lists of assessments, scorecards and what a trial found."""

from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.lists.spec import Column, DataList, View
from kpi.enums.schemes import AppealState, AssessmentState
from kpi.filters.assessments import AssessmentFilter, ScorecardFilter, TrialRowFilter
from kpi.models import Assessment, Scorecard, TrialRow


def _in(state: AssessmentState) -> Any:
    return lambda rows, _person, _now: rows.filter(state=state)


class AssessmentList(DataList):
    """Months of roles and sites."""

    name = "assessments"
    title = _("Assessments")
    url = "kpi:assessments"
    views = (
        View("all", pgettext_lazy("assessments", "All"), lambda rows, _person, _now: rows),
        View("preview", _("In preview"), _in(AssessmentState.PREVIEW)),
        View("published", _("Appeals and approval"), _in(AssessmentState.PUBLISHED), counted=True),
        View("approved", _("To lock"), _in(AssessmentState.APPROVED)),
    )
    columns = (
        Column("month", _("Month"), ("month",), lambda row: row.month),
        Column("site", _("Site"), value=lambda row: row.site.name),
        Column("role", _("Role"), value=lambda row: row.get_role_display()),
        Column("scheme", _("Scheme"), value=lambda row: str(row.scheme)),
        Column("people", _("People"), value=lambda row: row.people, css="num"),
        Column("appeals", _("Open appeals"), value=lambda row: row.appeals, css="num"),
        Column("until", _("Appeals until"), value=lambda row: row.appeal_until),
        Column("state", _("Step"), value=lambda row: row.get_state_display()),
    )
    order = "-month"
    filters = AssessmentFilter
    row = "kpi/_assessment_row.html"
    empty_title = _("No month is assessed here")
    empty_text = _("Compute a month: it stays a preview until it is published.")

    def rows(self, person: Any) -> QuerySet[Assessment]:
        """Return the assessments that the person answers for."""
        found: QuerySet[Assessment] = Assessment.objects.visible_to(person).for_list()
        return found

    def prepare(self, rows: list[Any], now: datetime) -> None:
        """Count the people and open appeals of a page with one query."""
        counted = {
            row["assessment"]: row
            for row in Scorecard.objects.filter(assessment__in=rows)
            .values("assessment")
            .annotate(people=Count("pk"), appeals=Count("pk", filter=Q(appeal__state=AppealState.OPEN)))
            .order_by()
        }
        for row in rows:
            found = counted.get(row.pk, {"people": 0, "appeals": 0})
            row.people, row.appeals = found["people"], found["appeals"]


class ScorecardList(DataList):
    """Scorecards: the own ones, the team's, those that somebody answers for."""

    name = "scorecards"
    title = _("Scorecards")
    url = "kpi:scorecards"
    views = (
        View(
            "mine",
            pgettext_lazy("scorecards", "Mine"),
            lambda rows, person, _now: rows.filter(person=person),
            empty_title=_("You have no score yet"),
        ),
        View(
            "appeals",
            _("Appeals to decide"),
            lambda rows, person, _now: rows.filter(appeal__state=AppealState.OPEN).exclude(person=person),
            counted=True,
            empty_title=_("No appeal waits"),
        ),
        View("all", pgettext_lazy("scorecards", "All"), lambda rows, _person, _now: rows),
    )
    columns = (
        Column("person", _("Person"), ("person__name",), lambda row: row.person.name),
        Column("work_number", _("Work number"), value=lambda row: row.person.work_number, sheet_only=True),
        Column("month", _("Month"), ("assessment__month",), lambda row: row.assessment.month),
        Column("role", _("Role"), value=lambda row: row.assessment.get_role_display(), sheet_only=True),
        Column("team", _("Team"), value=lambda row: row.team and row.team.name),
        Column("score", _("Score"), ("score",), lambda row: row.score, css="num"),
        Column("known", _("Known, %"), value=lambda row: row.known, sheet_only=True),
        Column("earned", _("Grade by score"), value=lambda row: row.earned, sheet_only=True),
        Column("grade", pgettext_lazy("assessment", "Grade"), ("grade",), lambda row: row.grade),
        Column("state", _("Step"), value=lambda row: row.assessment.get_state_display()),
    )
    order = "-month"
    filters = ScorecardFilter
    words = _("Name or work number")
    row = "kpi/_scorecard_row.html"
    empty_title = _("No scorecard here")
    empty_text = _("Scores can be read once a month is published.")

    def rows(self, person: Any) -> QuerySet[Scorecard]:
        """Return the scorecards that the person sees."""
        found: QuerySet[Scorecard] = Scorecard.objects.visible_to(person).for_list()
        return found

    def views_for(self, person: Any) -> tuple[View, ...]:
        """Return the own ones; more to whoever leads or assesses people."""
        mine, appeals, everything = self.views
        if person.has_perm("kpi.assess"):
            return (everything, appeals, mine)
        return (
            (mine, everything) if person.led_team_ids or person.has_perm("kpi.lock_assessment") else (mine,)
        )


class TrialRowList(DataList):
    """What a trial found, person by person."""

    name = "trial_rows"
    title = _("People in a trial")
    url = "kpi:trial_rows"
    permission = "kpi.try_scheme"
    views = (
        View("all", pgettext_lazy("trial", "All"), lambda rows, _person, _now: rows),
        View("gain", _("Who gains"), lambda rows, _person, _now: rows.filter(change__gt=0), order="-change"),
        View("lose", _("Who loses"), lambda rows, _person, _now: rows.filter(change__lt=0), order="change"),
        View(
            "grade",
            _("Another grade"),
            lambda rows, _person, _now: rows.exclude(now_grade="").exclude(now_grade=F("draft_grade")),
        ),
    )
    columns = (
        Column("person", _("Person"), ("person__name",), lambda row: row.person.name),
        Column("work_number", _("Work number"), value=lambda row: row.person.work_number, sheet_only=True),
        Column("team", _("Team"), value=lambda row: row.team and row.team.name),
        Column("months", _("Months"), value=lambda row: row.months, css="num"),
        Column("now", pgettext_lazy("trial", "Now"), ("now_score",), lambda row: row.now_score, css="num"),
        Column("draft", _("In the trial"), ("draft_score",), lambda row: row.draft_score, css="num"),
        Column("change", pgettext_lazy("trial", "Change"), ("change",), lambda row: row.change, css="num"),
        Column("now_grade", _("Grade now"), value=lambda row: row.now_grade),
        Column("draft_grade", _("Grade in the trial"), value=lambda row: row.draft_grade),
    )
    order = "person"
    filters = TrialRowFilter
    words = _("Name or work number")
    row = "kpi/_trial_row.html"
    empty_title = _("Nobody here")
    empty_text = _("A trial scores who had the role in its months.")

    def rows(self, person: Any) -> QuerySet[TrialRow]:
        """Return the rows that the person sees."""
        found: QuerySet[TrialRow] = TrialRow.objects.visible_to(person).for_list()
        return found
