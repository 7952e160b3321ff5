"""What people type about schemes and trials: shape only, no rules. Shares are typed in per cent."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agents.models import Site
from callcenter.access import Role
from kpi import months
from kpi.enums.schemes import ASSESSED_ROLES, GateKind, Weighing
from kpi.facts import GateFacts, GradeFacts, IndicatorFacts, SchemeFacts
from kpi.filters.targets import metric_choices
from kpi.metrics import REGISTRY
from kpi.models import Checklist
from kpi.selectors.assessing import can_score

CHECKLIST: Final = "checklist:"
ROLES: Final = [(role.value, role.label) for role in ASSESSED_ROLES]
PERCENT: Final = 100
CURVE: Final = ("threshold", "target", "stretch")
USUAL_GRADES: Final = [
    {"name": "A", "at_least": 100, "factor": Decimal("1.2")},
    {"name": "B", "at_least": 80, "factor": Decimal(1)},
    {"name": "C", "at_least": 60, "factor": Decimal("0.8")},
    {"name": "D", "at_least": 0, "factor": Decimal("0.5")},
]


class MonthField(forms.DateField):
    """A month, as its first day; the last one over unless something else is suggested."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("initial", lambda: months.after(months.first_of(timezone.localdate()), -1))
        widget = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
        super().__init__(widget=widget, input_formats=["%Y-%m", "%Y-%m-%d"], **kwargs)

    def clean(self, value: Any) -> date | None:
        """Return the first day of the month."""
        day = super().clean(value)
        return day and months.first_of(day)


def scale(metric: str) -> int:
    """Return by what a figure is multiplied to be typed: shares in per cent; "" is a checklist's share."""
    return PERCENT if not metric or REGISTRY[metric].unit == "share" else 1


def _number(label: Any, **kwargs: Any) -> forms.FloatField:
    return forms.FloatField(label=label, required=False, **kwargs)


class _Row(forms.Form):
    """A line of a table of fields; each control says its own column."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label


class IndicatorForm(_Row):
    """One indicator; a line without a figure is left out."""

    what = forms.ChoiceField(label=_("Figure or checklist"), required=False)
    weighing = forms.ChoiceField(label=_("Kind"), choices=Weighing.choices, required=False)
    weight = forms.IntegerField(label=_("Weight"), min_value=1, max_value=100, required=False)
    threshold = _number(_("Threshold"))
    target = _number(_("Target"))
    stretch = _number(_("Stretch"))
    threshold_points = forms.IntegerField(
        label=_("Points at the threshold"), min_value=0, max_value=1000, initial=60, required=False
    )
    target_points = forms.IntegerField(
        label=_("Points at the target"), min_value=0, max_value=1000, initial=100, required=False
    )
    stretch_points = forms.IntegerField(
        label=_("Points at the stretch"), min_value=0, max_value=1000, initial=120, required=False
    )

    def __init__(self, *args: Any, checklists: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        what: Any = self.fields["what"]
        scored = [(key, name) for key, name in metric_choices() if can_score(REGISTRY[key])]
        what.choices = [("", "–"), *scored, *checklists]

    def clean(self) -> dict[str, Any]:
        """Ask for the whole line once a figure is chosen."""
        given = super().clean() or {}
        if given.get("what"):
            for name in self.fields:
                if given.get(name) is None and name not in self.errors:
                    self.add_error(name, ValidationError(_("This is missing."), code="required"))
        return given

    @property
    def facts(self) -> IndicatorFacts | None:
        """Return what the valid line says; None of an empty one."""
        given = dict(self.cleaned_data)
        what = given.pop("what", "")
        if not what:
            return None
        named = what.startswith(CHECKLIST)
        metric = "" if named else what
        checklist = Checklist.objects.get(pk=what.removeprefix(CHECKLIST)) if named else None
        for name in CURVE:
            given[name] /= scale(metric)
        return IndicatorFacts(metric=metric, checklist=checklist, **given)


class GradeForm(_Row):
    """One grade; a line without a name is left out."""

    name = forms.CharField(label=pgettext_lazy("assessment", "Grade"), max_length=20, required=False)
    at_least = forms.DecimalField(
        label=_("From a score of"), min_value=0, max_value=1000, decimal_places=1, required=False
    )
    factor = forms.DecimalField(
        label=_("Factor of the bonus"), min_value=0, max_value=10, decimal_places=2, required=False
    )

    @property
    def facts(self) -> GradeFacts | None:
        """Return what the valid line says; None of an empty one."""
        given = self.cleaned_data
        if not given.get("name"):
            return None
        factor = given["factor"]
        return GradeFacts(
            given["name"], given["at_least"] or Decimal(0), Decimal(1) if factor is None else factor
        )


class GateForm(_Row):
    """One gate; a line without a grade is left out."""

    kind = forms.ChoiceField(label=_("What happened"), choices=GateKind.choices, required=False)
    count = forms.IntegerField(
        label=_("From this number on"), min_value=1, max_value=100, initial=1, required=False
    )
    cap = forms.CharField(label=_("Best grade"), max_length=20, required=False)

    @property
    def facts(self) -> GateFacts | None:
        """Return what the valid line says; None of an empty one."""
        given = self.cleaned_data
        return GateFacts(given["kind"], given["cap"], given["count"] or 1) if given.get("cap") else None


IndicatorSet: Any = forms.formset_factory(IndicatorForm, extra=2, min_num=6, max_num=30)
GradeSet: Any = forms.formset_factory(GradeForm, extra=1, min_num=5, max_num=30)
GateSet: Any = forms.formset_factory(GateForm, extra=1, min_num=2, max_num=30)


class SchemeForm(forms.Form):
    """A version with its indicators, grades and gates, each a table of lines."""

    name = forms.CharField(label=_("Name"), max_length=80)
    note = forms.CharField(
        label=_("What it is for"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )
    team_share = forms.IntegerField(
        label=_("Share of the team's figures, in per cent"),
        min_value=0,
        max_value=100,
        initial=0,
        help_text=_("Of an agent the team, of a lead the team that is led, of a supervisor the site."),
    )

    def __init__(self, data: Any = None, *, facts: SchemeFacts | None = None) -> None:
        initial = {"name": facts.name, "note": facts.note, "team_share": facts.team_share} if facts else None
        super().__init__(data, initial=initial)
        checklists = [(f"{CHECKLIST}{one.pk}", str(one)) for one in Checklist.objects.filter(is_active=True)]
        lines = initial_lines(facts)
        given = {"form_kwargs": {"checklists": checklists}}
        self.indicators = IndicatorSet(data, prefix="indicator", initial=lines["indicators"], **given)
        self.grades = GradeSet(data, prefix="grade", initial=lines["grades"])
        self.gates = GateSet(data, prefix="gate", initial=lines["gates"])

    def is_valid(self) -> bool:
        """Say whether everything is right, lines included."""
        parts = [part.is_valid() for part in (self.indicators, self.grades, self.gates)]
        return super().is_valid() and all(parts)

    @property
    def facts(self) -> SchemeFacts:
        """Return what the valid form says."""
        lines: dict[str, Any] = {
            name: [form.facts for form in part if form.facts]
            for name, part in (
                ("indicators", self.indicators),
                ("grades", self.grades),
                ("gates", self.gates),
            )
        }
        return SchemeFacts(**self.cleaned_data, **lines)


class NewSchemeForm(SchemeForm):
    """A first version also names its role."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES)
    field_order = ("role", "name", "note", "team_share")

    @property
    def facts(self) -> SchemeFacts:
        """Return what the valid form says, without the role."""
        role = self.cleaned_data.pop("role")
        try:
            return super().facts
        finally:
            self.cleaned_data["role"] = role


def initial_lines(facts: SchemeFacts | None) -> dict[str, list[dict[str, Any]]]:
    """Return the lines that the form begins with; without a version the usual grades."""
    if facts is None:
        return {"indicators": [], "grades": USUAL_GRADES, "gates": []}
    return {
        "indicators": [_typed(one) for one in facts.indicators],
        "grades": [
            {"name": one.name, "at_least": one.at_least, "factor": one.factor} for one in facts.grades
        ],
        "gates": [{"kind": one.kind, "count": one.count, "cap": one.cap} for one in facts.gates],
    }


def _typed(one: IndicatorFacts) -> dict[str, Any]:
    what = f"{CHECKLIST}{one.checklist.pk}" if one.checklist else one.metric
    names = ("weighing", "weight", "threshold_points", "target_points", "stretch_points")
    figures = {name: round(getattr(one, name) * scale(one.metric), 6) for name in CURVE}
    return {"what": what, **{name: getattr(one, name) for name in names}, **figures}


class AdoptForm(forms.Form):
    """From which month on a version holds."""

    since = MonthField(
        label=_("From month"), initial=lambda: months.after(months.first_of(timezone.localdate()))
    )


class TrialForm(forms.Form):
    """Which months, and where."""

    first_month = MonthField(label=_("First month"))
    last_month = MonthField(label=_("Last month"))
    site = forms.ModelChoiceField(Site.objects.all(), label=_("Site"), required=False)

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        site: Any = self.fields["site"]
        if person.holds(Role.SERVICE_MANAGER, Role.EXECUTIVE):
            site.empty_label = _("All sites")
        else:
            site.queryset, site.required, site.empty_label = person.sites, True, None


class RunForm(forms.Form):
    """The month, role and site to assess."""

    month = MonthField(label=_("Month"))
    role = forms.ChoiceField(label=_("Role"), choices=ROLES)
    site = forms.ModelChoiceField(Site.objects.all(), label=_("Site"), empty_label=None)

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not person.holds(Role.SERVICE_MANAGER, Role.EXECUTIVE):
            site: Any = self.fields["site"]
            site.queryset = person.sites
