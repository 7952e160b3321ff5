"""What the demo's people can do and on which terms they work; extra roles, and somebody who applies for one."""

from datetime import date, datetime, timedelta

from agents import services
from agents.models import ExtraRole, User
from agents.services.skill_rows import SkillRow, take_skills
from agents.services.term_rows import TermsRow, take_terms
from callcenter.access import SYSTEM

# By the code of a line of the demo's calls.
SKILLS = {"broadband": "宽带 Broadband", "billing": "账单 Billing", "repair": "报修 Repair"}
EXTRA_ROLES = {
    "sme": ("业务专家 Expert", "Answers colleagues in the middle of a call. 为同事在线解答业务问题。"),
    "ambassador": ("客户大使 Customer ambassador", "Visits customers once a quarter. 每季度走访客户。"),
}
APPLICANT, WHY = "20401", "三年账单业务，常被同事请教。 Three years of billing; colleagues ask me."
FULL, PART = 40 * 60, 20 * 60


def seed(*, now: datetime) -> None:
    """Give every agent two skills, everybody an employment and hours, and let one apply."""
    since = (now - timedelta(days=400)).date()
    for code, name in SKILLS.items():
        services.make_skill(actor=SYSTEM, code=code, name=name, now=now)
    for code, (name, words) in EXTRA_ROLES.items():
        services.make_extra_role(actor=SYSTEM, code=code, name=name, description=words, now=now)
    take_terms(actor=SYSTEM, rows=_terms(since), since=since, now=now)
    take_skills(actor=SYSTEM, rows=_skills(since), since=since, now=now)
    person = User.objects.select_related("site__calendar").get(work_number=APPLICANT)
    role = ExtraRole.objects.get(code="sme")
    services.apply_for_role(actor=person, person=person, role=role, reason=WHY, now=now)


def _terms(since: date) -> list[TermsRow]:
    numbers = User.objects.order_by("work_number").values_list("work_number", flat=True)
    return [
        TermsRow(row, number, since=since, weekly_minutes=PART if number.endswith("6") else FULL)
        for row, number in enumerate(numbers)
    ]


def _skills(since: date) -> list[SkillRow]:
    agents = User.objects.filter(memberships__period__contains=since).order_by("work_number")
    codes = list(SKILLS)
    return [
        SkillRow(2 * place + turn, number, codes[(place + turn) % len(codes)], level=1 + (place + turn) % 5)
        for place, number in enumerate(agents.values_list("work_number", flat=True))
        for turn in (0, 1)
    ]
