"""The door: signing in by work number, refusals in plain words, the lock-out, and what stays closed."""

import pytest
from django.urls import reverse

PASSWORD = "harbour-desk-2026"


def try_door(client, number: str, password: str):
    return client.post(reverse("account_login"), {"login": number, "password": password})


def test_work_number_and_password_open_the_door(client, house):
    answer = try_door(client, house.supervisor.work_number, PASSWORD)
    assert (answer.status_code, answer.url) == (302, reverse("today"))
    assert int(client.session["_auth_user_id"]) == house.supervisor.pk


def test_sign_in_page_asks_for_the_work_number(client, db):
    page = client.get(reverse("account_login")).content.decode()
    assert '<label for="id_login">Work number</label>' in page
    assert "Username" not in page


def test_wrong_password_is_refused_without_saying_which_part_was_wrong(client, house):
    known = try_door(client, house.supervisor.work_number, "not this one")
    unknown = try_door(client, "99999", "not this one")
    for answer in (known, unknown):
        assert "Work number or password is not right." in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_sixth_try_is_refused_even_with_the_right_password(client, house):
    for _ in range(5):
        try_door(client, house.supervisor.work_number, "not this one")
    answer = try_door(client, house.supervisor.work_number, PASSWORD)
    assert "Too many tries." in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_lock_out_of_one_person_leaves_others_alone(client, house):
    for _ in range(6):
        try_door(client, house.supervisor.work_number, "not this one")
    assert try_door(client, house.agent.work_number, PASSWORD).status_code == 302


def test_inactive_person_stays_outside(client, house):
    house.agent.is_active = False
    house.agent.save(update_fields=["is_active"])
    try_door(client, house.agent.work_number, PASSWORD)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password"])
def test_nobody_signs_up_or_resets_a_password_alone(client, db, name):
    page = client.get(reverse(name))
    assert "Ask your administrator" in page.content.decode()


def test_person_changes_their_password_and_stays_signed_in(client, house):
    try_door(client, house.agent.work_number, PASSWORD)
    words = {"oldpassword": PASSWORD, "password1": "sea-breeze-47-north", "password2": "sea-breeze-47-north"}
    assert client.post(reverse("account_change_password"), words).status_code == 302
    assert client.get(reverse("account_change_password")).status_code == 200
    house.agent.refresh_from_db()
    assert house.agent.check_password("sea-breeze-47-north")


def test_weak_password_is_refused_beside_its_field(sign_in, house):
    words = {"oldpassword": PASSWORD, "password1": "12345", "password2": "12345"}
    page = sign_in(house.agent).post(reverse("account_change_password"), words).content.decode()
    assert 'id="id_password1_error"' in page


def test_signing_out_takes_a_post(sign_in, house):
    client = sign_in(house.agent)
    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_frame_shows_the_person_and_what_they_may_open(sign_in, house):
    page = sign_in(house.administrator).get(reverse("account_change_password")).content.decode()
    assert house.administrator.name in page
    assert f'href="{reverse("ops:outbox")}"' in page
    page = sign_in(house.agent).get(reverse("account_change_password")).content.decode()
    assert f'href="{reverse("ops:outbox")}"' not in page


def test_person_who_is_not_signed_in_is_led_to_the_door(client, db):
    answer = client.get(reverse("today"))
    assert answer.url == f"{reverse('account_login')}?next=/"
