"""A board of realistic size: items of two years over departments, categories and sites, straight into the tables."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection

from agents import services
from agents.models import Department, Site, User
from agents.selectors import DAY_OF_CENTRE
from callcenter.access import SYSTEM, Role
from callcenter.worktime.models import Calendar
from feedback.selectors import answer_policy

SINCE = date(2020, 1, 1)
DEPARTMENTS, SITES = 20, 10
WEEKS = 104
PUBLIC = 5
"""One item of so many is on the board."""

ITEMS = """
INSERT INTO feedback_item (id, number, kind, addressee, department_id, site_id, category, subject, text, anonymous, receipt,
    status, submitted_on, submitted_at, released_at, policy_id, calendar_id, due_at, provisional, answered_at, escalated_at,
    escalation, disputes, silent_until, public_subject, public_text, published_at, voices, closed_at, ending, erased_at)
SELECT n::bigint * 7919::bigint, 'F-' || lpad(n::text, 8, '0'), 'question', 'department', (%(departments)s::bigint[])[1 + n %% 20],
    (%(sites)s::bigint[])[1 + n %% 10],
    (ARRAY['tools', 'roster', 'pay', 'rules', 'training', 'place', 'other'])[1 + n %% 7], 'subject', 'text', true,
    sha256(n::text::bytea), CASE WHEN n %% 3 = 0 THEN 'answered' ELSE 'closed' END, at::date, NULL, at,
    %(policy)s, %(calendar)s, at + interval '3 days', false, at + (n %% 96) * interval '1 hour',
    CASE WHEN n %% 96 >= 72 THEN at + interval '3 days' END, CASE WHEN n %% 96 >= 72 THEN 'overdue' ELSE '' END, 0,
    CASE WHEN n %% 3 = 0 THEN at + interval '9 days' END,
    CASE WHEN n %% 5 = 0 THEN words || ' ' || n ELSE '' END, CASE WHEN n %% 5 = 0 THEN words || words ELSE '' END,
    CASE WHEN n %% 5 = 0 THEN at + interval '4 days' END, n %% 40,
    CASE WHEN n %% 3 <> 0 THEN at + interval '5 days' END, CASE WHEN n %% 3 <> 0 THEN 'confirmed' ELSE '' END, NULL
FROM (SELECT n, %(end)s::timestamptz - (n * %(span)s::interval / %(number)s) AS at,
    (ARRAY['耳麦有杂音 headset noise', '夜班班车 night bus', '春节排班 roster spring', '绩效工资 pay october', '食堂饭菜 canteen food',
        '培训机会 training course', '空调太冷 air conditioner'])[1 + (n / 5) %% 7] AS words
    FROM generate_series(1, %(number)s) n) AS row
"""
SURVEYS = """
INSERT INTO feedback_survey (item_id, expected_days, expected_quality, found_quality, satisfied)
SELECT id, 2, 4, 1 + id %% 5, id %% 5 > 1 FROM feedback_item WHERE status = 'closed' AND id %% 2 = 0
"""
ANSWERS = """
INSERT INTO feedback_answer (item_id, text, by_id, at) SELECT id, 'answer', %(owner)s, answered_at FROM feedback_item
"""


def make(number: int, *, now: datetime) -> User:
    """Write so many items up to the last Monday, and return a leader who may read everything."""
    calendar = Calendar.objects.get(code="CN")
    sites = [
        Site.objects.create(code=f"board{one}", name=f"Board {one}", calendar=calendar)
        for one in range(SITES)
    ]
    departments = [
        Department.objects.create(name=f"Board {one:02}", scope="Everything") for one in range(DEPARTMENTS)
    ]
    leader, owner = (_person(number, sites[0], now) for number in ("97001", "97002"))
    dated: dict[str, Any] = {"actor": SYSTEM, "since": SINCE, "now": now}
    services.grant_role(person=leader, role=Role.EXECUTIVE, scope=None, **dated)
    services.grant_role(person=owner, role=Role.DEPARTMENT_OWNER, scope=departments[0], **dated)
    today = now.astimezone(DAY_OF_CENTRE).date()
    monday = datetime.combine(today - timedelta(days=today.weekday()), time(), DAY_OF_CENTRE)
    facts: dict[str, Any] = {
        "departments": [one.pk for one in departments],
        "sites": [one.pk for one in sites],
        "policy": answer_policy(None).pk,
        "calendar": calendar.pk,
        "end": monday,
        "span": timedelta(weeks=WEEKS),
        "number": number,
        "owner": owner.pk,
    }
    with connection.cursor() as cursor:
        for statement in (ITEMS, SURVEYS, ANSWERS):
            cursor.execute(statement, facts)
        cursor.execute("VACUUM ANALYZE")
    found: User = User.objects.get(pk=leader.pk)
    return found


def _person(number: str, site: Site, now: datetime) -> User:
    person: User = services.create_person(
        actor=SYSTEM, work_number=number, name=number, site=site, now=now, password="", email=""
    )
    return person
