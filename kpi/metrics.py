"""Every metric of the house, defined once: pages, REST and help read it here."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kpi import families
from kpi.beside_calls import OF_OTHERS
from kpi.counters import SHORT_ABANDON, Formula, calls, people
from kpi.measures import (
    ABANDONED,
    ANSWERED,
    FOR_RATES,
    LONG_CALL,
    MARKS,
    NO_LOST,
    NO_SHORT,
    OFFERED,
    RATED,
    RATINGS,
    RULE_C,
    SHORT,
    Metric,
    lengths,
)

CALLS_A_DAY: Final = 70
"""Calls that an agent is to answer on a day (domain §6)."""
BY_MARK: Final = _("Rests on the agent's mark, not on whether the customer called again.")
WITH_MARK: Final = ANSWERED - calls("no_resolved")
"""Answered calls of which the source says whether they were resolved."""
ONLY_RATED: Final = _("Only of those who rated.")

OF_CALLS: Final = (
    Metric("offered", _("Offered"), "calls", _("entries of a caller into a queue"), OFFERED),
    Metric("answered", _("Answered"), "calls", _("entries that an agent answered"), ANSWERED, more_is_better=True),
    Metric(
        "abandoned",
        _("Abandoned"),
        "calls",
        _("entries in which the caller hung up before an answer"),
        ABANDONED,
        more_is_better=False,
        cannot_say=_("Time-outs and exits by key are counted apart, as flowed out."),
    ),
    Metric(
        "short_abandoned",
        _("Short abandons"),
        "calls",
        format_lazy(_("abandoned within {} s of entering the queue"), SHORT_ABANDON),
        SHORT,
        cannot_say=NO_SHORT,
    ),
    Metric("flowed_out", _("Flowed out"), "calls", _("time-outs and exits by key"), calls("flowed_out")),
    Metric(
        "unknown_outcome",
        _("Outcome unknown"),
        "calls",
        _("entries whose end was not recorded"),
        calls("unknown"),
        more_is_better=False,
    ),
    Metric(
        "answer_rate",
        _("Answer rate"),
        "share",
        _("answered / (offered − short abandons)"),
        ANSWERED,
        FOR_RATES,
        more_is_better=True,
        cannot_say=NO_SHORT,
        rule=RULE_C,
        of_lost=True,
    ),
    Metric(
        "abandon_rate",
        _("Abandon rate"),
        "share",
        _("(abandoned − short abandons) / (offered − short abandons)"),
        ABANDONED - SHORT,
        FOR_RATES,
        more_is_better=False,
        cannot_say=NO_SHORT,
        rule=RULE_C,
        of_lost=True,
    ),
    *(
        make(seconds)
        for seconds in (20, 60)
        for make in (
            families.plain_service_level,
            families.answered_within_of_offered,
            families.answered_within_of_answered,
        )
    ),
    *(families.service_level(rule, 20) for rule in "ABDE"),
    *lengths("speed_of_answer", _("Speed of answer"), "wait", less_is_better=True, gap=NO_LOST),
    *lengths("patience", _("Wait before hanging up"), "lost_wait", gap=_("Says nothing about callers who were answered.")),
    *lengths("talk_time", _("Talk time"), "talk"),
    *lengths("hold_time", _("Hold time"), "hold", gap=_("Only of calls whose hold was recorded.")),
    *lengths("wrap_up_time", _("Wrap-up time"), "wrap", gap=_("Only of calls whose wrap-up was recorded.")),
    *lengths("handle_time", _("Handle time"), "handle",
             gap=_("Talk, hold and wrap-up; a source that does not record hold or wrap-up shows talk alone."),
             limit=LONG_CALL),
    replace(families.talked_within(LONG_CALL), name=_("Talk within 5 minutes")),
    replace(families.handled_within(LONG_CALL), name=_("Handled within 5 minutes")),
    Metric("resolved", _("Resolved"), "calls", _("calls marked resolved"), calls("resolved"), more_is_better=True),
    Metric(
        "fcr_of_answered",
        _("Resolved at first contact, of answered"),
        "share",
        _("marked resolved / answered"),
        calls("resolved"),
        ANSWERED,
        more_is_better=True,
        cannot_say=BY_MARK,
        told=WITH_MARK,
    ),
    Metric(
        "fcr_of_offered",
        _("Resolved at first contact, of offered"),
        "share",
        _("marked resolved / offered"),
        calls("resolved"),
        OFFERED,
        more_is_better=True,
        cannot_say=BY_MARK,
        of_lost=True,
        told=WITH_MARK,
    ),
    Metric(
        "fcr_no_call_in_7_days",
        _("No further call within 7 days"),
        "share",
        _("answered calls after which the customer did not call again within 7 days / answered calls of a known customer"),
        calls("settled"),
        calls("followed"),
        more_is_better=True,
        cannot_say=_("Calls of the last 7 days are left out; a call about something else counts as a further one."),
        rule=_("first contact within 7 days, version 1"),
    ),
    Metric(
        "repeat_rate_7_days",
        _("Called again within 7 days"),
        "share",
        _("answered calls after which the customer called again within 7 days / answered calls of a known customer"),
        calls("followed") - calls("settled"),
        calls("followed"),
        more_is_better=False,
        cannot_say=_("Calls of the last 7 days are left out; a call about something else counts as a further one."),
        rule=_("first contact within 7 days, version 1"),
    ),
    Metric(
        "transfer_rate",
        _("Transfer rate"),
        "share",
        _("transferred to somebody else / answered"),
        calls("transferred"),
        ANSWERED,
        cannot_say=_("Calls whose source does not record transfers count as not transferred; where none does, nothing is shown."),
        told=ANSWERED - calls("no_transferred"),
    ),
    Metric("satisfaction_n", _("Satisfaction: rated calls"), "calls", _("calls with a rating"), RATED),
    Metric(
        "satisfaction_mean",
        _("Satisfaction"),
        "rating",
        _("sum of the ratings 1 to 5 / rated calls"),
        MARKS,
        RATED,
        more_is_better=True,
        cannot_say=ONLY_RATED,
    ),
    *(
        Metric(
            f"satisfaction_{mark}",
            format_lazy(_("Satisfaction: rated {}"), mark),
            "calls",
            format_lazy(_("calls rated {}"), mark),
            Formula(((1, counter),)),
        )
        for mark, counter in enumerate(RATINGS, start=1)
    ),
    Metric(
        "satisfaction_share_4_5",
        _("Satisfied (4 or 5)"),
        "share",
        _("rated 4 or 5 / rated calls"),
        calls("rated_4") + calls("rated_5"),
        RATED,
        more_is_better=True,
        cannot_say=ONLY_RATED,
    ),
    Metric("rating_rate", _("Response rate"), "share", _("rated calls / answered"), RATED, ANSWERED, more_is_better=True),
    Metric("agents", _("Agents"), "people", _("agents with at least one answered call"), people("agents")),
    Metric("agent_days", _("Agent-days"), "days", _("agents × days with at least one answered call"), people("agent_days")),
    Metric(
        "calls_per_agent_day",
        _("Calls per agent and day"),
        "calls a day",
        _("answered / agent-days with at least one answered call"),
        calls("of_somebody"),
        people("agent_days"),
        more_is_better=True,
        cannot_say=_("Hours worked are not part of it; a half day counts as a day."),
        target=CALLS_A_DAY,
    ),
)  # fmt: skip
METRICS: Final[tuple[Metric, ...]] = (*OF_CALLS, *OF_OTHERS)


class Registry(Mapping[str, Metric]):
    """Metrics by key. It lists those of METRICS, and knows every member of the families as well."""

    def __init__(self, metrics: tuple[Metric, ...]) -> None:
        self._listed = {metric.key: metric for metric in metrics}

    def __getitem__(self, key: str) -> Metric:
        """Return the metric; KeyError if there is none."""
        metric = self._listed.get(key) or families.member(key)
        if metric is None:
            raise KeyError(key)
        return metric

    def __iter__(self) -> Iterator[str]:
        return iter(self._listed)

    def __len__(self) -> int:
        return len(self._listed)


REGISTRY: Final = Registry(METRICS)
