"""An import as a job."""

from django.utils.translation import gettext as _

from callcenter.errors import NotFound
from callcenter.imports.enums import State
from callcenter.imports.models import Import
from callcenter.imports.run import put_away
from callcenter.imports.run import run as bring
from callcenter.jobs.run import Result, Run


def bring_in(run: Run) -> Result:
    """Bring in the file that the arguments name; one that ended already only says so."""
    batch = Import.objects.select_related("job").filter(pk=run.arguments["import"]).first()
    if batch is None:
        raise NotFound(_("The file was forgotten, since nobody brought it in."), mend=_("Send it again."))
    if batch.state in {State.RUNNING, State.STOPPED}:
        batch = bring(actor=run.actor, batch=batch, now=run.now(), advance=run.advance)
    elif batch.state == State.DONE and batch.file:
        put_away(batch)  # the worker was killed between the two
    return Result(
        message=sentence(batch),
        url=batch.get_absolute_url(),
        counts={
            str(_("new")): batch.new,
            str(_("changed")): batch.changed,
            str(_("known already")): batch.unchanged,
            str(_("refused")): batch.rejected,
        },
    )


def sentence(batch: Import) -> str:
    """Say in one sentence what came of an import."""
    counts = {"rows": batch.rows, "taken": batch.taken, "rejected": batch.rejected}
    if batch.stands == State.TRIED:
        return _("Tried: %(taken)d of %(rows)d rows could be brought in. Nothing was written.") % counts
    if batch.stands == State.REFUSED:
        return _("Refused: %(rejected)d of %(rows)d rows cannot be taken. Nothing was written.") % counts
    if batch.stands == State.STOPPED:
        return _("Stopped before its end: %(taken)d of the first %(rows)d rows are in.") % counts
    return _("%(taken)d of %(rows)d rows are in.") % counts
