"""The style guide: for administrators, every component once in light and once in dark, with a panel to try."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

GUIDE, PANEL, UNDO = (reverse(f"styleguide:{name}") for name in ("guide", "panel", "undo"))
RIGHT = {"subject": "Charged twice", "tier": "1", "named": "named"}
IN_PANEL = {"HX-Request": "true", "HX-Target": "panel"}
# Drawn by the frame, by another component or in an email.
ELSEWHERE = {
    "chart_head", "chart_scripts", "chip", "email", "pagination", "place", "side",
    "tabbar", "top",
}  # fmt: skip


@pytest.fixture
def administrator(house, sign_in):
    return sign_in(house.administrator)


@pytest.mark.parametrize("address", [GUIDE, PANEL])
def test_only_administrators_see_it(house, sign_in, address):
    assert sign_in(house.supervisor).get(address).status_code == 403


def test_every_component_is_shown_in_light_and_in_dark(administrator):
    page = administrator.get(GUIDE).content.decode()
    assert 'data-bs-theme="light"' in page
    assert 'data-bs-theme="dark"' in page
    assert "style=" not in page
    made = {path.stem for path in Path(settings.BASE_DIR, "templates/components").glob("*.html")}
    pieces = {name for name in made if not name.startswith("data_table_")} - ELSEWHERE
    assert {name for name in pieces if f"{name}.html" not in page} == set()


def test_no_id_stands_twice_on_it(administrator):
    page = administrator.get(GUIDE).content.decode()
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert sorted({name for name in ids if ids.count(name) > 1}) == []


def test_a_page_that_a_panel_shows_is_a_page_of_its_own_too(administrator):
    assert "<!doctype html>" in administrator.get(PANEL).content.decode()
    answer = administrator.get(PANEL, headers=IN_PANEL)
    assert "<html" not in answer.content.decode()
    assert 'id="panel-title"' in answer.content.decode()
    assert "HX-Target" in answer.headers["Vary"]
    assert answer.headers["HX-Push-Url"] == "false"


def test_a_wrong_form_comes_back_inside_the_panel_with_what_was_typed(administrator):
    answer = administrator.post(PANEL, {**RIGHT, "subject": "x" * 41}, headers=IN_PANEL)
    assert answer.status_code == 422
    assert "x" * 41 in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_a_form_that_was_right_leads_the_page_on_in_place(administrator):
    here = {**IN_PANEL, "HX-Current-URL": f"http://testserver{GUIDE}"}
    answer = administrator.post(PANEL, RIGHT, headers=here)
    assert answer.status_code == 204
    led = json.loads(answer.headers["HX-Location"])
    assert (led["path"], led["target"]) == (GUIDE, "#main")


def test_a_form_that_was_right_leads_from_another_page_to_the_next(administrator):
    answer = administrator.post(PANEL, RIGHT, headers={**IN_PANEL, "HX-Current-URL": "http://testserver/"})
    assert answer.headers["HX-Redirect"] == GUIDE


def test_without_a_script_the_form_redirects(administrator):
    answer = administrator.post(PANEL, RIGHT)
    assert (answer.status_code, answer.headers["Location"]) == (302, GUIDE)


def test_what_was_done_is_said_once_with_a_button_that_takes_it_back(administrator):
    administrator.post(PANEL, RIGHT)
    page = administrator.get(PANEL).content.decode()
    assert "Done: Charged twice." in page
    assert f'action="{UNDO}"' in page
    assert "Done: Charged twice." not in administrator.get(PANEL).content.decode()
    assert "Taken back." in administrator.post(UNDO, follow=True).content.decode()


def test_a_session_that_has_ended_leads_a_part_of_a_page_to_the_sign_in(client, db):
    answer = client.get(
        PANEL, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/complaints/"}
    )
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == f"{reverse('account_login')}?next=/complaints/"


def test_a_refusal_in_the_panel_is_said_in_the_panel(house, sign_in):
    answer = sign_in(house.supervisor).get(PANEL, headers=IN_PANEL)
    assert answer.status_code == 403
    assert 'id="panel-title"' in answer.content.decode()
    assert "<html" not in answer.content.decode()
