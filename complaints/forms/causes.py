"""Forms of the tree of causes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.forms.fields import CauseField


class NewCauseForm(forms.Form):
    """A new cause, and the one that it stands below."""

    parent = CauseField(required=False, empty_label=_("None: it stands at the top"))
    code = forms.SlugField(
        label=_("Code"), max_length=20, help_text=_("Given once for ever, such as billing-refund.")
    )
    name = forms.CharField(label=_("Name"), max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].label = _("Below")


class RenameCauseForm(forms.Form):
    """Another name."""

    name = forms.CharField(label=_("Name"), max_length=80)
