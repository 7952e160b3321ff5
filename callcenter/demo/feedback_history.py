"""A quarter of closed feedback, written straight into the tables, so that the leaders' figures of the demo have weeks to tell of."""

import random
import secrets
from datetime import datetime, timedelta

from agents.models import Department, Site
from callcenter.demo.feedback import FACILITIES, HR, IT
from callcenter.worktime.models import Calendar
from callcenter.worktime.selectors import DEFAULT_CALENDAR
from feedback import services
from feedback.enums import Category, Ending, Escalation, Status
from feedback.models import Item, Survey
from feedback.selectors import answer_policy

WEEKS = 13
A_WEEK = {IT: 22, HR: 17, FACILITIES: 12}
CATEGORIES = {
    IT: (Category.TOOLS,),
    HR: (Category.ROSTER, Category.PAY, Category.RULES),
    FACILITIES: (Category.PLACE, Category.OTHER),
}


def seed(*, now: datetime) -> None:
    """Write closed anonymous items whose words are erased already, and make the reports of their weeks."""
    dice = random.Random(2026)  # noqa: S311 (a demo that is the same every time)
    departments = {one.name: one for one in Department.objects.filter(name__in=A_WEEK)}
    sites, calendar = list(Site.objects.order_by("pk")), Calendar.objects.get(code=DEFAULT_CALENDAR)
    policy = answer_policy(None)
    made = [
        _item(departments[name], dice.choice(sites), _some_time(week, now, dice), dice)
        for week in range(WEEKS)
        for name, often in A_WEEK.items()
        for _one in range(often + dice.randrange(6))
    ]
    for item in made:
        item.policy, item.calendar = policy, calendar
    Item.objects.bulk_create(made)
    Survey.objects.bulk_create(_survey(item, dice) for item in made if item.ending == Ending.CONFIRMED)
    services.make_reports(now=now)


def _some_time(week: int, now: datetime, dice: random.Random) -> datetime:
    return now - timedelta(weeks=week + 1, hours=dice.randrange(120))


def _item(department: Department, site: Site, at: datetime, dice: random.Random) -> Item:
    answered_at = at + timedelta(hours=dice.choice((3, 6, 20, 26, 44, 50, 80, 90)))
    due_at = at + timedelta(hours=72)
    late = answered_at >= due_at
    closed_at = answered_at + timedelta(hours=30)
    return Item(
        department=department,
        site=site,
        category=dice.choice(CATEGORIES[department.name]),
        anonymous=True,
        receipt=secrets.token_bytes(32),
        status=Status.CLOSED,
        submitted_on=at.date(),
        released_at=at,
        due_at=due_at,
        answered_at=answered_at,
        escalated_at=due_at if late else None,
        escalation=Escalation.OVERDUE if late else "",
        closed_at=closed_at,
        ending=dice.choice((Ending.CONFIRMED, Ending.CONFIRMED, Ending.SILENCE)),
        erased_at=closed_at,
    )


def _survey(item: Item, dice: random.Random) -> Survey:
    found = dice.choice((1, 2, 3, 4, 4, 5))
    return Survey(
        item=item,
        expected_days=dice.choice((1, 2, 3)),
        expected_quality=dice.choice((3, 4, 5)),
        found_quality=found,
        satisfied=found > 2,  # noqa: PLR2004 (the middle of five)
    )
