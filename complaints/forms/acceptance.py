"""What people type to record a complaint: shape only, no rules."""

from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agents.forms.fields import InstantField
from agents.models import Site, User
from callcenter.templatetags.ui import brief
from callcenter.uploads import IN_WORDS, LARGEST, MOST, FilesField
from calls.enums import CustomerKind
from calls.models import Customer
from calls.selectors import recent_calls
from complaints.enums import Channel, Tier


class PlacedForm(forms.Form):
    """Where a complaint belongs: enough to say by when it will be resolved."""

    customer = forms.ModelChoiceField(Customer.objects.all(), required=False, widget=forms.HiddenInput)
    customer_kind = forms.TypedChoiceField(
        label=_("Put on file as"),
        choices=[*CustomerKind.choices, ("", _("not on file: only in this complaint"))],
        coerce=CustomerKind,
        empty_value=None,
        initial=CustomerKind.PERSONAL,
        required=False,
        help_text=_("Kind of a customer who was not chosen from the list."),
    )
    tier = forms.TypedChoiceField(
        label=_("Tier"),
        choices=Tier,
        coerce=lambda value: Tier(int(value)),
        help_text=_("Whom the customer reached."),
    )
    site = forms.ModelChoiceField(label=_("Site"), queryset=Site.objects.select_related("calendar"))
    received_at = InstantField(label=_("Received"), required=False, help_text=_("Leave empty for now."))

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["site"].initial = person.site_id
        # Others are refused by the service, not as a slip of the fingers.
        mine = [(tier, label) for tier, label in Tier.choices if person.has_perm("complaints.record", tier)]
        self.fields["tier"].widget.choices = mine
        self.fields["tier"].initial = mine[0][0] if mine else None


def _finder(name: str, address: str, listed: str, keeps: str = "") -> dict[str, Any]:
    """Return the attributes of an input that offers what it finds in the list of this id while one types.

    It asks by POST, so that names and numbers of customers stand in no address and no log.
    """
    return {
        "role": "combobox",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": listed,
        "autocomplete": "off",
        "hx-post": reverse_lazy(address),
        "hx-params": name,
        "hx-trigger": "input changed delay:200ms",
        "hx-target": f"#{listed}",
        "hx-sync": "this:replace",
        **({"data-keeps": keeps} if keeps else {}),
    }


class ComplaintForm(PlacedForm):
    """Acceptance, in the order in which one asks on the phone."""

    customer_name = forms.CharField(
        label=_("Customer"),
        max_length=120,
        help_text=_("Name or telephone number: choose from the list, or go on for somebody new."),
        widget=forms.TextInput(
            _finder("customer_name", "complaints:find_customer", "customers", keeps="id_customer")
            | {"autofocus": True}
        ),
    )
    contact = forms.CharField(
        label=_("Contact"), max_length=120, required=False, help_text=_("Phone or address.")
    )
    channel = forms.TypedChoiceField(label=_("Channel"), choices=Channel, coerce=Channel)
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
        label=_("Staff concerned"),
        required=False,
        max_length=80,
        help_text=_("Work number or name, if known."),
        widget=forms.TextInput(_finder("staff_concerned", "complaints:find_staff", "staff")),
    )
    call = forms.CharField(
        label=_("Call"),
        required=False,
        max_length=200,
        help_text=_("Source and number, such as hotline/0042."),
    )
    attachments = FilesField(label=_("Files"), required=False)
    form_key = forms.UUIDField(initial=uuid4, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attachments"].help_text = _(
            "Choose several, or drop them here: %(kinds)s; at most %(most)d, each up to %(size)d MB."
        ) % {"kinds": IN_WORDS, "most": MOST, "size": LARGEST >> 20}

    def clean_staff_concerned(self) -> User | None:
        """Return the person with this work number, or the only one of this name."""
        words = self.cleaned_data["staff_concerned"].strip()
        if not words:
            return None
        found = list(User.objects.filter(Q(work_number=words) | Q(name=words, is_active=True))[:2])
        if len(found) != 1:
            raise forms.ValidationError(
                _("Several people are called %(words)s. Give the work number.")
                if found
                else _("Nobody has the work number or the name %(words)s. Check it, or leave it empty."),
                params={"words": words},
            )
        person: User = found[0]
        return person

    def offer_calls(self, customer: Customer) -> None:
        """Let the call be chosen among the customer's latest that the person sees; without any it is typed."""
        calls = recent_calls(self.person, customer)
        if not calls:
            return
        self.fields["call"].help_text = ""
        told = [(f"{call.source}/{call.call_id}", _call_in_words(call)) for call in calls]
        typed = self["call"].value()
        if typed and typed not in dict(told):
            told.insert(0, (typed, typed))
        self.fields["call"].widget = forms.Select(choices=[("", _("none of these")), *told])

    def go_to_first_mistake(self) -> None:
        """Have the browser put the cursor where something is wrong."""
        wrong = next((name for name in self.fields if name in self.errors), None)
        if wrong:
            self.fields["customer_name"].widget.attrs.pop("autofocus")
            self.fields[wrong].widget.attrs["autofocus"] = True


def _call_in_words(call: Any) -> str:
    parts = (brief(call.entered_at), call.queue_name, call.agent_name, call.call_id)
    return " · ".join(filter(None, map(str, parts)))
