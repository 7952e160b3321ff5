"""The whole course of a complaint over REST, by the people of the house."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from callcenter.audit.models import Entry
from complaints import services
from complaints.api.deeds import DEEDS
from complaints.course import COURSE
from complaints.enums import Act, Status, Tier
from complaints.models import ClockPolicy, Complaint, Correction, Question, Step
from complaints.selectors.choices import NOT_OFFERED
from tests.complaints.files import PNG
from tests.course import cause, service_rule
from tests.factories.agents import UserFactory
from tests.rest.conftest import error_of

COMPLAINTS = "/api/v1/complaints/"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    storages = {name: dict(given) for name, given in settings.STORAGES.items()}
    storages["default"]["OPTIONS"] = {**storages["default"]["OPTIONS"], "location": str(tmp_path)}
    settings.STORAGES = storages


@pytest.fixture
def act(program):
    """Return a function with which somebody does an act on a complaint, and which returns the answer."""
    programs = {}

    def send(person, complaint, name, body=None, **headers):
        client = programs[person.pk] = programs.get(person.pk) or program(person)
        return client.send(f"{COMPLAINTS}{complaint.reference}/{name}/", body or {}, **headers)

    return send


def test_every_act_of_the_course_has_an_address():
    assert DEEDS.keys() == set(Act) - NOT_OFFERED


def in_a_week() -> str:
    return f"{timezone.localdate() + timedelta(days=7):%Y-%m-%d}"


def test_a_valid_complaint_of_the_group_goes_its_whole_course(house, program, act):
    rule, why, now = service_rule(), cause(), timezone.now()
    complaint = house.complaint(now=now, tier=Tier.GROUP, staff_concerned=house.agent)
    Complaint.objects.update(handler=house.regional, responsible=house.regional)
    tells = []

    def did(actor, name, **body):
        answer = act(actor, complaint, name, body)
        assert answer.status_code == 200, (name, answer.content)
        tells.append(answer.json()["status"])
        return answer.json()

    did(house.regional, "respond", note="We look into it.")
    did(house.regional, "appoint", person="1001")
    asked = did(house.supervisor, "ask", person="20401", text="What happened?")["questions"][0]["id"]
    hidden = act(house.agent, complaint, "answer", {"question": asked, "text": "I said one visit."})
    assert (hidden.status_code, hidden.content) == (204, b"")
    did(house.supervisor, "add_evidence", kind="call", reference="acd/7")
    did(house.supervisor, "verify", findings="It is on the bill twice.")
    ruled = did(house.service_manager, "rule", outcome="valid", broken=rule.code, opinion="As recorded.")
    assert ruled["ruling"] | {"at": ""} == {
        "outcome": "valid",
        "rule": rule.code,
        "opinion": "As recorded.",
        "by": "3001",
        "at": "",
    }
    did(house.agent, "apologise", note="By telephone.")
    assert did(house.regional, "resolve", solution="Paid back.")["resolved_at"]
    did(house.regional, "appoint_caller", person="20402")
    did(house.colleague, "follow_up", outcome="satisfied", means="call")
    did(house.regional, "set_cause", cause=why.code)
    did(house.service_manager, "hold_to_account", person="20401", measure="A talk.")
    planned = did(house.supervisor, "plan_correction", plan="Check.", owner="1101", due_on=in_a_week())
    number = planned["corrections"][0]["id"]
    early = act(house.regional, complaint, "close")
    assert error_of(early) == (409, "incomplete", None)
    did(house.lead, "carry_out", correction=number, done="Done.")
    did(house.service_manager, "judge_correction", correction=number, holds=True, verdict="Looked at ten.")
    did(house.regional, "file_report", receiver="The group", text="It was billed twice.")
    closed = did(house.regional, "close")
    assert list(dict.fromkeys(tells)) == [
        "accepted",
        "verified",
        "valid",
        "apologised",
        "resolved",
        "satisfied",
        "closed",
    ]
    assert (closed["cause"], closed["staff_concerned"], closed["caller"]) == (why.code, "20401", "20402")
    assert [one["answer"] for one in closed["questions"]] == ["I said one visit."]
    assert [one["outcome"] for one in closed["follow_ups"]] == ["satisfied"]
    assert [one["receiver"] for one in closed["reports"]] == ["The group"]
    assert [(one["state"], one["judged_by"]) for one in closed["corrections"]] == [("holds", "3001")]
    assert closed["liabilities"][0]["record"]
    again = did(house.regional, "reopen", reason="The money has not arrived.")
    assert (again["status"], len([one for one in again["clocks"] if one["kind"] == "resolution"])) == (
        "valid",
        2,
    )


def test_an_invalid_one_is_explained_and_a_second_person_may_rule_otherwise(house, act):
    complaint = house.verified(now=timezone.now())
    rule = service_rule()
    act(house.service_manager, complaint, "rule", {"outcome": "invalid", "opinion": "Two visits."})
    said = {"explanation": "Two visits took place.", "reaction": "Understood."}
    assert act(house.supervisor, complaint, "explain", said).json()["status"] == Status.EXPLAINED
    other = {"outcome": "valid", "broken": rule.code, "opinion": "One was announced."}
    assert error_of(act(house.service_manager, complaint, "change_ruling", other))[0] == 403
    assert act(house.executive, complaint, "change_ruling", other).json()["status"] == Status.VALID


def test_complaints_are_linked_merged_and_raised(house, act):
    first, second, third = (house.complaint(now=timezone.now()) for _one in range(3))
    linked = act(house.supervisor, first, "link", {"other": second.reference})
    assert linked.json()["linked"] == [second.reference]
    merged = act(house.supervisor, third, "merge", {"other": first.reference, "reason": "The same."}).json()
    assert (merged["status"], merged["merged_into"]) == (Status.MERGED, first.reference)
    raised = act(house.supervisor, first, "raise_tier", {"tier": 2, "reason": "The group wrote."}).json()
    assert (raised["tier"], raised["handler"], raised["merged"]) == (2, "2001", [third.reference])
    assert error_of(act(house.supervisor, first, "raise_tier", {"tier": 1, "reason": "No."})) == (
        400,
        "invalid",
        "tier",
    )


def test_it_waits_for_the_customer_and_goes_on(house, act):
    ClockPolicy.objects.update(pause_days=2)
    complaint = house.complaint(now=timezone.now())
    waiting = act(house.supervisor, complaint, "pause", {"reason": "The bill comes."}).json()
    assert [one["ended_at"] for one in waiting["pauses"]] == [None]
    assert [
        one["ended_at"] is None for one in act(house.supervisor, complaint, "resume").json()["pauses"]
    ] == [False]


def test_whoever_sees_it_no_more_gets_an_empty_answer(house, act):
    complaint = house.complaint(now=timezone.now())
    stranger = UserFactory(site=house.supervisor.site)
    Complaint.objects.update(handler=stranger, responsible=stranger, recorded_by=house.regional)
    answer = act(stranger, complaint, "raise_tier", {"tier": 2, "reason": "The group wrote."})
    assert (answer.status_code, answer.content) == (204, b"")


def test_files_are_sent_listed_and_saved(house, program):
    complaint = house.complaint(now=timezone.now())
    address, client = f"{COMPLAINTS}{complaint.reference}/", program()

    def send(name, content, **headers):
        file = SimpleUploadedFile(name, content)
        return client.post(f"{address}attach/", {"file": file}, headers=headers)

    first, again = (send("bill.png", PNG, **{"Idempotency-Key": "one"}) for _one in range(2))
    assert first.status_code == 200, first.content
    assert first.content == again.content
    assert error_of(send("bill.png", PNG + b"x", **{"Idempotency-Key": "one"}))[1] == "idempotency_mismatch"
    (row,) = client.get(f"{address}attachments/").json()["results"]
    assert (row["name"], row["kind"], row["by"]) == ("bill.png", "image/png", "1001")
    saved = client.get(f"{address}attachments/{row['id']}/", headers={"Accept": "image/*"})
    assert b"".join(saved.streaming_content) == PNG
    assert saved["Content-Disposition"].startswith("attachment")
    assert Entry.objects.filter(action="complaint.attachment_taken").exists()
    assert error_of(send("bill.png", b"<html>")) == (400, "kind", "file")
    assert error_of(client.send(f"{address}attach/", {"file": "x"})) == (415, "unsupported_media_type", None)
    assert error_of(client.get(f"{address}attachments/0/"))[0] == 404
    assert error_of(program(house.agent).get(f"{address}attachments/{row['id']}/"))[0] == 404


def test_a_file_far_too_large_is_not_read(house, program, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = -(20 << 20)
    complaint = house.complaint(now=timezone.now())
    file = {"file": SimpleUploadedFile("bill.png", PNG)}
    answer = program().post(f"{COMPLAINTS}{complaint.reference}/attach/", file)
    assert error_of(answer)[:2] == (413, "too_large")


def test_the_history_tells_everything_once_page_by_page(house, program):
    now = timezone.now()
    complaint = house.complaint(now=now - timedelta(days=9), received_at=now - timedelta(days=9))
    while services.sweep_clocks(now=now):
        pass
    house.verify(complaint, now=now)
    client, rows = program(house.service_manager), []
    address = f"{COMPLAINTS}{complaint.reference}/history/?limit=2"
    while address:
        page = client.get(address).json()
        assert len(page["results"]) <= 2
        rows += page["results"]
        address = page["next"]
    steps = [row for row in rows if row["happened"] == "step"]
    assert [row["act"] for row in steps if row["by"]] == ["accept", "add_evidence", "verify"]
    assert len(steps) == Step.objects.count()
    assert {(row["alert"], row["clock"]) for row in rows if row["happened"] == "alert"} >= {
        ("escalation", "resolution"),
        ("joining", "same_day"),
    }
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    assert len({json.dumps(row) for row in rows}) == len(rows)
    assert error_of(client.get(f"{COMPLAINTS}{complaint.reference}/history/?cursor=x")) == (
        400,
        "invalid",
        "cursor",
    )


def test_what_one_may_do_is_told_with_the_reason_why_not(house, program):
    complaint = house.verified(now=timezone.now())
    told = program(house.service_manager).get(f"{COMPLAINTS}{complaint.reference}/acts/").json()
    acts = {row["act"]: row for row in told["acts"]}
    assert told["next"] == ["rule"]
    assert acts["rule"] == {"act": "rule", "label": "Rule", "possible": True, "why": ""}
    assert not acts["close"]["possible"]
    assert "supervisor" in acts["close"]["why"].lower()


def test_whoever_was_asked_finds_the_question_without_seeing_the_complaint(house, program, act):
    complaint = house.complaint(now=timezone.now(), staff_concerned=house.agent)
    act(house.supervisor, complaint, "ask", {"person": "20401", "text": "What happened?"})
    client = program(house.agent)
    (row,) = client.get(f"{COMPLAINTS}questions/?view=waiting").json()["results"]
    assert (row["complaint"], row["text"]) == (complaint.reference, "What happened?")
    assert client.get(f"{COMPLAINTS}{complaint.reference}/").status_code == 404
    assert (
        error_of(act(house.colleague, complaint, "answer", {"question": row["id"], "text": "I?"}))[0] == 404
    )
    assert act(house.agent, complaint, "answer", {"question": row["id"], "text": "So."}).status_code == 204
    assert client.get(f"{COMPLAINTS}questions/?view=waiting").json()["results"] == []
    assert Question.objects.get().answer == "So."


def test_an_act_with_a_key_is_done_once(house, act):
    complaint = house.complaint(now=timezone.now())
    sent = {"kind": "call", "reference": "acd/7"}
    first, again = (
        act(house.supervisor, complaint, "add_evidence", sent, **{"Idempotency-Key": "one"})
        for _one in range(2)
    )
    assert first.content == again.content
    assert again["Idempotency-Replayed"] == "true"
    assert complaint.evidence.count() == 1


def test_nothing_is_done_to_a_complaint_that_moved_since_it_was_read(house, program, act):
    complaint = house.complaint(now=timezone.now())
    known = program().get(f"{COMPLAINTS}{complaint.reference}/")["ETag"]
    sent = {"kind": "call", "reference": "acd/7"}
    first = act(house.supervisor, complaint, "add_evidence", sent, **{"If-Match": known})
    assert first.status_code == 200
    again = act(house.supervisor, complaint, "add_evidence", sent, **{"If-Match": known})
    assert error_of(again) == (412, "changed", "If-Match")
    third = act(house.supervisor, complaint, "add_evidence", sent, **{"If-Match": first["ETag"]})
    assert third.status_code == 200


@pytest.mark.parametrize("status", Status)
def test_an_act_that_the_course_does_not_allow_is_a_conflict_and_changes_nothing(house, act, status):
    complaint = house.brought_to(status, now=timezone.now())
    Complaint.objects.filter(pk=complaint.pk).update(handler=house.supervisor)
    before = Complaint.objects.filter(pk=complaint.pk).values().get(), Step.objects.count()
    for name in ("respond", "verify", "explain", "apologise", "resolve", "merge", "pause"):
        answer = act(house.supervisor, complaint, name)
        if status in COURSE[Act(name)].sources:
            assert answer.status_code in {400, 409}, (name, answer.content)
        else:
            assert error_of(answer) == (409, "illegal_transition", None)
    assert (Complaint.objects.filter(pk=complaint.pk).values().get(), Step.objects.count()) == before


@pytest.mark.parametrize("tier", Tier)
def test_who_may_not_do_an_act_is_refused_whatever_they_send(house, act, tier):
    now = timezone.now()
    complaint = house.complaint(now=now, tier=tier)
    for name, deed in DEEDS.items():
        stranger = act(house.colleague, complaint, name, deed.example)
        assert stranger.status_code == (415 if name == Act.ATTACH else 404)
    Complaint.objects.filter(pk=complaint.pk).update(recorded_by=house.colleague)
    for name, deed in DEEDS.items():
        if name != Act.ATTACH:
            assert error_of(act(house.colleague, complaint, name, deed.example))[0] == 403
    assert Step.objects.exclude(act=Act.ACCEPT).count() == 0


def test_what_is_missing_or_unknown_is_named_field_by_field(house, act):
    complaint = house.ruled(now=timezone.now(), staff_concerned=house.agent)
    Complaint.objects.update(cause=cause())
    wrong = {"plan": " ", "owner": "nobody", "due_on": "0001-01-01", "replaces": 10**30}
    answer = act(house.supervisor, complaint, "plan_correction", wrong)
    assert answer.status_code == 400
    assert {error["field"] for error in answer.json()["errors"]} == wrong.keys()
    endless = json.dumps(wrong).replace(f"{10**30}", "1e400")
    assert act(house.supervisor, complaint, "plan_correction", endless).status_code == 400
    missing = act(house.supervisor, complaint, "plan_correction")
    assert {(error["field"], error["code"]) for error in missing.json()["errors"]} == {
        ("plan", "required"),
        ("owner", "required"),
        ("due_on", "required"),
    }
    assert error_of(act(house.service_manager, complaint, "set_cause", {"cause": "none"})) == (
        400,
        "does_not_exist",
        "cause",
    )
    assert not Correction.objects.exists()


def test_the_list_is_narrowed_by_cause_deadline_and_step(house, program):
    now = timezone.now()
    late = house.ruled(now=now, received_at=now - timedelta(days=30))
    house.complaint(now=now)
    why = cause()
    Complaint.objects.filter(pk=late.pk).update(cause=why)
    client = program()
    for query in (f"cause={why.code}", "breach=late", "step=valid", "step=valid&cause=billing&breach=late"):
        assert [row["reference"] for row in client.get(f"{COMPLAINTS}?{query}").json()["results"]] == [
            late.reference
        ]


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.CLOSED])
def test_one_in_full_is_read_by_few_statements_however_much_happened(
    house, program, status, django_assert_max_num_queries
):
    complaint = house.brought_to(status, now=timezone.now())
    client = program(house.service_manager)
    client.get(f"{COMPLAINTS}questions/")
    with django_assert_max_num_queries(10):
        assert client.get(f"{COMPLAINTS}{complaint.reference}/").status_code == 200
