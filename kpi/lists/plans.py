"""The lists of ratings, interviews and aims."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.lists.spec import Column, DataList, View
from kpi import words as words_of
from kpi.enums.schemes import AimState, InterviewState
from kpi.filters.assessments import AimFilter, InterviewFilter, RatingFilter
from kpi.metrics import REGISTRY
from kpi.models import Aim, Interview, Rating
from kpi.scoring.raters import share

PERSON = Column("person", _("Person"), ("person__name",), lambda row: row.person.name)
NUMBER = Column("work_number", _("Work number"), value=lambda row: row.person.work_number, sheet_only=True)


class RatingList(DataList):
    """Ratings: those that the person made, and those of the people whom they lead."""

    name = "ratings"
    title = _("Ratings")
    url = "kpi:ratings"
    permission = "kpi.rate"
    views = (
        View("all", pgettext_lazy("ratings", "All"), lambda rows, _person, _now: rows),
        View("mine", _("By me"), lambda rows, person, _now: rows.filter(rater=person)),
    )
    columns = (
        PERSON,
        NUMBER,
        Column("month", _("Month"), ("month",), lambda row: row.month),
        Column("checklist", _("Checklist"), value=lambda row: row.checklist.name),
        Column("share", _("Seen"), value=lambda row: share(row.marks), css="num"),
        Column("rater", _("Rater"), value=lambda row: row.rater.name),
        Column("at", _("Rated"), ("at",), lambda row: row.at),
    )
    order = "-month"
    filters = RatingFilter
    words = _("Name or work number")
    row = "kpi/_rating_row.html"
    empty_title = _("Nobody is rated here")
    empty_text = _("Two raters at least make a figure; nobody rates themself.")

    def rows(self, person: Any) -> QuerySet[Rating]:
        """Return the ratings that the person sees."""
        found: QuerySet[Rating] = Rating.objects.visible_to(person).for_list()
        return found

    def prepare(self, rows: list[Any], _now: Any) -> None:
        """Say what each rater saw."""
        for row in rows:
            row.share = share(row.marks)


class InterviewList(DataList):
    """Interviews: the own ones, and those of the people whom somebody leads."""

    name = "interviews"
    title = _("Interviews")
    url = "kpi:interviews"
    views = (
        View(
            "planned",
            pgettext_lazy("interviews", "Planned"),
            lambda rows, _person, _now: rows.filter(state=InterviewState.PLANNED),
            order="day",
        ),
        View("all", pgettext_lazy("interviews", "All"), lambda rows, _person, _now: rows),
    )
    columns = (
        PERSON,
        NUMBER,
        Column("day", _("Day"), ("planned_for",), lambda row: row.planned_for),
        Column("subject", _("About"), value=lambda row: row.subject),
        Column("lead", _("Held by"), value=lambda row: row.lead.name),
        Column("state", _("Step"), value=lambda row: row.get_state_display()),
    )
    order = "-day"
    filters = InterviewFilter
    words = _("Name or work number")
    row = "kpi/_interview_row.html"
    empty_title = _("No interview here")
    empty_text = _("Leads plan them, for example about a scorecard.")

    def rows(self, person: Any) -> QuerySet[Interview]:
        """Return the interviews that the person sees."""
        found: QuerySet[Interview] = Interview.objects.visible_to(person).for_list()
        return found


class AimList(DataList):
    """Improvement plans and own goals."""

    name = "aims"
    title = _("Aims")
    url = "kpi:aims"
    views = (
        View(
            "running",
            pgettext_lazy("aims", "Running"),
            lambda rows, _person, _now: rows.filter(state__in=[AimState.PROPOSED, AimState.AGREED]),
            order="until",
        ),
        View("all", pgettext_lazy("aims", "All"), lambda rows, _person, _now: rows),
    )
    columns = (
        PERSON,
        NUMBER,
        Column("kind", _("Kind"), value=lambda row: row.get_kind_display()),
        Column("metric", _("Figure"), value=lambda row: str(REGISTRY[row.metric].name)),
        Column("before", _("Before"), value=lambda row: row.before, css="num"),
        Column("goal", _("Goal"), value=lambda row: row.goal, css="num"),
        Column("after", _("After"), value=lambda row: row.after, css="num"),
        Column("since", _("First day"), ("since",), lambda row: row.since, sheet_only=True),
        Column("until", _("Last day"), ("until",), lambda row: row.until),
        Column("state", _("Step"), value=lambda row: row.get_state_display()),
    )
    order = "-until"
    filters = AimFilter
    words = _("Name or work number")
    row = "kpi/_aim_row.html"
    empty_title = _("No aim here")
    empty_text = _("An improvement plan is proposed by a lead, a goal by whoever sets it for themself.")

    def rows(self, person: Any) -> QuerySet[Aim]:
        """Return the aims that the person sees."""
        found: QuerySet[Aim] = Aim.objects.visible_to(person).for_list()
        return found

    def prepare(self, rows: list[Any], _now: Any) -> None:
        """Say what each is about."""
        for row in rows:
            row.metric_name = REGISTRY[row.metric].name
            for name in ("before", "goal", "after"):
                setattr(row, f"{name}_words", words_of.shown(row.metric, getattr(row, name)))
