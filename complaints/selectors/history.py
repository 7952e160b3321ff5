"""What happened to a complaint, as rows: the steps of its course, what its clocks told, and whom they told instead."""

from django.db.models import QuerySet

from complaints.models import Alert, Attempt, Complaint, Step


def happenings(complaint: Complaint) -> list[QuerySet[Step] | QuerySet[Alert] | QuerySet[Attempt]]:
    """Return steps, alerts and further attempts with their people and clocks; each has an instant, `at`."""
    return [
        Step.objects.filter(complaint=complaint).select_related("by"),
        Alert.objects.filter(complaint=complaint).select_related("recipient", "clock"),
        Attempt.objects.filter(alert__complaint=complaint).select_related("recipient", "alert__clock"),
    ]
