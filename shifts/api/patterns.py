"""REST of what shifts are made of, and of the rules of sites."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from agents.models import Site
from callcenter.access import require
from callcenter.rest.once import once
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView, ListApi
from shifts.api import board_examples as examples
from shifts.api import board_serializers as shapes
from shifts.filters.rosters import RotationFilter
from shifts.lists.patterns import PatternFilter, PatternList
from shifts.models import Pattern, Rotation
from shifts.querysets.scope import of_sites
from shifts.services import patterns, rules


class PatternListApi(ListApi):
    """`/api/v1/roster/patterns/`."""

    reads, writes = Scope.ROSTERS_READ, Scope.ROSTERS_WRITE
    permission = "shifts.view_rosters"
    queryset = Pattern.objects.all()
    serializer_class = shapes.PatternSerializer
    filterset_class = PatternFilter
    views = PatternList.views
    orders = {"code": "code", "begins": "begins", "id": "id"}
    order = "id"

    def visible(self) -> QuerySet[Pattern]:
        """Return the patterns of the sites that the caller works with."""
        return PatternList().rows(self.request.user)

    @extend_schema(
        summary=_("List patterns"),
        description=_("Shifts as they recur, with their breaks."),
        examples=[examples.shown("patterns", examples.PATTERN)],
    )
    def get(self, request: Request) -> Response:
        """Return one page of patterns."""
        return self.list(request)

    @extend_schema(
        summary=_("Make a pattern"),
        description=_("Its times never change; breaks lie within it and do not touch each other."),
        request=shapes.NewPatternSerializer,
        responses={201: shapes.PatternSerializer},
        examples=[
            examples.sent(
                "new",
                {key: examples.PATTERN[key] for key in examples.PATTERN if key not in {"id", "is_active"}},
            ),
            examples.shown("made", examples.PATTERN, 201),
        ],
    )
    @once
    def post(self, request: Request) -> Response:
        """Make a pattern."""
        asked = shapes.NewPatternSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        made = patterns.make_pattern(actor=request.user, now=timezone.now(), **asked.validated_data)
        return Response(shapes.PatternSerializer(made).data, status=201)


class RetirePatternApi(ApiView):
    """`/api/v1/roster/patterns/{id}/retire/`."""

    writes = Scope.ROSTERS_WRITE

    @extend_schema(
        summary=_("Retire a pattern"),
        description=_("Shifts by it stay as they are."),
        request=shapes.NothingSerializer,
        responses=shapes.PatternSerializer,
        examples=[examples.sent("retire", {}), examples.shown("retired", examples.PATTERN)],
    )
    @once
    def post(self, request: Request, pk: int) -> Response:
        """Retire one pattern."""
        pattern = get_object_or_404(PatternList().rows(request.user), pk=pk)
        given: dict[str, Any] = {"actor": request.user, "active": False, "now": timezone.now()}
        return Response(
            shapes.PatternSerializer(patterns.retire_pattern(pattern_id=pattern.pk, **given)).data
        )


class RotationListApi(ListApi):
    """`/api/v1/roster/rotations/`."""

    reads, writes = Scope.ROSTERS_READ, Scope.ROSTERS_WRITE
    permission = "shifts.view_rosters"
    queryset = Rotation.objects.all()
    serializer_class = shapes.RotationSerializer
    filterset_class = RotationFilter
    orders = {"name": "name", "id": "id"}
    order = "id"

    def visible(self) -> QuerySet[Rotation]:
        """Return the rotations of the sites that the caller works with."""
        rows = Rotation.objects.filter(of_sites(self.request.user, "site"))
        return rows.select_related("site").prefetch_related("days__pattern")

    @extend_schema(
        summary=_("List rotations"),
        description=_("Rounds of days; “-” is off."),
        examples=[examples.shown("rotations", examples.ROTATION)],
    )
    def get(self, request: Request) -> Response:
        """Return one page of rotations."""
        return self.list(request)

    @extend_schema(
        summary=_("Make a rotation"),
        description=_("Of codes of the site's patterns; “-” is a day off."),
        request=shapes.NewRotationSerializer,
        responses={201: shapes.RotationSerializer},
        examples=[
            examples.sent("new", {key: examples.ROTATION[key] for key in ("site", "name", "days")}),
            examples.shown("made", examples.ROTATION, 201),
        ],
    )
    @once
    def post(self, request: Request) -> Response:
        """Make a rotation."""
        asked = shapes.NewRotationSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        made = patterns.make_rotation(actor=request.user, now=timezone.now(), **asked.validated_data)
        return Response(shapes.RotationSerializer(made).data, status=201)


class RulesApi(ApiView):
    """`/api/v1/roster/rules/{site}/`."""

    reads, writes = Scope.ROSTERS_READ, Scope.ROSTERS_WRITE

    @extend_schema(
        summary=_("Read the rules of a site's rosters"),
        description=_("Minutes and days."),
        responses=shapes.RulesSerializer,
        examples=[examples.shown("rules", examples.RULES)],
    )
    def get(self, request: Request, code: str) -> Response:
        """Return the rules."""
        return Response(shapes.RulesSerializer(rules.site_rules(self._site(request, code))).data)

    @extend_schema(
        summary=_("Change the rules of a site's rosters"),
        description=_("Those that are sent; what was published under the old ones stays."),
        request=shapes.RulesSerializer,
        responses=shapes.RulesSerializer,
        examples=[examples.sent("rest", {"rest_minutes": 600}), examples.shown("changed", examples.RULES)],
    )
    @once
    def post(self, request: Request, code: str) -> Response:
        """Change the rules."""
        site = self._site(request, code)
        asked = shapes.RulesSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        changed = rules.set_site_rules(
            actor=request.user, site=site, now=timezone.now(), **asked.validated_data
        )
        return Response(shapes.RulesSerializer(changed).data)

    def _site(self, request: Request, code: str) -> Site:
        site = get_object_or_404(Site, code=code)
        require(request.user, "shifts.manage_settings", site)
        return site
