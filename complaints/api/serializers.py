"""The shape of complaints over REST."""

from typing import Any

from rest_framework import serializers

from complaints.models import Complaint


class ComplaintSerializer(serializers.ModelSerializer[Complaint]):
    """One complaint; the contact stays in the house."""

    handler = serializers.CharField(source="handler.work_number")
    responsible = serializers.CharField(source="responsible.work_number")
    site = serializers.CharField(source="site.code")
    seconds_left = serializers.SerializerMethodField()
    state = serializers.CharField(source="left.state")
    provisional = serializers.BooleanField(source="clock.provisional")

    class Meta:
        model = Complaint
        fields = (
            "reference",
            "site",
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

    def get_seconds_left(self, complaint: Any) -> float:
        """Return the working seconds left, negative when it is over."""
        return float(complaint.left.seconds)
