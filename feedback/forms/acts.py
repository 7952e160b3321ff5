"""What each act on an item asks for: the names are those of its service's arguments."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agents.forms.fields import DayField
from agents.models import User
from feedback.forms.fields import DepartmentField, mark, words
from feedback.models import Item

MOST_DAYS = 60
MARKED = ("expected_days", "expected_quality", "found_quality")


class ActForm(forms.Form):
    """Something done to `item` by `actor`."""

    form_key = forms.UUIDField(initial=uuid4, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: Item, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item, self.actor = item, actor
        self.prepare()

    def prepare(self) -> None:
        """Fill in what the item says already, and offer only what may be chosen."""

    def given(self) -> dict[str, Any]:
        """Return what the service is given, beside the actor, the item and the instant."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}


class AnswerForm(ActForm):
    """What the answering side answers."""

    text = words(pgettext_lazy("feedback", "Answer"))


class AskBackForm(ActForm):
    """What the answering side wants to know."""

    text = words(_("Question"))


class SayForm(ActForm):
    """What the author adds."""

    text = words(pgettext_lazy("feedback", "Add something"), rows=4)


class NoteForm(ActForm):
    """What the answering side writes for itself."""

    text = words(pgettext_lazy("feedback", "Note"), rows=4)


class HandOnForm(ActForm):
    """To which department, and why."""

    to = DepartmentField(label=_("To which department"))
    reason = words(_("Reason"), rows=3)

    def prepare(self) -> None:
        """Offer every other department."""
        field: Any = self.fields["to"]
        field.queryset = field.queryset.exclude(pk=self.item.department_id)


class PublishForm(ActForm):
    """What everybody reads, in the words of the answering side."""

    subject = forms.CharField(label=_("Subject on the board"), max_length=120)
    text = words(
        _("What was asked, in your words"),
        help_text=_("Leave out whatever points at a person: names, places, days, a way of speaking."),
    )

    def prepare(self) -> None:
        """Begin with what stands on the board already."""
        self.initial = {"subject": self.item.public_subject, "text": self.item.public_text}


class ReasonForm(ActForm):
    """Why."""

    reason = words(_("Reason"))


class DisputeForm(ActForm):
    """Why the answer will not do."""

    reason = words(_("What is missing or wrong in the answer"))


class ConfirmForm(ActForm):
    """What was expected and found; all of it or nothing."""

    expected_days = forms.IntegerField(
        label=_("Within how many working days did you expect an answer?"),
        min_value=0,
        max_value=MOST_DAYS,
        required=False,
    )
    expected_quality = mark(_("How good an answer did you expect? (5 is best)"))
    found_quality = mark(_("How good was it?"))
    satisfied = forms.BooleanField(label=_("I am satisfied with how it was handled"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse half a survey."""
        given = super().clean() or {}
        missing = [name for name in MARKED if given.get(name) is None and name not in self.errors]
        if len(missing) < len(MARKED) and not self.errors:
            for name in missing:
                self.add_error(name, _("Answer all three questions, or none."))
        return given

    def given(self) -> dict[str, Any]:
        """Return the survey if it was answered."""
        marks = {name: self.cleaned_data[name] for name in (*MARKED, "satisfied")}
        return {"survey": None if marks["expected_days"] is None else marks}


class AssessForm(ActForm):
    """Whether a suggestion is adopted, why, and by when it is carried out."""

    adopt = forms.TypedChoiceField(
        label=pgettext_lazy("feedback", "Decision"),
        choices=[("yes", _("Adopt")), ("no", _("Decline"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = words(_("Reason"), help_text=_("The author reads it; it is the answer too."))
    carry_out_by = DayField(
        label=_("Carried out by"), required=False, initial=None, help_text=_("Needed if it is adopted.")
    )


class CarryOutForm(ActForm):
    """What was done."""

    result = words(_("What was done"))


class VerifyForm(ActForm):
    """Whether what was done holds."""

    holds = forms.TypedChoiceField(
        label=_("It holds"),
        choices=[("yes", _("Yes")), ("no", _("No, it is to be done anew"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note = words(
        pgettext_lazy("feedback", "Note"), rows=3, required=False, help_text=_("Needed if it does not hold.")
    )
    carry_out_by = DayField(
        label=_("Carried out by"), required=False, initial=None, help_text=_("Needed if it does not hold.")
    )


class RewardForm(ActForm):
    """What the author gets."""

    reward = forms.CharField(label=_("Reward"), max_length=200)


class ShowRewardForm(ActForm):
    """Whether everybody may read who got the reward."""

    shown = forms.BooleanField(label=_("The board may show my name with the reward"), required=False)

    def prepare(self) -> None:
        """Begin with what holds now."""
        self.initial = {"shown": self.item.suggestion.shown}
