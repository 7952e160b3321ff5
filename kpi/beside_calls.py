"""Metrics of complaints, feedback and shifts (kpi/selectors/sources), some of them set against calls."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from kpi.counters import elsewhere
from kpi.measures import ANSWERED, Metric

OF_OTHERS: Final = (
    Metric(
        "rostered_agent_days",
        _("Rostered agent-days"),
        "days",
        _("agents × days with a published shift"),
        elsewhere("shifts", "rostered_days"),
    ),
    Metric(
        "calls_per_rostered_day",
        _("Calls per rostered agent and day"),
        "calls a day",
        _("answered on days with a published shift / agents × days with a published shift"),
        elsewhere("shifts", "rostered_calls"),
        elsewhere("shifts", "rostered_days"),
        more_is_better=True,
        cannot_say=_("Says nothing of calls that people without a shift answer; a half day counts as a day."),
    ),
    Metric(
        "occupancy",
        _("Occupancy"),
        "share",
        _("time on calls and in wrap-up / (time on calls, in wrap-up and available)"),
        elsewhere("shifts", "busy_seconds"),
        elsewhere("shifts", "busy_seconds") + elsewhere("shifts", "available_seconds"),
        cannot_say=_("Rests on the states that the telephone system logged; pauses and meetings are left out."),
        rule=_("occupancy by logged states, version 1"),
    ),
    Metric(
        "adherence",
        _("Adherence"),
        "share",
        _("seconds in the state that the roster asks for / scheduled seconds"),
        elsewhere("shifts", "right_seconds"),
        elsewhere("shifts", "scheduled_seconds"),
        more_is_better=True,
        cannot_say=_("Only of shifts that are over and of which states were logged."),
        rule=_("adherence to the roster of that day, version 1"),
    ),
    Metric(
        "complaints",
        _("Complaints"),
        "complaints",
        _("complaints received"),
        elsewhere("complaints", "received"),
        more_is_better=False,
    ),
    Metric(
        "valid_complaints",
        _("Valid complaints"),
        "complaints",
        _("complaints ruled valid, by the day on which they were received"),
        elsewhere("complaints", "valid"),
        more_is_better=False,
        cannot_say=_("Those that are not ruled yet may still be added."),
    ),
    Metric(
        "valid_complaints_per_10k",
        _("Valid complaints per 10,000 calls"),
        "per 10,000",
        _("10,000 × complaints ruled valid, by the day on which they were received / answered"),
        elsewhere("complaints", "valid") * 10_000,
        ANSWERED,
        more_is_better=False,
        cannot_say=_("Complaints that did not come from a call count as well; those that are not ruled yet may still be added."),
    ),
    Metric(
        "complaints_on_time",
        _("Complaints on time"),
        "share",
        _("complaints whose solution was due and came in time / complaints whose solution was due or has come"),
        elsewhere("complaints", "on_time"),
        elsewhere("complaints", "judged"),
        more_is_better=True,
        cannot_say=_("By the day of receipt; says nothing about complaints that still have time."),
        rule=_("deadline of the solution, version 1"),
    ),
    Metric(
        "feedback_on_time",
        _("Feedback answered on time"),
        "share",
        _("items first answered within their deadline / items first answered"),
        elsewhere("feedback", "on_time"),
        elsewhere("feedback", "answered"),
        more_is_better=True,
        cannot_say=_("Told by whole weeks, and only where enough items hide each single one."),
        rule=_("deadline of the answer, version 1"),
    ),
)  # fmt: skip
