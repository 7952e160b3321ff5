"""What a board can ask for: the form that reads it, the service that does it, and how the board says so."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shifts.forms import acts as forms
from shifts.models import Shift
from shifts.services import planning
from shifts.services.planning import Move


@dataclass(frozen=True)
class Deed:
    """One act of the board; `said` stands before the number of shifts."""

    form: type[forms.ActForm]
    service: Callable[..., Any]
    said: Promise


def _move(*, moves: list[Any], **given: Any) -> list[Shift]:
    return planning.move_shifts(moves=[Move(*one) for one in moves], **given)


def _copy(**given: Any) -> list[Shift]:
    return _move(copy=True, **given)


def _undo(*, revision: int | None, **given: Any) -> list[Shift]:  # noqa: ARG001 (one's own act, whatever the board showed)
    return planning.undo(**given)


DEEDS = {
    "move": Deed(forms.MoveForm, _move, _("Moved:")),
    "copy": Deed(forms.MoveForm, _copy, _("Copied:")),
    "remove": Deed(forms.PickedForm, planning.remove_shifts, _("Taken out:")),
    "lock": Deed(forms.LockForm, planning.lock_shifts, _("Lock changed:")),
    "assign": Deed(forms.AssignForm, planning.assign_many, _("Assigned:")),
    "rotate": Deed(forms.RotateForm, planning.rotate, _("Rotation:")),
    "week": Deed(forms.WeekForm, planning.copy_week, _("Week copied:")),
    "undo": Deed(forms.ActForm, _undo, _("Undone:")),
}
