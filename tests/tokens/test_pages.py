"""The page of tokens."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from callcenter.tokens import use
from callcenter.tokens.models import Token, TokenUse

TYPED = {
    "client": "Wallboard",
    "purpose": "Shows what is late",
    "person": "1001",
    "scopes": ["complaints:read", "kpi:read"],
    "days": "30",
}


@pytest.fixture
def administrator(house, sign_in):
    return sign_in(house.administrator)


def test_a_token_is_made_its_secret_shown_once_and_it_opens_the_door(administrator, client):
    page = administrator.post(reverse("tokens:new"), TYPED)
    secret = page.context["secret"]
    assert secret in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert secret not in administrator.get(reverse("tokens:list")).content.decode()
    client.logout()
    answer = client.get("/api/v1/complaints/", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"person": "nobody"}, "person"),
        ({"scopes": ["all"]}, "scopes"),
        ({"scopes": []}, "scopes"),
        ({"days": "400"}, "days"),
        ({"client": ""}, "client"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(administrator, wrong, field):
    page = administrator.post(reverse("tokens:new"), {**TYPED, **wrong})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert "Shows what is late" in page.content.decode()
    assert not Token.objects.exists()


def test_a_token_is_revoked_on_the_page(administrator):
    administrator.post(reverse("tokens:new"), TYPED)
    token = Token.objects.get()
    page = administrator.post(reverse("tokens:revoke", args=[token.pk]), follow=True)
    assert "Revoked" in page.content.decode()
    assert administrator.post(reverse("tokens:revoke", args=[token.pk])).status_code == 409
    assert administrator.post(reverse("tokens:revoke", args=[token.pk + 1])).status_code == 404


@pytest.mark.parametrize("who", ["supervisor", "executive", "agent"])
@pytest.mark.parametrize("page", ["tokens:list", "tokens:new"])
def test_the_pages_are_for_administrators(house, sign_in, who, page):
    assert sign_in(getattr(house, who)).get(reverse(page)).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_one_as_for_many(administrator, count, django_assert_num_queries):
    for _one in range(count):
        administrator.post(reverse("tokens:new"), TYPED)
    administrator.get(reverse("tokens:list"))
    with django_assert_num_queries(5):
        administrator.get(reverse("tokens:list"))


def test_the_list_says_how_each_token_stands(administrator):
    administrator.post(reverse("tokens:new"), TYPED)
    before = timezone.now() - timedelta(days=60)
    Token.objects.update(created_at=before, expires_at=before + timedelta(days=30))
    assert "Expired" in administrator.get(reverse("tokens:list")).content.decode()


@pytest.fixture
def asked(administrator, client):
    """Let a token ask three times, once for what it may not see, and write it down."""
    secret = administrator.post(reverse("tokens:new"), TYPED).context["secret"]
    client.logout()
    headers = {"Authorization": f"Bearer {secret}"}
    for path in ("complaints/", "complaints/", "complaints/C-0/", "people/"):
        client.get(f"/api/v1/{path}", headers=headers)
    assert use.write_down() == 4
    return Token.objects.get()


def test_what_a_token_asks_for_is_counted_by_day_and_address(asked):
    rows = TokenUse.objects.order_by("route").values_list("token", "day", "route", "requests", "refused")
    today = use.today()
    assert list(rows) == [
        (asked.pk, today, "api/v1/complaints/", 2, 0),
        (asked.pk, today, "api/v1/complaints/<slug:reference>/", 1, 1),
        (asked.pk, today, "api/v1/people/", 1, 1),
    ]
    assert use.write_down() == 0


def test_its_use_is_shown_to_administrators_and_to_whom_it_acts_for_only(house, asked, sign_in):
    address = reverse("tokens:use", args=[asked.pk])
    for person, status in ((house.administrator, 200), (house.supervisor, 200), (house.regional, 404)):
        page = sign_in(person).get(address)
        assert page.status_code == status
        assert ("4 requests in 30 days, 2 of them refused" in page.content.decode()) == (status == 200)
    assert "Wallboard" in sign_in(house.supervisor).get(reverse("tokens:mine")).content.decode()
    assert "Wallboard" not in sign_in(house.regional).get(reverse("tokens:mine")).content.decode()


def test_use_of_more_than_a_year_ago_is_forgotten(asked):
    TokenUse.objects.filter(route="api/v1/people/").update(day=use.today() - use.KEPT - timedelta(days=2))
    use.forget_old(now=timezone.now())
    assert TokenUse.objects.count() == 2
