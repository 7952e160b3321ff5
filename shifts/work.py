"""Long work of rosters, run by a worker."""

from django.utils.translation import gettext as _

from callcenter.access import require
from callcenter.errors import Conflict
from callcenter.jobs.run import Cancelled, Result, Run
from shifts.engine.outcome import Progress, Stopped
from shifts.engine.report import report
from shifts.models import AutoRun, Roster
from shifts.selectors.cover import planned
from shifts.selectors.to_fill import problem_of
from shifts.services import auto

WORKERS = 2


def auto_roster(run: Run) -> Result:
    """Fill the roster of the AutoRun `run`, and write down what came of it. A run that ended is not done again.

    Where a person stops it after a first roster was found, the best so far is kept as the result.
    """
    from shifts.engine.search import solve  # noqa: PLC0415 (the solver is large: only the worker loads it)

    asked = AutoRun.objects.filter(pk=run.arguments["run"], finished_at=None).first()
    if asked is None:
        raise Conflict(_("This run was closed."), mend=_("Start a new one."))
    roster = Roster.objects.select_related("site__calendar").get(pk=asked.roster_id)
    require(run.actor, "shifts.plan", roster.site)
    problem = problem_of(roster, kept=asked.report["kept"])
    draft_short = sum(cell.short for cell in planned(roster))

    def told(progress: Progress) -> None:
        try:
            run.advance(int(progress.seconds), asked.limit_seconds, _words(progress))
        except Cancelled as end:
            raise Stopped from end

    try:
        outcome = solve(problem, seconds=asked.limit_seconds, seed=asked.seed, workers=WORKERS, told=told)
    except Stopped as end:
        raise Cancelled from end
    if outcome.is_stopped and not run.was_asked_to_stop():
        raise Cancelled
    done = auto.finish_run(
        run_id=asked.pk,
        outcome=outcome,
        told=report(problem, outcome.plan),
        draft_short=draft_short,
        now=run.now(),
    )
    if done is None:
        raise Conflict(_("This run was closed."), mend=_("Start a new one."))
    if outcome.is_stopped:
        raise Cancelled
    words = _("%(short)d head half hours are short; they were %(before)d.")
    return Result(words % {"short": outcome.score.short, "before": draft_short}, url=asked.get_absolute_url())


def _words(progress: Progress) -> str:
    if progress.score is None:
        return _("Looking for the first roster")
    if progress.bound is None:
        return _("%(short)d head half hours short") % {"short": progress.score.short}
    return _("%(short)d head half hours short; at least %(bound)d are") % {
        "short": progress.score.short,
        "bound": progress.bound,
    }
