"""The list of jobs."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.jobs.enums import OPEN, State
from callcenter.jobs.models import Job
from callcenter.lists.filters import FromDay, UntilDay, Words
from callcenter.lists.spec import Column, DataList, View


class JobFilter(django_filters.FilterSet):
    """What a job is called or who asked for it, and local days (both included)."""

    q = Words("title", "person__name")
    since = FromDay("created_at", _("From"))
    until = UntilDay("created_at", _("To"))


class JobList(DataList):
    """A person's own long work; everybody's to an administrator."""

    name = "jobs"
    title = _("Jobs")
    url = "jobs:list"
    views = (
        View("all", _("All"), lambda rows, _person, _now: rows),
        View("open", _("Under way"), lambda rows, _person, _now: rows.filter(state__in=OPEN), counted=True),
        View("done", State.DONE.label, lambda rows, _person, _now: rows.filter(state=State.DONE)),
        View("failed", State.FAILED.label, lambda rows, _person, _now: rows.filter(state=State.FAILED)),
    )
    columns = (
        Column("asked", _("Asked for"), ("id",), lambda row: row.created_at),
        Column("job", _("Job"), value=lambda row: row.title),
        Column("person", _("Asked for by"), value=lambda row: row.person.name),
        Column("state", _("State"), value=lambda row: row.get_state_display()),
        Column("done", pgettext_lazy("share", "Done"), value=lambda row: row.percent, css="num"),
        Column("ended", _("Ended"), value=lambda row: row.ended_at),
    )
    order = "-asked"
    filters = JobFilter
    words = _("What, or who asked for it")
    row = "jobs/_row.html"
    empty_title = _("No jobs here")
    empty_text = _("An export or an import that takes longer appears here.")

    def rows(self, person: Any) -> QuerySet[Job]:
        """Return the jobs that the person sees."""
        return Job.objects.visible_to(person).select_related("person")
