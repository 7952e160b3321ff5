"""What happened to a complaint, and what one may do with it now, over REST."""

from collections.abc import Collection
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.rest.paging import Merged
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView
from complaints import selectors
from complaints.api import examples
from complaints.enums import Act, AlertKind, ClockKind, Status
from complaints.models import Alert, Complaint, Step


class HappeningSerializer(serializers.Serializer[Any]):
    """A step of the course, or what a clock told; fields of the other kind are null."""

    happened = serializers.ChoiceField(
        ["step", "alert", "attempt"],
        help_text=_("An act; what a clock told; or whom it told instead, since a mail did not arrive."),
    )
    at = serializers.DateTimeField()
    act = serializers.ChoiceField(Act.choices, allow_null=True)
    old = serializers.CharField(allow_null=True, help_text=_("The step before; empty at the beginning."))
    new = serializers.ChoiceField(Status.choices, allow_null=True)
    by = serializers.CharField(allow_null=True, help_text=_("Work number; null is the machine."))
    note = serializers.CharField(allow_null=True)
    facts = serializers.DictField(
        allow_null=True, help_text=_("What it changed, by name: a value, or [before, after].")
    )
    clock = serializers.ChoiceField(ClockKind.choices, allow_null=True)
    version = serializers.IntegerField(allow_null=True, help_text=_("That of the clock."))
    alert = serializers.ChoiceField(AlertKind.choices, allow_null=True)
    mark = serializers.IntegerField(
        allow_null=True, help_text=_("Per cent of a warning, level of an escalation.")
    )
    recipient = serializers.CharField(allow_null=True, help_text=_("Work number."))

    def to_representation(self, row: Any) -> dict[str, Any]:
        """Return the fields of this kind of row, and null for the others."""
        if isinstance(row, Step):
            told = self._step(row)
        elif isinstance(row, Alert):
            told = self._alert(row, "alert", row)
        else:
            told = self._alert(row.alert, "attempt", row)
        return dict.fromkeys(self.fields) | told

    def _step(self, step: Step) -> dict[str, Any]:
        return {
            "happened": "step",
            "at": self._instant(step),
            "act": step.act,
            "old": step.old,
            "new": step.new,
            "by": step.by and step.by.work_number,
            "note": step.note,
            "facts": selectors.told_facts(step),
        }

    def _alert(self, alert: Alert, happened: str, row: Any) -> dict[str, Any]:
        return {
            "happened": happened,
            "at": self._instant(row),
            "clock": alert.clock.kind,
            "version": alert.clock.version,
            "alert": alert.kind,
            "mark": alert.mark,
            "recipient": row.recipient.work_number,
        }

    def _instant(self, row: Any) -> Any:
        return self.fields["at"].to_representation(row.at)


class HistoryApi(ApiView):
    """`/api/v1/complaints/{reference}/history/`."""

    reads = Scope.COMPLAINTS_READ
    pagination_class = Merged

    def known_parameters(self) -> Collection[str]:
        """Name what pages."""
        return ("cursor", "limit")

    @extend_schema(
        summary=_("Read the history of a complaint"),
        description=_("Every step of its course and everything that its clocks told, the earliest first."),
        responses=HappeningSerializer(many=True),
        examples=[examples.HAPPENED],
    )
    def get(self, request: Request, reference: str) -> Response:
        """Return one page of what happened."""
        complaint = get_object_or_404(Complaint.objects.visible_to(request.user), reference=reference)
        pages = Merged()
        rows = pages.page(selectors.happenings(complaint), request)
        return pages.get_paginated_response(HappeningSerializer(rows, many=True).data)


class ChoiceSerializer(serializers.Serializer[selectors.Choice]):
    """An act of the course for the caller."""

    act = serializers.ChoiceField(Act.choices)
    label = serializers.CharField()  # type: ignore[assignment]  # a property of serializers has the name too
    possible = serializers.BooleanField()
    why = serializers.CharField(help_text=_("Why it is not possible; empty if it is."))


class ActsSerializer(serializers.Serializer[Any]):
    """What the caller may do, and what the course asks for next, whoever does it."""

    acts = ChoiceSerializer(many=True)
    next = serializers.ListField(
        child=serializers.ChoiceField(Act.choices), help_text=_("The most pressing first.")
    )


class ActsApi(ApiView):
    """`/api/v1/complaints/{reference}/acts/`."""

    reads = Scope.COMPLAINTS_READ

    @extend_schema(
        summary=_("Ask what one may do"),
        description=_(
            "Every act of the course on this tier, for the caller and now; why another is not possible."
        ),
        responses=ActsSerializer,
        examples=[examples.ACTS],
    )
    def get(self, request: Request, reference: str) -> Response:
        """Return the acts."""
        rows: Any = Complaint.objects.visible_to(request.user)
        related = rows.select_related("site__calendar", "handler__site__calendar", "customer")
        complaint = get_object_or_404(related, reference=reference)
        found = {
            "acts": selectors.choices(request.user, complaint),
            "next": selectors.next_acts(complaint),
        }
        return Response(ActsSerializer(found).data)
