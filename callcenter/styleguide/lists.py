"""A list with everything that lists do: the messages of the house, without what they say."""

from datetime import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from callcenter.lists.spec import Column, DataList, View
from callcenter.outbox.models import Message, State


class SampleFilter(django_filters.FilterSet):
    """Words and state."""

    q = django_filters.CharFilter(field_name="key", lookup_expr="icontains", label=_("Words"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=State.choices, empty_label=_("All"))

    class Meta:
        model = Message
        fields = ("q", "state")


def _all(rows: QuerySet[Message], person: Any, now: datetime) -> QuerySet[Message]:  # noqa: ARG001 (every view is asked alike)
    return rows


def _given_up(rows: QuerySet[Message], person: Any, now: datetime) -> QuerySet[Message]:  # noqa: ARG001 (every view is asked alike)
    return rows.filter(state=State.DEAD)


class SampleList(DataList):
    """Messages, newest first."""

    name = "styleguide"
    title = _("Style guide")
    url = "styleguide:guide"
    permission = "styleguide.view"
    views = (View("all", _("All"), _all, counted=True), View("dead", _("Given up"), _given_up, counted=True))
    columns = (
        Column("due", _("Due"), ("due_at",), value=lambda row: row.due_at),
        Column("key", _("Message"), ("key",), value=lambda row: row.key),
        Column("state", _("State"), value=lambda row: row.get_state_display()),
    )
    order = "-due"
    filters = SampleFilter
    words = _("Words of the message's key")
    row = "styleguide/_row.html"
    empty_title = _("No message here")
    empty_text = _("Messages appear as soon as something is due.")

    def rows(self, person: Any) -> QuerySet[Message]:
        """Return every message."""
        return Message.objects.all()
