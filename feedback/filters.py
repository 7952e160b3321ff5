"""How feedback is narrowed, on its lists and over REST."""

import re
from typing import Any, Final

import django_filters
from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agents.filters import ANY
from agents.models import Department
from callcenter.lists.filters import FromDay, FullText, UntilDay, Words
from feedback.enums import Category, Kind, Status
from feedback.models import Wording

NUMBER: Final = re.compile(r"[Ff]-[0-9A-Za-z]{0,7}")
"""The beginning of an item's number."""
PUBLIC_STATES = [(one.value, one.label) for one in (Status.ANSWERED, Status.DISPUTED, Status.CLOSED)]


class BoardWords(FullText):
    """Full text on the board. What many items have is looked for from the newest on, until the page is full.

    The planner takes words for independent of each other, and would gather and sort all that have them: so it is asked
    in a way that no index answers.
    """

    FEW = 5000

    def filter(self, qs: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        """Keep them."""
        if not value or self.numbered.fullmatch(value):
            return super().filter(qs, value)
        keys = self._keys(value)
        if len(keys) <= self.FEW:
            return qs.filter(pk__in=keys)
        asked = Func(Value(value), function="query_of")
        return qs.filter(
            Func(F("wording__words"), asked, function="ts_match_vq", output_field=BooleanField())
        )


class _About(django_filters.FilterSet):
    """What every list of feedback is narrowed by."""

    department = django_filters.ModelChoiceFilter(
        label=_("Department"), queryset=Department.objects.all(), empty_label=ANY
    )
    category = django_filters.ChoiceFilter(label=_("Category"), choices=Category.choices, empty_label=ANY)
    kind = django_filters.ChoiceFilter(
        label=pgettext_lazy("feedback", "Kind"), choices=Kind.choices, empty_label=ANY
    )


class ItemFilter(_About):
    """Words of the subject, department, category, step, and local days of submission (both included)."""

    q = Words("subject", starts=("number",))
    state = django_filters.ChoiceFilter("status", label=_("Step"), choices=Status.choices, empty_label=ANY)
    submitted_from = FromDay("released_at", _("Submitted from"))
    submitted_until = UntilDay("released_at", _("Submitted until"))


class BoardFilter(_About):
    """Words of what is public, department, category, step, and local days of publication (both included)."""

    q = BoardWords(Wording, number="number", numbered=NUMBER)
    state = django_filters.ChoiceFilter("status", label=_("Step"), choices=PUBLIC_STATES, empty_label=ANY)
    published_from = FromDay("published_at", _("Published from"))
    published_until = UntilDay("published_at", _("Published until"))
