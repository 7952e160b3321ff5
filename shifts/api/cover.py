"""REST of cover, gaps and forecasts."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from agents.models import Skill
from callcenter.errors import DomainError
from callcenter.jobs.enums import State
from callcenter.jobs.models import Job
from callcenter.rest.once import once
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView
from shifts.api import need_examples as examples
from shifts.api import need_serializers as shapes
from shifts.api.needs import given
from shifts.cover import Cell, gaps
from shifts.forecast_job import KIND, found_by
from shifts.selectors import cover as read
from shifts.selectors.demand import midnight, queue_asked, queues_of, sites_of
from shifts.services.forecasts import start_forecast, write_forecast


class _RangeApi(ApiView):
    """Something of a site on some days."""

    reads = Scope.ROSTERS_READ
    permission = "shifts.view_rosters"

    def known_parameters(self) -> Collection[str]:
        """Name the site and the days."""
        return shapes.PlaceAskedSerializer().fields.keys()

    def cells(self, request: Request) -> list[Cell]:
        """Return the cover that is asked for."""
        asked = shapes.PlaceAskedSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        site = wanted["site"]
        if not sites_of(request.user).filter(pk=site.pk).exists():
            raise DomainError(
                _("There is no such site."), code="unknown", field="site", mend=_("Choose one.")
            )
        function = read.draft if wanted["plan"] == "draft" else read.live
        return function(site, midnight(site, wanted["since"]), midnight(site, wanted["until"]))


def _codes(skills: Collection[int | None]) -> dict[int, str]:
    return dict(Skill.objects.filter(pk__in=[skill for skill in skills if skill]).values_list("pk", "code"))


class CoverApi(_RangeApi):
    """`/api/v1/roster/cover/`."""

    @extend_schema(
        summary=_("Read the cover"),
        description=_("Heads required and present, for each half hour in which there are any."),
        parameters=[shapes.PlaceAskedSerializer],
        responses=shapes.CoverSerializer,
        examples=[examples.answered("cover", {"results": [examples.CELL]})],
    )
    def get(self, request: Request) -> Response:
        """Return the half hours."""
        cells = self.cells(request)
        codes = _codes({cell.skill_id for cell in cells})
        rows = [
            {
                "starts_at": cell.starts_at,
                "skill": codes.get(cell.skill_id or 0),
                "required": cell.required,
                "present": cell.present,
                "short": cell.short,
            }
            for cell in cells
        ]
        return Response(shapes.CoverSerializer({"results": rows}).data)


class GapsApi(_RangeApi):
    """`/api/v1/roster/cover/gaps/`."""

    @extend_schema(
        summary=_("List gaps in cover"),
        description=_(
            "Half hours in a row that are short; of everybody only where no skill says so already."
        ),
        parameters=[shapes.PlaceAskedSerializer],
        responses=shapes.GapsSerializer,
        examples=[examples.answered("gaps", {"results": [examples.GAP]})],
    )
    def get(self, request: Request) -> Response:
        """Return the gaps."""
        found = gaps(self.cells(request))
        codes = _codes({gap.skill_id for gap in found})
        rows = [
            {
                "starts_at": gap.starts_at,
                "ends_at": gap.ends_at,
                "skill": codes.get(gap.skill_id or 0),
                "worst": gap.worst,
                "head_half_hours": gap.head_half_hours,
            }
            for gap in found
        ]
        return Response(shapes.GapsSerializer({"results": rows}).data)


class NewForecastApi(ApiView):
    """`/api/v1/roster/forecasts/`."""

    writes = Scope.ROSTERS_WRITE

    @extend_schema(
        summary=_("Begin a forecast"),
        description=_("From the calls of the queue. Nothing is written: read what it found, then write it."),
        request=shapes.AskForecastSerializer,
        responses={202: shapes.ForecastSerializer},
        examples=[
            examples.asked("forecast", {"queue": "repairs", "first": "2026-11-23", "days": 28}),
            examples.answered(
                "begun",
                {**examples.FORECAST, "state": "waiting", "message": "", "error": None, "rows": []},
                "202",
            ),
        ],
    )
    @once
    def post(self, request: Request) -> Response:
        """Queue the job."""
        body = given(shapes.AskForecastSerializer, request)
        queue = queue_asked(request.user, body.pop("queue"))
        job = start_forecast(actor=request.user, queue=queue, now=timezone.now(), **body)
        address = request.build_absolute_uri(reverse("shifts_api:forecast", args=[job.pk]))
        return Response(_shown(request, job), status=202, headers={"Location": address})


class ForecastApi(ApiView):
    """`/api/v1/roster/forecasts/{id}/`."""

    reads = Scope.ROSTERS_READ
    permission = "shifts.view_rosters"

    @extend_schema(
        summary=_("Read a forecast"),
        description=_(
            "The caller's own: how far it is, then what it expects and its error on a month held back."
        ),
        responses=shapes.ForecastSerializer,
        examples=[examples.answered("forecast", examples.FORECAST)],
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return the forecast."""
        return Response(_shown(request, _job(request, pk)))


class WriteForecastApi(ApiView):
    """`/api/v1/roster/forecasts/{id}/write/`."""

    writes = Scope.ROSTERS_WRITE

    @extend_schema(
        summary=_("Write a forecast"),
        description=_("Into the expected calls; what was entered or imported stays."),
        request=shapes.NothingSerializer,
        responses=shapes.PutSerializer,
        examples=[examples.asked("nothing", {}), examples.answered("written", examples.PUT)],
    )
    @once
    def post(self, request: Request, pk: int) -> Response:
        """Write it."""
        done = write_forecast(actor=request.user, job=_job(request, pk), now=timezone.now())
        return Response(shapes.PutSerializer(done).data)


def _job(request: Request, pk: int) -> Job:
    job: Job = get_object_or_404(Job.objects.filter(person=request.user, kind=KIND), pk=pk)
    return job


def _shown(request: Request, job: Job) -> dict[str, Any]:
    queue = get_object_or_404(queues_of(request.user), pk=job.arguments["queue"])
    found = found_by(job) if job.state == State.DONE else {"error": None, "loads": []}
    rows = [
        {"starts_at": datetime.fromtimestamp(at, UTC), "calls": calls, "handle_seconds": seconds}
        for at, calls, seconds in found["loads"]
    ]
    facts = {"id": job.pk, "queue": queue.code, "state": job.state, "message": job.error or job.message}
    return dict(shapes.ForecastSerializer({**facts, "error": found["error"], "rows": rows}).data)
