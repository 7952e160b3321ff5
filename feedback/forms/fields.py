"""Fields that forms of feedback share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agents.models import Department
from feedback.anonymity.cleaning import ACCEPT, MOST_FILES

LONGEST = 10_000
MARKS = [("", "–"), *((mark, str(mark)) for mark in range(1, 6))]


def words(label: Any, *, rows: int = 5, **more: Any) -> forms.CharField:
    """Return a field for several lines."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST, widget=area, **more)


def mark(label: Any) -> forms.TypedChoiceField:
    """Return a field for a mark from 1 to 5, or none."""
    return forms.TypedChoiceField(label=label, choices=MARKS, coerce=int, required=False, empty_value=None)


class DepartmentField(forms.ModelChoiceField):
    """A department, shown with what it answers for."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Department.objects.all(), widget=forms.RadioSelect, empty_label=None, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """Return the name with the published scope."""
        return f"{obj.name} – {obj.scope}"


class FilesInput(forms.ClearableFileInput):
    """Where several files are picked."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, or none; what is in them `feedback.anonymity.cleaning` finds out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=FilesInput(attrs={"accept": ACCEPT}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return them as they came."""
        found = [super(FilesField, self).clean(one, initial) for one in data or ()]
        if len(found) > MOST_FILES:
            raise forms.ValidationError(_("At most %(number)d files.") % {"number": MOST_FILES})
        return found
