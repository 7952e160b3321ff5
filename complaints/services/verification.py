"""Verification (核实): the first word with the customer, both sides of the story, and the facts found."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from agents.models import User
from callcenter.errors import Conflict, DomainError
from complaints.enums import Act, ClockKind, EvidenceKind, Status
from complaints.models import Complaint, Evidence, Question
from complaints.rules import is_concerned
from complaints.services import clocks, notices
from complaints.services.acting import begin, finish, need


@transaction.atomic
def respond(*, actor: User, complaint_id: int, note: str, now: datetime) -> Complaint:
    """Record the first contact with the customer; it stops the clock of the first response."""
    complaint = begin(Act.RESPOND, complaint_id, actor=actor)
    said = need(note, "note", _("What was said is missing."), _("Say what the customer was told."))
    clocks.stop(complaint, [ClockKind.RESPONSE], now=now)
    finish(complaint, Act.RESPOND, actor=actor, now=now, note=said)
    return complaint


@transaction.atomic
def appoint_investigator(*, actor: User, complaint_id: int, person: User, now: datetime) -> Complaint:
    """Appoint somebody without conflict of interest who finds out the facts; they are told in the app."""
    complaint = begin(Act.APPOINT, complaint_id, actor=actor)
    refuse_conflict(complaint, person)
    old, complaint.investigator = complaint.investigator, person
    complaint.save(update_fields=["investigator"])
    facts = {"investigator": [str(old or ""), str(person)]}
    finish(complaint, Act.APPOINT, actor=actor, now=now, facts=facts)
    notices.tell(complaint, "investigator", [person], now)
    return complaint


@transaction.atomic
def ask(*, actor: User, complaint_id: int, person: User, text: str, now: datetime) -> Question:
    """Put a question to a member of staff, usually the person concerned; they are told, and see only the question."""
    complaint = begin(Act.ASK, complaint_id, actor=actor)
    asked = need(text, "text", _("The question is missing."), _("Say what you want to know."))
    question = Question.objects.create(complaint=complaint, person=person, text=asked, by=actor, at=now)
    finish(complaint, Act.ASK, actor=actor, now=now, note=asked, facts={"person": str(person)})
    notices.put_question(question, now)
    return question


@transaction.atomic
def answer(*, actor: User, question_id: int, text: str, now: datetime) -> Question:
    """Answer a question that was put to oneself, once."""
    question = Question.objects.select_related("complaint", "by").get(pk=question_id)
    complaint = begin(Act.ANSWER, question.complaint_id, actor=actor)
    question.refresh_from_db(fields=["answer", "answered_at"])
    if question.answered_at or question.person_id != actor.pk:
        raise Conflict(_("This question is answered, or was not put to you."), mend=_("Look at the others."))
    question.answer = need(
        text, "text", _("The answer is missing."), pgettext("question", "Say how you see it.")
    )
    question.answered_at = now
    question.save(update_fields=["answer", "answered_at"])
    finish(complaint, Act.ANSWER, actor=actor, now=now, note=question.answer)
    notices.tell(complaint, "answer", [question.by], now, person=str(actor))
    return question


@transaction.atomic
def add_evidence(
    *, actor: User, complaint_id: int, kind: EvidenceKind, reference: str, now: datetime, note: str = ""
) -> Evidence:
    """Add what a ruling can rest on: a call, a recording, an order or a statement, by its reference."""
    complaint = begin(Act.ADD_EVIDENCE, complaint_id, actor=actor)
    which = need(reference, "reference", _("The reference is missing."), _("Say where it is found."))
    evidence = Evidence.objects.create(
        complaint=complaint, kind=kind, reference=which, note=note.strip(), by=actor, at=now
    )
    finish(complaint, Act.ADD_EVIDENCE, actor=actor, now=now, note=which, facts={"kind": str(kind)})
    return evidence


@transaction.atomic
def verify(*, actor: User, complaint_id: int, findings: str, now: datetime) -> Complaint:
    """Record the facts found, both sides of the story; the service department managers can rule now."""
    complaint = begin(Act.VERIFY, complaint_id, actor=actor)
    found = need(findings, "findings", _("The facts are missing."), _("Write both sides of the story."))
    clocks.stop(complaint, [ClockKind.RESPONSE], now=now)
    finish(complaint, Act.VERIFY, actor=actor, now=now, to=Status.VERIFIED, note=found)
    notices.tell(complaint, "verified", notices.service_managers(complaint, now), now)
    return complaint


def refuse_conflict(complaint: Complaint, person: User) -> None:
    """Raise a clear error if `person` is in conflict of interest."""
    if is_concerned(person, complaint):
        raise DomainError(
            _("The complaint is about this person, or about somebody above them."),
            field="person",
            mend=_("Choose somebody without conflict of interest."),
        )
