"""Lists of staff: who comes in, who is changed, and which rows no rule allows."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from agents.models import Leadership, Membership, RoleGrant, User
from agents.selectors import direct_superior
from callcenter.access import Role
from callcenter.audit.models import Entry
from callcenter.imports.enums import Mode
from callcenter.imports.models import Import
from tests.factories.agents import SiteFactory, TeamFactory
from tests.imports.bring import bring

HEADER = "工号,姓名,邮箱,职场,班组,所带班组,直接上级,角色,部门,入职日期,语言"
FIELDS = "work_number name email site team leads superior roles department joined language".split()


def line(**facts):
    return ",".join(facts.get(name, "") for name in FIELDS)


def person(number, **facts):
    return line(**{"work_number": number, "name": f"N {number}", "site": "main", **facts})


@pytest.fixture
def take(house, now):
    """Return a function that brings in lines, as the administrator unless said otherwise."""

    def bring_lines(*lines, actor=None, mode=Mode.GOOD, since=date(2026, 11, 1), **more):
        file = io.BytesIO("\n".join([HEADER, *lines]).encode())
        given = {"since": since, "site": ""}
        return bring(
            "staff", file, given=given, actor=actor or house.administrator, now=now, mode=mode, **more
        )

    return bring_lines


def counts(batch):
    return batch.new, batch.changed, batch.unchanged, batch.rejected


def problems(batch):
    return [(reject.row, reject.column, reject.reason) for reject in batch.rejects.all()]


def test_new_person_comes_with_team_superior_role_and_no_password(take, house):
    batch = take(
        person(
            "5001",
            team="osmanthus",
            superior="1001",
            roles="坐席；质检",
            joined="2024/5/6",
            language="繁體中文",
        )
    )
    assert counts(batch) == (1, 0, 0, 0)
    found = User.objects.get(work_number="5001")
    assert (found.site, found.language, found.has_usable_password()) == (house.site, "zh-hant", False)
    assert found.joined_at.astimezone().date() <= date(2024, 5, 6)
    assert found.memberships.get().team == house.team
    assert direct_superior(found, date(2026, 11, 1)) == house.supervisor
    assert found.roles == {Role.AGENT, Role.QUALITY}
    assert set(Entry.objects.filter(object_id=found.pk).values_list("action", flat=True)) >= {
        "person.created",
        "person.moved",
        "person.superior_set",
        "role.granted",
    }


def test_same_list_again_changes_nothing(take):
    lines = [
        person("5001", team="Osmanthus", superior="5002", roles="Agent"),
        person("5002", roles="Supervisor"),
    ]
    assert counts(take(*lines)) == (2, 0, 0, 0)
    before = Entry.objects.exclude(object_type="imports.import").count()
    assert counts(take(*lines)) == (0, 0, 2, 0)
    assert Entry.objects.exclude(object_type="imports.import").count() == before


def test_blank_cell_leaves_a_fact_and_another_one_changes_it(take, house):
    batch = take(line(work_number="20401", email="new@example.org"))
    assert counts(batch) == (0, 1, 0, 0)
    house.agent.refresh_from_db()
    assert (house.agent.name, house.agent.email) == ("Person 20401", "new@example.org")


def test_move_to_another_team_ends_the_membership_before(take, house):
    other = TeamFactory(site=house.site, name="Cedar")
    take(line(work_number="20401", team="Cedar"), since=date(2026, 11, 10))
    spans = Membership.objects.filter(person=house.agent).order_by("period")
    assert [(row.team, row.period.upper) for row in spans] == [
        (house.team, date(2026, 11, 10)),
        (other, None),
    ]


def test_lead_is_appointed_and_limits_of_roles_follow_from_the_row(take, house):
    team = TeamFactory(site=house.site, name="Cedar")
    take(person("5001", leads="Cedar"), person("5002", roles="主管"), person("5003", roles="区域服务经理"))
    assert Leadership.objects.get(team=team).person.work_number == "5001"
    grants = {
        grant.person.work_number: grant.scope
        for grant in RoleGrant.objects.filter(person__name__startswith="N")
    }
    assert grants == {"5002": house.site, "5003": house.region}


def test_superior_may_stand_below_in_the_file(take, now):
    take(person("5001", superior="5002"), person("5002", superior="4001"))
    found = User.objects.get(work_number="5001")
    assert direct_superior(found, now.date()).work_number == "5002"


def test_everybody_who_would_stand_above_themself_is_refused_and_the_others_come_in(take):
    batch = take(
        person("5001", superior="5002"),
        person("5002", superior="5003"),
        person("5003", superior="5001"),
        person("5004", superior="4001"),
    )
    assert counts(batch) == (1, 0, 0, 3)
    assert all(column == "直接上级" and "rows 2, 3, 4" in reason for _row, column, reason in problems(batch))
    assert User.objects.filter(work_number__startswith="500").count() == 1


def test_circle_through_the_lead_of_a_team_is_refused(take, house):
    batch = take(line(work_number="1101", superior="20401"))
    assert counts(batch) == (0, 0, 0, 1)
    assert direct_superior(house.lead, date(2026, 11, 18)) == house.supervisor


def test_work_number_that_stands_twice_is_refused_naming_both_rows(take):
    batch = take(person("5001"), person("5002"), person("5001", name="Another"))
    assert counts(batch) == (1, 0, 0, 2)
    assert [row for row, _column, _reason in problems(batch)] == [2, 4]
    assert all("5001 stands in rows 2, 4" in reason for _row, _column, reason in problems(batch))


@pytest.mark.parametrize(
    ("facts", "column"),
    [
        ({"work_number": ""}, "工号"),
        ({"work_number": "a b"}, "工号"),
        ({"name": ""}, "姓名"),
        ({"name": "x" * 81}, "姓名"),
        ({"email": "nobody"}, "邮箱"),
        ({"site": ""}, "职场"),
        ({"site": "nowhere"}, "职场"),
        ({"team": "No such"}, "班组"),
        ({"leads": "No such"}, "所带班组"),
        ({"superior": "8888"}, "直接上级"),
        ({"superior": "5001"}, "直接上级"),
        ({"roles": "Emperor"}, "角色"),
        ({"roles": "Department owner", "department": "No such"}, "部门"),
        ({"joined": "01/02/2024"}, "入职日期"),
        ({"language": "Latin"}, "语言"),
    ],
)
def test_row_that_cannot_be_taken_names_its_column(take, facts, column):
    batch = take(person("5001", **facts))
    assert [(row, name) for row, name, _reason in problems(batch)] == [(2, column)]
    assert not User.objects.filter(work_number="5001").exists()


def test_refused_superior_takes_along_who_stands_below(take):
    batch = take(person("5001", superior="5002"), person("5002", email="nobody"), person("5003"))
    assert counts(batch) == (1, 0, 0, 2)


def test_all_or_nothing_writes_nobody_if_one_row_is_bad(take):
    batch = take(person("5001"), person("5002", email="nobody"), mode=Mode.ALL)
    assert (batch.state, counts(batch)) == ("refused", (1, 0, 0, 1))
    assert not User.objects.filter(work_number="5001").exists()


def test_only_who_may_give_roles_gives_them_by_a_list(take, house):
    personnel = house.person("6001", Role.GENERAL_AFFAIRS)
    batch = take(
        person("5001", roles="Agent"),
        person("5002"),
        line(work_number="20401", roles="Agent"),
        actor=personnel,
    )
    assert problems(batch) == [(2, "角色", "only an administrator gives roles")]
    assert (batch.new, batch.unchanged) == (1, 1)


def test_administrator_gives_themself_no_role(take, house):
    batch = take(line(work_number="9001", roles="Executive"))
    assert [column for _row, column, _reason in problems(batch)] == ["角色"]
    assert not house.administrator.role_grants.filter(role=Role.EXECUTIVE).exists()


@pytest.mark.parametrize(("who", "status"), [("administrator", 200), ("supervisor", 403), ("agent", 403)])
def test_page_opens_for_who_manages_people(house, sign_in, who, status):
    client = sign_in(getattr(house, who))
    assert client.get(reverse("imports:send", args=["staff"])).status_code == status


def test_list_of_staff_of_somebody_else_is_not_found(take, house, sign_in):
    batch = take(person("5001"))
    client = sign_in(house.person("9002", Role.ADMINISTRATOR))
    assert client.get(batch.get_absolute_url()).status_code == 404


def test_site_whose_name_is_that_of_two_is_told_by_its_code(take):
    for code in ("north", "south"):
        SiteFactory(code=code, name="Twin")
    batch = take(person("5001", site="Twin"), person("5002", site="south"))
    assert [(row, column) for row, column, _reason in problems(batch)] == [(2, "职场")]
    assert User.objects.get(work_number="5002").site.code == "south"


@pytest.fixture
def file(tmp_path):
    def write(*lines):
        path = tmp_path / "staff.csv"
        path.write_bytes("\n".join([HEADER, *lines]).encode("gb18030"))
        return str(path)

    return write


def test_command_brings_in_staff_and_a_trial_only_says_so(house, file, capsys):
    path = file(person("5001"), person("5002"))
    call_command("import_staff", path, trial=True, work_number="9001")
    assert "2 rows: 2 new" in capsys.readouterr().out
    assert not User.objects.filter(work_number="5001").exists()
    call_command("import_staff", path)
    assert User.objects.filter(work_number__in=["5001", "5002"]).count() == 2


def test_command_writes_the_refused_rows_to_a_file_and_fails(house, file, tmp_path, capsys):
    rejects = tmp_path / "rejects.csv"
    with pytest.raises(CommandError, match="nothing was written"):
        call_command("import_staff", file(person("5001"), person("5002", email="nobody")), rejects=rejects)
    assert "row 3, column 邮箱" in capsys.readouterr().out
    lines = rejects.read_text("utf-8-sig").splitlines()
    assert lines[0] == f"{HEADER},Problem"
    assert lines[1].startswith("5002,N 5002,nobody,main")
    assert not User.objects.filter(work_number="5001").exists()


def test_command_takes_columns_by_name_and_the_rights_of_a_person(house, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("Nr;Wer\n5001;Li Na\n")
    options = {"map": ["Nr=work_number", "Wer=name"], "site": "main"}
    with pytest.raises(CommandError, match="You may not"):
        call_command("import_staff", str(path), work_number="1001", **options)
    call_command("import_staff", str(path), work_number="9001", **options)
    assert User.objects.get(work_number="5001").name == "Li Na"
    assert Import.objects.get().by == house.administrator
