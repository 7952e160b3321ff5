"""REST of the skills and the extra roles of the house."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agents import services
from agents.api import examples
from agents.models import ExtraRole, Skill
from callcenter.access import require
from callcenter.rest.once import once
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView, ListApi


class SkillSerializer(serializers.ModelSerializer[Skill]):
    """A skill of the house."""

    class Meta:
        model = Skill
        fields = ("code", "name", "is_active")


class NewSkillSerializer(serializers.ModelSerializer[Skill]):
    """A skill to be added; a code or a name in use is refused."""

    code = serializers.SlugField(max_length=20)

    class Meta:
        model = Skill
        fields = ("code", "name")


class ChangeSkillSerializer(serializers.ModelSerializer[Skill]):
    """Name of a skill, and whether it is in use."""

    is_active = serializers.BooleanField()

    class Meta:
        model = Skill
        fields = ("name", "is_active")


class SkillListApi(ListApi):
    """`/api/v1/skills/`."""

    reads, writes = Scope.PLACES_READ, Scope.PEOPLE_WRITE
    queryset = Skill.objects.all()
    serializer_class = SkillSerializer
    orders = {"code": "code", "name": "name"}
    order = "code"

    def visible(self) -> QuerySet[Skill]:
        """Return every skill."""
        return Skill.objects.all()

    @extend_schema(
        summary=_("List the skills of the house"),
        description=_("What calls ask for, retired ones too."),
        examples=[examples.SKILL],
    )
    def get(self, request: Request) -> Response:
        """Return one page of skills."""
        return self.list(request)

    @extend_schema(
        summary=_("Add a skill"),
        description=_("For general affairs and administrators; the code stays."),
        request=NewSkillSerializer,
        responses={201: SkillSerializer},
        examples=[examples.SKILL],
    )
    @once
    def post(self, request: Request) -> Response:
        """Add a skill and return it."""
        require(request.user, "agents.manage_catalogue")
        asked = NewSkillSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        made = services.make_skill(actor=request.user, now=timezone.now(), **asked.validated_data)
        return Response(SkillSerializer(made).data, status=201)


class SkillApi(ApiView):
    """`/api/v1/skills/{code}/`."""

    writes = Scope.PEOPLE_WRITE

    @extend_schema(
        operation_id="skills_change",
        summary=_("Rename or retire a skill"),
        description=_("Who has a retired skill keeps it; nobody is given it."),
        request=ChangeSkillSerializer,
        responses=SkillSerializer,
        examples=[examples.SKILL],
    )
    @once
    def post(self, request: Request, code: str) -> Response:
        """Change a skill and return it."""
        require(request.user, "agents.manage_catalogue")
        skill = get_object_or_404(Skill, code=code)
        asked = ChangeSkillSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = {"actor": request.user, "skill": skill, "now": timezone.now()}
        return Response(SkillSerializer(services.change_skill(**given, **asked.validated_data)).data)


class ExtraRoleSerializer(serializers.ModelSerializer[ExtraRole]):
    """An extra role."""

    class Meta:
        model = ExtraRole
        fields = ("code", "name", "description", "is_open")


class NewExtraRoleSerializer(serializers.ModelSerializer[ExtraRole]):
    """An extra role to be added; a code or a name in use is refused."""

    code = serializers.SlugField(max_length=20)
    description = serializers.CharField(max_length=2000, default="", allow_blank=True)

    class Meta:
        model = ExtraRole
        fields = ("code", "name", "description")


class ChangeExtraRoleSerializer(serializers.ModelSerializer[ExtraRole]):
    """Words of an extra role, and whether one can apply for it."""

    description = serializers.CharField(max_length=2000, allow_blank=True)
    is_open = serializers.BooleanField()

    class Meta:
        model = ExtraRole
        fields = ("name", "description", "is_open")


class ExtraRoleListApi(ListApi):
    """`/api/v1/extra-roles/`."""

    reads, writes = Scope.PLACES_READ, Scope.PEOPLE_WRITE
    queryset = ExtraRole.objects.all()
    serializer_class = ExtraRoleSerializer
    orders = {"code": "code", "name": "name"}
    order = "code"

    def visible(self) -> QuerySet[ExtraRole]:
        """Return every extra role."""
        return ExtraRole.objects.all()

    @extend_schema(
        summary=_("List extra roles"),
        description=_("Roles beside the work, for which agents apply; they give no rights."),
        examples=[examples.EXTRA_ROLE],
    )
    def get(self, request: Request) -> Response:
        """Return one page of extra roles."""
        return self.list(request)

    @extend_schema(
        summary=_("Add an extra role"),
        description=_("For general affairs and administrators; open for applications at once."),
        request=NewExtraRoleSerializer,
        responses={201: ExtraRoleSerializer},
        examples=[examples.EXTRA_ROLE],
    )
    @once
    def post(self, request: Request) -> Response:
        """Add an extra role and return it."""
        require(request.user, "agents.manage_catalogue")
        asked = NewExtraRoleSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        made = services.make_extra_role(actor=request.user, now=timezone.now(), **asked.validated_data)
        return Response(ExtraRoleSerializer(made).data, status=201)


class ExtraRoleApi(ApiView):
    """`/api/v1/extra-roles/{code}/`."""

    writes = Scope.PEOPLE_WRITE

    @extend_schema(
        operation_id="extra_roles_change",
        summary=_("Change or close an extra role"),
        description=_("Who holds one that is closed for applications keeps it."),
        request=ChangeExtraRoleSerializer,
        responses=ExtraRoleSerializer,
        examples=[examples.EXTRA_ROLE],
    )
    @once
    def post(self, request: Request, code: str) -> Response:
        """Change an extra role and return it."""
        require(request.user, "agents.manage_catalogue")
        role = get_object_or_404(ExtraRole, code=code)
        asked = ChangeExtraRoleSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = {"actor": request.user, "role": role, "now": timezone.now()}
        return Response(ExtraRoleSerializer(services.change_extra_role(**given, **asked.validated_data)).data)
