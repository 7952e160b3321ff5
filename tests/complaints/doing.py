"""What tests of the course share: who acts on what, and who was told."""

from callcenter.outbox.models import Message


def on(complaint, actor, now):
    return {"actor": actor, "complaint_id": complaint.pk, "now": now}


def told(template: str) -> set:
    """Return whom a notice of this name has told in the app."""
    rows = Message.objects.filter(template=f"complaints/notify/{template}", channel="in_app")
    return {row.recipient for row in rows}
