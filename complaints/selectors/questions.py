"""The questions put to somebody, which they see even where they do not see the complaint."""

from django.db.models import F, QuerySet

from agents.models import User
from complaints.course import COURSE
from complaints.enums import Act
from complaints.models import Question


def questions_to(person: User) -> QuerySet[Question]:
    """Return the questions put to the person: what waits for an answer first, then the latest answers."""
    asked = Question.objects.filter(person=person).select_related("complaint", "by")
    return asked.order_by(F("answered_at").desc(nulls_first=True), "at", "pk")


def open_questions(person: User) -> QuerySet[Question]:
    """Return what waits for the person's answer, the oldest first."""
    running = Question.objects.filter(complaint__status__in=COURSE[Act.ANSWER].sources)
    return running.filter(person=person, answered_at=None).order_by("at", "pk")
