"""How places are narrowed over REST."""

import django_filters

from agents.filters import site_filter


class TeamsFilter(django_filters.FilterSet):
    """The teams of a site."""

    site = site_filter()
