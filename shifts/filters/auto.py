"""How runs of the auto-roster are narrowed."""

import django_filters
from django.utils.translation import gettext_lazy as _


class RunFilter(django_filters.FilterSet):
    """A roster, and whether the run was taken in."""

    roster = django_filters.NumberFilter("roster", label=_("Roster"), min_value=1, max_value=2**31 - 1)
    taken = django_filters.BooleanFilter("taken_at", "isnull", exclude=True, label=_("Taken into the draft"))
