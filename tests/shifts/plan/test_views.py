"""The pages of planning: what they show, what they refuse, and how many statements they need."""

import json
from datetime import timedelta

import pytest

from shifts.models import Pattern, Roster, Shift, SiteRules
from tests.shifts.conftest import MONDAY


@pytest.fixture
def roster(desk):
    """Return the draft of a week with one shift."""
    roster = desk.roster()
    desk.shift(desk.agents[0], MONDAY)
    return roster


def act(client, roster, name, **about):
    """Do an act as the board does."""
    url = f"/roster/rosters/{roster.pk}/act/{name}/"
    return client.post(url, json.dumps(about), content_type="application/json")


def test_the_entry_leads_planners_to_the_rosters(desk, sign_in):
    assert sign_in(desk.planner).get("/roster/").url == "/roster/rosters/"


def test_the_rosters_are_listed_with_what_is_in_them(desk, roster, sign_in, django_assert_max_num_queries):
    client = sign_in(desk.planner)
    client.get("/roster/rosters/?view=all")
    with django_assert_max_num_queries(12):
        page = client.get("/roster/rosters/?view=all").content.decode()
    assert f"/roster/rosters/{roster.pk}/" in page
    assert "Draft" in page


def test_a_roster_is_begun_and_a_day_taken_twice_is_refused_at_its_field(desk, sign_in):
    client = sign_in(desk.planner)
    typed = {"site": desk.site.pk, "since": "2026-11-23", "last": "2026-11-29"}
    made = client.post("/roster/rosters/new/", typed)
    assert made.url == f"/roster/rosters/{Roster.objects.get().pk}/"
    again = client.post("/roster/rosters/new/", typed)
    assert again.status_code == 409
    assert again.context["form"].errors["since"]


def test_a_roster_of_another_site_is_not_there_and_a_lead_may_look_but_not_act(desk, roster, sign_in):
    assert sign_in(desk.agents[0]).get(f"/roster/rosters/{roster.pk}/").status_code == 404
    client = sign_in(desk.house.lead)
    assert client.get(f"/roster/rosters/{roster.pk}/").status_code == 200
    assert act(client, roster, "undo").status_code == 403


def test_the_board_is_told_in_few_statements_whatever_its_size(
    desk, roster, sign_in, django_assert_num_queries
):
    client = sign_in(desk.planner)
    url = f"/roster/rosters/{roster.pk}/data/"
    client.get(url)
    with django_assert_num_queries(14):
        board = client.get(url).json()
    for agent in desk.agents[1:]:
        desk.shift(agent, MONDAY)
    with django_assert_num_queries(14):
        client.get(url)
    [shift] = board["shifts"]
    assert shift[1:] == [desk.agents[0].pk, 0, desk.patterns["D"].pk, 0, 540, 480, 2]
    assert [person[1] for person in board["people"]][:2] == ["20401", "20402"]
    assert board["days"][0][0] == "2026-11-23"
    assert client.get(f"{url}?revision={Roster.objects.get().revision}").status_code == 204


def test_acts_of_the_board_answer_with_what_they_wrote(desk, roster, sign_in):
    client = sign_in(desk.planner)
    shift = Shift.objects.get()
    done = act(
        client, roster, "move", moves=[[shift.pk, desk.agents[1].pk, "2026-11-24", 30]], revision=1
    ).json()
    assert done["shifts"] == [[shift.pk, desk.agents[1].pk, 1, desk.patterns["D"].pk, 0, 1440 + 570, 480, 2]]
    assert done["said"] == "Moved: 1 shift."
    assert act(client, roster, "undo").json()["shifts"][0][1] == desk.agents[0].pk
    people = [agent.pk for agent in desk.agents]
    given = {"people": people, "days": ["2026-11-25"], "pattern": desk.patterns["L"].pk}
    assert act(client, roster, "assign", **given).json()["said"] == "Assigned: 6 shifts written."
    assert act(client, roster, "lock", shift_ids=[shift.pk], locked=True).json()["shifts"][0][7] == 3
    refused = act(client, roster, "remove", shift_ids=[shift.pk])
    assert (refused.status_code, refused.json()["code"]) == (409, "locked")


@pytest.mark.parametrize(
    ("name", "about", "status"),
    [
        ("move", {"moves": [["x", 1, "2026-11-24", 0]]}, 422),
        ("assign", {"people": [1], "days": ["never"], "pattern": 1}, 422),
        ("remove", {"shift_ids": [999]}, 409),
        ("fly", {}, 404),
    ],
)
def test_wrong_acts_are_refused_in_words(desk, roster, sign_in, name, about, status):
    assert act(sign_in(desk.planner), roster, name, **about).status_code == status


def test_a_shift_is_put_in_and_changed_in_the_panel(desk, roster, sign_in):
    client = sign_in(desk.planner)
    url = f"/roster/rosters/{roster.pk}/shift/"
    typed = {"person": "20412", "day": "2026-11-23", "pattern": desk.patterns["E"].pk}
    made = client.post(url, typed)
    assert (made.status_code, made.headers["HX-Trigger"]) == (204, "board-changed")
    shift = Shift.objects.get(person=desk.agents[1])
    own = {
        "person": "20412",
        "pattern": shift.pattern_id,
        "begins": "20:00",
        "ends": "02:00",
        "note": "training",
    }
    assert client.post(f"/roster/shifts/{shift.pk}/", own).status_code == 204
    shift.refresh_from_db()
    assert ((shift.ends_at - shift.starts_at).seconds, shift.note) == (6 * 3600, "training")
    wrong = client.post(url, {"person": "20412", "day": "2026-11-24", "begins": "09:00"})
    assert wrong.status_code == 422
    assert list(wrong.context["form"].errors) == ["ends"]


def test_what_would_be_published_is_shown_and_published_once(desk, roster, sign_in):
    client = sign_in(desk.planner)
    page = client.get(f"/roster/rosters/{roster.pk}/publish/")
    assert "Person 20411" in page.content.decode()
    assert page.context["is_told"] is False
    assert client.post(f"/roster/rosters/{roster.pk}/publish/", {"revision": 1}).status_code == 302
    stale = client.post(f"/roster/rosters/{roster.pk}/publish/", {"revision": 1})
    assert stale.status_code == 409
    assert "has changed since" in stale.content.decode()
    nothing = client.get(f"/roster/rosters/{roster.pk}/publish/")
    assert "Nothing has changed since" in nothing.content.decode()
    assert ">Publish<" not in nothing.content.decode()
    assert ">Publish<" in page.content.decode()


def test_the_roster_is_printed_as_a_table(desk, roster, sign_in):
    page = sign_in(desk.planner).get(f"/roster/rosters/{roster.pk}/print/").content.decode()
    assert "D 09:00–17:00" in page


def test_a_pattern_is_made_with_breaks_that_must_lie_within_it(desk, sign_in):
    client = sign_in(desk.planner)
    typed = {
        "site": desk.site.pk,
        "code": "X",
        "name": "Short",
        "begins": "10:00",
        "minutes": 240,
        "colour": 5,
    }
    lunch = {"kind_1": "lunch", "earliest_1": 120, "latest_1": 230, "length_1": 30}
    wrong = client.post("/roster/patterns/new/", {**typed, **lunch})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (400, ["latest_1"])
    assert client.post("/roster/patterns/new/", {**typed, **lunch, "latest_1": 180}).status_code == 302
    made = Pattern.objects.get(code="X")
    assert made.breaks.get().minutes == 30
    client.post(f"/roster/patterns/{made.pk}/retire/")
    assert not Pattern.objects.get(code="X").is_active
    assert client.get("/roster/patterns/").status_code == 200


def test_a_rotation_names_patterns_of_its_site(desk, sign_in):
    client = sign_in(desk.planner)
    typed = {"site": desk.site.pk, "name": "4 on 2 off", "days": "D D D D - -"}
    assert client.post("/roster/rotations/new/", typed).status_code == 302
    wrong = client.post("/roster/rotations/new/", {**typed, "name": "other", "days": "D Q"})
    assert wrong.status_code == 400
    assert "Q" in wrong.context["form"].errors["days"][0]


def test_the_rules_of_a_site_are_changed_by_who_plans_it(desk, sign_in):
    client = sign_in(desk.planner)
    page = client.get("/roster/rules/main/")
    typed = {**page.context["form"].initial, "rest_minutes": 600}
    typed.pop("id", None)
    assert client.post("/roster/rules/main/", typed).status_code == 302
    assert SiteRules.objects.get().rest_minutes == 600
    assert sign_in(desk.house.lead).get("/roster/rules/main/").status_code == 403


def test_shifts_are_listed_and_exported_as_they_are_filtered(
    desk, roster, sign_in, django_assert_max_num_queries
):
    desk.shift(desk.agents[1], MONDAY, "L")
    client = sign_in(desk.planner)
    client.get("/roster/shifts/?view=all")
    with django_assert_max_num_queries(12):
        page = client.get("/roster/shifts/?view=all").content.decode()
    assert page.count("13:00") == 1
    day = desk.patterns["D"].pk
    told = client.get(f"/roster/shifts/?view=all&pattern={day}&team={desk.house.team.pk}&export=csv")
    sheet = b"".join(told.streaming_content).decode("utf-8-sig")
    assert sheet.splitlines()[1].startswith("2026-11-23,Person 20411,20411,D,09:00,17:00")
    assert len(sheet.splitlines()) == 2


def test_a_draft_is_thrown_away_but_not_once_it_was_told(desk, roster, sign_in):
    client = sign_in(desk.planner)
    desk.publish(roster)
    assert client.post(f"/roster/rosters/{roster.pk}/remove/").status_code == 409
    draft = desk.roster(MONDAY + timedelta(days=7))
    assert client.post(f"/roster/rosters/{draft.pk}/remove/").url == "/roster/rosters/"
    assert not Roster.objects.filter(pk=draft.pk).exists()
