"""What an administrator sets of the board."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agents.models import Department
from callcenter.worktime.models import Policy
from feedback.models import Deadline, FeedbackPolicy

LABELS = {
    "silence_days": _("Working days after which an answer counts as accepted"),
    "erase_after_days": _("Days after which a closed anonymous item is erased"),
    "tokens_a_period": _("Anonymous items for each employee and month"),
    "least_in_a_batch": _("Least anonymous items that are handed over together"),
    "longest_wait_hours": _("Working hours after which fewer are handed over too"),
    "smallest_cell": _("Smallest group that figures show"),
    "smallest_unit": _("Smallest site or department that figures show"),
}


class BoardForm(forms.Form):
    """The numbers of the board, and for each department its deadline."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy = FeedbackPolicy.objects.get(pk=1)
        for name, label in LABELS.items():
            self.fields[name] = forms.IntegerField(label=label, initial=getattr(policy, name))
        self.departments = {_field(one): one for one in Department.objects.all()}
        own = dict(Deadline.objects.values_list("department", "policy"))
        for name, department in self.departments.items():
            self.fields[name] = forms.ModelChoiceField(
                Policy.objects.all(),
                label=_("%(department)s answers within") % {"department": department},
                initial=own.get(department.pk),
                required=False,
                empty_label=_("the deadline of the house"),
            )

    @property
    def given(self) -> dict[str, Any]:
        """Return what the service is given: only what is different."""
        changed = self.cleaned_data.items() & {(name, self.cleaned_data[name]) for name in self.changed_data}
        return {
            "changes": {name: value for name, value in changed if name in LABELS},
            "deadlines": {
                self.departments[name]: policy for name, policy in changed if name in self.departments
            },
        }


def _field(department: Department) -> str:
    return f"department_{department.pk}"
