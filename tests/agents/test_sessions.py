"""What ends the sessions of a person."""

import pytest
from django.urls import reverse
from django.utils import timezone

from agents import services

ENDS = {
    "a new password": lambda given: services.set_password(password="sea-breeze-47-north", **given),
    "a closed account": lambda given: services.deactivate(**given),
}


@pytest.mark.parametrize("ends", ENDS.values(), ids=ENDS)
def test_the_persons_sessions_end_with_it(house, sign_in, ends):
    client, record = sign_in(house.agent), house.agent.get_absolute_url()
    assert client.get(record).status_code == 200
    ends({"actor": house.administrator, "person": house.agent, "now": timezone.now()})
    assert client.get(record).url.startswith(reverse("account_login"))
