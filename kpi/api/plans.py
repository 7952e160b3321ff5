"""Checklists, ratings, interviews and aims over REST."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from kpi.api import plan_serializers as shapes
from kpi.api import scheme_examples as examples
from kpi.api.assess_acts import Thing, act, reader
from kpi.api.assess_lists import Listing, Making, things
from kpi.facts import AimFacts
from kpi.filters.assessments import AimFilter, InterviewFilter, RatingFilter
from kpi.lists.plans import AimList, InterviewList, RatingList
from kpi.models import Aim, Checklist, Interview, Rating
from kpi.services import aims, checklists, interviews


def _checklists(_request: Request) -> QuerySet[Checklist]:
    return Checklist.objects.select_related("made_by").prefetch_related("points")


def _ratings(request: Request) -> QuerySet[Rating]:
    rows: QuerySet[Rating] = Rating.objects.visible_to(request.user).for_list()
    return rows


def _interviews(request: Request) -> QuerySet[Interview]:
    rows: QuerySet[Interview] = Interview.objects.visible_to(request.user).for_list()
    return rows


def _aims(request: Request) -> QuerySet[Aim]:
    rows: QuerySet[Aim] = Aim.objects.visible_to(request.user).for_list()
    return rows


CHECKLIST = Thing("checklist", _checklists, shapes.ChecklistSerializer, "checklist_id", examples.CHECKLIST)
RATING = Thing("rating", _ratings, shapes.RatingSerializer, "rating_id", examples.RATING)
INTERVIEW = Thing("interview", _interviews, shapes.InterviewSerializer, "interview_id", examples.INTERVIEW)
AIM = Thing("aim", _aims, shapes.AimSerializer, "aim_id", examples.AIM)


def _propose(*, person: Any, interview: Interview | None, actor: Any, now: Any, **facts: Any) -> Aim:
    return aims.propose_aim(actor=actor, person=person, interview=interview, facts=AimFacts(**facts), now=now)


ChecklistListApi = things(
    CHECKLIST,
    Checklist,
    Listing(
        _("List checklists"), _("What people are looked at for is no secret."), order="name", orders=("name",)
    ),
    Making(
        _("Write a checklist"),
        _("Points that one sees or does not see; they never change."),
        checklists.make_checklist,
        shapes.NewChecklistSerializer,
        examples.NEW_CHECKLIST,
    ),
)
RatingListApi = things(
    RATING,
    Rating,
    Listing(
        _("List ratings"),
        _("The caller's own, and those of the people for whom they answer."),
        filters=RatingFilter,
        views=RatingList.views,
        permission="kpi.rate",
    ),
    Making(
        _("Rate somebody"),
        _("Once for a month and checklist; again it changes what the caller said, until scores are told."),
        checklists.rate,
        shapes.NewRatingSerializer,
        examples.NEW_RATING,
    ),
)
InterviewListApi = things(
    INTERVIEW,
    Interview,
    Listing(
        _("List interviews"),
        _("The caller's own, and those with people for whom they answer."),
        order="-planned_for",
        orders=("planned_for",),
        filters=InterviewFilter,
        views=InterviewList.views,
    ),
    Making(
        _("Plan an interview"),
        _("With somebody for whom the caller answers; they are told."),
        interviews.plan_interview,
        shapes.NewInterviewSerializer,
        examples.NEW_INTERVIEW,
    ),
)
AimListApi = things(
    AIM,
    Aim,
    Listing(
        _("List aims"),
        _("Improvement plans and own goals."),
        order="-until",
        orders=("until",),
        filters=AimFilter,
        views=AimList.views,
    ),
    Making(
        _("Propose an aim"),
        _("For oneself a goal of one's own, for somebody else an improvement plan; the other side agrees."),
        _propose,
        shapes.NewAimSerializer,
        examples.NEW_AIM,
    ),
)


def _agree(**given: Any) -> Aim:
    return aims.answer_aim(agrees=True, **given)


def _decline(**given: Any) -> Aim:
    return aims.answer_aim(agrees=False, **given)


ReadInterviewApi = reader(INTERVIEW, _("Read an interview"))
ReadAimApi = reader(AIM, _("Read an aim"))
RetireApi = act(
    CHECKLIST,
    "retire",
    _("Take a checklist out of use"),
    _("What was rated by it stays."),
    checklists.retire_checklist,
)
INTERVIEW_ACTS = {
    "hold": act(
        INTERVIEW,
        "hold",
        _("Write down what was agreed"),
        _("Once it took place; the person is told."),
        interviews.hold_interview,
        asked=shapes.HoldInterviewSerializer,
        example={"held_on": "2026-11-20", "agreed": "Listening in with a colleague."},
    ),
    "cancel": act(
        INTERVIEW,
        "cancel",
        _("Call an interview off"),
        _("The person is told."),
        interviews.cancel_interview,
    ),
}
AIM_ACTS = {
    "agree": act(
        AIM,
        "agree",
        _("Agree to an aim"),
        _("By the other side of who proposed it."),
        _agree,
        asked=shapes.AgreeAimSerializer,
        example={"answer": ""},
    ),
    "decline": act(
        AIM,
        "decline",
        _("Decline an aim"),
        _("By the other side, with a reason."),
        _decline,
        asked=shapes.DeclineAimSerializer,
        example={"answer": "Too much at once."},
    ),
    "withdraw": act(
        AIM,
        "withdraw",
        _("Withdraw an aim"),
        _("It ends before its time."),
        aims.withdraw_aim,
    ),
}
