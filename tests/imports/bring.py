"""A file comes in as the pages and the commands bring it in, without the job between."""

from callcenter.access import SYSTEM
from callcenter.imports import kinds, services
from callcenter.imports.enums import Mode
from callcenter.imports.run import run


def bring(
    kind,
    file,
    *,
    given,
    now,
    actor=SYSTEM,
    file_name="rows.csv",
    sheet="",
    columns=None,
    mode=Mode.GOOD,
    trial=False,
):
    batch = services.send_file(
        actor=actor, kind=kinds.get(kind), file=file, file_name=file_name, sheet=sheet, given=given, now=now
    )
    services.choose_columns(actor=actor, batch=batch, columns=columns or batch.columns, now=now)
    begun = services.begin(actor=actor, batch=batch, mode=mode, trial=trial, now=now)
    return run(actor=actor, batch=begun, now=now, advance=lambda _done, _total: None)
