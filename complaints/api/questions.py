"""The questions put to the caller, who sees them even where the complaint is not yet theirs to see; answering is an act."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.lists.spec import View
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ListApi
from complaints import selectors
from complaints.api import examples
from complaints.api.full import QuestionSerializer
from complaints.models import Question


class MyQuestionSerializer(QuestionSerializer):
    """A question put to the caller."""

    complaint = serializers.CharField(source="complaint.reference", help_text=_("Its reference."))

    class Meta(QuestionSerializer.Meta):
        fields = ("complaint", *QuestionSerializer.Meta.fields)


def _waiting(rows: Any, person: Any, _now: datetime) -> QuerySet[Question]:
    found: QuerySet[Question] = rows.filter(pk__in=selectors.open_questions(person).order_by())
    return found


class QuestionListApi(ListApi):
    """`/api/v1/complaints/questions/`."""

    reads = Scope.COMPLAINTS_READ
    queryset = Question.objects.all()
    serializer_class = MyQuestionSerializer
    views = (View("waiting", _("Waiting for an answer"), _waiting),)
    orders = {"at": "at"}
    order = "-at"

    def visible(self) -> QuerySet[Question]:
        """Return what was put to the caller."""
        return Question.objects.filter(person=self.request.user).select_related("complaint", "person", "by")

    @extend_schema(
        summary=_("List the questions put to the caller"),
        description=_("They are answered by the act “answer” of their complaint, which need not be visible."),
        examples=[examples.QUESTIONS],
    )
    def get(self, request: Request) -> Response:
        """Return one page of questions."""
        return self.list(request)
