"""Notices about leave: to who decides, and to the person whose it is. They name it and never quote its reason."""

from collections.abc import Collection
from datetime import datetime

from agents.models import User
from agents.notices import notices
from callcenter.outbox import queue
from shifts.models import Leave


def tell(leave: Leave, event: str, people: Collection[User], *, now: datetime) -> None:
    """Tell `people` of an event (“asked”, “approved”); what was told before and has not arrived is called back."""
    queue.cancel(leave.topic)
    queue.enqueue(
        notices(
            f"{leave.topic}:{event}",
            list(people),
            template=f"shifts/notify/leave_{event}",
            context={
                "reference": str(leave),
                "person": str(leave.person),
                "type": str(leave.type),
                "starts_at": leave.starts_at.isoformat(),
                "ends_at": leave.ends_at.isoformat(),
                "hours": f"{leave.minutes / 60:g}",
                "path": leave.get_absolute_url(),
            },
            topic=leave.topic,
            now=now,
        )
    )
