"""Whom a mail has not reached is as good as away: the next person is told, as an attempt of the same alert (domain §4).

Works like the sweep: a batch is one transaction of a fixed number of statements, decided once for each situation. Only what
the clock said last is told again: whoever was told later stands above, and knows. The level that an attempt reaches is not
climbed again.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.urls import reverse

from agents.ladder import Organisation
from agents.models import RoleGrant, User
from agents.selectors import organisation, regional_managers
from callcenter.access import Role
from callcenter.outbox import queue
from callcenter.outbox.models import Channel, Message
from callcenter.worktime import calendars
from callcenter.worktime.clock import WorkHours
from complaints.enums import AlertKind, Tier
from complaints.escalation import Face, Step, next_step
from complaints.models import Alert
from complaints.services.sweep import HAND_OVER, JOIN
from complaints.services.telling import Again, Telling, tell


class Case(NamedTuple):
    """All that the next attempt of an alert depends on: who has been told of it, and who of them was not reached."""

    kind: str
    mark: int
    number: int
    clock_kind: str
    calendar: int
    tier: int
    site: int
    keeper: int
    accused: int | None
    told: tuple[int, ...]
    lost: tuple[int, ...]


Cases = dict[Case, list[int]]
Answer = tuple[list[int], Case, Step | None, Telling | None]
"""Alerts, their case, who answers now, and in which words they are told; None where nobody is left, or all know."""


def retell(*, now: datetime, batch: int = 1000) -> int:
    """Go on to the next person wherever a mail of a clock has not reached its reader; return how many alerts that were.

    Where nobody is left, everybody has a notice in the app (`queue.count_as_untold`), and the administrators are told.
    """
    total = 0
    while done := _retell_batch(now, batch):
        total += done
    return total


@transaction.atomic
def _retell_batch(now: datetime, batch: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"now": now, "batch": batch})
        alerts = {alert for (alert,) in cursor.fetchall()}
        if not alerts:
            return 0
        cursor.execute(CASES, [list(alerts)])
        cases: Cases = defaultdict(list)
        for alert, *facts, told, lost in cursor.fetchall():
            cases[Case._make([*facts, tuple(told), tuple(lost or ())])].append(alert)
    _go_on(_answers(cases, now), now)
    return len(alerts)


# The rows of the complaint are locked with the message, as by the sweep, and nothing is ever waited for.
CLAIM = """
WITH claimed AS (
    SELECT message.id, alert.id AS alert_id
      FROM outbox_message AS message
      JOIN complaints_alert AS alert ON alert.clock_id = substring(message.key from '^clock:([0-9]+):')::bigint
       AND alert.kind = substring(message.key from '^clock:[0-9]+:([a-z_]+):')
       AND alert.mark = substring(message.key from '^clock:[0-9]+:[a-z_]+:([0-9]+)')::int
      JOIN complaints_clock AS clock ON clock.id = alert.clock_id
      JOIN complaints_complaint AS complaint ON complaint.id = alert.complaint_id
     WHERE message.untold_at IS NOT NULL AND message.retold_at IS NULL AND message.key LIKE 'clock:%%'
     ORDER BY message.untold_at, message.id
     LIMIT %(batch)s
       FOR UPDATE OF message, clock, complaint SKIP LOCKED),
settled AS (UPDATE outbox_message SET retold_at = %(now)s WHERE id IN (SELECT id FROM claimed))
SELECT alert_id FROM claimed
"""
# Asked after the rows are locked, so that nothing that another sweep has just written is missed.
CASES = """
SELECT alert.id, alert.kind, alert.mark, 2 + cardinality(attempts.people), clock.kind, clock.calendar_id, complaint.tier,
       complaint.site_id, clock.keeper_id, complaint.staff_concerned_id, readers.told || attempts.people || alert.recipient_id, readers.lost
  FROM complaints_alert AS alert
  JOIN complaints_clock AS clock ON clock.id = alert.clock_id
  JOIN complaints_complaint AS complaint ON complaint.id = alert.complaint_id
 CROSS JOIN LATERAL (
       SELECT 'clock:' || clock.id || ':' || alert.kind || ':' || alert.mark AS first,
              ARRAY(SELECT recipient_id FROM complaints_attempt WHERE alert_id = alert.id ORDER BY number) AS people) AS attempts
 CROSS JOIN LATERAL (
       SELECT array_agg(DISTINCT reader.person) AS told,
              array_agg(DISTINCT reader.person) FILTER (WHERE reader.address = ANY(message.untold)) AS lost
         FROM outbox_message AS message, unnest(message.people, message."to") AS reader(person, address)
        WHERE message.key = ANY(attempts.first || ARRAY(
              SELECT attempts.first || ':' || number FROM generate_series(2, 1 + cardinality(attempts.people)) AS number))
       ) AS readers
 WHERE alert.id = ANY(%s) AND clock.stopped_at IS NULL
   AND NOT EXISTS (SELECT FROM complaints_alert AS later WHERE later.clock_id = clock.id AND later.id > alert.id)
"""


def _answers(cases: Cases, now: datetime) -> list[Answer]:
    if not cases:
        return []
    joint = [case for case in cases if case.kind == AlertKind.JOINING]
    managers = regional_managers({case.site for case in joint}, now=now) if joint else {}
    above = {person for people in managers.values() for person in people}
    concerned = {case.accused for case in joint if case.accused}
    house = organisation({*(case.keeper for case in cases), *above, *concerned}, now=now)
    hours = calendars.load_many({case.calendar for case in cases})
    answers: list[Answer] = []
    for case, alerts in cases.items():
        people = managers.get(case.site, ()) if case.kind == AlertKind.JOINING else ()
        step = instead(case, house, hours[case.calendar], people, now=now)
        answers.append((alerts, case, step, _words(case, step) if step else None))
    return answers


def instead(
    case: Case, house: Organisation, hours: WorkHours, managers: tuple[int, ...] = (), *, now: datetime
) -> Step | None:
    """Return what the clock would have said if whom its mails have not reached had been away; None if nobody is left.

    `managers` are the regional managers of the site, of whom one joins.
    """
    away = {person: house.stand_ins.get(person) for person in case.lost}
    warns = case.kind == AlertKind.WARNING
    face = Face(
        kind=case.clock_kind,
        tier=case.tier,
        warn_80_at=now,
        due_at=datetime.max.replace(tzinfo=now.tzinfo) if warns else now,
        next_at=now,
        level=case.mark - 1 if case.kind == AlertKind.ESCALATION else 0,
        handler=case.keeper,
        accused=case.accused,
        is_breached=True,
        managers=managers,
    )
    step = next_step(face, replace(house, stand_ins={**house.stand_ins, **away}), hours, now=now)
    people = tuple(person for person in step.recipients if person not in away) if step else ()
    if not step or not people:
        return None
    copies = tuple(person for person in step.copies if person not in away)
    return replace(step, recipients=people, copies=copies)


def _words(case: Case, step: Step) -> Telling | None:
    new = tuple(person for person in step.recipients if person not in case.told)
    if not new:
        return None
    return Telling(
        clock_kind=case.clock_kind,
        kind=step.kind,
        mark=step.mark,
        is_urgent=case.tier == Tier.AUTHORITY,
        handler=case.keeper,
        recipients=new,
        copies=step.copies,
        joins_as="" if step.joins is None else "concerned" if step.joins == case.accused else "superior",
        again=Again(case.mark, case.number, case.lost),
    )


def _go_on(answers: list[Answer], now: datetime) -> None:
    tellings = list(dict.fromkeys(words for _alerts, _case, _step, words in answers if words))
    rows = [
        (
            alert,
            tellings.index(words) if words else None,
            step.recipients[0],
            step.mark,
            step.joins,
            bool(step.next_at),
        )
        for alerts, _case, step, words in answers
        if step
        for alert in alerts
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(RETOLD, list(map(list, zip(*rows, strict=True))))
            cursor.execute(ATTEMPT, [now])
            cursor.execute(CLIMB)
            cursor.execute(HAND_OVER)
            cursor.execute(JOIN, {"now": now})
            tell("said", tellings, now=now)
            cursor.execute("DROP TABLE said")
    nobody = {case: alerts for alerts, case, step, _words in answers if step is None}
    if nobody:
        queue.enqueue(_for_administrators(nobody, now))


# What the statements of the sweep ask for is among the columns; of the complaint the mail says what the first one said.
RETOLD = """
CREATE TEMPORARY TABLE said AS
SELECT plan.*, alert.kind, clock.id AS clock_id, clock.kind AS clock_kind, 0 AS warned, false AS is_first,
       complaint.id AS complaint_id, complaint.reference, complaint.status, 'clock:' || clock.id || ':' AS key, first.topic,
       first.context - '{mark,handler,joins_as,lost}'::text[] || jsonb_build_object(
           'next_step_at', CASE WHEN plan.goes_on THEN coalesce(to_jsonb(clock.next_at), '""') ELSE '""' END) AS context
  FROM unnest(%s::bigint[], %s::int[], %s::bigint[], %s::int[], %s::bigint[], %s::bool[])
       AS plan(alert_id, pattern, person, mark, joins, goes_on)
  JOIN complaints_alert AS alert ON alert.id = plan.alert_id
  JOIN complaints_clock AS clock ON clock.id = alert.clock_id
  JOIN complaints_complaint AS complaint ON complaint.id = alert.complaint_id
  JOIN outbox_message AS first ON first.key = 'clock:' || clock.id || ':' || alert.kind || ':' || alert.mark
"""
ATTEMPT = """
INSERT INTO complaints_attempt (alert_id, number, at, recipient_id)
SELECT alert_id, 2 + (SELECT count(*) FROM complaints_attempt AS before WHERE before.alert_id = said.alert_id), %s, person
  FROM said WHERE pattern IS NOT NULL
"""
CLIMB = """
UPDATE complaints_clock AS clock SET level = greatest(clock.level, said.mark)
  FROM said WHERE clock.id = said.clock_id AND said.kind = 'escalation'
"""


def _for_administrators(nobody: Cases, now: datetime) -> Iterable[Message]:
    """Yield notices to those who can mend addresses; they see nothing else of the complaint."""
    held = RoleGrant.objects.filter(role=Role.ADMINISTRATOR, period__contains=now.date())
    administrators = list(User.objects.filter(pk__in=held.values("person"), is_active=True))
    people = User.objects.in_bulk({person for case in nobody for person in case.lost})
    by_id: dict[int, Any] = Alert.objects.select_related("complaint").in_bulk(
        [alert for alerts in nobody.values() for alert in alerts]
    )
    for case, alerts in nobody.items():
        for alert in alerts:
            for person in administrators:
                yield queue.message(
                    f"clock:{by_id[alert].clock_id}:{case.kind}:{case.mark}:nobody:{person.pk}",
                    channel=Channel.IN_APP,
                    recipient=person,
                    template="complaints/notify/unreached",
                    context={
                        "reference": by_id[alert].complaint.reference,
                        "path": reverse("ops:outbox"),
                        "people": [str(people[one]) for one in case.lost],
                    },
                    now=now,
                )
