"""The shape of complaints over REST."""

from datetime import datetime, tzinfo
from typing import Any

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agents.models import Site, User
from calls.enums import CustomerKind
from complaints.enums import Channel, Tier
from complaints.models import Complaint


def _written(at: datetime, zone: tzinfo) -> str:
    """Return an instant as the framework's field writes it."""
    return at.astimezone(zone).isoformat().replace("+00:00", "Z")


class ComplaintSerializer(serializers.ModelSerializer[Complaint]):
    """A row of the list."""

    handler = serializers.CharField(source="handler.work_number", help_text=_("Work number."))
    responsible = serializers.CharField(
        source="responsible.work_number", help_text=_("Work number of who answers for it now.")
    )
    site = serializers.CharField(source="site.code")
    team = serializers.IntegerField(source="team_id", allow_null=True)
    seconds_left = serializers.SerializerMethodField(
        help_text=_("Working seconds until it is due, negative when it is late. It counts on by itself.")
    )
    state = serializers.ChoiceField(source="left.state", choices=["ontime", "risk", "late"])
    provisional = serializers.BooleanField(help_text=_("The calendar of the due year is not published yet."))

    class Meta:
        model = Complaint
        fields: tuple[str, ...] = (
            "reference",
            "site",
            "team",
            "tier",
            "channel",
            "subject",
            "status",
            "level",
            "handler",
            "responsible",
            "received_at",
            "due_at",
            "provisional",
            "seconds_left",
            "state",
            "resolved_at",
        )

    @extend_schema_field(OpenApiTypes.DOUBLE)
    def get_seconds_left(self, complaint: Any) -> float:
        """Return the working seconds left, negative when it is over."""
        return float(complaint.left.seconds)

    def to_representation(self, complaint: Any) -> dict[str, Any]:
        """Return a complaint that is `numbered` and knows its time left.

        Written by hand, since the framework asks every field of every row, which takes many times as long.
        """
        zone = get_current_timezone()
        return {
            "reference": complaint.reference,
            "site": complaint.site_code,
            "team": complaint.team_id,
            "tier": complaint.tier,
            "channel": complaint.channel,
            "subject": complaint.subject,
            "status": complaint.status,
            "level": complaint.level,
            "handler": complaint.handler_number,
            "responsible": complaint.answers_number,
            "received_at": _written(complaint.received_at, zone),
            "due_at": _written(complaint.due_at, zone),
            "provisional": complaint.provisional,
            "seconds_left": self.get_seconds_left(complaint),
            "state": complaint.left.state,
            "resolved_at": complaint.resolved_at and _written(complaint.resolved_at, zone),
        }


class RecordSerializer(serializers.Serializer[Any]):
    """What is told of a new complaint."""

    customer_name = serializers.CharField(max_length=120)
    customer_kind = serializers.ChoiceField(
        CustomerKind.choices,
        default=None,
        allow_null=True,
        help_text=_(
            "Puts the customer on file, unless one of this name and number is; without it, not at all."
        ),
    )
    contact = serializers.CharField(max_length=120, default="", allow_blank=True)
    channel = serializers.ChoiceField(Channel.choices)
    tier = serializers.ChoiceField(Tier.choices)
    site = serializers.SlugRelatedField(
        slug_field="code", queryset=Site.objects.select_related("calendar"), help_text=_("Code of the site.")
    )
    subject = serializers.CharField(max_length=120)
    account = serializers.CharField(help_text=_("As the customer says it."))
    demand = serializers.CharField(default="", allow_blank=True)
    call = serializers.CharField(
        max_length=200, default="", allow_blank=True, help_text=_("Source and number, such as hotline/0042.")
    )
    source = serializers.CharField(  # type: ignore[assignment]  # a property of fields has the name too
        max_length=80, default="", allow_blank=True, help_text=_("Who sends it on, and numbers it.")
    )
    external_number = serializers.CharField(
        max_length=80,
        default="",
        allow_blank=True,
        help_text=_(
            "The number there. The same one of the same source is one complaint, however often it comes."
        ),
    )
    staff_concerned = serializers.SlugRelatedField(
        slug_field="work_number",
        queryset=User.objects.all(),
        default=None,
        allow_null=True,
        help_text=_("Work number."),
    )
    received_at = serializers.DateTimeField(
        default=None, allow_null=True, help_text=_("Now if not given; without an offset, local at your site.")
    )


class RecordedSerializer(serializers.Serializer[Complaint]):
    """What became of it."""

    reference = serializers.CharField()
    due_at = serializers.DateTimeField()
