from datetime import date, timedelta

import pytest
from django.urls import reverse

PAGES = ["agents:people", "agents:places", "agents:new"]


@pytest.mark.parametrize("page", PAGES)
def test_pages(house, sign_in, page):
    r = sign_in(house.administrator).get(reverse(page))
    assert r.status_code == 200


def test_person(house, sign_in):
    r = sign_in(house.administrator).get(house.agent.get_absolute_url())
    assert r.status_code == 200
    for kind in ("site", "region", "team", "department"):
        r = sign_in(house.administrator).get(reverse("agents:new_place", args=[kind]))
        assert r.status_code == 200
