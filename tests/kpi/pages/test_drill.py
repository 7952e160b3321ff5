"""The way down from the centre to single calls: what is counted is what is listed."""

import csv
import io
import re
from datetime import date, timedelta
from functools import partial

from django.urls import reverse
from django.utils import timezone

from callcenter.access import SYSTEM
from callcenter.lists.models import SavedView
from kpi.models import StaleSlot
from kpi.selectors.fresh import uncounted
from kpi.services.targets import set_target
from tests.kpi.pages.conftest import DAY

PAGE = reverse("kpi:overview")


def listed(client, address):
    sheet = b"".join(client.get(f"{address}&export=csv").streaming_content).decode("utf-8-sig")
    return len(list(csv.reader(io.StringIO(sheet)))) - 1


def test_every_number_of_calls_leads_to_the_list_of_just_these(client, floor):
    client.force_login(floor.centre.manager)
    for by, limits in (
        ("site", {}), ("team", {}), ("queue", {"site": "here"}), ("topic", {"queue": "repairs"}),
        ("agent", {"team": str(floor.centre.team.pk)}),
    ):  # fmt: skip
        page = client.get(PAGE, {**floor.period, "by": by, **limits})
        assert page.status_code == 200
        rows = {row["group"]: row for row in page.context["board"].groups if row["group"]}
        assert rows
        for shown in page.context["rows"]:
            if shown["key"]:
                assert listed(client, shown["calls_url"]) == rows[shown["key"]]["offered"], (by, shown)
                answered = f"{shown['calls_url']}&outcome=answered"
                assert listed(client, answered) == rows[shown["key"]]["answered"], (by, shown)
        assert listed(client, page.context["calls_url"]) == page.context["board"].total["offered"]


def test_each_step_down_is_a_step_back_up_that_keeps_the_rest(client, floor):
    team = str(floor.centre.team.pk)
    client.force_login(floor.centre.manager)
    asked = {**floor.period, "measure": "talk_time", "site": "here", "team": team, "agent": "10001"}
    page = client.get(PAGE, asked)
    crumbs = page.context["crumbs"]
    assert [crumb.name for crumb in crumbs] == ["Whole centre", "Here", "Osmanthus", "Wei Fang"]
    kept = "from=2026-03-02&to=2026-03-02&measure=talk_time"
    assert crumbs[0].query == kept
    assert crumbs[2].query == f"{kept}&site=here&team={team}&by=agent"
    assert client.get(PAGE, floor.period).context["crumbs"] == []
    assert client.get(f"{PAGE}?{crumbs[1].query}").context["by"] == "team"


def test_a_group_is_opened_by_what_is_not_chosen_yet_until_nothing_is_left(client, floor):
    client.force_login(floor.centre.manager)
    way = {"team": "agent", "agent": "topic", "topic": "queue", "queue": ""}
    asked = {**floor.period, "site": "here"}
    for by, following in way.items():
        page = client.get(PAGE, {**asked, "by": by})
        assert page.context["next"] == following, by
        key = next(row["key"] for row in page.context["rows"] if row["key"])
        opened = re.findall(r'class="nowrap what"><a href="[^"]*by=(\w+)', page.content.decode())
        assert set(opened) == ({following} if following else set()), by
        asked[by] = key
    for by in way:
        assert client.get(PAGE, {**asked, "by": by}).context["next"] == "", by
    by_queue = {**floor.period, "queue": "repairs", "topic": asked["topic"]}
    assert client.get(PAGE, {**by_queue, "by": "topic"}).context["next"] == "agent"


def test_who_may_not_list_calls_is_not_led_there(client, floor):
    client.force_login(floor.centre.agent)
    assert reverse("calls:list") not in client.get(PAGE, floor.period).content.decode()


def test_the_spread_counts_every_call_once(client, floor):
    client.force_login(floor.centre.manager)
    for measure, known in (
        ("handle_time", 30),
        ("talk_time", 30),
        ("speed_of_answer", 30),
        ("service_level", 30),
        ("satisfaction", 30),
    ):
        page = client.get(PAGE, {**floor.period, "measure": measure})
        steps = page.context["board"].steps
        assert steps.calls == known, measure
        assert len(page.context["spread"].columns) == (5 if measure == "satisfaction" else 21)
    answered = [15 * number for number in range(40) if number % 4 != 3]
    steps = client.get(PAGE, {**floor.period, "measure": "talk_time"}).context["board"].steps
    assert [step.calls for step in steps.steps[:2]] == [
        sum(first <= length <= last for length in answered) for first, last in ((0, 30), (31, 60))
    ]
    assert client.get(PAGE, {**floor.period, "measure": "answer_rate"}).context["spread"] is None


def test_the_parts_of_the_page_are_files_too(client, floor):
    client.force_login(floor.centre.manager)
    for part, lines in (("spread", 22), ("band", 2), ("groups", 3), ("trend", 3)):
        answer = client.get(
            reverse("kpi:export", args=[part, "csv"]), {**floor.period, "measure": "talk_time"}
        )
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        assert len(list(csv.reader(io.StringIO(text)))) == lines, (part, text)


def test_a_target_of_the_team_judges_the_team_and_its_change_shows_as_a_step(client, floor):
    team = floor.centre.team
    for value, since in ((200, date(2026, 2, 1)), (500, date(2026, 3, 2))):
        set_target(
            actor=SYSTEM, metric="handle_time_p90", value=value, place=team, since=since, now=timezone.now()
        )
    client.force_login(floor.centre.manager)
    page = client.get(PAGE, {**floor.period, "by": "team"})
    [team_row] = [row for row in page.context["rows"] if row["key"] == str(team.pk)]
    assert {cell["key"]: cell["met"] for cell in team_row["cells"]}["handle_time_p90"] is False
    assert page.context["bars"].target == "target 5:00"
    inside = client.get(PAGE, {"from": "2026-03-01", "to": "2026-03-02", "team": team.pk})
    assert inside.context["bars"].target == "target 8:20"
    early = client.get(PAGE, {"from": "2026-02-01", "to": "2026-02-28", "team": team.pk})
    assert early.status_code == 200


def test_the_page_says_what_is_not_counted_yet(client, floor):
    client.force_login(floor.centre.supervisor)
    assert "still being counted" not in client.get(PAGE, floor.period).content.decode()
    StaleSlot.objects.create(site=floor.centre.here.pk, at=DAY)
    StaleSlot.objects.create(site=floor.centre.far.pk, at=DAY)
    StaleSlot.objects.create(site=floor.centre.here.pk, at=DAY + timedelta(days=9))
    assert client.get(PAGE, floor.period).context["uncounted"] == 1


def test_calls_that_come_in_all_the_time_are_not_worth_a_word(floor):
    StaleSlot.objects.create(site=floor.centre.here.pk, at=DAY)
    asked = partial(uncounted, floor.centre.supervisor, DAY.date(), DAY.date())
    assert asked(now=DAY + timedelta(minutes=59)) == 0
    assert asked(now=DAY + timedelta(minutes=61)) == 1


def test_a_question_is_kept_under_a_name_and_taken_away_again(client, floor):
    client.force_login(floor.centre.manager)
    asked = {"name": "Long calls", "query": "measure=talk_time&by=agent"}
    kept = client.post(reverse("kpi:save_question"), asked)
    assert kept["Location"] == f"{PAGE}?measure=talk_time&by=agent"
    assert "Long calls" in client.get(PAGE).content.decode()
    again = client.post(reverse("kpi:save_question"), asked, follow=True)
    assert "Choose another name" in again.content.decode()
    client.force_login(floor.centre.supervisor)
    assert "Long calls" not in client.get(PAGE).content.decode()
    view = SavedView.objects.get()
    assert client.post(reverse("kpi:remove_question", args=[view.pk])).status_code == 404
    client.force_login(floor.centre.manager)
    client.post(reverse("kpi:remove_question", args=[view.pk]))
    assert not SavedView.objects.exists()
