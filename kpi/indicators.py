"""What the page of key figures can be about: for each indicator the metric that tells most, and what it asks."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kpi.measures import Metric
from kpi.metrics import REGISTRY

BAND: Final = ("p10", "p50", "p90")
"""The percentiles of a band: one call in ten is shorter than the first, half are shorter than the second."""


SPREAD_OVER: Final = {"service_level": "speed_of_answer", "satisfaction": "satisfaction"}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. `family` names the statistics of a length of time ("" for any other), `by` what it compares first.

    `where` asks which groups stand out, `when` which hours do.
    """

    key: str
    label: Promise
    figure: str
    where: Promise
    when: Promise
    family: str = ""
    by: str = "team"
    low_is_bad: bool = True

    @property
    def metric(self) -> Metric:
        """The metric that trend and hours show, and that groups are ordered by."""
        return REGISTRY[self.figure]

    @property
    def band(self) -> tuple[str, ...]:
        """The metrics of its band; none for what is no length of time."""
        return tuple(f"{self.family}_{part}" for part in BAND) if self.family else ()

    @property
    def lengths(self) -> str:
        """What its calls are spread over: its own lengths of time, the wait behind a service level, ratings; "" is nothing."""
        return self.family or SPREAD_OVER.get(self.key, "")


def _length(family: str, label: Promise, where: Promise, when: Promise, by: str = "team") -> Indicator:
    return Indicator(family, label, f"{family}_p90", where, when, family, by, low_is_bad=False)


# Nobody answers a lost call, so it has no team: what is about lost calls compares queues first.
_ALL: Final = (
    _length(
        "handle_time", _("Handle time"), _("Where do calls take too long?"), _("When do calls take long?")
    ),
    Indicator(
        "answer_rate",
        _("Answer rate"),
        "answer_rate",
        _("Which calls go unanswered?"),
        _("When do we lose callers?"),
        by="queue",
    ),
    _length("speed_of_answer", _("Wait"), _("Who waits too long?"), _("When do callers wait?"), by="queue"),
    Indicator(
        "service_level",
        _("Within 20 s"),
        "service_level_20",
        _("Where is a quick answer rare?"),
        _("When is a quick answer rare?"),
        by="queue",
    ),
    _length("talk_time", _("Talk time"), _("Where do people talk long?"), _("When do people talk long?")),
    Indicator(
        "first_contact",
        _("First contact"),
        "fcr_of_answered",
        _("Where is one call not enough?"),
        _("When is one call not enough?"),
    ),
    Indicator(
        "satisfaction",
        _("Satisfaction"),
        "satisfaction_mean",
        _("Where are callers less satisfied?"),
        _("When are callers less satisfied?"),
    ),
)
INDICATORS: Final = {indicator.key: indicator for indicator in _ALL}

COMPARED: Final = {
    "site": _("Sites"),
    "team": _("Teams"),
    "agent": _("Agents"),
    "queue": _("Queues"),
    "topic": _("Topics"),
}
"""What an indicator can be compared by."""
NEXT: Final = {"site": "team", "team": "agent", "queue": "topic", "topic": "queue", "agent": "topic"}
"""What is compared inside one of them, when it is opened."""
