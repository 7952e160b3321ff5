"""The list of targets: those that hold, those to come, and all that ever held."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.lists.spec import Column, DataList, View
from kpi import words
from kpi.filters.targets import TargetFilter
from kpi.metrics import REGISTRY
from kpi.models import Target


class TargetList(DataList):
    """Targets."""

    name = "targets"
    title = _("Targets")
    url = "kpi:targets"
    permission = "kpi.view"
    views = (
        View("now", _("In force"), lambda rows, person, _now: rows.on(person.today)),
        View(
            "coming",
            pgettext_lazy("targets", "Coming"),
            lambda rows, person, _now: rows.filter(period__startswith__gt=person.today),
        ),
        View("all", pgettext_lazy("targets", "All"), lambda rows, _person, _now: rows),
    )
    columns = (
        Column("metric", _("Figure"), ("metric", "period"), lambda row: row.name),
        Column("key", _("Key"), value=lambda row: row.metric, sheet_only=True),
        Column("place", _("Holds for"), value=lambda row: row.place_name),
        Column("value", _("Target"), value=lambda row: row.value, css="num"),
        Column("since", _("First day"), ("period",), lambda row: row.period.lower),
        Column("until", _("Last day"), value=lambda row: row.last_day),
        Column("set_by", _("Set by"), value=lambda row: str(row.set_by or "")),
        Column("set_at", _("Set"), ("set_at",), lambda row: row.set_at),
    )
    order = "metric"
    filters = TargetFilter
    row = "kpi/_target_row.html"
    empty_title = _("No target here")
    empty_text = _(
        "Without one, a figure is compared with the days before and with all together, or with the target of the house."
    )

    def rows(self, person: Any) -> QuerySet[Target]:
        """Return the targets that the person sees."""
        found: QuerySet[Target] = Target.objects.visible_to(person).for_list()
        return found

    def prepare(self, rows: list[Any], now: datetime) -> None:
        """Say each in words."""
        for row in rows:
            in_words(row)


def in_words(target: Any) -> Any:
    """Give a target its figure, value and place in words."""
    metric = REGISTRY[target.metric]
    target.name, target.shown = metric.name, words.shown(target.metric, target.value)
    target.at_least = bool(metric.more_is_better)
    target.place_name = words.place(target)
    return target
