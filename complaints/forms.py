"""What people type about complaints: shape only, no rules."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agents.models import Site, User
from complaints.enums import Channel, Tier


class ComplaintForm(forms.Form):
    """Acceptance, in the order in which one asks on the phone."""

    customer_name = forms.CharField(label=_("Customer"), max_length=120)
    contact = forms.CharField(
        label=_("Contact"), max_length=120, required=False, help_text=_("Phone or address.")
    )
    channel = forms.TypedChoiceField(label=_("Channel"), choices=Channel, coerce=Channel)
    tier = forms.TypedChoiceField(
        label=_("Tier"),
        choices=Tier,
        coerce=lambda value: Tier(int(value)),
        help_text=_("Whom the customer reached."),
    )
    site = forms.ModelChoiceField(label=_("Site"), queryset=Site.objects.select_related("calendar"))
    received_at = forms.DateTimeField(
        label=_("Received"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Leave empty for now."),
    )
    subject = forms.CharField(label=_("In one line"), max_length=120)
    account = forms.CharField(
        label=pgettext_lazy("complaint", "What happened"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("As the customer says it."),
    )
    demand = forms.CharField(
        label=_("What the customer asks for"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    staff_concerned = forms.CharField(
        label=_("Staff concerned"), required=False, max_length=20, help_text=_("Work number, if known.")
    )
    form_key = forms.UUIDField(initial=uuid4, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].initial = person.site_id
        self.fields["customer_name"].widget.attrs["autofocus"] = True

    def clean_staff_concerned(self) -> User | None:
        """Return the person with this work number."""
        number = self.cleaned_data["staff_concerned"].strip()
        if not number:
            return None
        person: User | None = User.objects.filter(work_number=number).first()
        if person is None:
            raise forms.ValidationError(
                _("Nobody has the work number %(number)s. Check it, or leave it empty."),
                params={"number": number},
            )
        return person


class ResolveForm(forms.Form):
    """The end of a complaint."""

    solution = forms.CharField(
        label=_("Solution"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What was done for the customer, and what they said to it."),
    )
