"""Lists of skills and of terms: what comes in, what is refused, and that an export comes in again unchanged."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agents import services
from agents.models import Contract, Employment, PersonSkill
from callcenter.access import SYSTEM, Role
from callcenter.imports.enums import Mode
from tests.factories.agents import SiteFactory, UserFactory
from tests.imports.bring import bring

SINCE = date(2026, 11, 1)


@pytest.fixture
def skills(house, now):
    for code, name in (("billing", "Billing"), ("repair", "Repairs")):
        services.make_skill(actor=SYSTEM, code=code, name=name, now=now)


@pytest.fixture
def take(house, now):
    """Return a function that brings in a file of lines, or one that a page exported."""

    def bring_in(kind, *lines, actor=None, file=None, name="rows.csv", **more):
        content = file or io.BytesIO("\n".join(lines).encode())
        given = {"since": SINCE}
        return bring(
            kind,
            content,
            given=given,
            actor=actor or house.administrator,
            now=now,
            file_name=name,
            **more,
        )

    return bring_in


def counts(batch):
    return batch.new, batch.changed, batch.unchanged, batch.rejected


def problems(batch):
    return {reject.row: (reject.column, reject.reason) for reject in batch.rejects.all()}


def test_skills_come_in_by_code_or_name_and_again_change_nothing(take, house, skills):
    lines = (
        "工号,技能,等级,起,结束日期",
        "20401,billing,3,2026-01-01,2026-12-31",
        "20401,repairs,,,",
        "20402,Billing,1,2026/2/1,",
        "20402,billing,2,2026-06-01,",
    )
    assert counts(take("skills", *lines)) == (0, 4, 0, 0)
    held = [
        (row.person.work_number, row.skill.code, row.level, row.period.lower, row.period.upper)
        for row in PersonSkill.objects.select_related("person", "skill").order_by("pk")
    ]
    assert sorted(held, key=lambda row: row[:3]) == [
        ("20401", "billing", 3, date(2026, 1, 1), date(2027, 1, 1)),
        ("20401", "repair", 1, SINCE, None),
        ("20402", "billing", 1, date(2026, 2, 1), date(2026, 6, 1)),
        ("20402", "billing", 2, date(2026, 6, 1), None),
    ]
    assert counts(take("skills", *lines)) == (0, 0, 4, 0)


def test_a_trial_writes_nothing_and_names_every_bad_row(take, house, skills):
    batch = take(
        "skills",
        "work number,skill,level,from,last day",
        "20401,billing,3,,",
        "nobody,billing,3,,",
        "20401,flying,3,,",
        "20401,repair,9,,",
        "20401,repair,2,2026-05-01,2026-04-01",
        "20401,billing,4,,",
        ",billing,4,,",
        trial=True,
    )
    found = problems(batch)
    assert set(found) == {3, 4, 5, 6, 7, 8}
    assert found[3][0] == "work number"
    assert "no skill “flying”" in found[4][1]
    assert found[5][0] == "level"
    assert found[6][0] == "last day"
    assert "row 2" in found[7][1]
    assert not PersonSkill.objects.exists()


def test_a_lead_brings_in_the_own_team_alone(take, house, skills):
    elsewhere = UserFactory(site=SiteFactory())
    lines = [f"{number},billing,3" for number in ("20401", elsewhere.work_number, "1101")]
    batch = take("skills", "work number,skill,level", *lines, actor=house.lead)
    assert (batch.changed, set(problems(batch))) == (1, {3, 4})


def test_terms_come_in_and_who_leaves_takes_along_what_is_dated(take, house):
    header = "work number,employed from,last day of employment,hours a week,hours from"
    batch = take(
        "terms",
        header,
        "20401,2025-01-01,,40,2025-01-01",
        "20402,2025-01-01,2026-12-31,37.5,",
        "1101,,2026-12-31,,",
        "1001,2026-01-01,,20,2025-12-31",
        "2001,,,75,",
    )
    assert set(problems(batch)) == {4, 5, 6}
    assert batch.changed == 2
    assert {
        row.person.work_number: row.period.upper for row in Employment.objects.select_related("person")
    } == {
        "20401": None,
        "20402": date(2027, 1, 1),
    }
    assert house.colleague.memberships.get().period.upper == date(2027, 1, 1)
    assert Contract.objects.get(person=house.colleague).weekly_minutes == 2250
    assert counts(take("terms", header, "20402,2025-01-01,2026-12-31,37.5,"))[2] == 1


def test_nobody_ends_their_own_employment_by_a_list(take, house, now):
    personnel = house.person("5001", Role.GENERAL_AFFAIRS)
    services.employ(actor=SYSTEM, person=personnel, since=date(2025, 1, 1), now=now)
    batch = take("terms", "work number,last day of employment", "5001,2026-12-31", actor=personnel)
    assert batch.rejected == 1
    assert Employment.objects.get().period.upper is None


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ["skills", "terms"])
def test_what_a_page_exports_comes_in_again_and_changes_nothing(take, house, skills, sign_in, kind, form):
    now, day = timezone.now(), house.agent.today
    services.employ(
        actor=SYSTEM,
        person=house.agent,
        since=day - timedelta(days=99),
        until=day + timedelta(days=99),
        now=now,
    )
    services.set_hours(actor=SYSTEM, person=house.agent, weekly_minutes=2270, since=day, now=now)
    rows = (
        "work number,skill,level,from,last day",
        f"20401,billing,3,{day},{day + timedelta(days=9)}",
        "20402,repair,2,,",
    )
    take("skills", *rows)
    answer = sign_in(house.administrator).get(f"{reverse(f'agents:{kind}')}?export={form}")
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    batch = take(kind, file=io.BytesIO(body), name=f"out.{form}", mode=Mode.ALL)
    assert (batch.changed, batch.rejected) == (0, 0)
    assert batch.unchanged >= 2


def test_staff_are_not_moved_on_a_day_on_which_they_do_not_work_here(take, house, now):
    services.employ(actor=SYSTEM, person=house.agent, since=date(2025, 1, 1), until=date(2026, 6, 1), now=now)
    file = io.BytesIO(b"work number,team\n20401,Osmanthus")
    batch = bring(
        "staff",
        file,
        given={"since": SINCE, "site": ""},
        actor=house.administrator,
        now=now,
        file_name="staff.csv",
    )
    assert "not employed" in problems(batch)[2][1]


def test_a_list_of_staff_may_say_hours_and_skills(take, house, skills, now):
    lines = (
        "work number,name,site,hours a week,skills",
        "5002,New Person,main,37.5,billing 3；repairs",
        "20401,,,40,repair:2",
        "20402,,,,flying 1",
    )
    given = {"since": SINCE, "site": ""}

    def bring_in():
        file = io.BytesIO("\n".join(lines).encode())
        return bring("staff", file, given=given, actor=house.administrator, now=now, file_name="staff.csv")

    batch = bring_in()
    assert counts(batch) == (1, 1, 0, 1)
    assert "no skill “flying”" in problems(batch)[4][1]
    assert {
        (row.person.work_number, row.skill.code, row.level)
        for row in PersonSkill.objects.on(SINCE).select_related("person", "skill")
    } == {("5002", "billing", 3), ("5002", "repair", 1), ("20401", "repair", 2)}
    assert {row.weekly_minutes for row in Contract.objects.all()} == {2250, 2400}
    assert counts(bring_in()) == (0, 0, 2, 1)
