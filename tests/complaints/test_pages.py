"""The page of a complaint and what may be done there, through real requests."""

import pytest
from django.urls import reverse


def page(client, complaint, query: str = ""):
    return client.get(complaint.get_absolute_url() + query)


@pytest.mark.parametrize(
    "state",
    [
        "complaint",
        "verified",
        "ruled",
        "apologised",
        "resolved",
        "satisfied",
        "closable",
        "closed",
        "explained",
        "merged",
    ],
)
def test_the_page_shows_a_complaint_in_every_state(house, sign_in, real_now, state):
    complaint = getattr(house, state)(now=real_now)
    answer = page(sign_in(house.service_manager), complaint)
    assert answer.status_code == 200
    assert complaint.get_status_display() in answer.content.decode()
