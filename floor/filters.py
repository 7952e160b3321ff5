"""How posts are narrowed, on their list and over REST."""

import django_filters
from django.utils.translation import gettext_lazy as _

from agents.filters import ANY
from callcenter.lists.filters import FromDay, UntilDay, Words
from floor.enums import Audience


class PostFilter(django_filters.FilterSet):
    """Words of title, text and source, for whom it is, and local days of publication (both included)."""

    q = Words("title", "text", "source")
    audience = django_filters.ChoiceFilter(label=_("For whom"), choices=Audience.choices, empty_label=ANY)
    published_from = FromDay("published_at", _("Published from"))
    published_until = UntilDay("published_at", _("Published until"))
