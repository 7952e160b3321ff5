"""The people and places of the demo."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from agents import services
from agents.models import Department, Region, RegionSite, Site, Team, User
from callcenter.access import SYSTEM, Role
from callcenter.worktime.models import Calendar

PASSWORD = "harbour-desk-2026"  # noqa: S105 (printed for whoever tries the demo)
ROUND_THE_CLOCK = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
SCOPES = {
    "信息技术部 IT": "Work stations, headsets, telephone lines, accounts. 工位电脑、耳麦、电话线路、账号。",
    "综合人事部 HR": "Contracts, pay, leave, rosters. 合同、薪酬、请假、排班。",
    "后勤部 Facilities": "Rooms, air, food, transport. 办公环境、餐饮、班车。",
}


@dataclass(frozen=True)
class Demo:
    """One person of the demo: their superior by work number, what they are, whom they lead or work with."""

    number: str
    name: str
    role: Role
    site: str = "harbour"
    superior: str = ""
    scope: str = ""
    team: str = ""
    language: str = ""
    leads: str = field(default="")


TEAMS = {
    "桂花组 Osmanthus": "harbour",
    "海棠组 Begonia": "harbour",
    "玉兰组 Magnolia": "harbour",
    "夜班组 Nightline": "nightline",
}
LEADERS = [
    Demo("9001", "周管理 Zhou Admin", Role.ADMINISTRATOR),
    Demo("4001", "陈静 Chen Jing", Role.EXECUTIVE),
    Demo("3001", "张敏 Zhang Min", Role.SERVICE_MANAGER, superior="4001", language="zh-hans"),
    Demo(
        "2001", "李强 Li Qiang", Role.REGIONAL_MANAGER, superior="3001", scope="华东 East", language="zh-hans"
    ),
    Demo("1001", "王芳 Wang Fang", Role.SUPERVISOR, superior="2001", scope="harbour"),
    Demo("1003", "马骏 Ma Jun", Role.SUPERVISOR, "nightline", superior="2001", scope="nightline"),
    Demo("1002", "赵磊 Zhao Lei", Role.SUPERVISOR, "nightline", superior="1003", scope="nightline"),
    Demo("5001", "孙丽 Sun Li", Role.GENERAL_AFFAIRS, superior="3001"),
    Demo("6001", "吴桐 Wu Tong", Role.QUALITY, superior="3001"),
    Demo("7001", "郑工 Zheng Gong", Role.DEPARTMENT_OWNER, scope="信息技术部 IT", superior="4001"),
    Demo("7002", "冯姐 Feng Jie", Role.DEPARTMENT_OWNER, scope="综合人事部 HR", superior="4001"),
    Demo("7003", "褚师傅 Chu Shifu", Role.DEPARTMENT_OWNER, scope="后勤部 Facilities", superior="4001"),
    Demo("1101", "刘洋 Liu Yang", Role.TEAM_LEAD, superior="1001", leads="桂花组 Osmanthus"),
    Demo("1102", "黄蓉 Huang Rong", Role.TEAM_LEAD, superior="1001", leads="海棠组 Begonia"),
    Demo("1103", "林涛 Lin Tao", Role.TEAM_LEAD, superior="1001", leads="玉兰组 Magnolia"),
    Demo("1104", "何夜 He Ye", Role.TEAM_LEAD, "nightline", superior="1002", leads="夜班组 Nightline"),
]
AGENT_NAMES = "艾丽 白雪 曹杰 邓超 范冰 高山 韩梅 蒋勤 孔明 罗兰 马兰 宁静 潘安 秦岚 任重 沈月".split()
AGENTS = [
    Demo(str(20401 + i), name, Role.AGENT, list(TEAMS.values())[i % 4], team=list(TEAMS)[i % 4])
    for i, name in enumerate(AGENT_NAMES)
]
SIGN_IN = ("1001", "1003", "2001", "3001", "4001", "1101", "20401", "7001", "9001")


@transaction.atomic
def seed(*, now: datetime) -> bool:
    """Make the centre unless it is there; return whether it was made."""
    if Site.objects.filter(code="harbour").exists():
        return False
    since = (now - timedelta(days=400)).date()
    sites = _places(since)
    made = {demo.number: _person(demo, sites, now) for demo in [*LEADERS, *AGENTS]}
    # All sign in with the same password, and to hash it takes longer than to make the rest of a person.
    User.objects.filter(work_number__in=made).update(password=make_password(PASSWORD))
    for demo in [*LEADERS, *AGENTS]:
        _place(demo, made, since, now)
    return True


def people_to_sign_in() -> list[str]:
    """Return a line for each person whom one may sign in as."""
    people = User.objects.filter(work_number__in=SIGN_IN).select_related("site__calendar")
    by_number = {person.work_number: person for person in people}
    lines = [_line(by_number[number]) for number in SIGN_IN if number in by_number]
    return [f"Sign in with a work number and the password {PASSWORD}:", *lines] if lines else []


def _line(person: User) -> str:
    roles = ", ".join(sorted(str(Role(role).label) for role in person.roles))
    return f"  {person.work_number:6} {roles:26} {person.name}"


def _places(since: date) -> dict[str, Site]:
    weekly = Calendar.objects.get(code="CN").weekly
    company = Calendar.objects.create(code="company", name="公司日历 Company", weekly=weekly)
    harbour = Calendar.objects.create(
        code="harbour", name="海港日历 Harbour 08:30–17:30", weekly=weekly, parent=company
    )
    always = Calendar.objects.create(
        code="round-the-clock", name="全天营业 Round the clock", base="none", weekly=ROUND_THE_CLOCK
    )
    sites = {
        "harbour": Site.objects.create(code="harbour", name="海港职场 Harbour", calendar=harbour),
        "nightline": Site.objects.create(
            code="nightline",
            name="夜线职场 Nightline",
            calendar=always,
            mail_opens="00:00",
            mail_closes="24:00",
        ),
    }
    region = Region.objects.create(name="华东 East")
    RegionSite.objects.bulk_create(
        RegionSite(region=region, site=site, period=DateRange(since, None)) for site in sites.values()
    )
    Department.objects.bulk_create(Department(name=name, scope=scope) for name, scope in SCOPES.items())
    Team.objects.bulk_create(Team(site=sites[code], name=name) for name, code in TEAMS.items())
    return sites


def _person(demo: Demo, sites: dict[str, Site], now: datetime) -> User:
    return services.create_person(
        actor=SYSTEM,
        work_number=demo.number,
        name=demo.name,
        site=sites[demo.site],
        email=f"{demo.number}@harbour.example",
        language=demo.language,
        now=now,
    )


def _scope(demo: Demo) -> Any:
    if demo.role == Role.SUPERVISOR:
        return Site.objects.get(code=demo.scope)
    if demo.role == Role.REGIONAL_MANAGER:
        return Region.objects.get(name=demo.scope)
    if demo.role == Role.DEPARTMENT_OWNER:
        return Department.objects.get(name=demo.scope)
    return None


def _place(demo: Demo, made: dict[str, User], since: date, now: datetime) -> None:
    person = made[demo.number]
    dated: dict[str, Any] = {"actor": SYSTEM, "since": since, "now": now}
    services.grant_role(person=person, role=demo.role, scope=_scope(demo), **dated)
    if demo.superior:
        services.set_superior(person=person, superior=made[demo.superior], **dated)
    if demo.leads:
        services.appoint_lead(team=Team.objects.get(name=demo.leads), person=person, **dated)
    if demo.team:
        services.move_to_team(person=person, team=Team.objects.get(name=demo.team), **dated)
