"""What administrators set: the policy of each clock, and the numbers of the course."""

import pytest
from django.urls import reverse

from callcenter.audit.models import Entry
from callcenter.errors import Conflict, DomainError, NotAllowed
from callcenter.worktime.models import Policy
from complaints import services
from complaints.enums import ClockKind, Tier
from complaints.models import ClockPolicy, CoursePolicy

PAGE = reverse("clock_policies:list")
NEW = reverse("clock_policies:new", args=["resolution", 1])


@pytest.fixture
def day(db):
    """Return a policy of one working day."""
    return Policy.objects.create(code="one_day", name="One day", mode="working_days", amount=1)


@pytest.fixture
def own(db):
    """Return the deadline of tier 1."""
    return ClockPolicy.objects.get(kind="resolution", tier=1, customer_kind="")


def change(one):
    return reverse("clock_policies:change", args=[one.pk])


def remove(one):
    return reverse("clock_policies:remove", args=[one.pk])


def last_entry():
    return Entry.objects.order_by("pk").last()


def test_the_page_shows_every_clock_on_every_tier(house, sign_in):
    text = sign_in(house.administrator).get(PAGE).content.decode()
    assert "Two working days" in text
    assert text.count("no such clock") == 1, "tier 3 knows no same day"
    assert "keeps the policy it started with" in text


@pytest.mark.parametrize("who", ["agent", "supervisor", "service_manager", "executive"])
def test_nobody_but_administrators_opens_or_changes_anything(house, sign_in, day, own, who, now):
    client = sign_in(getattr(house, who))
    for page in (PAGE, NEW, change(own)):
        assert client.get(page).status_code == 403
    typed = {"policy": day.pk, "customer_kind": "vip", "pause_days": 1, "failed_follow_ups": 9}
    for page in (PAGE, NEW, change(own), remove(own)):
        assert client.post(page, typed).status_code == 403
    with pytest.raises(NotAllowed):
        services.set_course_policy(actor=getattr(house, who), changes={"holds_days": 1}, now=now)


def test_a_kind_of_customer_gets_its_own_policy_and_loses_it_again(house, sign_in, day):
    client = sign_in(house.administrator)
    typed = {"customer_kind": "vip", "policy": day.pk, "pause_days": 2}
    assert client.post(NEW, typed).status_code == 302
    vip = ClockPolicy.objects.get(customer_kind="vip")
    assert (vip.kind, vip.tier, vip.policy, vip.pause_days) == ("resolution", 1, day, 2)
    values = {"policy": "one_day", "pause_days": 2}
    place = {"clock": "resolution", "tier": 1, "customer_kind": "vip"}
    assert last_entry().details == {**place, "old": None, "new": values}
    again = client.post(NEW, typed)
    assert (again.status_code, "already" in again.content.decode()) == (409, True)
    assert "VIP" in client.get(PAGE).content.decode()
    assert client.post(remove(vip)).status_code == 302
    assert not ClockPolicy.objects.filter(customer_kind="vip").exists()
    assert last_entry().action == "clock_policy.removed"
    assert last_entry().details == {**place, "old": values, "new": None}
    assert client.post(remove(vip)).status_code == 404


def test_a_changed_policy_holds_for_what_comes_and_leaves_what_runs(house, sign_in, day, own, now):
    running = house.complaint(now=now)
    client = sign_in(house.administrator)
    assert client.post(change(own), {"policy": day.pk, "pause_days": 3}).status_code == 302
    assert last_entry().details["old"] == {"policy": "two_working_days", "pause_days": 0}
    assert last_entry().details["new"] == {"policy": "one_day", "pause_days": 3}
    services.recount_clocks(now=now)
    due = running.due_at
    running.refresh_from_db()
    assert running.due_at == due
    assert running.clocks.get(kind="resolution").policy.code == "two_working_days"
    assert house.complaint(now=now).due_at < due


def test_the_deadline_of_a_tier_is_never_removed(house, sign_in, own):
    client = sign_in(house.administrator)
    assert remove(own) not in client.get(PAGE).content.decode()
    answer = client.post(remove(own), follow=True)
    assert "never removed" in answer.content.decode()
    assert ClockPolicy.objects.filter(pk=own.pk).exists()


def test_another_clock_of_a_tier_goes_and_comes_back(house, sign_in, day):
    client = sign_in(house.administrator)
    response = ClockPolicy.objects.get(kind="response", tier=1)
    client.post(remove(response))
    new = reverse("clock_policies:new", args=["response", 1])
    assert "pause_days" not in client.get(new).content.decode()
    assert client.post(new, {"customer_kind": "", "policy": day.pk}).status_code == 302
    assert ClockPolicy.objects.get(kind="response", tier=1).policy == day


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"pause_days": "many"}, "pause_days"),
        ({"pause_days": -1}, "pause_days"),
        ({"pause_days": 91}, "pause_days"),
        ({"customer_kind": "king"}, "customer_kind"),
        ({"customer_kind": ""}, "customer_kind"),
        ({"policy": 0}, "policy"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(house, sign_in, day, typed, field):
    facts = {"customer_kind": "vip", "policy": day.pk, "pause_days": 7, **typed}
    answer = sign_in(house.administrator).post(NEW, facts)
    assert answer.status_code in (400, 422)
    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert {name: form[name].value() for name in facts} == {name: str(value) for name, value in facts.items()}
    assert not ClockPolicy.objects.filter(customer_kind="vip").exists()


@pytest.mark.parametrize("place", [["correction", 1], ["resolution", 4], ["nothing", 1]])
def test_a_clock_that_follows_no_policy_has_no_page(house, sign_in, place):
    assert sign_in(house.administrator).get(reverse("clock_policies:new", args=place)).status_code == 404


def test_the_services_themselves_refuse_what_the_pages_do_not_offer(house, day, own, now):
    by = {"actor": house.administrator, "policy": day, "now": now}
    with pytest.raises(DomainError):
        services.add_clock_policy(**by, kind=ClockKind.CORRECTION, tier=Tier.COMPANY)
    with pytest.raises(DomainError):
        services.add_clock_policy(**by, kind=ClockKind.SAME_DAY, tier=Tier.AUTHORITY, pause_days=1)
    ClockPolicy.objects.filter(pk=own.pk).update(pause_days=3)
    assert services.change_clock_policy(**by, clock_policy_id=own.pk).pause_days == 3, "as before"
    with pytest.raises(Conflict):
        services.change_clock_policy(**by, clock_policy_id=0)


def test_the_numbers_of_the_course_are_set_and_only_what_changed_is_on_record(house, sign_in):
    typed = {"failed_follow_ups": 4, "holds_days": 30, "names_published": "on"}
    assert sign_in(house.administrator).post(PAGE, typed).status_code == 302
    course = CoursePolicy.objects.get()
    assert (course.failed_follow_ups, course.holds_days, course.names_published) == (4, 30, True)
    assert last_entry().details == {
        "old": {"failed_follow_ups": 3, "names_published": False},
        "new": {"failed_follow_ups": 4, "names_published": True},
    }


@pytest.mark.parametrize("typed", [{"failed_follow_ups": 0}, {"holds_days": 3651}, {"holds_days": ""}])
def test_a_number_out_of_its_range_is_refused_at_its_field(house, sign_in, typed):
    answer = sign_in(house.administrator).post(PAGE, {"failed_follow_ups": 4, "holds_days": 30, **typed})
    assert answer.status_code in (400, 422)
    assert list(answer.context["form"].errors) == list(typed)
    assert (CoursePolicy.objects.get().failed_follow_ups, CoursePolicy.objects.get().holds_days) == (3, 30)
