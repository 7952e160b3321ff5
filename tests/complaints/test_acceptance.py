"""Recording a complaint on the page, as somebody on the telephone does it."""

from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from callcenter.audit.models import Entry
from callcenter.errors import Conflict
from callcenter.worktime.models import Policy
from calls.models import Customer
from complaints.enums import ClockKind, Status, Tier
from complaints.models import ClockPolicy, Complaint, Likeness
from complaints.services import Facts, record_complaint
from tests.complaints.files import PNG
from tests.factories.calls import CallFactory, CustomerFactory

TYPED = {
    "customer_name": "Mr Liu",
    "channel": "telephone",
    "tier": "1",
    "subject": "Charged twice",
    "account": "The visit was charged twice.",
}
NEW = "complaints:record"


@pytest.fixture
def liu(house):
    """Return a customer on file."""
    return CustomerFactory(name="刘建国", phone="138-0000-1140", kind="vip")


@pytest.fixture
def save(house, sign_in):
    """Return a function that fills in the form and saves it, as the supervisor unless said otherwise."""

    def sent(who=None, **typed):
        client = sign_in(who or house.supervisor)
        return client.post(reverse(NEW), {**TYPED, "site": house.site.pk, **typed})

    return sent


def found(client, words: str) -> str:
    return client.post(reverse("complaints:find_customer"), {"customer_name": words}).content.decode()


@pytest.mark.parametrize("words", ["刘建", "1380000", "138-0000-1140"])
def test_a_customer_is_found_by_the_beginning_of_name_or_number_and_the_number_stays_masked(
    house, sign_in, liu, words
):
    page = found(sign_in(house.agent), words)
    assert f'data-value="{liu.pk}"' in page
    assert liu.masked_phone in page
    assert page.count(liu.phone) == 2 * (words == liu.phone)  # only as it was typed


def test_too_few_signs_find_nobody_and_others_may_not_ask(house, sign_in, liu):
    assert "data-value" not in found(sign_in(house.supervisor), "刘")
    asked = {"customer_name": "刘建国"}
    assert sign_in(house.administrator).post(reverse("complaints:find_customer"), asked).status_code == 403
    assert sign_in(house.supervisor).get(reverse("complaints:find_customer")).status_code == 405


def test_the_customer_that_was_chosen_is_kept_with_the_number_on_file_and_their_call(house, save, liu):
    call = CallFactory(site=house.site, customer=liu, source="acd", call_id="C7")
    save(customer=liu.pk, customer_name=liu.name, call=f"acd/{call.call_id}")
    complaint = Complaint.objects.get()
    assert (complaint.customer, complaint.contact, complaint.call) == (liu, "138-0000-1140", "acd/C7")


def test_somebody_new_is_put_on_file_with_the_complaint_and_only_once(house, save):
    for subject in ("Charged twice", "Charged again"):
        save(customer_kind="company", contact="021-5550-0132", subject=subject)
    customer = Customer.objects.get()
    assert (customer.name, customer.phone, customer.kind) == ("Mr Liu", "021-5550-0132", "company")
    assert set(Complaint.objects.values_list("customer", flat=True)) == {customer.pk}
    assert Entry.objects.filter(action="customer.added").count() == 1


def test_an_address_is_no_number_and_without_a_kind_nobody_is_put_on_file(house, save):
    save(customer_kind="personal", contact="12 Harbour Road")
    assert (Customer.objects.get().phone, Customer.objects.get().address) == ("", "12 Harbour Road")
    save(customer_kind="", contact="13800001141", subject="Another")
    assert Customer.objects.count() == 1


def test_choosing_a_customer_shows_their_open_complaints_and_calls_but_no_secret(
    house, sign_in, liu, real_now
):
    CallFactory(site=house.site, customer=liu, source="acd", call_id="C7")
    mine = house.complaint(now=real_now, customer=liu, actor=house.agent, subject="My own")
    theirs = house.complaint(now=real_now, customer=liu, subject="Not for everybody")
    about_me = house.complaint(now=real_now, customer=liu, staff_concerned=house.agent)
    ended = house.complaint(now=real_now, customer=liu)
    Complaint.objects.filter(pk=ended.pk).update(
        status=Status.CLOSED, resolved_at=real_now, closed_at=real_now
    )
    address = reverse("complaints:about_customer")
    page = sign_in(house.agent).get(address, {"customer": liu.pk}).content.decode()
    assert mine.get_absolute_url() in page
    assert theirs.reference in page
    assert theirs.get_absolute_url() not in page
    assert "Not for everybody" not in page
    assert about_me.reference not in page
    assert ended.reference not in page
    assert "acd/C7" not in page  # an agent sees the own calls only
    assert liu.masked_phone in page
    seen = sign_in(house.supervisor).get(address, {"customer": liu.pk}).content.decode()
    assert theirs.get_absolute_url() in seen
    assert "acd/C7" in seen


def test_after_saving_one_click_links_or_merges_the_same_matter(house, save, sign_in, liu, real_now):
    older = house.complaint(now=real_now - timedelta(minutes=5), customer=liu)
    answer = save(customer=liu.pk)
    newer = Complaint.objects.exclude(pk=older.pk).get()
    assert answer.url == reverse("complaints:alike", args=[newer.reference])
    client = sign_in(house.supervisor)
    assert older.reference in client.get(answer.url).content.decode()
    client.post(answer.url, {"other": older.reference, "act": "link"})
    assert set(Likeness.objects.values_list("first", "second").get()) == {older.pk, newer.pk}
    client.post(answer.url, {"other": older.reference, "act": "merge"})
    newer.refresh_from_db()
    assert (newer.status, newer.merged_into) == (Status.MERGED, older)


def test_an_agent_is_led_to_the_complaint_since_linking_is_not_theirs(house, save, liu, real_now):
    house.complaint(now=real_now, customer=liu)
    answer = save(house.agent, customer=liu.pk)
    assert answer.url == Complaint.objects.get(recorded_by=house.agent).get_absolute_url()


def foreseen(client, **asked) -> dict[str, object]:
    clocks = client.get(reverse("complaints:foresee"), asked).context["clocks"]
    return {clock.kind: clock.due_at for clock in clocks}


@pytest.mark.parametrize("tier", Tier)
def test_what_is_foreseen_is_what_the_complaint_gets(house, sign_in, tier, real_now):
    received = (real_now - timedelta(hours=3)).replace(second=0, microsecond=0)
    told = foreseen(
        sign_in(house.executive),
        tier=int(tier),
        site=house.site.pk,
        received_at=_typed(received),
    )
    recorder = house.supervisor if tier < Tier.AUTHORITY else house.executive
    complaint = house.complaint(now=real_now, actor=recorder, tier=tier, received_at=received)
    assert told == dict(complaint.clocks.values_list("kind", "due_at"))
    assert ClockKind.RESOLUTION in told


def _typed(at) -> str:
    return f"{at.astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%dT%H:%M}"


def test_the_deadline_foreseen_follows_the_kind_of_customer(house, sign_in, liu):
    policy = Policy.objects.exclude(pk=ClockPolicy.objects.get(kind="resolution", tier=1).policy_id).first()
    ClockPolicy.objects.create(kind=ClockKind.RESOLUTION, tier=1, customer_kind="vip", policy=policy)
    # Two requests are not at one instant, and what was received then is due from then on.
    where = {"tier": 1, "site": house.site.pk, "received_at": "2026-03-02T09:00"}
    client = sign_in(house.supervisor)
    usual = foreseen(client, **where, customer_kind="personal")
    assert (
        foreseen(client, **where, customer_kind="vip") == foreseen(client, **where, customer=liu.pk) != usual
    )


def test_nothing_is_foreseen_for_the_future_or_without_a_site(house, sign_in):
    client = sign_in(house.supervisor)
    assert foreseen(client, tier=1, site=house.site.pk, received_at="2090-01-01T08:00") == {}
    assert foreseen(client, tier="x") == foreseen(client) == {}


@pytest.mark.parametrize(
    ("who", "tiers"),
    [("agent", [1]), ("supervisor", [1, 2]), ("regional", [2, 3]), ("executive", [3])],
)
def test_only_the_tiers_that_one_records_are_offered(house, sign_in, who, tiers):
    form = sign_in(getattr(house, who)).get(reverse(NEW)).context["form"]
    assert [int(tier) for tier, _label in form.fields["tier"].widget.choices] == tiers


@pytest.mark.parametrize("words", ["20401", "Person 20401"])
def test_the_person_concerned_is_typed_by_number_or_name(house, save, words):
    save(staff_concerned=words)
    assert Complaint.objects.get().staff_concerned == house.agent


def test_people_are_offered_while_one_types(house, sign_in):
    client, address = sign_in(house.agent), reverse("complaints:find_staff")
    for words in ("2040", "person 2040"):
        page = client.post(address, {"staff_concerned": words}).content.decode()
        assert 'data-text="20401"' in page
        assert 'data-text="20402"' in page
    assert "data-text" not in client.post(address, {"staff_concerned": "2"}).content.decode()


def test_what_is_wrong_keeps_what_was_typed_points_there_and_asks_for_the_files_again(house, save, liu):
    file = SimpleUploadedFile("bill.png", PNG)
    answer = save(customer=liu.pk, subject="", account="My account", attachments=[file])
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "My account" in page
    assert "Choose these files again: bill.png." in page
    assert page.count("autofocus") == 1
    assert 'name="subject"' in next(part for part in page.split("<input") if "autofocus" in part)
    assert "刘建国" in page  # still chosen
    assert not Complaint.objects.exists()


def test_a_file_of_another_kind_is_refused_at_its_field_and_nothing_is_recorded(house, save):
    answer = save(attachments=[SimpleUploadedFile("bill.png", b"<script>")])
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["attachments"])
    assert not Complaint.objects.exists()


def test_files_come_with_the_complaint_and_a_form_sent_twice_keeps_them_once(house, save):
    key = str(uuid4())
    for _time in range(2):
        save(attachments=[SimpleUploadedFile(name, PNG) for name in ("a.png", "b.png")], form_key=key)
    assert list(Complaint.objects.get().attachments.values_list("name", flat=True)) == ["a.png", "b.png"]


def test_a_number_from_elsewhere_is_one_complaint_and_another_matter_under_it_a_conflict(house, real_now):
    def push(**more):
        facts = Facts(
            subject="Charged twice",
            account="Twice.",
            customer_name="Mr Liu",
            source="12345",
            external_number="7",
            **more,
        )
        return record_complaint(
            actor=house.supervisor, site=house.site, tier=Tier.COMPANY, facts=facts, now=real_now
        )

    assert push() == push()
    with pytest.raises(Conflict):
        push(demand="Money")
    assert Complaint.objects.count() == 1


def test_finding_costs_a_fixed_number_of_queries(house, sign_in, django_assert_max_num_queries):
    CustomerFactory.create_batch(20, name="刘建国")
    client = sign_in(house.supervisor)
    found(client, "刘建")
    with django_assert_max_num_queries(6):
        assert found(client, "刘建").count('data-value="') == 9  # eight, and somebody new
