"""The pages of the bulletin: who opens them, what they show, and that opening one changes nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from callcenter.navigation import Frame
from callcenter.search import selectors as search
from floor import services
from floor.enums import Audience
from floor.models import Post, Reading
from tests.factories.agents import SiteFactory
from tests.pages import LIST_PART

LIST, NEW = reverse("floor:list"), reverse("floor:new")


@pytest.fixture
def real_now():
    """Return the current instant: pages read the clock of the machine."""
    return timezone.now()


@pytest.fixture
def urgent(publish, real_now):
    """Return a post for everybody that must be read in a week."""
    return publish(real_now, must_read_by=(real_now + timedelta(days=7)).date(), source="C-2026-000123")


def shown(client, query: str = "") -> list[Post]:
    return client.get(LIST + query).context["list"].page.rows


def test_opening_a_post_notes_nothing_and_the_button_does(house, sign_in, urgent):
    client = sign_in(house.agent)
    page = client.get(urgent.get_absolute_url()).content.decode()
    assert "I have read it" in page
    assert "C-2026-000123" in page
    assert client.get(reverse("floor:read", args=[urgent.pk])).status_code == 405
    assert not Reading.objects.exists()
    page = client.post(reverse("floor:read", args=[urgent.pk]), follow=True).content.decode()
    assert "You read it on" in page
    assert "1 of 7 have read it" in page
    assert Reading.objects.get().person == house.agent


def test_the_frame_counts_what_must_be_read(house, sign_in, publish, real_now, urgent, rf):
    publish(real_now)
    request = rf.get("/")
    request.user, request.COOKIES = house.agent, {}
    assert {str(link.label): link.count for link in Frame(request).main}["Bulletin"] == 1
    client = sign_in(house.agent)
    assert "1 post waits for you to read it." in client.get(LIST).content.decode()
    client.post(reverse("floor:read", args=[urgent.pk]))
    assert shown(client, "?view=must_read") == []
    assert len(shown(client)) == 2


def test_a_pinned_post_stands_on_top(house, sign_in, publish, real_now):
    pinned = publish(real_now - timedelta(days=9), pinned_until=(real_now + timedelta(days=1)).date())
    unpinned = publish(real_now - timedelta(days=8))
    newest = publish(real_now)
    assert shown(sign_in(house.agent)) == [pinned, newest, unpinned]


def test_the_list_is_searched_and_narrowed(house, sign_in, publish, real_now, urgent):
    team = publish(real_now, title="Team talk", audience=Audience.TEAM, team=house.team)
    client = sign_in(house.lead)
    assert shown(client, "?q=TALK") == shown(client, "?audience=team") == [team]
    assert shown(client, "?q=000123") == [urgent]
    rows = b"".join(client.get(f"{LIST}?export=csv&q=000123").streaming_content).decode()
    assert "After ten seconds." in rows
    assert "Team talk" not in rows


def test_a_supervisor_writes_a_post_for_a_team_in_the_panel(house, sign_in):
    client = sign_in(house.supervisor)
    form = client.get(NEW, headers={"HX-Request": "true", "HX-Target": "panel"}).content.decode()
    assert "Main · Osmanthus" in form
    assert "The whole centre" not in form
    typed = {"title": "Team talk", "text": "<b>At nine</b>", "audience": f"team:{house.team.pk}"}
    page = client.post(NEW, typed, follow=True).content.decode()
    assert "&lt;b&gt;At nine&lt;/b&gt;" in page
    assert Post.objects.get().team == house.team


@pytest.mark.parametrize(
    ("wrong", "field", "status"),
    [
        ({"title": ""}, "title", 422),
        ({"audience": "centre:"}, "audience", 422),
        ({"audience": "site:999"}, "audience", 422),
        ({"must_read_by": "2020-01-01"}, "must_read_by", 400),
        ({"pinned_until": "never"}, "pinned_until", 422),
    ],
)
def test_wrong_input_names_the_field_and_keeps_what_was_typed(house, sign_in, wrong, field, status):
    typed = {"title": "Talk", "text": "At nine sharp", "audience": f"site:{house.site.pk}", **wrong}
    answer = sign_in(house.supervisor).post(NEW, typed)
    assert answer.status_code == status
    assert field in answer.context["form"].errors
    assert "At nine sharp" in answer.content.decode()
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    ("who", "new"), [("agent", 403), ("lead", 403), ("supervisor", 200), ("administrator", 403)]
)
def test_who_opens_the_form(house, sign_in, who, new):
    client = sign_in(getattr(house, who))
    assert client.get(NEW).status_code == new
    assert ("Write a post" in client.get(LIST).content.decode()) == (new == 200)


def test_a_post_for_others_is_not_there(house, sign_in, publish, real_now):
    post = publish(real_now, audience=Audience.SITE, site=SiteFactory())
    client = sign_in(house.agent)
    for name in ("post", "readers", "withdraw"):
        assert client.get(reverse(f"floor:{name}", args=[post.pk])).status_code == 404
    assert client.post(reverse("floor:read", args=[post.pk])).status_code == 404


@pytest.mark.parametrize(
    ("who", "status", "seen"),
    [
        ("agent", 403, set()),
        ("administrator", 403, set()),
        ("lead", 200, {"20401", "20402", "1101"}),
        ("service_manager", 200, {"20401", "20402", "1101", "1001", "2001", "4001", "9001"}),
    ],
)
def test_who_has_not_read_is_shown_to_author_and_leaders(house, sign_in, urgent, who, status, seen):
    answer = sign_in(getattr(house, who)).get(reverse("floor:readers", args=[urgent.pk]))
    assert answer.status_code == status
    assert {person.work_number for person in answer.context["page"].rows} == seen if seen else True


def test_who_has_read_is_shown_with_the_instant(house, sign_in, urgent, real_now):
    services.mark_read(actor=house.agent, post_id=urgent.pk, now=real_now)
    answer = sign_in(house.lead).get(reverse("floor:readers", args=[urgent.pk]), {"show": "read"})
    assert [(person.work_number, person.read_at) for person in answer.context["page"].rows] == [
        ("20401", real_now)
    ]


def test_a_withdrawal_asks_for_its_reason(house, sign_in, urgent):
    client, address = sign_in(house.service_manager), reverse("floor:withdraw", args=[urgent.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    page = client.post(address, {"reason": "Written twice."}, follow=True).content.decode()
    assert "Written twice." in page
    assert client.post(address, {"reason": "Again."}).status_code == 409
    assert sign_in(house.agent).get(urgent.get_absolute_url()).status_code == 404
    assert sign_in(house.agent).get(address).status_code == 404


def test_the_search_finds_posts_that_hold(house, urgent, real_now):
    assert [found.title for found in search.find(house.agent, "waiting w", now=real_now)] == ["Waiting words"]
    services.withdraw_post(actor=house.service_manager, post_id=urgent.pk, reason="Wrong", now=real_now)
    assert search.find(house.service_manager, "waiting w", now=real_now) == []


@pytest.mark.parametrize("count", [1, 5])
def test_the_query_counts_do_not_grow(house, sign_in, publish, real_now, count, django_assert_num_queries):
    for _post in range(count):
        post = publish(real_now, audience=Audience.TEAM, team=house.team)
    client = sign_in(house.agent)
    client.get(LIST)
    with django_assert_num_queries(5):
        client.get(LIST, headers=LIST_PART)
    with django_assert_num_queries(8):
        client.get(post.get_absolute_url())
