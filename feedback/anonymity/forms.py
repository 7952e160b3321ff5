"""What is typed without a name: shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agents.models import Department, Site, User
from feedback.enums import Addressee, Category, Kind
from feedback.forms.fields import FilesField
from feedback.services import SurveyFacts, Wish

LONGEST = 10_000
MARKS = [(mark, str(mark)) for mark in range(1, 6)]


class Departments(forms.ModelChoiceField):
    """A department, shown with what it answers for."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name with the published scope."""
        return f"{obj.name} – {obj.scope}"


class UnnamedForm(forms.Form):
    """An item without a name. The files stand beside it: they are looked at only when all else is right."""

    kind = forms.TypedChoiceField(
        label=_("What you want"), choices=Kind, coerce=Kind, widget=forms.RadioSelect, initial=Kind.QUESTION
    )
    addressee = forms.TypedChoiceField(
        label=_("Who should answer"), choices=Addressee, coerce=Addressee, initial=Addressee.DEPARTMENT
    )
    department = Departments(
        label=_("Department"),
        queryset=Department.objects.all(),
        help_text=_("Beside each department stands what it answers for."),
    )
    about = forms.BooleanField(
        label=_("It is about this department itself"),
        required=False,
        help_text=_("Then it goes past the department to the executive's office."),
    )
    site = forms.ModelChoiceField(
        label=_("Site"),
        queryset=Site.objects.all(),
    )
    category = forms.TypedChoiceField(label=_("Category"), choices=Category, coerce=Category)
    subject = forms.CharField(label=_("In one line"), max_length=120)
    text = forms.CharField(
        label=_("Your feedback"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 7})
    )
    files = FilesField(  # type: ignore[assignment]  # a form's own `files` are what came, not a field
        label=_("Pictures and files"),
        help_text=_(
            "They are made anew: place, camera and names of makers are taken out. What a picture shows stays."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for a department or a site where the addressee needs one."""
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.fields["department"].required = self.data.get("addressee") == Addressee.DEPARTMENT
            self.fields["site"].required = self.data.get("addressee") == Addressee.SUPERVISOR

    def wish(self) -> Wish:
        """Return what is wished, past the department if it is about it."""
        facts = self.cleaned_data
        past = facts["about"] and facts["addressee"] == Addressee.DEPARTMENT
        return Wish(
            kind=facts["kind"],
            addressee=Addressee.EXECUTIVE if past else facts["addressee"],
            category=facts["category"],
            subject=facts["subject"],
            text=facts["text"],
            department=facts["department"] if facts["addressee"] == Addressee.DEPARTMENT else None,
            site=facts["site"] if facts["addressee"] == Addressee.SUPERVISOR else None,
        )


class WordForm(forms.Form):
    """What the author adds."""

    text = forms.CharField(
        label=pgettext_lazy("feedback", "Add something"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DisputeForm(forms.Form):
    """Why the answer will not do."""

    reason = forms.CharField(
        label=_("What is missing or wrong in the answer"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ConfirmForm(forms.Form):
    """What was expected and found; all of it or nothing."""

    expected_days = forms.IntegerField(
        label=_("Within how many working days did you expect an answer?"),
        min_value=0,
        max_value=60,
        required=False,
    )
    expected_quality = forms.TypedChoiceField(
        label=_("How good an answer did you expect? (5 is best)"),
        choices=[("", "–"), *MARKS],
        coerce=int,
        required=False,
        empty_value=None,
    )
    found_quality = forms.TypedChoiceField(
        label=_("How good was it?"), choices=[("", "–"), *MARKS], coerce=int, required=False, empty_value=None
    )
    satisfied = forms.BooleanField(label=_("I am satisfied with how it was handled"), required=False)

    def survey(self) -> SurveyFacts | None:
        """Return the marks if all were given."""
        facts = self.cleaned_data
        if None in {facts["expected_days"], facts["expected_quality"], facts["found_quality"]}:
            return None
        survey = SurveyFacts(**facts)
        survey.check()
        return survey


class ClaimForm(forms.Form):
    """Who claims the reward, and so says who wrote it."""

    work_number = forms.CharField(label=_("Your work number"), max_length=20)
    shown = forms.BooleanField(label=_("The board may show my name with the reward"), required=False)
    sure = forms.BooleanField(label=_("I give up my anonymity for this suggestion, for good"))

    def clean_work_number(self) -> str:
        """Return the number of somebody who works here."""
        number = str(self.cleaned_data["work_number"])
        if not User.objects.filter(work_number=number, is_active=True).exists():
            raise forms.ValidationError(_("Nobody here has this work number."))
        return number
