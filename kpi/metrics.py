"""Every metric of the house, defined once: pages, REST and help read it here."""

from typing import Final

from django.db.models import Count, F, Func, Q, Sum, TextField
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from calls.enums import Outcome
from kpi.measures import (
    ABANDONED,
    ANSWERED,
    KNOWN_HANDLE,
    LONG_CALL,
    NO_SHORT,
    RATED,
    RULE_C,
    SHORT,
    SHORT_ABANDON,
    Metric,
    count_of,
    lengths,
    offered_for_rates,
    service_levels,
)

AGENT_DAY: Final = Func(
    F("agent_key"), F("local_day"), template="(%(expressions)s)", output_field=TextField()
)
AGENTS: Final = Count("agent_key", distinct=True, filter=ANSWERED & ~Q(agent_key=""))
AGENT_DAYS: Final = Count(AGENT_DAY, distinct=True, filter=ANSWERED & ~Q(agent_key=""))
CALLS_A_DAY: Final = 70
"""Calls that an agent is to answer on a day (domain §6)."""

METRICS: Final[tuple[Metric, ...]] = (
    Metric("offered", _("Offered"), "calls", _("entries of a caller into a queue"), count_of()),
    Metric("answered", _("Answered"), "calls", _("entries that an agent answered"), count_of(ANSWERED), None, True),
    Metric(
        "abandoned",
        _("Abandoned"),
        "calls",
        _("entries in which the caller hung up before an answer"),
        count_of(ABANDONED),
        None,
        False,
        _("Time-outs and exits by key are counted apart, as flowed out."),
    ),
    Metric(
        "short_abandoned",
        _("Short abandons"),
        "calls",
        format_lazy(_("abandoned within {} s of entering the queue"), SHORT_ABANDON),
        count_of(SHORT),
        cannot_say=NO_SHORT,
    ),
    Metric("flowed_out", _("Flowed out"), "calls", _("time-outs and exits by key"), count_of(Q(outcome=Outcome.FLOWED_OUT))),
    Metric(
        "unknown_outcome",
        _("Outcome unknown"),
        "calls",
        _("entries whose end was not recorded"),
        count_of(Q(outcome=Outcome.UNKNOWN)),
        None,
        False,
    ),
    Metric(
        "answer_rate",
        _("Answer rate"),
        "share",
        _("answered / (offered − short abandons)"),
        count_of(ANSWERED),
        offered_for_rates(),
        True,
        NO_SHORT,
        RULE_C,
        of_lost=True,
    ),
    Metric(
        "abandon_rate",
        _("Abandon rate"),
        "share",
        _("(abandoned − short abandons) / (offered − short abandons)"),
        count_of(ABANDONED & (Q(wait_seconds__gt=SHORT_ABANDON) | Q(wait_seconds=None))),
        offered_for_rates(),
        False,
        NO_SHORT,
        RULE_C,
        of_lost=True,
    ),
    *service_levels(20),
    *service_levels(60),
    *lengths("speed_of_answer", _("Speed of answer"), F("wait_seconds"), ANSWERED & Q(wait_seconds__isnull=False),
              less_is_better=True, gap=_("Says nothing about callers who gave up.")),
    *lengths("talk_time", _("Talk time"), F("talk_seconds"), KNOWN_HANDLE),
    *lengths("handle_time", _("Handle time"), F("handle"), KNOWN_HANDLE,
              gap=_("Talk, hold and wrap-up; a source that does not record hold or wrap-up shows talk alone."),
              limit=LONG_CALL),
    Metric(
        "share_talk_le_300s",
        _("Talk within 5 minutes"),
        "share",
        _("answered with at most 300 s of talk / answered calls whose talk is known"),
        count_of(ANSWERED & Q(talk_seconds__lte=LONG_CALL)),
        count_of(KNOWN_HANDLE),
    ),
    Metric(
        "share_handled_le_300s",
        _("Handled within 5 minutes"),
        "share",
        _("answered and handled in at most 300 s / answered calls whose talk is known"),
        count_of(KNOWN_HANDLE & Q(handle__lte=LONG_CALL)),
        count_of(KNOWN_HANDLE),
        True,
        _("Where hold or wrap-up is not recorded, only talk is measured."),
    ),
    Metric("resolved", _("Resolved"), "calls", _("calls marked resolved"), count_of(Q(resolved=True)), None, True),
    Metric(
        "fcr_of_answered",
        _("Resolved at first contact, of answered"),
        "share",
        _("marked resolved / answered"),
        count_of(Q(resolved=True)),
        count_of(ANSWERED),
        True,
        _("Rests on the agent's mark, not on whether the customer called again."),
    ),
    Metric(
        "fcr_of_offered",
        _("Resolved at first contact, of offered"),
        "share",
        _("marked resolved / offered"),
        count_of(Q(resolved=True)),
        count_of(),
        True,
        _("Rests on the agent's mark, not on whether the customer called again."),
        of_lost=True,
    ),
    Metric("satisfaction_n", _("Satisfaction: rated calls"), "calls", _("calls with a rating"), count_of(RATED)),
    Metric(
        "satisfaction_mean",
        _("Satisfaction"),
        "rating",
        _("sum of the ratings 1 to 5 / rated calls"),
        Sum("satisfaction"),
        count_of(RATED),
        True,
        _("Only of those who rated."),
    ),
    *(
        Metric(
            f"satisfaction_{mark}",
            format_lazy(_("Satisfaction: rated {}"), mark),
            "calls",
            format_lazy(_("calls rated {}"), mark),
            count_of(Q(satisfaction=mark)),
        )
        for mark in (1, 2, 3, 4, 5)
    ),
    Metric(
        "satisfaction_share_4_5",
        _("Satisfied (4 or 5)"),
        "share",
        _("rated 4 or 5 / rated calls"),
        count_of(Q(satisfaction__gte=4)),
        count_of(RATED),
        True,
        _("Only of those who rated."),
    ),
    Metric("rating_rate", _("Response rate"), "share", _("rated calls / answered"), count_of(RATED), count_of(ANSWERED), True),
    Metric("agents", _("Agents"), "people", _("agents with at least one answered call"), AGENTS),
    Metric("agent_days", _("Agent-days"), "days", _("agents × days with at least one answered call"), AGENT_DAYS),
    Metric(
        "calls_per_agent_day",
        _("Calls per agent and day"),
        "calls a day",
        _("answered / agent-days with at least one answered call"),
        count_of(ANSWERED & ~Q(agent_key="")),
        AGENT_DAYS,
        True,
        _("Hours worked are not part of it; a half day counts as a day."),
        target=CALLS_A_DAY,
    ),
)  # fmt: skip
REGISTRY: Final[dict[str, Metric]] = {metric.key: metric for metric in METRICS}
