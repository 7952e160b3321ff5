"""What people type about calls."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agents.models import Site, User
from callcenter.imports.forms import SendForm
from calls.models import FEWEST_MONTHS, MOST_MONTHS
from calls.selectors import sites_for


class SendCallsForm(SendForm):
    """A file of calls."""

    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"), empty_label=None)
    source = forms.CharField(
        label=_("Source"),
        max_length=80,
        required=False,
        help_text=_(
            "The system that the calls come from; figures are kept apart by it. Without one, the file's name."
        ),
    )
    time_zone = forms.CharField(
        label=_("Time zone of the file"),
        required=False,
        help_text=_("Like Asia/Shanghai. Without one, the site's."),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        self.fields["site"].queryset = sites_for(person)

    def clean_time_zone(self) -> str:
        """Refuse a time zone that does not exist."""
        name: str = self.cleaned_data["time_zone"].strip()
        if name and name not in available_timezones():
            raise ValidationError(_("There is no such time zone; write it like Asia/Shanghai."))
        return name


class RetentionForm(forms.Form):
    """For how long calls are kept."""

    months = forms.IntegerField(
        label=_("Months kept"),
        required=False,
        min_value=FEWEST_MONTHS,
        max_value=MOST_MONTHS,
        help_text=_("Whole months before the running one. Blank: for ever."),
    )


class MatchForm(forms.Form):
    """Who stands behind a name of a source at a site."""

    source = forms.CharField(widget=forms.HiddenInput)
    site = forms.ModelChoiceField(Site.objects.none(), widget=forms.HiddenInput)
    name = forms.CharField(widget=forms.HiddenInput)
    work_number = forms.CharField(label=_("Work number"), max_length=20)

    def __init__(self, *args: Any, user: User, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["site"].queryset = sites

    def clean_work_number(self) -> User:
        """Find the person among those that the reader may open."""
        person: User | None = (
            User.objects.visible_to(self.user)
            .filter(work_number=self.cleaned_data["work_number"].strip())
            .first()
        )
        if person is None:
            raise ValidationError(_("Nobody that you may see has this work number."))
        return person
