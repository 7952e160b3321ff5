"""Every act about a person, a team or an application over REST: one view, made once for each act of the tables."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agents import services, teams
from agents.api import asking, examples
from agents.api.record import ApplicationSerializer, PersonRecordSerializer, TeamOnSerializer
from agents.history import DATED
from agents.models import Application, Team, User
from callcenter.access import require
from callcenter.rest import tags
from callcenter.rest.once import once
from callcenter.rest.schema import IF_MATCH, ErrorsSerializer
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView


@dataclass(frozen=True)
class Deed:
    """An act over REST: its words, who may, what it asks for, the service that does it, and an example."""

    label: Promise
    permission: str
    serializer: type[serializers.Serializer[Any]]
    service: Callable[..., Any]
    words: Promise
    example: Mapping[str, Any]
    names_subject: bool = True
    """Whether the service is told the subject; else what is asked for names it."""


PEOPLE, SKILLS = "agents.manage_people", "agents.manage_skills"
PERSON_DEEDS: Mapping[str, Deed] = {
    "move": Deed(_("Move to a team"), PEOPLE, asking.MoveToTeamSerializer, services.move_to_team, _("From a day on, past or to come; the team before ends there, later moves stay."), {"team": 4, "since": "2026-12-01"}),
    "leave-team": Deed(_("Take out of the team"), PEOPLE, asking.FromDaySerializer, services.leave_team, _("From a day on the person is in no team; moves to come are taken out too."), {"from_day": "2026-12-01"}),
    "take-move-back": Deed(_("Take a planned move back"), PEOPLE, asking.TakeMoveBackSerializer, services.take_move_back, _("The team before it goes on."), {"membership": 812}, names_subject=False),
    "give-skill": Deed(_("Give a skill or its level"), SKILLS, asking.GiveSkillSerializer, services.give_skill, _("For whoever answers for the person; nobody gives one to themself."), {"skill": "billing", "level": 3, "since": "2026-12-01", "until": None}),
    "end-skill": Deed(_("End a skill"), SKILLS, asking.EndSkillSerializer, services.end_skill, _("From a day on the person has it no longer."), {"skill": "billing", "from_day": "2027-01-01"}),
    "employ": Deed(_("Record the employment"), PEOPLE, asking.EmploySerializer, services.employ, _("With an end, everything dated of the person ends with it."), {"since": "2026-12-01", "until": None}),
    "end-employment": Deed(_("End the employment"), PEOPLE, asking.FromDaySerializer, services.end_employment, _("Team, teams led, skills, hours, extra roles and roles end on the same day."), {"from_day": "2027-01-01"}),
    "set-hours": Deed(_("Set the weekly hours"), PEOPLE, asking.SetHoursSerializer, services.set_hours, _("The minutes a week that are agreed from a day on."), {"weekly_minutes": 2400, "since": "2026-12-01"}),
    "apply": Deed(_("Apply for an extra role"), "agents.apply", asking.ApplyForRoleSerializer, services.apply_for_role, _("For oneself alone; the direct superior is told."), {"role": "sme", "reason": "I know the tariffs."}),
    "end-extra-role": Deed(_("End an extra role"), "agents.end_extra_role", asking.EndExtraRoleSerializer, services.end_extra_role, _("Laid down by the person, or taken by who leads them."), {"role": "sme", "from_day": "2027-01-01"}),
}  # fmt: skip
TEAM_DEEDS: Mapping[str, Deed] = {
    "appoint-lead": Deed(_("Appoint lead"), PEOPLE, asking.AppointLeadSerializer, services.appoint_lead, _("From a day on, past or to come; the lead before ends there."), {"person": "1101", "since": "2026-12-01"}),
    "end-lead": Deed(_("Leave without a lead"), PEOPLE, asking.FromDaySerializer, services.end_lead, _("From a day on the team has no lead."), {"from_day": "2026-12-01"}),
    "take-lead-back": Deed(_("Take a planned appointment back"), PEOPLE, asking.TakeLeadBackSerializer, services.take_lead_back, _("The lead before goes on."), {"leadership": 31}, names_subject=False),
}  # fmt: skip
APPLICATION_DEEDS: Mapping[str, Deed] = {
    "approve": Deed(_("Approve an application"), "agents.decide_application", asking.ApproveApplicationSerializer, services.approve_application, _("The applicant holds the extra role from a day on, and is told."), {"since": "2026-12-01", "until": None, "decision": "Well earned."}),
    "refuse": Deed(_("Refuse an application"), "agents.decide_application", asking.RefuseApplicationSerializer, services.refuse_application, _("The applicant is told why."), {"decision": "After the next course."}),
    "withdraw": Deed(_("Take an application back"), "agents.apply", asking.WithdrawApplicationSerializer, services.withdraw_application, _("By the applicant, before it is decided."), {}),
}  # fmt: skip


class ActApi(ApiView):
    """An act: the subject is found and locked, its ETag compared, and what it has become is the answer."""

    writes = Scope.PEOPLE_WRITE
    deed: Deed
    argument: str
    """The name under which the service takes the subject."""
    model: Any

    def visible(self) -> Any:
        """Return the subjects that the caller sees."""
        return self.model._default_manager.visible_to(self.request.user)

    def about(self, subject: Any) -> User:
        """Return the person whom the right is asked about."""
        raise NotImplementedError

    def shown(self, subject: Any) -> Any:
        """Return the subject as it is read."""
        raise NotImplementedError

    @once
    @transaction.atomic
    def post(self, request: Request, **key: Any) -> Response:
        """Do the act and return what it was done to."""
        pk = get_object_or_404(self.visible(), **key).pk
        found = self.model._default_manager.select_for_update(of=("self",)).get(pk=pk)
        if known := request.headers.get("If-Match"):
            tags.require_match(known, tags.tag_of(self.shown(found)))
        require(request.user, self.deed.permission, self.about(found))
        asked = self.deed.serializer(data=request.data, context={"subject": found})
        asked.is_valid(raise_exception=True)
        subject = {self.argument: found.pk if self.argument.endswith("_id") else found}
        told_what = {**asked.validated_data, **(subject if self.deed.names_subject else {})}
        self.deed.service(actor=request.user, now=timezone.now(), **told_what)
        told = self.shown(found)
        return Response(told, headers={"ETag": tags.tag_of(told)})


class PersonActApi(ActApi):
    """`/api/v1/people/{work_number}/{act}/`."""

    argument, model = "person", User

    def about(self, subject: User) -> User:
        """Return the person."""
        return subject

    def shown(self, subject: User) -> Any:
        """Return the person's record."""
        return record_of(subject.pk)


class TeamActApi(ActApi):
    """`/api/v1/teams/{id}/{act}/`."""

    argument, model = "team", Team

    def about(self, subject: Team) -> Any:
        """Return nobody: the right is about people at large."""
        return None

    def shown(self, subject: Team) -> Any:
        """Return the team of today."""
        return team_on(subject.pk, self.request.user.today, self.request.user.today)


class ApplicationActApi(ActApi):
    """`/api/v1/applications/{id}/{act}/`."""

    argument, model = "application_id", Application

    def about(self, subject: Application) -> User:
        """Return the applicant."""
        return subject.person

    def shown(self, subject: Application) -> Any:
        """Return the application."""
        rows: Any = Application.objects.select_related("person", "role", "decided_by")
        return ApplicationSerializer(rows.get(pk=subject.pk)).data


def record_of(person: int) -> Any:
    """Return everything dated of a person."""
    rows: Any = User.objects.prefetch_related(*DATED)
    return PersonRecordSerializer(rows.get(pk=person)).data


def team_on(pk: int, on: Any, today: Any) -> Any:
    """Return a team as it is on a day."""
    team: Any = teams.with_span(Team.objects.filter(pk=pk), on=on, today=today).get()
    team.matrix = teams.matrix(team, on=on)
    return TeamOnSerializer(team, context={"on": on}).data


def _documented(base: type[ActApi], name: str, deed: Deed, answer: Any, example: OpenApiExample) -> Any:
    """Return the view of one act, which the documentation describes as an operation of its own."""
    described = extend_schema(
        summary=deed.label,
        description=deed.words,
        request=deed.serializer,
        parameters=[IF_MATCH],
        responses={
            200: answer,
            412: OpenApiResponse(ErrorsSerializer, _("It was changed since you read it.")),
        },
        examples=[OpenApiExample(name, dict(deed.example), request_only=True), example],
    )
    title = "".join(map(str.title, name.split("-")))
    return extend_schema_view(post=described)(type(f"{title}Api", (base,), {"deed": deed}))


def patterns() -> Iterator[URLPattern]:
    """Return the addresses of all acts."""
    for route, base, deeds, answer, example in (
        ("people/<slug:work_number>", PersonActApi, PERSON_DEEDS, PersonRecordSerializer, examples.RECORD),
        ("teams/<int:pk>", TeamActApi, TEAM_DEEDS, TeamOnSerializer, examples.TEAM_ON),
        ("applications/<int:pk>", ApplicationActApi, APPLICATION_DEEDS, ApplicationSerializer, examples.APPLICATION),
    ):  # fmt: skip
        for name, deed in deeds.items():
            view = _documented(base, name, deed, answer, example)
            yield path(f"{route}/{name}/", view.as_view(), name=f"{route.split('/')[0]}-{name}")
