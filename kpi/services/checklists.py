"""Checklists and what raters saw. A checklist that somebody was rated by never changes; nobody rates themself."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import User
from callcenter.access import require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from kpi import months
from kpi.enums.schemes import AssessmentState
from kpi.models import Checklist, ChecklistPoint, Rating, Scorecard

MOST_POINTS = 40


@transaction.atomic
def make_checklist(
    *, actor: User, name: str, text: str = "", points: Sequence[str], now: datetime
) -> Checklist:
    """Write a checklist of observable points."""
    require(actor, "kpi.make_checklist")
    name, points = name.strip(), [point.strip() for point in points if point.strip()]
    if not name:
        raise DomainError(_("The name is missing."), code="required", field="name", mend=_("Give it one."))
    if Checklist.objects.filter(name=name).exists():
        raise DomainError(
            _("There is a checklist of this name."),
            code="taken",
            field="name",
            mend=_("Choose another name."),
        )
    if not points or len(points) > MOST_POINTS:
        raise DomainError(
            _("A checklist has 1 to %(most)d points.") % {"most": MOST_POINTS},
            field="points",
            mend=_("Write one point in a line, each something that is seen or not."),
        )
    made = Checklist.objects.create(name=name, text=text.strip(), made_by=actor, made_at=now)
    ChecklistPoint.objects.bulk_create(
        ChecklistPoint(checklist=made, position=at, text=point) for at, point in enumerate(points, 1)
    )
    log.record(actor, "checklist.made", made, now=now, points=points)
    return made


@transaction.atomic
def retire_checklist(*, actor: User, checklist_id: int, now: datetime) -> Checklist:
    """Take a checklist out of use; what was rated by it stays."""
    require(actor, "kpi.make_checklist")
    checklist = Checklist.objects.select_for_update().get(pk=checklist_id)
    if not checklist.is_active:
        raise Conflict(_("It is out of use already."), mend=_("Reload the page."))
    checklist.is_active = False
    checklist.save(update_fields=["is_active"])
    log.record(actor, "checklist.retired", checklist, now=now)
    return checklist


@transaction.atomic
def rate(
    *,
    actor: User,
    checklist: Checklist,
    person: User,
    month: date,
    marks: Sequence[bool | None],
    note: str = "",
    now: datetime,
) -> Rating:
    """Write down what the actor saw of somebody in a month, or change it until the scores of that month are told."""
    require(actor, "kpi.rate", person)
    month = months.first_of(month)
    if month > person.day_at(now):
        raise DomainError(
            _("This month is to come."), field="month", mend=_("Choose this month or an earlier one.")
        )
    if not checklist.is_active:
        raise DomainError(_("This checklist is out of use."), field="checklist", mend=_("Choose another."))
    if len(marks) != checklist.points.count():
        raise DomainError(
            _("Each point needs a mark."), field="marks", mend=_("Say yes, no or “did not apply” of each.")
        )
    if all(mark is None for mark in marks):
        raise DomainError(
            _("Nothing of it applied."), field="marks", mend=_("Say yes or no of one point at least.")
        )
    told = Scorecard.objects.filter(person=person, assessment__month=month).exclude(
        assessment__state=AssessmentState.PREVIEW
    )
    if told.exists():
        raise Conflict(_("The scores of this month are told."), mend=_("Rate a later month."))
    rating, made = Rating.objects.update_or_create(
        checklist=checklist,
        person=person,
        rater=actor,
        month=month,
        defaults={"marks": list(marks), "note": note.strip(), "at": now},
    )
    log.record(actor, "rating.made" if made else "rating.changed", rating, now=now, marks=list(marks))
    return rating
