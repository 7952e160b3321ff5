"""Every write about complaints: the course by people, the sweep by the machine."""

from complaints.services.course import (
    Facts,
    note_printing,
    record_complaint,
    resolve_complaint,
    show_contact,
)
from complaints.services.sweep import sweep_clocks

__all__ = [
    "Facts",
    "note_printing",
    "record_complaint",
    "resolve_complaint",
    "show_contact",
    "sweep_clocks",
]
