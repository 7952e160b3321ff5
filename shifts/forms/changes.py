"""What people type about changes of their roster: shape only, no rules."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agents.models import User
from callcenter.templatetags.ui import duration
from shifts.enums import ChangeKind
from shifts.moving import STEP, Times

EXTRA = 8
"""So many half hours can be added at each end."""


class AskForm(forms.Form):
    """What every kind has: a reason that whoever agrees reads. `given` is what the service is given beside the shift."""

    kind: ClassVar[ChangeKind]
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Your colleague and your lead read it."),
    )

    def __init__(self, *args: Any, shift: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shift = shift

    @property
    def given(self) -> dict[str, Any]:
        """Return what the service is given."""
        return dict(self.cleaned_data)


class SwapForm(AskForm):
    """For which shift of a colleague; `offers` are those that fit on the chosen day."""

    kind = ChangeKind.SWAP
    other_shift = forms.IntegerField(
        label=gettext_lazy("Shift of a colleague"), widget=forms.RadioSelect, min_value=1
    )
    field_order = ("other_shift", "reason")

    def __init__(self, *args: Any, offers: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other_shift"].widget.choices = [(one.other.pk, _offered(one)) for one in offers]

    @property
    def given(self) -> dict[str, Any]:
        """Return what the service is given."""
        return {"other_shift_id": self.cleaned_data["other_shift"], "reason": self.cleaned_data["reason"]}


def _offered(one: Any) -> str:
    since, until = (localtime(at) for at in (one.other.published_starts_at, one.other.published_ends_at))
    parts = (f"{since:%H:%M}–{until:%H:%M}", one.colleague.name, one.other.skill)
    return " · ".join(str(part) for part in parts if part)


class SubstituteForm(AskForm):
    """Which colleague; `people` are those who fit."""

    kind = ChangeKind.SUBSTITUTE
    colleague = forms.ModelChoiceField(
        User.objects.filter(is_active=True), label=gettext_lazy("Colleague"), empty_label=None
    )
    field_order = ("colleague", "reason")

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleague"].choices = [(one.pk, str(one)) for one in people]


class TimesForm(AskForm):
    """New times of the own shift, by half hours added at its begin (`before`) and at its end (`after`)."""

    def steps(self) -> tuple[int, int]:
        """Return by how many half hours the shift begins earlier and ends later."""
        raise NotImplementedError

    @property
    def given(self) -> dict[str, Any]:
        """Return what the service is given."""
        before, after = self.steps()
        shift = self.shift
        times = Times(shift.published_starts_at - before * STEP, shift.published_ends_at + after * STEP)
        return {"times": times, "reason": self.cleaned_data["reason"]}


class FlexibleForm(TimesForm):
    """By how much the whole shift lies earlier or later; `most` is what a week allows."""

    kind = ChangeKind.FLEXIBLE
    moved = forms.TypedChoiceField(label=gettext_lazy("The shift lies"), coerce=int, widget=forms.RadioSelect)
    field_order = ("moved", "reason")

    def __init__(self, *args: Any, most: timedelta, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = most // STEP
        self.fields["moved"].choices = [
            (steps, self._label(steps)) for steps in range(-reach, reach + 1) if steps
        ]

    def _label(self, steps: int) -> str:
        shift = self.shift
        since, until = (
            localtime(at + steps * STEP) for at in (shift.published_starts_at, shift.published_ends_at)
        )
        words = _("%(time)s later") if steps > 0 else _("%(time)s earlier")
        return f"{since:%H:%M}–{until:%H:%M} · {words % {'time': duration(steps * STEP)}}"

    def steps(self) -> tuple[int, int]:
        """Return the same at both ends, once with a minus."""
        moved: int = self.cleaned_data["moved"]
        return -moved, moved


def _added() -> list[tuple[int, str]]:
    return [(0, _("no time")), *((steps, duration(steps * STEP)) for steps in range(1, EXTRA + 1))]


class ExtendForm(TimesForm):
    """How much is added before and after."""

    kind = ChangeKind.EXTEND
    before = forms.TypedChoiceField(label=gettext_lazy("Added before"), coerce=int, choices=_added)
    after = forms.TypedChoiceField(label=gettext_lazy("Added after"), coerce=int, choices=_added)
    field_order = ("before", "after", "reason")

    def steps(self) -> tuple[int, int]:
        """Return what was chosen."""
        return self.cleaned_data["before"], self.cleaned_data["after"]


class TakeForm(AskForm):
    """An open shift is taken as it is."""

    kind = ChangeKind.PICK_UP


class NothingForm(forms.Form):
    """Nothing to type."""


class ApprovalForm(forms.Form):
    """What is said with an approval."""

    decision = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)


class RefusalForm(forms.Form):
    """Why a change is refused."""

    decision = forms.CharField(
        label=gettext_lazy("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
