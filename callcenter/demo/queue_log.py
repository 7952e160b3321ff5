"""A night of an Asterisk's queue, brought in as the file that it writes: a line cut short and a member nobody knows are in it."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO

from agents.models import Site, User
from callcenter.imports import kinds, services
from callcenter.imports.enums import Mode
from callcenter.imports.run import run
from calls.models import Call

CALLS, APART = 30, timedelta(minutes=4)
MEMBERS = ("20404", "20408", "20412", "PJSIP/400")


def seed(*, now: datetime) -> None:
    """Bring the log in as the night line's supervisor, through the ordinary door; good lines only."""
    actor = User.objects.get(work_number="1003")
    # It ends before the last call of the other source: the figures begin with the newest one.
    last = Call.objects.latest("entered_at").entered_at - timedelta(days=1)
    text = "\n".join([*_lines(last - CALLS * APART), "cut short"])
    batch = services.send_file(
        actor=actor,
        kind=kinds.get("queue_log"),
        file=BytesIO(text.encode()),
        file_name="queue_log",
        given={"source": "night-pbx", "site": Site.objects.get(code="nightline"), "time_zone": ""},
        now=now,
    )
    batch = services.begin(actor=actor, batch=batch, mode=Mode.GOOD, trial=False, now=now)
    run(actor=actor, batch=batch, now=now, advance=lambda _done, _total: None)


def _lines(begin: datetime) -> Iterator[str]:
    dice = random.Random(20261122)  # noqa: S311 (a demo, the same each time)
    for number in range(CALLS):
        at = int((begin + number * APART).timestamp())
        call, wait, talk = f"{at}.{number}", dice.randrange(2, 40), dice.randrange(40, 190)
        member = dice.choice(MEMBERS)
        yield f"{at}|{call}|night|NONE|ENTERQUEUE||1380000{number:04}|1"
        if number % 4 == 1:
            yield f"{at + wait - 1}|{call}|night|{member}|RINGNOANSWER|{(wait - 1) * 1000}"
        if number % 6 == 0:
            yield f"{at + wait}|{call}|night|NONE|ABANDON|1|1|{wait}"
            continue
        yield f"{at + wait}|{call}|night|{member}|CONNECT|{wait}|{call}9|2000"
        yield f"{at + wait + talk}|{call}|night|{member}|COMPLETECALLER|{wait}|{talk}|1"
