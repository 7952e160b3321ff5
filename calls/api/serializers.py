"""The shape of calls over REST."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from calls.models import Call


class CallSerializer(serializers.ModelSerializer[Call]):
    """One visit of a call to a queue. What is not known is null; telephone numbers are masked."""

    site = serializers.CharField(source="site.code")
    team = serializers.IntegerField(source="team_id", allow_null=True)
    queue = serializers.CharField(
        source="queue.code",
        default=None,
        allow_null=True,
        help_text=_("Code; null where only the name is known."),
    )
    agent = serializers.CharField(
        source="agent.work_number",
        default=None,
        allow_null=True,
        help_text=_("Work number; null where only the name is known."),
    )
    customer = serializers.CharField(source="customer_shown")

    class Meta:
        model = Call
        fields = (
            "source",
            "call_id",
            "visit",
            "revision",
            "site",
            "team",
            "queue",
            "queue_name",
            "agent",
            "agent_name",
            "customer",
            "topic",
            "entered_at",
            "outcome",
            "wait_seconds",
            "talk_seconds",
            "hold_seconds",
            "wrap_seconds",
            "resolved",
            "satisfaction",
            "transferred",
            "channel",
            "project",
        )
