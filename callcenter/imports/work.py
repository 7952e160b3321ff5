"""An import as a job."""

from collections.abc import Callable

from django.utils.formats import number_format
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
        batch = bring(actor=run.actor, batch=batch, now=run.now(), advance=_teller(run, batch))
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


def _teller(run: Run, batch: Import) -> Callable[[int, int], None]:
    """Return what tells how far it is in per cent and rows: of a text only the number of its bytes is known before."""

    def advance(done: int, total: int) -> None:
        run.advance(100 * done // max(total, 1), 100, _("%(rows)s rows read") % {"rows": _number(batch.rows)})

    return advance


def _number(count: int) -> str:
    return number_format(count, force_grouping=True)


def sentence(batch: Import) -> str:
    """Say in one sentence what came of an import."""
    numbers = {"rows": batch.rows, "taken": batch.taken, "rejected": batch.rejected}
    counts = {name: _number(count) for name, count in numbers.items()}
    if batch.stands == State.TRIED:
        return _("Tried: %(taken)s of %(rows)s rows could be brought in. Nothing was written.") % counts
    if batch.stands == State.REFUSED:
        return _("Refused: %(rejected)s of %(rows)s rows cannot be taken. Nothing was written.") % counts
    if batch.stands == State.STOPPED and not batch.rows:
        return _("Stopped before its end. Nothing was written.")
    if batch.stands == State.STOPPED:
        return _("Stopped before its end: %(taken)s of the first %(rows)s rows are in.") % counts
    return _("%(taken)s of %(rows)s rows are in.") % counts
