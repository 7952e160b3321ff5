"""The pages of conduct and of the service rules: who opens them, what they show, what happens to wrong input."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agents import services
from agents.enums import ConductKind, ConductState
from agents.models import ConductRecord, ServiceRule
from tests.agents.conduct import draft, finish, rule
from tests.pages import LIST_PART

LIST, NEW = reverse("agents:conduct"), reverse("agents:new_conduct")
RULES, NEW_RULE = reverse("service_rules:list"), reverse("service_rules:new")


@pytest.fixture
def real_now():
    """Return the current instant: pages read the clock of the machine."""
    return timezone.now()


@pytest.fixture
def opened(house, real_now):
    """Return a penalty of the agent, open for a reply."""
    record = draft(house, real_now, occurred_on=house.agent.today)
    return services.open_conduct(actor=house.service_manager, record_id=record.pk, now=real_now)


@pytest.fixture
def typed(house):
    """Return what a manager types."""
    return {
        "person": "20401",
        "kind": ConductKind.PENALTY,
        "rule": rule().pk,
        "occurred_on": house.agent.today.isoformat(),
        "account": "On hold for two minutes.",
        "measure": "Warning",
        "complaint_reference": "C-2026-000123",
        "complaint_tier": "1",
    }


def deed(record, name: str) -> str:
    return reverse("agents:conduct_deed", args=[record.pk, name])


def deeds(client, record) -> dict[str, bool]:
    """Return what the page offers, and whether it is possible now."""
    context = client.get(record.get_absolute_url()).context
    return {name: not why for name, _deed, why in context["deeds"]}


def test_a_manager_writes_a_record_and_tells_those_concerned(house, sign_in, typed):
    client = sign_in(house.service_manager)
    form = client.get(f"{NEW}?person=20401", headers={"HX-Request": "true", "HX-Target": "panel"})
    assert 'value="20401"' in form.content.decode()
    client.post(NEW, typed)
    record = ConductRecord.objects.get()
    assert deeds(client, record) == {"open": True, "withdraw": True}
    change = reverse("agents:change_draft", args=[record.pk])
    assert 'value="20401"' in client.get(change).content.decode()
    client.post(change, {**typed, "measure": "Written warning"})
    record.refresh_from_db()
    assert record.measure == "Written warning"
    page = client.post(deed(record, "open"), follow=True).content.decode()
    assert "Those concerned may reply until" in page
    assert "On hold for two minutes." in page


@pytest.mark.parametrize(
    ("wrong", "field", "status"),
    [
        ({"person": "99999"}, "person", 422),
        ({"measure": ""}, "measure", 422),
        ({"rule": "0"}, "rule", 422),
        ({"occurred_on": "2020-01-01"}, "rule", 400),
        ({"occurred_on": "2190-01-01"}, "occurred_on", 400),
        ({"complaint_tier": "7"}, "complaint_tier", 422),
    ],
)
def test_wrong_input_names_the_field_and_keeps_what_was_typed(house, sign_in, typed, wrong, field, status):
    answer = sign_in(house.service_manager).post(NEW, {**typed, **wrong})
    assert answer.status_code == status
    assert field in answer.context["form"].errors
    assert "On hold for two minutes." in answer.content.decode()
    assert not ConductRecord.objects.exists()


def test_the_person_reads_replies_and_appeals(house, sign_in, opened):
    client = sign_in(house.agent)
    assert client.get(LIST).context["list"].page.rows == [opened]
    assert deeds(client, opened) == {"reply": True}
    assert client.post(deed(opened, "reply"), {"text": ""}).status_code == 422
    page = client.post(deed(opened, "reply"), {"text": "<i>It rang.</i>"}, follow=True).content.decode()
    assert "&lt;i&gt;It rang.&lt;/i&gt;" in page
    final = finish(opened)
    assert deeds(client, final) == {"appeal": True}
    page = client.post(deed(final, "appeal"), {"text": "The line was down."}, follow=True).content.decode()
    assert "Somebody else than its author decides the appeal." in page
    assert deeds(sign_in(house.service_manager), final) == {"decide": False}
    executive = sign_in(house.executive)
    assert executive.get(f"{LIST}?view=appeals").context["list"].page.rows == [final]
    given = {"outcome": ConductState.LIFTED, "decision": "It was down."}
    page = executive.post(deed(final, "decide"), given, follow=True).content.decode()
    assert "It no longer counts." in page


def test_what_time_has_ended_is_shown_with_the_reason(house, sign_in, opened, real_now):
    ConductRecord.objects.update(
        state=ConductState.FINAL, final_at=real_now, appeal_until=real_now - timedelta(seconds=1)
    )
    client = sign_in(house.agent)
    assert deeds(client, opened) == {"appeal": False}
    assert client.post(deed(opened, "appeal"), {"text": "Late."}).status_code == 409


@pytest.mark.parametrize(
    ("who", "page", "withdraw"),
    [
        ("agent", 200, 403),
        ("lead", 200, 403),
        ("supervisor", 200, 403),
        ("colleague", 404, 404),
        ("administrator", 404, 404),
        ("executive", 200, 200),
    ],
)
def test_who_opens_a_record(house, sign_in, opened, who, page, withdraw):
    client = sign_in(getattr(house, who))
    assert client.get(opened.get_absolute_url()).status_code == page
    assert client.get(deed(opened, "withdraw")).status_code == withdraw
    assert client.get(deed(opened, "nonsense")).status_code == 404
    assert client.get(NEW).status_code == (200 if who == "executive" else 403)


def test_a_persons_page_shows_conduct_and_that_a_review_is_due(house, sign_in, real_now):
    for _number in range(3):
        record = draft(house, real_now, occurred_on=house.agent.today)
        finish(services.open_conduct(actor=house.service_manager, record_id=record.pk, now=real_now))
    address = house.agent.get_absolute_url()
    for reader in (house.agent, house.lead, house.supervisor):
        assert "3 penalties in twelve months" in sign_in(reader).get(address).content.decode()
    page = sign_in(house.administrator).get(address).content.decode()
    assert "Conduct" not in page
    found = sign_in(house.lead).get(f"{LIST}?person=20401&kind=penalty&q=C-2026").context["list"].page.rows
    assert len(found) == 3


@pytest.mark.parametrize("count", [1, 4])
def test_the_query_counts_do_not_grow(house, sign_in, real_now, count, django_assert_num_queries):
    for _number in range(count):
        record = draft(house, real_now, occurred_on=house.agent.today)
        record = services.open_conduct(actor=house.service_manager, record_id=record.pk, now=real_now)
        services.reply_to_conduct(actor=house.agent, record_id=record.pk, text="No.", now=real_now)
    client = sign_in(house.lead)
    client.get(LIST)
    with django_assert_num_queries(3):
        client.get(LIST, headers=LIST_PART)
    with django_assert_num_queries(4):
        client.get(record.get_absolute_url())


def test_rules_are_published_and_ended_on_their_page(house, sign_in):
    client = sign_in(house.service_manager)
    today = house.service_manager.today.isoformat()
    typed = {"code": "W-2", "title": "On hold", "text": "At most a minute.", "since": today}
    client.post(NEW_RULE, typed)
    assert client.post(NEW_RULE, typed).status_code == 409
    assert "W-2" in client.get(RULES).content.decode()
    made = ServiceRule.objects.get()
    end = reverse("service_rules:end", args=[made.pk])
    assert client.post(end, {"from_day": today}).status_code == 409
    tomorrow = house.service_manager.today + timedelta(days=1)
    client.post(end, {"from_day": tomorrow.isoformat()})
    made.refresh_from_db()
    assert made.period.upper == tomorrow


@pytest.mark.parametrize(("who", "status"), [("administrator", 200), ("service_manager", 200), ("lead", 403)])
def test_who_opens_the_rules(house, sign_in, who, status):
    client = sign_in(getattr(house, who))
    assert [client.get(page).status_code for page in (RULES, NEW_RULE)] == [status, status]
