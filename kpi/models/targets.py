"""What is wanted of a metric: dated, for one place, with all that was wanted before."""

from typing import Any, ClassVar, Final

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from agents.models.dated import Dated
from callcenter.access import Role
from callcenter.choices import in_words
from kpi.querysets.targets import TargetQuerySet

PLACES: Final = ("team", "queue", "role", "site")
"""What a target may be limited to, the most particular first; without any it holds for the whole centre."""


def _place(to: str, label: Any) -> models.ForeignKey:
    return models.ForeignKey(
        to, models.PROTECT, null=True, blank=True, related_name="targets", verbose_name=label
    )


class Target(Dated):
    """A value that a metric is to keep: at least or at most, as the metric says, in the metric's own unit.

    It holds for one team, one queue, the people of one role, one site or, without any, the centre; of two that fit the
    more particular holds. The database keeps one at a time for each metric and place; rows that are over stay.
    """

    metric = models.CharField(_("figure"), max_length=60)
    value = models.FloatField(_("target"), validators=[MinValueValidator(0)])
    role = models.CharField(_("role"), max_length=20, choices=Role, blank=True)
    site = _place("agents.Site", _("site"))
    team = _place("agents.Team", _("team"))
    queue = _place("calls.Queue", _("queue"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("set by"),
    )
    set_at = models.DateTimeField(_("set at"))

    get_role_display = in_words("role", Role)

    objects: ClassVar[Any] = TargetQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="target_one_at_a_time",
                expressions=[
                    ("metric", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Coalesce("site", 0), RangeOperators.EQUAL),
                    (Coalesce("team", 0), RangeOperators.EQUAL),
                    (Coalesce("queue", 0), RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="target_of_one_place",
                condition=LessThanOrEqual(
                    Func(
                        *(f"{name}_id" for name in ("site", "team", "queue")),
                        NullIf(F("role"), Value("")),
                        function="num_nonnulls",
                        output_field=models.IntegerField(),
                    ),
                    1,
                ),
            ),
            models.CheckConstraint(name="target_not_negative", condition=Q(value__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.value:g}"

    @property
    def kind(self) -> str:
        """Name what it is limited to: one of PLACES, or “centre”."""
        return next((name for name in PLACES if self.place_in(name)), "centre")

    @property
    def place(self) -> Any:
        """Return the team, queue, role or site that it is limited to; "" for the whole centre."""
        return self.place_in(self.kind) if self.kind in PLACES else ""

    def place_in(self, name: str) -> Any:
        """Return the place of one kind; None or "" where it is not limited to one."""
        return getattr(self, name if name == "role" else f"{name}_id") and getattr(self, name)

    @property
    def asked(self) -> dict[str, Any]:
        """Return its place as an address names it: the kind and the key; nothing for the centre."""
        return {self.kind: self.place if self.kind == "role" else self.place.pk} if self.place else {}
