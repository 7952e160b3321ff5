"""What people type on the bulletin: shape only, no rules."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agents.forms.fields import DayField
from agents.models import Site, Team, User
from callcenter.access import Role
from floor.enums import Audience
from floor.models import Post


class PostForm(forms.Form):
    """A new post; offered are the audiences to which its author may write."""

    title = forms.CharField(label=_("In one line"), max_length=120)
    text = forms.CharField(label=_("Text"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 8}))
    audience = forms.ChoiceField(label=_("For whom"))
    must_read_by = DayField(
        label=_("Must be read by"),
        required=False,
        initial=None,
        help_text=_("Whoever has not is reminded once, and their superior is told when the day is over."),
    )
    pinned_until = DayField(label=_("Stands on top until"), required=False, initial=None)
    source = forms.CharField(
        label=_("Comes from"),
        max_length=60,
        required=False,
        help_text=_("For example the number of a complaint."),
    )

    def __init__(self, *args: Any, author: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = list(_audiences(author))

    def clean_audience(self) -> dict[str, Any]:
        """Return what the service is told of the audience."""
        kind, _colon, which = self.cleaned_data["audience"].partition(":")
        places: dict[str, Any] = {Audience.SITE: Site, Audience.TEAM: Team}
        if kind in places:
            return {"audience": Audience(kind), kind: places[kind].objects.get(pk=which)}
        return {"audience": Audience(kind), "role": which}

    @property
    def given(self) -> dict[str, Any]:
        """Return what the service is given."""
        facts = dict(self.cleaned_data)
        return {**facts.pop("audience"), **facts}


def _audiences(author: User) -> Iterator[tuple[Any, Any]]:
    sites, teams = Site.objects.all(), Team.objects.select_related("site")
    if author.has_perm("floor.publish", Post(audience=Audience.CENTRE)):
        yield f"{Audience.CENTRE}:", Audience.CENTRE.label
        yield _("Roles"), [(f"{Audience.ROLE}:{role}", role.label) for role in Role]
    else:
        sites, teams = author.sites, teams.filter(site__in=author.site_ids)
    yield _("Sites"), [(f"{Audience.SITE}:{site.pk}", site.name) for site in sites]
    yield _("Teams"), [(f"{Audience.TEAM}:{team.pk}", f"{team.site} · {team}") for team in teams]


class WithdrawForm(forms.Form):
    """Why a post no longer holds."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
