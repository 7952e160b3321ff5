"""Sites, regions, departments and teams."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agents.forms.fields import DayField, WorkNumberField
from agents.models import Site
from callcenter.worktime.models import Calendar

WALL_TIME = r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$"


class TimeOfDayField(forms.RegexField):
    """A local time such as 07:30, up to 24:00, which no time field knows."""

    def __init__(self, **kwargs: Any) -> None:
        wrong = {"invalid": _("Write a time like 07:30.")}
        super().__init__(WALL_TIME, error_messages=wrong, **kwargs)


class SiteForm(forms.Form):
    """Name, calendar and mail window of a site."""

    name = forms.CharField(label=_("Name"), max_length=80)
    calendar = forms.ModelChoiceField(
        Calendar.objects.all(),
        label=_("Calendar"),
        help_text=_(
            "With another time zone, the calls that are kept are counted anew by it; figures of months whose calls are kept no more stay by the old one."
        ),
    )
    mail_opens = TimeOfDayField(
        label=_("Mail window opens"), initial="07:30", help_text=_("Nobody is mailed before, except at once.")
    )
    mail_closes = TimeOfDayField(
        label=_("Mail window closes"), initial="21:00", help_text=_("00:00 to 24:00 is always.")
    )


class NewSiteForm(SiteForm):
    """A new site; its code stays."""

    code = forms.SlugField(label=_("Code"), max_length=20)
    field_order = ("code", "name")


class NewRegionForm(forms.Form):
    """A new region."""

    name = forms.CharField(label=_("Name"), max_length=80)


class RegionForm(forms.Form):
    """A site that comes into the region."""

    site = forms.ModelChoiceField(Site.objects.all(), label=_("Site"))
    since = DayField(label=_("From"))


class DepartmentForm(forms.Form):
    """The published scope of a department."""

    scope = forms.CharField(
        label=_("Scope"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What the department answers for."),
    )


class NewDepartmentForm(DepartmentForm):
    """A new department."""

    name = forms.CharField(label=_("Name"), max_length=80)
    field_order = ("name",)


class NewTeamForm(forms.Form):
    """A new team."""

    site = forms.ModelChoiceField(Site.objects.all(), label=_("Site"))
    name = forms.CharField(label=_("Name"), max_length=80)


class TeamForm(forms.Form):
    """Who leads the team."""

    person = WorkNumberField(label=_("Team lead"))
    since = DayField(label=_("From"))
