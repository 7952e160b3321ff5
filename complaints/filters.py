"""How complaints are narrowed, on their list and over REST."""

import django_filters
from django.utils.translation import gettext_lazy as _

from agents.filters import ANY, PersonFilter, TeamFilter, site_filter
from callcenter.lists.filters import FromDay, UntilDay, Words
from complaints.enums import Channel, Status, Tier


class ComplaintFilter(django_filters.FilterSet):
    """Words, place, tier, step, channel, handler, and local days of receipt (both included)."""

    q = Words("subject", "customer_name", starts=("reference",))
    site = site_filter()
    team = TeamFilter()
    tier = django_filters.ChoiceFilter(label=_("Tier"), choices=Tier.choices, empty_label=ANY)
    step = django_filters.ChoiceFilter("status", label=_("Step"), choices=Status.choices, empty_label=ANY)
    channel = django_filters.ChoiceFilter(label=_("Channel"), choices=Channel.choices, empty_label=ANY)
    handler = PersonFilter(label=_("Handler"), max_length=80)
    received_from = FromDay("received_at", _("Received from"))
    received_until = UntilDay("received_at", _("Received until"))
