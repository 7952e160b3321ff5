"""The page of tokens."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from callcenter.tokens.models import Token

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
