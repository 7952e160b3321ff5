from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from agents import services as people
from callcenter.access import SYSTEM, Role
from callcenter.audit.models import Entry
from complaints import services
from complaints.models import Complaint
from tests.documents.reader import characters

TYPED = {
    "customer_name": "Mr Liu",
    "channel": "telephone",
    "tier": "1",
    "subject": "Charged twice",
    "account": "The visit was charged twice.",
}


def test_a_visitor_is_sent_to_sign_in(client, db):
    assert client.get(reverse("complaints:list")).url.startswith(reverse("account_login"))


def test_recording_on_the_page_shows_the_due_time(house, sign_in):
    client = sign_in(house.supervisor)
    response = client.post(reverse("complaints:record"), {**TYPED, "site": house.site.pk}, follow=True)
    complaint = Complaint.objects.get()
    assert response.redirect_chain[-1][0] == complaint.get_absolute_url()
    assert "left" in response.content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"staff_concerned": "99999"}, "staff_concerned"),
        ({"subject": ""}, "subject"),
        ({"received_at": "yesterday"}, "received_at"),
        ({"tier": "7"}, "tier"),
    ],
)
def test_wrong_input_names_the_field_keeps_what_was_typed_and_changes_nothing(house, sign_in, wrong, field):
    response = sign_in(house.supervisor).post(
        reverse("complaints:record"), {**TYPED, "site": house.site.pk, **wrong}
    )
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "The visit was charged twice." in response.content.decode()
    assert not Complaint.objects.exists()


def test_a_form_sent_twice_is_recorded_once_and_leads_to_the_same_complaint(house, sign_in):
    client = sign_in(house.supervisor)
    key = client.get(reverse("complaints:record")).context["form"]["form_key"].value()
    sent = {**TYPED, "site": house.site.pk, "form_key": str(key)}
    first, second = (client.post(reverse("complaints:record"), sent) for _time in range(2))
    assert first.url == second.url == Complaint.objects.get().get_absolute_url()


def test_whoever_goes_back_and_types_another_complaint_is_asked_and_loses_nothing(house, sign_in):
    client, address = sign_in(house.supervisor), reverse("complaints:record")
    sent = {**TYPED, "site": house.site.pk, "form_key": str(uuid4())}
    client.post(address, sent)
    asked = client.post(address, {**sent, "subject": "Another matter"})
    assert (asked.status_code, "Another matter" in asked.content.decode()) == (409, True)
    fresh = asked.context["form"]["form_key"].value()
    client.post(address, {**sent, "subject": "Another matter", "form_key": fresh})
    assert set(Complaint.objects.values_list("subject", flat=True)) == {"Charged twice", "Another matter"}


def test_a_tier_that_is_not_theirs_is_refused_on_a_page_that_says_so(house, sign_in):
    response = sign_in(house.agent).post(
        reverse("complaints:record"), {**TYPED, "site": house.site.pk, "tier": "3"}
    )
    assert response.status_code == 403
    assert not Complaint.objects.exists()


SEES = {
    "agent": False,
    "colleague": False,
    "lead": True,
    "supervisor": True,
    "regional": True,
    "service_manager": True,
    "executive": True,
    "administrator": False,
}


@pytest.mark.parametrize(("who", "sees"), SEES.items())
def test_who_sees_a_complaint_about_an_agent_on_pages_and_over_rest(house, sign_in, real_now, who, sees):
    complaint = house.complaint(now=real_now, staff_concerned=house.agent)
    client = sign_in(getattr(house, who))
    assert (client.get(complaint.get_absolute_url()).status_code == 200) is sees
    assert (client.get(f"/api/v1/complaints/{complaint.reference}/").status_code == 200) is sees


@pytest.mark.parametrize("who", ["supervisor", "executive"])
def test_whoever_is_concerned_does_not_see_the_complaint(house, sign_in, real_now, who):
    complaint = house.complaint(now=real_now, staff_concerned=getattr(house, who))
    assert sign_in(getattr(house, who)).get(complaint.get_absolute_url()).status_code == 404


def test_recording_a_complaint_about_oneself_leads_back_to_the_list(house, sign_in):
    response = sign_in(house.supervisor).post(
        reverse("complaints:record"), {**TYPED, "site": house.site.pk, "staff_concerned": "1001"}
    )
    assert response.url == reverse("complaints:list")
    assert Complaint.objects.get().handler == house.regional


def test_whoever_was_told_sees_it_and_has_it_on_today_whatever_their_role(house, sign_in, real_now):
    trainer = house.person("6001", Role.TRAINER)
    people.set_superior(
        actor=SYSTEM, person=house.supervisor, superior=trainer, since=date(2026, 1, 1), now=real_now
    )
    complaint = house.complaint(now=real_now, received_at=real_now - timedelta(days=30))
    services.sweep_clocks(now=real_now)
    client = sign_in(trainer)
    assert client.get(complaint.get_absolute_url()).status_code == 200
    assert client.get("/api/v1/complaints/").status_code == 403


@pytest.fixture
def with_contact(house, real_now):
    """Return a complaint whose customer left a number."""
    complaint = house.complaint(now=real_now)
    Complaint.objects.update(contact="13812345678")
    return complaint


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_the_contact_is_masked_until_the_handler_asks_and_that_is_on_record(
    house, sign_in, with_contact, headers
):
    client = sign_in(house.supervisor)
    page = client.get(with_contact.get_absolute_url()).content.decode()
    assert "138****5678" in page
    assert "13812345678" not in page
    address = reverse("complaints:contact", args=[with_contact.reference])
    assert "13812345678" in client.post(address, headers=headers).content.decode()
    entry = Entry.objects.get(action="complaint.contact_shown")
    assert (entry.actor, entry.object_name) == (house.supervisor, with_contact.reference)
    assert client.get(address).status_code == 405


def test_a_printed_complaint_has_its_words_hides_the_contact_and_is_on_record(house, sign_in, real_now):
    complaint = house.complaint(now=real_now, subject="两次上门都收费")
    # Full-width digits, since plain ones stand in times too; the middle of the number has the nines.
    wide = {digit: chr(ord(digit) + 0xFEE0) for digit in "1356789"}
    Complaint.objects.update(contact="".join(wide[digit] for digit in "13899995678"))
    answer = sign_in(house.supervisor).get(reverse("complaints:pdf", args=[complaint.reference]))
    assert answer["Content-Disposition"] == f'attachment; filename="{complaint.reference}.pdf"'
    shown = characters(answer.content)
    assert set("两次上门都收费") | {wide["1"], wide["3"], wide["8"]} <= shown
    assert wide["9"] not in shown
    assert Entry.objects.get(action="complaint.printed").actor == house.supervisor


def test_nobody_else_gets_the_contact(house, sign_in, with_contact):
    client = sign_in(house.regional)
    address = reverse("complaints:contact", args=[with_contact.reference])
    assert address not in client.get(with_contact.get_absolute_url()).content.decode()
    assert client.post(address).status_code == 403
    assert (
        sign_in(house.agent).get(reverse("complaints:pdf", args=[with_contact.reference])).status_code == 404
    )
    assert not Entry.objects.filter(action="complaint.contact_shown").exists()


@pytest.mark.parametrize(
    "path", ["/complaints/%00/", "/api/v1/complaints/%00/", "/api/v1/complaints/?cursor=cD14"]
)
def test_nonsense_in_an_address_is_no_crash(house, sign_in, path):
    assert sign_in(house.supervisor).get(path).status_code in {400, 404}


def test_a_supervisor_of_another_site_sees_nothing_of_it(house, sign_in, real_now):
    elsewhere = type(house.site).objects.create(code="other", name="Other", calendar=house.site.calendar)
    stranger = house.person("1009", Role.SUPERVISOR, scope=elsewhere, site=elsewhere)
    complaint = house.complaint(now=real_now)
    assert sign_in(stranger).get(complaint.get_absolute_url()).status_code == 404


def test_the_list_is_ordered_by_time_left(house, sign_in, real_now):
    newer = house.complaint(now=real_now)
    older = house.complaint(now=real_now, received_at=real_now - timedelta(days=30))
    rows = sign_in(house.supervisor).get(reverse("complaints:list")).context["list"].page.rows
    assert rows == [older, newer]
    assert rows[0].left.state == "late"


def test_views_and_words_narrow_the_list(house, sign_in, real_now):
    late = house.complaint(now=real_now, received_at=real_now - timedelta(days=30), subject="Invoice lost")
    house.complaint(now=real_now)
    client = sign_in(house.supervisor)

    def found(query: str) -> list[Complaint]:
        return client.get(reverse("complaints:list") + query).context["list"].page.rows

    assert found("?view=breached") == found("?q=invoice") == [late]
    assert found("?view=resolved") == found("?tier=3") == []
    assert len(found("?tier=nonsense")) == 2


@pytest.mark.parametrize(("state", "queries"), [("complaint", 9), ("resolved", 10)])
def test_the_query_count_of_a_complaints_page_does_not_grow(
    house, sign_in, real_now, state, queries, django_assert_num_queries
):
    complaint = getattr(house, state)(now=real_now, received_at=real_now - timedelta(days=30))
    services.sweep_clocks(now=real_now)
    client = sign_in(house.regional)
    client.get(complaint.get_absolute_url())
    with django_assert_num_queries(queries):
        client.get(complaint.get_absolute_url())


def test_the_story_tells_everything_and_can_be_narrowed_to_people_or_the_machine(house, sign_in, real_now):
    complaint = house.complaint(now=real_now, received_at=real_now - timedelta(days=30))
    services.sweep_clocks(now=real_now)
    services.appoint_investigator(
        actor=house.supervisor, complaint_id=complaint.pk, person=house.lead, now=real_now
    )
    client = sign_in(house.supervisor)

    def events(query: str = ""):
        return client.get(complaint.get_absolute_url() + query).context["events"]

    people, machine = events("?story=people"), events("?story=machine")
    assert len(events()) == len(people) + len(machine)
    assert {event.who for event in people} == {house.supervisor}
    assert any("Escalat" in event.what or "escalat" in event.what for event in machine)
    assert any("Email to" in event.what for event in machine)
    [appointed] = [event for event in people if event.facts and event.what == "Appoint an investigator"]
    assert (appointed.facts[0].before, appointed.facts[0].value) == ("", str(house.lead))


def test_at_risk_is_what_used_half_of_its_time_and_is_not_over(house, sign_in, real_now):
    rows = [house.complaint(now=real_now, received_at=real_now - timedelta(days=days)) for days in (0, 1, 30)]
    for complaint, half, due in zip(rows, (1, -1, -2), (2, 1, -1), strict=True):
        Complaint.objects.filter(pk=complaint.pk).update(due_at=real_now + timedelta(hours=due))
        complaint.clocks.update(
            warn_50_at=real_now + timedelta(hours=half),
            warn_80_at=real_now + timedelta(hours=max(half, due)),
            due_at=real_now + timedelta(hours=max(half, due)),
        )
    page = sign_in(house.supervisor).get(reverse("complaints:list") + "?view=risk")
    assert [row.pk for row in page.context["list"].page.rows] == [rows[1].pk]


def test_htmx_gets_the_part_and_caches_are_told(house, sign_in):
    headers = {"HX-Request": "true", "HX-Target": "list-rows"}
    response = sign_in(house.supervisor).get(reverse("complaints:list"), headers=headers)
    assert "<html" not in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_rest_lists_what_the_caller_sees_with_the_time_left(house, sign_in, real_now):
    complaint = house.complaint(now=real_now)
    answer = sign_in(house.supervisor).get("/api/v1/complaints/").json()
    (row,) = answer["results"]
    assert (row["reference"], row["handler"], row["state"]) == (complaint.reference, "1001", "ontime")
    assert "contact" not in row


def test_rest_without_a_session_is_401_and_unknown_addresses_404_in_one_shape(client, db):
    for path, status in (("/api/v1/complaints/", 401), ("/api/v1/nothing/", 404)):
        answer = client.get(path)
        assert answer.status_code == status
        assert set(answer.json()["errors"][0]) == {"field", "code", "message", "mend"}
