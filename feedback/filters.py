"""How feedback is narrowed, on its list and over REST."""

import django_filters
from django.utils.translation import gettext_lazy as _

from agents.filters import ANY
from agents.models import Department
from callcenter.lists.filters import FromDay, UntilDay, Words
from feedback.enums import Category


class ItemFilter(django_filters.FilterSet):
    """Words of the subject, department, category, and local days of submission (both included)."""

    q = Words("subject")
    department = django_filters.ModelChoiceFilter(
        label=_("Department"), queryset=Department.objects.all(), empty_label=ANY
    )
    category = django_filters.ChoiceFilter(label=_("Category"), choices=Category.choices, empty_label=ANY)
    submitted_from = FromDay("released_at", _("Submitted from"))
    submitted_until = UntilDay("released_at", _("Submitted until"))
