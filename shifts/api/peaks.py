"""REST of peak periods and of the template that makes them."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from agents.models import Site
from callcenter.rest.once import once
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView, ListApi
from shifts.api import need_examples as examples
from shifts.api import need_serializers as shapes
from shifts.api.needs import given
from shifts.filters.needs import PeakFilter
from shifts.lists.needs import PeakList
from shifts.models import Peak, PeakTemplate
from shifts.querysets.scope import of_sites
from shifts.selectors.demand import sites_of
from shifts.services import peaks as services


def _peaks(request: Request) -> QuerySet[Peak]:
    found: QuerySet[Peak] = Peak.objects.filter(of_sites(request.user, "site"))
    return found.select_related("site__calendar")


class PeakListApi(ListApi):
    """`/api/v1/roster/peaks/`."""

    reads, writes = Scope.ROSTERS_READ, Scope.ROSTERS_WRITE
    permission = "shifts.view_rosters"
    queryset = Peak.objects.all()
    serializer_class = shapes.PeakSerializer
    filterset_class = PeakFilter
    views = PeakList.views
    orders = {"id": "id", "name": "name"}
    order = "-id"

    def visible(self) -> QuerySet[Peak]:
        """Return the peak periods of the sites that the caller works with."""
        return _peaks(self.request)

    @extend_schema(
        summary=_("List peak periods"),
        description=_("Of the sites whose rosters the caller works with."),
        examples=[examples.answered("peaks", examples.PEAK)],
    )
    def get(self, request: Request) -> Response:
        """Return one page of peak periods."""
        return self.list(request)

    @extend_schema(
        summary=_("Make a peak period"),
        description=_("From its first to its last day, both included; a site has one at a time."),
        request=shapes.NewPeakSerializer,
        responses={201: shapes.PeakSerializer},
        examples=[
            examples.asked("peak", examples.without(examples.PEAK, "id")),
            examples.answered("made", examples.PEAK, "201"),
        ],
    )
    @once
    def post(self, request: Request) -> Response:
        """Make one."""
        body = given(shapes.NewPeakSerializer, request)
        peak = services.make_peak(actor=request.user, now=timezone.now(), **body)
        return Response(shapes.PeakSerializer(peak).data, status=201)


class PeakApi(ApiView):
    """`/api/v1/roster/peaks/{id}/`."""

    reads, writes = Scope.ROSTERS_READ, Scope.ROSTERS_WRITE
    permission = "shifts.view_rosters"

    @extend_schema(
        summary=_("Read a peak period"),
        responses=shapes.PeakSerializer,
        examples=[examples.answered("peak", examples.PEAK)],
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return it."""
        return Response(shapes.PeakSerializer(get_object_or_404(_peaks(request), pk=pk)).data)

    @extend_schema(
        operation_id="roster_peaks_change",
        summary=_("Change a peak period"),
        description=_("One that is not over."),
        request=shapes.ChangePeakSerializer,
        responses=shapes.PeakSerializer,
        examples=[
            examples.asked("peak", examples.without(examples.PEAK, "id", "site")),
            examples.answered("changed", examples.PEAK),
        ],
    )
    @once
    def post(self, request: Request, pk: int) -> Response:
        """Change it."""
        peak = get_object_or_404(_peaks(request), pk=pk)
        body = given(shapes.ChangePeakSerializer, request)
        changed = services.change_peak(actor=request.user, peak_id=peak.pk, now=timezone.now(), **body)
        return Response(shapes.PeakSerializer(changed).data)


class EndPeakApi(ApiView):
    """`/api/v1/roster/peaks/{id}/end/`."""

    writes = Scope.ROSTERS_WRITE

    @extend_schema(
        summary=_("End a peak period"),
        description=_("With yesterday; one that has not begun is taken out."),
        request=shapes.NothingSerializer,
        responses=shapes.EndedPeakSerializer,
        examples=[examples.asked("nothing", {}), examples.answered("ended", {"last": "2026-12-07"})],
    )
    @once
    def post(self, request: Request, pk: int) -> Response:
        """End it."""
        peak = get_object_or_404(_peaks(request), pk=pk)
        last = services.end_peak(actor=request.user, peak_id=peak.pk, now=timezone.now())
        return Response(shapes.EndedPeakSerializer({"last": last}).data)


class PeakTemplateApi(ApiView):
    """`/api/v1/roster/peak-templates/{site}/`."""

    reads, writes = Scope.ROSTERS_READ, Scope.ROSTERS_WRITE
    permission = "shifts.view_rosters"

    @extend_schema(
        summary=_("Read the template of peak periods"),
        responses=shapes.PeakTemplateSerializer,
        examples=[examples.answered("template", examples.TEMPLATE)],
    )
    def get(self, request: Request, site: str) -> Response:
        """Return it."""
        template = get_object_or_404(PeakTemplate, site=_site(request, site))
        return Response(shapes.PeakTemplateSerializer(template).data)

    @extend_schema(
        summary=_("Set the template of peak periods"),
        description=_("It makes one peak period of each month, two months ahead."),
        request=shapes.PeakTemplateSerializer,
        responses=shapes.PeakTemplateSerializer,
        examples=[
            examples.asked("template", examples.TEMPLATE),
            examples.answered("set", examples.TEMPLATE),
        ],
    )
    @once
    def post(self, request: Request, site: str) -> Response:
        """Set it."""
        body = given(shapes.PeakTemplateSerializer, request)
        template = services.set_template(
            actor=request.user, site=_site(request, site), now=timezone.now(), **body
        )
        return Response(shapes.PeakTemplateSerializer(template).data)


class StopPeaksApi(ApiView):
    """`/api/v1/roster/peak-templates/{site}/stop/`."""

    writes = Scope.ROSTERS_WRITE

    @extend_schema(
        summary=_("Make no more peak periods by themselves"),
        description=_("Those that were made stay."),
        request=shapes.NothingSerializer,
        responses=shapes.StoppedPeaksSerializer,
        examples=[examples.asked("nothing", {}), examples.answered("stopped", {"site": "hangzhou"})],
    )
    @once
    def post(self, request: Request, site: str) -> Response:
        """Remove the template."""
        services.remove_template(actor=request.user, site=_site(request, site), now=timezone.now())
        return Response(shapes.StoppedPeaksSerializer({"site": site}).data)


def _site(request: Request, code: str) -> Site:
    site: Site = get_object_or_404(sites_of(request.user), code=code)
    return site
