"""What people type about a view of their own."""

from django import forms
from django.utils.translation import gettext_lazy as _

from callcenter.lists.models import LONGEST


class NameForm(forms.Form):
    """The name of a saved view."""

    name = forms.CharField(label=_("Name of the view"), max_length=60)


class SaveForm(NameForm):
    """A name, and the address that it stands for."""

    query = forms.CharField(max_length=LONGEST, required=False, widget=forms.HiddenInput)
