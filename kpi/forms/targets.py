"""What people type about targets: shape only, no rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agents.forms.fields import DayField, TeamField
from agents.models import Site
from callcenter.access import Role
from calls.models import Queue
from kpi.filters.targets import metric_choices
from kpi.metrics import REGISTRY

PLACES = ("team", "queue", "role", "site")
ALL = _("All")


class TargetForm(forms.Form):
    """A figure, what is wanted of it, where and from when on; offers the places for which the person sets targets."""

    metric = forms.ChoiceField(label=_("Figure"))
    value = forms.DecimalField(
        label=_("Target"),
        help_text=_("Rates in per cent, lengths of time in seconds."),
        max_digits=12,
        min_value=0,
    )
    team = TeamField(
        required=False,
        empty_label=ALL,
        help_text=_("Leave team, queue, role and site empty for the whole centre."),
    )
    queue = forms.ModelChoiceField(Queue.objects.all(), label=_("Queue"), required=False, empty_label=ALL)
    role = forms.ChoiceField(label=_("Role"), choices=[("", ALL), *Role.choices], required=False)
    site = forms.ModelChoiceField(Site.objects.all(), label=_("Site"), required=False, empty_label=ALL)
    since = DayField(label=_("First day"))
    until = DayField(
        label=_("Last day"), required=False, initial=None, help_text=_("Empty: until the next one.")
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["metric"].choices = metric_choices()
        if not person.holds(Role.SERVICE_MANAGER, Role.EXECUTIVE):
            self._limit(person)

    def _limit(self, person: Any) -> None:
        """Offer a supervisor the teams of the own sites, a regional manager the queues and sites too."""
        regional = person.sites_as(Role.REGIONAL_MANAGER)
        team: Any = self.fields["team"]
        team.queryset = team.queryset.filter(site__in=person.site_ids)
        team.required, team.help_text = not regional, ""
        del self.fields["role"]
        for name, field in (("queue", "site__in"), ("site", "pk__in")):
            if not regional:
                del self.fields[name]
                continue
            places: Any = self.fields[name]
            places.queryset = places.queryset.filter(**{field: regional})

    def clean(self) -> dict[str, Any]:
        """Read a rate typed in per cent as a share."""
        given = super().clean() or {}
        if given.get("value") is not None and "metric" in given:
            scale = 100 if REGISTRY[given["metric"]].unit == "share" else 1
            given["value"] = float(given["value"]) / scale
        return given

    @property
    def places(self) -> dict[str, Any]:
        """Return the places that the valid form names, at most one of which may be."""
        return {name: self.cleaned_data.get(name) for name in PLACES}

    @property
    def wanted(self) -> dict[str, Any]:
        """Return figure, value and days of the valid form."""
        return {name: self.cleaned_data[name] for name in ("metric", "value", "since", "until")}


class EndForm(forms.Form):
    """The last day of a target."""

    last = DayField(label=_("Last day"))
