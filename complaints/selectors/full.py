"""One complaint in full, as a program reads it: what its course has left behind, and everybody named in it."""

from typing import Any

from django.db.models import F

from callcenter.bundle import Bundle
from complaints.models import Cause, FollowUp
from complaints.querysets import ComplaintQuerySet
from complaints.selectors.case import BELONGINGS, PEOPLE, belonging, linked, name_people

HISTORY = frozenset({"steps", "alerts", "attempts"})
"""What has an address of its own."""
FULL = Bundle(
    {name: part for name, part in BELONGINGS.parts.items() if name not in HISTORY}
    | {"follow_ups": belonging(FollowUp)}
)
FULL_PEOPLE = {name: roles for name, roles in PEOPLE.items() if name in FULL.parts} | {
    "corrections": ("owner", "planned_by", "done_by", "judged_by"),
    "follow_ups": ("by",),
    "liabilities": ("by",),
    "pauses": ("by", "ended_by"),
}
OWN = ("recorded_by", "staff_concerned", "investigator", "caller")
"""Whom the complaint itself names, beside those of its row in the list."""


def for_full(complaints: ComplaintQuerySet) -> Any:
    """Return the complaints with everything that `in_full` unpacks."""
    rows = complaints.numbered().select_related("customer").annotate(into=F("merged_into__reference"))
    return FULL.ask(rows)


def in_full(complaint: Any) -> Any:
    """Give a complaint read `for_full` the rows that belong to it with their people, `linked` and the `ruling` that holds."""
    FULL.unpack(complaint)
    name_people(complaint, FULL_PEOPLE, own=OWN)
    complaint.linked = linked(complaint)
    corrections = complaint.corrections.all()
    causes = {complaint.cause_id, *(one.cause_id for one in corrections)} - {None}
    known = Cause.objects.in_bulk(causes) if causes else {}
    for one in (complaint, *corrections):
        one.cause = known.get(one.cause_id)
    complaint.ruling = next(reversed(complaint.rulings.all()), None)
    return complaint
