"""What an employee writes under the own name."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.enums import Addressee, Category, Kind
from feedback.forms.fields import DepartmentField, FilesField, words


class ItemForm(forms.Form):
    """An item under the own name. Which fields the addressee needs the style sheet shows (pages.css)."""

    form_key = forms.UUIDField(initial=uuid4, required=False, widget=forms.HiddenInput)
    kind = forms.TypedChoiceField(
        label=_("What you want"), choices=Kind, coerce=Kind, widget=forms.RadioSelect, initial=Kind.QUESTION
    )
    category = forms.TypedChoiceField(label=_("Category"), choices=Category, coerce=Category)
    subject = forms.CharField(label=_("In one line"), max_length=120)
    text = words(_("Your feedback"), rows=7)
    addressee = forms.TypedChoiceField(
        label=_("Who should answer"),
        choices=Addressee,
        coerce=Addressee,
        widget=forms.RadioSelect,
        initial=Addressee.DEPARTMENT,
    )
    department = DepartmentField(
        label=_("Department"),
        required=False,
        help_text=_("Beside each department stands what it answers for."),
    )
    about = forms.BooleanField(
        label=_("It is about this department itself"),
        required=False,
        help_text=_("Then it goes past the department to the executive's office."),
    )
    files = FilesField(  # type: ignore[assignment]  # a form keeps its fields apart
        label=_("Pictures and files"),
        help_text=_(
            "They are made anew: place, camera and names of makers are taken out. What a picture shows stays."
        ),
    )

    def facts(self) -> dict[str, Any]:
        """Return what is wished, past the department if it is about it."""
        given = {name: self.cleaned_data[name] for name in ("kind", "category", "subject", "text")}
        addressee = self.cleaned_data["addressee"]
        is_department = addressee == Addressee.DEPARTMENT
        past = is_department and self.cleaned_data["about"]
        return {
            **given,
            "addressee": Addressee.EXECUTIVE if past else addressee,
            "department": self.cleaned_data["department"] if is_department else None,
        }

    def clean(self) -> dict[str, Any]:
        """Ask for the department where one answers, or where it is about one."""
        given = super().clean() or {}
        if given.get("addressee") == Addressee.DEPARTMENT and not given.get("department"):
            self.add_error("department", _("Choose who should answer."))
        return given
