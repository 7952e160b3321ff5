"""Long work of assessment, run by a worker."""

from datetime import date

from django.utils.translation import ngettext

from agents.models import Site
from callcenter.jobs.run import Result, Run
from kpi.services import assessments, trials


def assess(run: Run) -> Result:
    """Compute the month of a role at a site; doing it again gives the same."""
    asked = run.arguments
    site = Site.objects.select_related("calendar").get(pk=asked["site"])
    month = date.fromisoformat(asked["month"])
    made = assessments.run_month(actor=run.actor, site=site, role=asked["role"], month=month, now=run.now())
    number = made.cards.count()
    words = ngettext("%(number)d person is scored.", "%(number)d people are scored.", number)
    return Result(words % {"number": number}, url=made.get_absolute_url())


def try_scheme(run: Run) -> Result:
    """Score the months of a trial by the draft and by what held."""
    trial = trials.finish_trial(
        actor=run.actor, trial_id=run.arguments["trial"], advance=run.advance, now=run.now()
    )
    number = trial.rows.count()
    words = ngettext("%(number)d person was scored.", "%(number)d people were scored.", number)
    return Result(words % {"number": number}, url=trial.get_absolute_url())
