"""Conduct records for tests, made through the services."""

from datetime import date, datetime

from agents import services
from agents.enums import ConductKind
from agents.models import ConductRecord
from tests.course import service_rule as rule
from tests.house import House


def draft(house: House, now: datetime, **facts) -> ConductRecord:
    """Draft a record; a penalty of the agent by the service manager unless it says otherwise."""
    given = {
        "person": house.agent,
        "kind": ConductKind.PENALTY,
        "rule": rule(),
        "occurred_on": date(2026, 11, 17),
        "account": "On hold for two minutes without a word.",
        "measure": "Warning",
        "complaint_reference": "C-2026-000123",
    }
    actor = facts.pop("actor", house.service_manager)
    return services.draft_conduct(actor=actor, facts=services.ConductFacts(**given | facts), now=now)


def finish(record: ConductRecord) -> ConductRecord:
    """Let the time for a reply go by."""
    services.finish_replies(now=record.reply_until)
    return ConductRecord.objects.select_related("person", "joint_person").get(pk=record.pk)
