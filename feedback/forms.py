"""What people type about feedback: shape only, no rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agents.models import Department
from feedback.enums import Category


class DepartmentField(forms.ModelChoiceField):
    """A department, shown with what it answers for."""

    widget = forms.RadioSelect

    def label_from_instance(self, obj: Any) -> str:
        """Return the name with the published scope."""
        return f"{obj.name} – {obj.scope}"


class ItemForm(forms.Form):
    """What an employee writes."""

    department = DepartmentField(
        label=_("Who should answer"),
        queryset=Department.objects.all(),
        empty_label=None,
        help_text=_("Beside each department stands what it answers for."),
    )
    category = forms.TypedChoiceField(label=_("Category"), choices=Category, coerce=Category)
    subject = forms.CharField(label=_("In one line"), max_length=120)
    text = forms.CharField(
        label=_("Your feedback"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 7})
    )


class AnswerForm(forms.Form):
    """What the department answers."""

    text = forms.CharField(label=_("Answer"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 5}))
