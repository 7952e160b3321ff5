"""What a step changed, in words: the facts that services write down by name."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.templatetags.ui import dated, instant
from complaints.enums import (
    Act,
    ClockKind,
    CorrectionState,
    EvidenceKind,
    FollowUpMeans,
    FollowUpOutcome,
    Outcome,
    Tier,
)
from complaints.models import Step


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a step; `before` is what it took the place of."""

    label: str
    value: str
    before: str = ""


def _instant(value: Any) -> str:
    return instant(datetime.fromisoformat(value))


def _day(value: Any) -> str:
    return dated(date.fromisoformat(value))


def _of(*choices: Any) -> Callable[[Any], str]:
    words = {value: label for one in choices for value, label in one.choices}
    return lambda value: str(words.get(value, value))


LABELS: Mapping[str, Promise] = {
    "account": pgettext_lazy("fact", "What happened"),
    "call": _("Call"),
    "caller": _("Callback agent"),
    "cause": _("Cause"),
    "clock": _("Clock"),
    "customer": _("Customer"),
    "due_at": _("Due"),
    "due_on": _("By when"),
    "file": _("File"),
    "handler": _("Handler"),
    "into": _("Merged into"),
    "investigator": _("Investigator"),
    "kind": _("Kind"),
    "means": _("Asked by"),
    "measure": _("Measure"),
    "merged": _("Merged into it"),
    "other": _("Other complaint"),
    "outcome": pgettext_lazy("fact", "Result"),
    "owner": _("Who carries it out"),
    "person": _("Person"),
    "reaction": _("How the customer took it"),
    "receiver": _("Receiver"),
    "record": _("Conduct record"),
    "responsible": _("Answers now"),
    "rule": _("Broken rule"),
    "tier": _("Tier"),
    "until": _("Until"),
    "verdict": pgettext_lazy("fact", "Result"),
    "with": _("Other complaint"),
}
"""What is not named here is for the audit alone."""
VALUES: Mapping[str, Callable[[Any], str]] = {
    "clock": _of(ClockKind),
    "due_at": _instant,
    "until": _instant,
    "due_on": _day,
    "kind": _of(EvidenceKind),
    "means": _of(FollowUpMeans),
    "outcome": _of(Outcome, FollowUpOutcome),
    "tier": _of(Tier),
    "verdict": _of(CorrectionState),
}
SAID_ELSEWHERE = frozenset({Act.ACCEPT})


def told_facts(step: Step) -> dict[str, Any]:
    """Return the facts of a step that readers are told, by name."""
    told = () if step.act in SAID_ELSEWHERE else LABELS
    return {name: value for name, value in step.facts.items() if name in told}


def facts_in_words(step: Step) -> Iterator[Fact]:
    """Yield the facts of a step that a page tells."""
    for name, value in told_facts(step).items():
        before, after = value if isinstance(value, list) else ("", value)
        if after or before:
            words = VALUES.get(name, str)
            yield Fact(str(LABELS[name]), words(after) if after else "–", words(before) if before else "")
