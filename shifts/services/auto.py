"""The auto-roster: asked for, done by a worker, then taken into the draft or dropped by whoever plans."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from callcenter.access import Actor
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from callcenter.jobs.services import start_job
from shifts.engine.outcome import LONGEST, SHORTEST, Outcome
from shifts.engine.report import Report
from shifts.models import AutoRun, Pattern, Roster, Shift, ShiftBreak
from shifts.selectors.frame import Frame, placings
from shifts.services.filling import Filled, Proposal, replace_draft
from shifts.services.sheet import open_roster

KIND = "auto_roster"


@transaction.atomic
def start_run(
    *, actor: Any, roster_id: int, seconds: int, keep: bool, now: datetime, seed: int = 1
) -> AutoRun:
    """Let a worker fill the roster within about `seconds`. With `keep`, all shifts that it has stay, else the locked ones.

    A Conflict while another run of the roster goes on; refused where the site has no patterns.
    """
    roster = open_roster(actor, roster_id)
    if not SHORTEST <= seconds <= LONGEST:
        raise DomainError(
            _("It searches for %(least)d to %(most)d seconds.") % {"least": SHORTEST, "most": LONGEST},
            field="seconds",
            mend=_("Choose a number between them."),
        )
    if not Pattern.objects.filter(site=roster.site_id, is_active=True).exists():
        raise DomainError(_("This site has no shift patterns."), mend=_("Make patterns first."))
    _close_lost(roster, now)
    kept = _planned(roster) if keep else []
    run = _make(
        roster=roster,
        asked_by=actor,
        asked_at=now,
        of_revision=roster.revision,
        limit_seconds=seconds,
        seed=seed,
        report={"keep": keep, "kept": kept},
    )
    title = _("Auto-roster of %(roster)s") % {"roster": roster}
    run.job = start_job(
        actor=actor, kind=KIND, title=title, arguments={"run": run.pk}, now=now, link=run.get_absolute_url()
    )
    run.save(update_fields=["job"])
    log.record(actor, "auto_roster.started", roster, now=now, run=run.pk, seconds=seconds, keep=keep)
    return run


def _make(**facts: Any) -> AutoRun:
    try:
        with transaction.atomic():
            return AutoRun.objects.create(**facts)
    except IntegrityError as taken:
        raise Conflict(
            _("The auto-roster is at work on this roster already."), mend=_("Wait for it, or stop it.")
        ) from taken


def _close_lost(roster: Roster, now: datetime) -> None:
    """Close runs whose job was stopped or failed: nobody will finish them."""
    for run in AutoRun.objects.filter(roster=roster, finished_at=None).select_related("job"):
        if run.job is None or not run.job.is_open:
            run.finished_at = now
            run.save(update_fields=["finished_at"])


def _planned(roster: Roster) -> list[int]:
    rows = Shift.objects.planned().filter(roster=roster, person__isnull=False)
    return list(rows.values_list("pk", flat=True))


@transaction.atomic
def finish_run(
    *, run_id: int, outcome: Outcome, told: Report, draft_short: int, now: datetime
) -> AutoRun | None:
    """Write down what the search found. None when the run was dropped meanwhile."""
    run = AutoRun.objects.select_for_update(of=("self",)).filter(pk=run_id, finished_at=None).first()
    if run is None:
        return None
    frame = Frame(Roster.objects.select_related("site__calendar").get(pk=run.roster_id))
    run.finished_at, run.seconds = now, outcome.seconds
    run.short, run.bound, run.gap = outcome.score.short, outcome.bound, outcome.gap
    run.report = {**run.report, **_written(frame, outcome, told), "draft_short": draft_short}
    run.shifts = [
        [person, frame.day(day).isoformat(), given.pattern, given.skill, given.breaks]
        for (person, day), given in sorted(outcome.plan.items())
    ]
    run.save(update_fields=["finished_at", "seconds", "short", "bound", "gap", "report", "shifts"])
    return run


def _written(frame: Frame, outcome: Outcome, told: Report) -> dict[str, Any]:
    """Return the report as JSON keeps it: half hours as instants, days as dates."""

    def half_hour(number: int) -> str:
        return frame.instant(number * 30).isoformat()

    return {
        "first_seconds": outcome.first_seconds,
        "stopped": outcome.is_stopped,
        "unfair": outcome.score.unfair,
        "surplus": outcome.score.surplus,
        "short": [
            [half_hour(one.cell[0]), one.cell[1], one.need, one.present, one.possible] for one in told.short
        ],
        "wishes": [
            [
                one.key,
                one.person,
                frame.day(one.day).isoformat(),
                [[half_hour(at), skill] for at, skill in one.cells],
            ]
            for one in told.wishes
        ],
        "rules": [
            [one.person, one.rule, frame.day(one.day).isoformat(), one.found, one.limit] for one in told.rules
        ],
    }


@transaction.atomic
def take_run(*, actor: Actor, run_id: int, now: datetime) -> Filled:
    """Put what a run proposes into the draft; what is locked, and what the run was to keep, stays.

    A Conflict when the run is not finished, was taken in already, or the roster was changed since it began.
    """
    run = _open_run(actor, run_id)
    if run.finished_at is None or run.taken_at or not run.shifts:
        raise Conflict(
            _("There is nothing to take in."), mend=_("Look at the run: it goes on, or is taken in.")
        )
    if run.roster.revision != run.of_revision:
        raise Conflict(
            _("The roster was changed since the auto-roster began."),
            code="stale",
            mend=_("Let it run again: it then starts from what is there now."),
        )
    proposals = [
        Proposal(person, date.fromisoformat(day), pattern, skill)
        for person, day, pattern, skill, _breaks in run.shifts
    ]
    filled = replace_draft(
        actor=actor,
        roster_id=run.roster_id,
        proposals=proposals,
        keep=run.report["kept"],
        revision=run.of_revision,
        now=now,
    )
    _place_breaks(run)
    run.taken_at = now
    run.save(update_fields=["taken_at"])
    log.record(actor, "auto_roster.taken", run.roster, now=now, run=run.pk, shifts=filled.written)
    return filled


@transaction.atomic
def drop_run(*, actor: Actor, run_id: int, now: datetime) -> None:
    """Throw away what a run proposes. A Conflict while it goes on, or when it was taken in."""
    run = _open_run(actor, run_id)
    if run.taken_at or (run.finished_at is None and run.job and run.job.is_open):
        raise Conflict(
            _("This run goes on, or is taken in."), mend=_("Stop it first, or undo it on the board.")
        )
    log.record(actor, "auto_roster.dropped", run.roster, now=now, run=run.pk)
    run.delete()


def _open_run(actor: Actor, run_id: int) -> AutoRun:
    """Lock a run and its roster, the roster first."""
    roster = open_roster(actor, AutoRun.objects.get(pk=run_id).roster_id)
    run = AutoRun.objects.select_for_update(of=("self",)).select_related("job").get(pk=run_id)
    run.roster = roster
    return run


def _place_breaks(run: AutoRun) -> None:
    """Put the breaks where the run counted on them."""
    wanted = {(person, date.fromisoformat(day)): way for person, day, _p, _s, way in run.shifts}
    shifts = [
        shift
        for shift in Shift.objects.planned().filter(roster=run.roster, is_locked=False, pattern__isnull=False)
        if (shift.person_id, shift.day) in wanted and shift.pk not in run.report["kept"]
    ]
    patterns = {
        pattern.pk: pattern
        for pattern in Pattern.objects.filter(site=run.roster.site_id).prefetch_related("breaks")
    }
    ShiftBreak.objects.filter(shift__in=shifts).delete()
    ShiftBreak.objects.bulk_create(
        one
        for shift in shifts
        for one in _breaks(shift, patterns[shift.pattern_id or 0], wanted[shift.person_id or 0, shift.day])
    )


def _breaks(shift: Shift, pattern: Pattern, way: int) -> Sequence[ShiftBreak]:
    breaks = list(pattern.breaks.all())
    begins = placings(breaks, pattern.minutes)[way]
    return [
        ShiftBreak(
            shift=shift,
            kind=one.kind,
            starts_at=shift.starts_at + timedelta(minutes=begin),
            ends_at=shift.starts_at + timedelta(minutes=begin + one.minutes),
            is_paid=one.is_paid,
        )
        for begin, one in zip(begins, breaks, strict=False)
    ]
