"""The pages of planning."""


def test_the_entry_leads_planners_to_the_rosters(desk, sign_in):
    answer = sign_in(desk.planner).get("/roster/")
    assert answer.url == "/roster/rosters/"


def test_the_rosters_are_listed_with_what_is_in_them(desk, sign_in):
    desk.roster()
    page = sign_in(desk.planner).get("/roster/rosters/")
    assert b"Draft" in page.content
