"""Feedback over REST: the same rights, the same loop."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from callcenter.rest.scopes import Scope
from feedback import services
from feedback.enums import Act
from feedback.models import Item
from tests.feedback.conftest import TEXT
from tests.rest.conftest import error_of, program  # noqa: F401 (the fixture)

ITEMS, PUBLIC = "/api/v1/feedback/items/", "/api/v1/feedback/board/"


@pytest.fixture
def real_now():
    """Return the current instant: REST reads the clock of the machine."""
    return timezone.now()


@pytest.fixture
def act(program):  # noqa: F811 (pytest's way)
    """Return a function that does something with an item over REST."""

    def act(person, item, name: Act, **body):
        return program(person).send(f"{ITEMS}{item.number}/{name}/", body)

    return act


def test_the_loop_over_rest(house, departments, program, act):  # noqa: F811
    agent = program(house.agent)
    wish = {"department": departments.it.pk, "category": "tools", "subject": "Headset", "text": TEXT}
    written = agent.send(ITEMS, wish)
    assert written.status_code == 201
    item = Item.objects.get(number=written.json()["number"])
    assert agent.get(written["Location"]).json()["author"] == "20401"
    assert act(departments.owner, item, Act.ASK_BACK, text="Which row?").status_code == 200
    assert act(departments.owner, item, Act.NOTE, text="Ordered.").status_code == 200
    assert agent.get(written["Location"]).json()["notes"] == []
    seen = program(departments.owner).get(written["Location"]).json()
    assert [note["text"] for note in seen["notes"]] == ["Ordered."]
    assert set(seen["acts"]) == {"answer", "ask_back", "hand_on", "note"}
    done = act(departments.owner, item, Act.ANSWER, text="Wednesday.").json()
    assert (done["status"], "publish" in done["acts"]) == ("answered", True)
    assert error_of(act(departments.owner, item, Act.ANSWER, text="Again."))[:2] == (
        409,
        "illegal_transition",
    )
    assert error_of(act(house.agent, item, Act.ANSWER, text="I."))[0] == 403
    assert error_of(act(house.colleague, item, Act.ANSWER, text="I."))[0] == 404
    survey = {"expected_days": 3, "expected_quality": 9, "found_quality": 5, "satisfied": True}
    assert act(house.agent, item, Act.CONFIRM, survey=survey).status_code == 400
    assert act(house.agent, item, Act.CONFIRM, survey={**survey, "expected_quality": 4}).status_code == 200
    assert Item.objects.get().survey.satisfied


def test_files_go_in_with_what_is_written_and_come_out_cleaned(house, departments, program):  # noqa: F811
    agent, upload = program(house.agent), SimpleUploadedFile("my name.txt", b"row C, seat 4")
    wish = {"department": departments.it.pk, "category": "tools", "subject": "Headset", "text": TEXT}
    written = agent.post(ITEMS, {**wish, "files": [upload]})
    assert written.status_code == 201
    [file] = agent.get(written["Location"]).json()["files"]
    address = f"{written['Location']}files/{file['id']}/"
    answer = program(departments.owner).get(address)
    assert b"".join(answer.streaming_content) == b"row C, seat 4"
    assert "my name" not in answer["Content-Disposition"]
    assert error_of(program(house.colleague).get(address))[0] == 404
    lies = SimpleUploadedFile("photo.png", b"MZ\x90\x00 no picture")
    assert error_of(agent.post(ITEMS, {**wish, "files": [lies]}))[::2] == (400, "files")
    assert Item.objects.count() == 1


def test_an_act_on_what_was_changed_since_is_refused(submit, departments, program, real_now):  # noqa: F811
    item = submit(now=real_now)
    owner = program(departments.owner)
    known = owner.get(f"{ITEMS}{item.number}/")["ETag"]
    note = f"{ITEMS}{item.number}/note/"
    assert owner.send(note, {"text": "Ordered."}, **{"If-Match": known}).status_code == 200
    again = owner.send(note, {"text": "Ordered twice."}, **{"If-Match": known})
    assert error_of(again) == (412, "changed", "If-Match")
    assert item.notes.count() == 1


def test_rows_are_those_of_the_page(submit, admit, departments, house, program, real_now):  # noqa: F811
    named, anonymous = submit(real_now), admit(real_now)
    owner = program(departments.owner)
    rows = owner.get(ITEMS, {"view": "to_answer", "ordering": "due_at"}).json()["results"]
    assert {row["number"]: row["author"] for row in rows} == {named.number: "20401", anonymous.number: None}
    assert [row["number"] for row in program(house.agent).get(ITEMS).json()["results"]] == [named.number]
    for person in (house.colleague, house.administrator, house.executive):
        assert program(person).get(ITEMS).json()["results"] == []
        assert program(person).get(f"{ITEMS}{anonymous.number}/").status_code == 404


def test_the_board_over_rest(submit, answered, departments, house, program, real_now):  # noqa: F811
    item = answered(submit(real_now), real_now)
    client = program(house.colleague)
    assert client.get(f"{PUBLIC}{item.number}/").status_code == 404
    services.publish(
        actor=departments.owner, item_id=item.pk, subject="耳麦", text="何时更换。", now=real_now
    )
    (row,) = client.get(PUBLIC, {"q": "耳麦"}).json()["results"]
    assert (row["subject"], row["answer"], row["joined"]) == ("耳麦", "A new one lies at your desk.", [])
    assert TEXT not in client.get(PUBLIC).text
    join = f"{PUBLIC}{item.number}/join/"
    assert client.send(join, {"interest": "me_too"}).json()["voices"] == 1
    assert client.send(join, {"interest": "me_too", "on": False}).json()["joined"] == []
    hint = client.send("/api/v1/feedback/hint/", {"text": "耳麦何时更换"}).json()
    assert (hint["department"]["name"], hint["items"][0]["number"]) == ("IT", item.number)
    assert [one["name"] for one in client.get("/api/v1/feedback/departments/").json()["results"]] == [
        "HR",
        "IT",
        "Kitchen",
    ]


def test_a_scope_that_is_missing_is_named(program, house):  # noqa: F811
    reader = program(house.agent, scopes=[Scope.FEEDBACK_READ])
    assert reader.get(PUBLIC).status_code == 200
    assert error_of(reader.send(ITEMS, {}))[:2] == (403, "missing_scope")
    assert error_of(program(house.agent, scopes=[Scope.CALLS_READ]).get(ITEMS))[:2] == (403, "missing_scope")
