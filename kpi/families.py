"""Metrics that exist for every whole threshold: service levels by the rules that houses use, shares of short calls."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kpi.counters import Formula, length
from kpi.measures import (
    ABANDONED,
    ANSWERED,
    FOR_RATES,
    NO_LOST,
    NO_SHORT,
    NO_WAIT,
    OFFERED,
    RULE_C,
    Metric,
    Words,
)

MOST: Final = 600
"""Seconds up to which thresholds are exact."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A way to reckon the service level: against what, what else counts as good, and what that cannot say."""

    against: Words
    base: Callable[[int], Formula]
    rule: Words
    cannot_say: Words
    quick_losses: bool = False
    of_lost: bool = True


RULES: Final[dict[str, Rule]] = {
    "A": Rule(
        _("(answered + abandoned)"),
        lambda _seconds: ANSWERED + ABANDONED,
        _("service level A, version 1"),
        NO_WAIT,
    ),
    "B": Rule(
        _("answered"), lambda _seconds: ANSWERED, _("service level B, version 1"), NO_LOST, of_lost=False
    ),
    "C": Rule(
        _("(offered − short abandons)"),
        lambda _seconds: FOR_RATES,
        RULE_C,
        format_lazy("{} {}", NO_SHORT, NO_WAIT),
    ),
    "D": Rule(
        _("offered"),
        lambda _seconds: OFFERED,
        _("service level D, version 1"),
        _("Whoever hangs up fast counts as served well."),
        quick_losses=True,
    ),
    "E": Rule(
        _("(answered + abandoned later than that)"),
        lambda seconds: ANSWERED + ABANDONED - length("lost_wait", "within", seconds),
        _("service level E, version 1"),
        format_lazy("{} {}", _("Whoever hangs up in time is left out."), NO_WAIT),
    ),
}


def service_level(rule: str, seconds: int, key: str = "") -> Metric:
    """Return the service level by a rule: served within so many seconds of entering the queue, inclusive."""
    how = RULES[rule]
    name = format_lazy(_("Service level within {} s"), seconds)
    served = length("wait", "within", seconds)
    top = format_lazy(_("answered within {} s"), seconds)
    if how.quick_losses:
        served += length("lost_wait", "within", seconds)
        top = format_lazy(_("answered or abandoned within {} s"), seconds)
    return Metric(
        key or f"service_level_{rule}_{seconds}",
        name if key else format_lazy(_("{}, rule {}"), name, rule),
        "share",
        format_lazy("{} / {}", top, how.against),
        served,
        how.base(seconds),
        more_is_better=True,
        cannot_say=how.cannot_say,
        rule=how.rule,
        of_lost=how.of_lost,
    )


def plain_service_level(seconds: int) -> Metric:
    """Return the service level by the rule of the house, C."""
    return service_level("C", seconds, f"service_level_{seconds}")


def answered_within_of_offered(seconds: int) -> Metric:
    """Return how many of all offered calls were answered in time."""
    return Metric(
        f"answered_within_{seconds}_of_offered",
        format_lazy(_("Answered within {} s, of offered"), seconds),
        "share",
        format_lazy("{} / {}", format_lazy(_("answered within {} s"), seconds), _("offered")),
        length("wait", "within", seconds),
        OFFERED,
        more_is_better=True,
        cannot_say=NO_WAIT,
        rule=_("service level A with flow-outs, version 1"),
        of_lost=True,
    )


def answered_within_of_answered(seconds: int) -> Metric:
    """Return how many of the answered calls were answered in time."""
    return Metric(
        f"answered_within_{seconds}_of_answered",
        format_lazy(_("Answered within {} s, of answered"), seconds),
        "share",
        format_lazy("{} / {}", format_lazy(_("answered within {} s"), seconds), _("answered")),
        length("wait", "within", seconds),
        ANSWERED,
        more_is_better=True,
        cannot_say=NO_LOST,
        rule=RULES["B"].rule,
    )


def talked_within(seconds: int) -> Metric:
    """Return the share of calls with at most so many seconds of talk."""
    return Metric(
        f"share_talk_le_{seconds}s",
        format_lazy(_("Talk within {} s"), seconds),
        "share",
        format_lazy(_("answered with at most {} s of talk / answered calls whose talk is known"), seconds),
        length("talk", "within", seconds),
        length("talk", "n"),
    )


def handled_within(seconds: int) -> Metric:
    """Return the share of calls that were handled within so many seconds."""
    return Metric(
        f"share_handled_le_{seconds}s",
        format_lazy(_("Handled within {} s"), seconds),
        "share",
        format_lazy(_("answered and handled in at most {} s / answered calls whose talk is known"), seconds),
        length("handle", "within", seconds),
        length("handle", "n"),
        more_is_better=True,
        cannot_say=_("Where hold or wrap-up is not recorded, only talk is measured."),
    )


@dataclass(frozen=True, slots=True)
class Family:
    """Keys of one shape. In `key`, {rule} is a letter of RULES and {seconds} a whole number from 0 to MOST."""

    key: str
    name: Words
    pattern: re.Pattern[str]
    make: Callable[..., Metric]

    def member(self, key: str) -> Metric | None:
        """Return the metric with this key; None if the key is of another shape or the threshold too long."""
        found = self.pattern.fullmatch(key)
        if not found or int(found["seconds"]) > MOST:
            return None
        return self.make(*(part if part.isalpha() else int(part) for part in found.groups()))


def _family(key: str, name: Words, make: Callable[..., Metric]) -> Family:
    # No leading zeros, so that each metric has one key.
    shape = key.replace("{rule}", "(?P<rule>[A-E])").replace("{seconds}", "(?P<seconds>0|[1-9][0-9]{0,2})")
    return Family(key, name, re.compile(shape), make)


FAMILIES: Final = (
    _family("service_level_{seconds}", _("Service level by the rule of the house"), plain_service_level),
    _family("service_level_{rule}_{seconds}", _("Service level by rule A, B, C, D or E"), service_level),
    _family("answered_within_{seconds}_of_offered", _("Answered in time, of offered"), answered_within_of_offered),
    _family("answered_within_{seconds}_of_answered", _("Answered in time, of answered"), answered_within_of_answered),
    _family("share_talk_le_{seconds}s", _("Talk no longer than"), talked_within),
    _family("share_handled_le_{seconds}s", _("Handled in no longer than"), handled_within),
)  # fmt: skip


def member(key: str) -> Metric | None:
    """Return the metric of any family with this key."""
    return next((metric for family in FAMILIES if (metric := family.member(key))), None)
