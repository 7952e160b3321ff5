"""Where rows wait to be judged in sets, whichever way they came, and what they say there."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from django.db import connection

from callcenter.sheets.cells import NO, YES
from calls.enums import Outcome
from calls.intake import HANDLED, CallRow
from calls.outcomes import OUTCOMES

TEXTS: Final = ("agent", "queue", "customer", "topic", "channel", "project")
FACTS: Final = (
    "entered_at", "outcome", "wait_seconds", *HANDLED, "resolved", "satisfaction", "transferred",
)  # fmt: skip
COLUMNS: Final = ("row", "call_id", "visit", "revision", *TEXTS, *FACTS)
BUFFER: Final = 1 << 20
# “day” and “clock” are the two columns of a list that has no date with time in one.
CREATE: Final = """
DROP TABLE IF EXISTS pg_temp.calls_stage;
CREATE TEMPORARY TABLE calls_stage (
    id bigint NOT NULL DEFAULT nextval('calls_call_id_seq'), row integer, call_id text COLLATE "C",
    visit smallint, revision integer, {texts}, entered_at timestamptz, day date, clock time,
    outcome text, wait_seconds integer, {handled}, resolved text, satisfaction smallint, transferred text {unused}
) ON COMMIT DROP
"""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a file, each with its number before it, whose cells the database can read as they stand.

    `columns` names what each cell is in the stage, `zone` the time zone of local times.
    """

    columns: Sequence[str]
    separator: str
    zone: str
    texts: Sequence[str]


def _listed(words: set[str]) -> str:
    return ", ".join(f"'{word}'" for word in sorted(words))


def _folded(column: str) -> str:
    return f'lower(s.{column} COLLATE "C")'


def _flag(column: str) -> str:
    word = _folded(column)
    return f"CASE s.{column} WHEN 'Y' THEN true WHEN 'N' THEN false WHEN '' THEN NULL ELSE CASE WHEN {word} IN ({_listed(set(YES))}) THEN true WHEN {word} IN ({_listed(set(NO))}) THEN false END END"


WORDS: Final = {
    outcome: {outcome.value, *(word for word, means in OUTCOMES.items() if means == outcome)}
    for outcome in Outcome
}
WORDS[Outcome.ANSWERED] |= YES
WORDS[Outcome.ABANDONED] |= NO
# How most sources write it comes first: a look at many words for each of a million rows takes its time.
OUTCOME: Final = (
    "CASE s.outcome WHEN 'Y' THEN '{}' WHEN 'N' THEN '{}' ELSE CASE {} ELSE s.outcome END END".format(
        Outcome.ANSWERED,
        Outcome.ABANDONED,
        " ".join(
            f"WHEN {_folded('outcome')} IN ({_listed(words)}) THEN '{outcome.value}'"
            for outcome, words in WORDS.items()
        ),
    )
)
ENTERED: Final = "coalesce(s.entered_at, timezone(%(zone)s, s.day + s.clock))"
SAID: Final = {
    "call_id": "s.call_id",
    "visit": "coalesce(s.visit, 0::smallint)",
    "revision": "coalesce(s.revision, 0)",
    **{name: f"coalesce(s.{name}, '')" for name in TEXTS},
    "entered_at": ENTERED,
    "outcome": OUTCOME,
    "wait_seconds": "s.wait_seconds",
    # Of a call that nobody answered a length of 0 is not known; one with more was refused before.
    **{
        name: f"CASE WHEN s.{name} > 0 THEN s.{name} WHEN s.{name} = 0 AND {OUTCOME} = '{Outcome.ANSWERED}' THEN 0 END"
        for name in HANDLED
    },
    "resolved": _flag("resolved"),
    "satisfaction": "s.satisfaction",
    "transferred": _flag("transferred"),
}
"""What a staged row says, by field."""
STAGED: Final = "SELECT s.id, s.row, {} FROM pg_temp.calls_stage s".format(  # noqa: S608 (names of columns)
    ", ".join(f"{means} AS {name}" for name, means in SAID.items())
)
DIGEST: Final = "hash_record_extended(ROW({}), 0)".format(", ".join(SAID[name] for name in (*TEXTS, *FACTS)))
"""Of the content of a staged row `s` of the table itself."""


def fill(rows: Sequence[CallRow], lines: Lines | None) -> int:
    """Copy rows into a new stage and return how many there are."""
    columns = lines.columns if lines else ()
    unused = "".join(f", {name} text" for name in columns if name.startswith("unused_"))
    texts, handled = (", ".join(f"{name} {kind}" for name in names) for names, kind in _GROUPS)
    with connection.cursor() as cursor:
        cursor.execute(CREATE.format(texts=texts, handled=handled, unused=unused))
        if lines and lines.texts:
            cursor.execute("SET LOCAL TIME ZONE %s", [lines.zone])
            cursor.copy_expert(_copy(columns, lines.separator), _bytes("\n".join(lines.texts)), BUFFER)
            cursor.execute("SET LOCAL TIME ZONE 'UTC'")
        if rows:
            written = io.StringIO()
            csv.writer(written).writerows(map(attrgetter(*COLUMNS), rows))
            cursor.copy_expert(_copy(COLUMNS, ","), _bytes(written.getvalue()), BUFFER)
    return len(rows) + (len(lines.texts) if lines else 0)


def _bytes(text: str) -> io.BytesIO:
    return io.BytesIO(text.encode())


_GROUPS: Final = ((TEXTS, "text"), (HANDLED, "integer"))


def _copy(columns: Sequence[str], separator: str) -> str:
    texts = ", ".join(name for name in ("call_id", "outcome", *TEXTS) if name in columns)
    named = ", ".join(columns)
    return f"COPY pg_temp.calls_stage ({named}) FROM STDIN (FORMAT csv, DELIMITER '{separator}', FORCE_NOT_NULL ({texts}))"
