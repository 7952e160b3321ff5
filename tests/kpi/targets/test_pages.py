"""The pages of targets."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from callcenter.access import SYSTEM, Role
from kpi.models import Target
from kpi.services.targets import set_target
from tests.calls.centre import statements
from tests.factories.calls import QueueFactory

NOW = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
LIST, NEW = reverse("kpi:targets"), reverse("kpi:new_target")
RATE = {"metric": "answer_rate", "value": "92.5", "since": "2026-03-01"}


def put(value, since=date(2026, 3, 1), metric="answer_rate", **more):
    return set_target(actor=SYSTEM, metric=metric, value=value, since=since, now=NOW, **more)


def test_a_target_is_set_in_per_cent_and_listed_with_its_place(centre, client):
    client.force_login(centre.manager)
    assert client.post(NEW, RATE | {"team": centre.team.pk}).status_code == 302
    target = Target.objects.get()
    assert (target.value, target.place, target.set_by) == (0.925, centre.team, centre.manager)
    words = client.get(LIST).content.decode()
    assert "Here · Osmanthus" in words
    assert "at least 92.5" in words


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"value": "120"}, "value"),
        ({"role": "agent"}, "role"),
        ({"until": "2026-02-01"}, "until"),
        ({"since": ""}, "since"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_what_was_typed_is_kept(centre, client, wrong, field):
    client.force_login(centre.manager)
    answer = client.post(NEW, RATE | {"team": centre.team.pk} | wrong)
    assert answer.status_code in {400, 422}
    assert field in answer.context["form"].errors
    assert answer.context["form"]["metric"].value() == "answer_rate"
    assert not Target.objects.exists()


def test_a_supervisor_is_offered_the_own_teams_only(centre, client):
    client.force_login(centre.supervisor)
    fields = client.get(NEW).context["form"].fields
    assert {"role", "queue", "site"}.isdisjoint(fields)
    assert [team.pk for team in fields["team"].queryset] == [centre.team.pk]
    assert client.post(NEW, RATE).status_code == 422
    assert client.post(NEW, RATE | {"team": centre.team.pk}).status_code == 302
    client.force_login(centre.regional)
    assert client.get(NEW).context["form"].fields.keys() >= {"queue", "site"}


def test_others_read_but_do_not_set(centre, client):
    target = put(0.9)
    client.force_login(centre.agent)
    page = client.get(reverse("kpi:target", args=[target.pk]))
    assert page.status_code == 200
    assert "End it" not in page.content.decode()
    assert client.get(NEW).status_code == 403
    assert client.post(reverse("kpi:end_target", args=[target.pk]), {"last": "2026-03-03"}).status_code == 403
    client.force_login(centre.administrator)
    assert client.get(LIST).status_code == 403


def test_a_target_shows_what_was_wanted_before_and_ends(centre, client):
    put(0.9)
    target = put(0.92, date(2026, 4, 1))
    client.force_login(centre.manager)
    page = client.get(reverse("kpi:target", args=[target.pk]))
    assert [row.value for row in page.context["history"]] == [0.92, 0.9]
    ended = client.post(reverse("kpi:end_target", args=[target.pk]), {"last": "2026-04-30"})
    assert ended.status_code == 302
    assert str(Target.objects.get(pk=target.pk).last_day) == "2026-04-30"
    again = client.post(reverse("kpi:end_target", args=[target.pk]), {"last": "2026-04-30"})
    assert again.status_code == 409
    assert "earlier day" in again.content.decode()


def test_a_target_of_another_site_is_not_there(centre, client):
    target = put(0.9, place=centre.far)
    client.force_login(centre.agent)
    assert client.get(reverse("kpi:target", args=[target.pk])).status_code == 404


def test_the_list_is_narrowed_and_taken_out_as_a_sheet(centre, client):
    queue = QueueFactory(site=centre.near, code="repairs")
    put(0.9)
    put(0.8, place=centre.team)
    put(0.7, place=queue)
    put(200, metric="handle_time_p90", place=Role.AGENT)
    client.force_login(centre.manager)
    found = {
        "": 4, "metric=answer_rate": 3, "site=here": 1, "site=near": 1, f"team={centre.team.pk}": 1,
        "queue=repairs": 1, "role=agent": 1, "day=2026-02-28": 0, "view=all": 4, "view=coming": 0,
    }  # fmt: skip
    for asked, number in found.items():
        assert len(client.get(f"{LIST}?{asked}").context["list"].page.rows) == number, asked
    sheet = b"".join(client.get(f"{LIST}?export=csv&metric=handle_time_p90").streaming_content).decode()
    assert "handle_time_p90,Agent,200" in sheet


def test_the_list_takes_as_many_statements_for_many_as_for_one(centre, client):
    client.force_login(centre.manager)
    put(0.9)
    few = len(statements(lambda: client.get(LIST)))
    for number, metric in enumerate(
        ("abandon_rate", "service_level_20", "handle_time_p90", "satisfaction_mean")
    ):
        put(1 + number, metric=metric, place=None) if number > 1 else put(
            0.5, metric=metric, place=centre.team
        )
    assert len(statements(lambda: client.get(LIST))) <= few + 2
