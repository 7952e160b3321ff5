"""Who sees and who answers, however an item was sent; nobody else learns that it exists."""

from datetime import timedelta

import pytest

from agents.models import Site
from callcenter.access import Role
from callcenter.errors import DomainError, NotAllowed
from callcenter.outbox.models import Message
from feedback import services
from feedback.enums import Addressee
from feedback.models import FeedbackPolicy, Item

EVERYBODY = (
    "agent colleague lead supervisor regional service_manager executive administrator owner second stranger"
).split()
SENT = {
    "department": Addressee.DEPARTMENT,
    "supervisor": Addressee.SUPERVISOR,
    "executive": Addressee.EXECUTIVE,
    "overdue": Addressee.DEPARTMENT,
}
ANSWERS = {
    "department": {"owner", "second"},
    "supervisor": {"supervisor"},
    "executive": {"executive"},
    "overdue": {"executive"},
}
READS = {**ANSWERS, "overdue": {"executive", "owner", "second"}}


@pytest.fixture
def people(house, departments):
    """Return everybody by name."""
    return {name: getattr(departments, name, None) or getattr(house, name) for name in EVERYBODY}


@pytest.fixture
def sent(submit, admit, house, now):
    """Return a function that brings an item on its way, named or not, and late where it should be."""

    def sent(way: str, *, named: bool) -> Item:
        item = (
            submit(now, addressee=SENT[way])
            if named
            else admit(now, addressee=SENT[way], site=house.site if way == "supervisor" else None)
        )
        if way == "overdue":
            services.escalate_overdue(now=item.due_at)
        return Item.objects.get(pk=item.pk)

    return sent


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("way", SENT)
def test_only_the_author_and_the_answering_side_read_an_item_and_only_those_in_charge_answer(
    sent, people, way, named
):
    item = sent(way, named=named)
    readers = {name for name, person in people.items() if Item.objects.visible_to(person).exists()}
    assert readers == READS[way] | ({"agent"} if named else set())
    assert readers == {name for name, person in people.items() if person.has_perm("feedback.read", item)}
    assert {name for name, person in people.items() if person.has_perm("feedback.answer", item)} == ANSWERS[
        way
    ]
    waits = {name for name, person in people.items() if Item.objects.waiting_for(person).exists()}
    assert waits == ANSWERS[way]


ACTS = {
    "answer_item": {"text": "Yes"},
    "ask_back": {"text": "Which?"},
    "hand_on": {"to": None, "reason": "Theirs"},
    "write_note": {"text": "Ask Li"},
    "publish": {"subject": "Sets", "text": "About sets"},
    "withdraw_publication": {"reason": "Wrong"},
    "close_by_executive": {"reason": "Enough"},
    "say": {"text": "More"},
    "confirm": {"survey": None},
    "dispute": {"reason": "No"},
}


@pytest.mark.parametrize("act", ACTS)
def test_every_act_asks_who_acts(submit, people, departments, now, act):
    item = submit(now)
    facts = {**ACTS[act], "to": departments.hr} if act == "hand_on" else ACTS[act]
    for name in ("colleague", "lead", "supervisor", "executive", "administrator", "stranger"):
        with pytest.raises(NotAllowed):
            getattr(services, act)(actor=people[name], item_id=item.pk, now=now, **facts)


def test_the_supervisor_of_another_site_sees_no_skip_level_feedback(submit, house, now):
    other = Site.objects.create(code="other", name="Other", calendar=house.site.calendar)
    stranger = house.person("1009", Role.SUPERVISOR, scope=other)
    item = submit(now, addressee=Addressee.SUPERVISOR, department=None)
    assert item.site == house.site
    assert not Item.objects.visible_to(stranger).exists()
    assert set(Message.objects.values_list("recipient", flat=True)) == {house.supervisor.pk}


def test_a_supervisor_who_is_alone_cannot_write_to_themself(submit, house, now):
    with pytest.raises(DomainError) as refusal:
        submit(now, actor=house.supervisor, addressee=Addressee.SUPERVISOR)
    assert refusal.value.field == "addressee"


def test_an_item_about_a_department_goes_past_it(submit, departments, house, now):
    item = submit(now, addressee=Addressee.EXECUTIVE, department=departments.it)
    assert not Item.objects.visible_to(departments.owner).exists()
    assert set(Message.objects.values_list("recipient", flat=True)) == {house.executive.pk}
    assert item.department == departments.it


def test_what_left_the_intake_when_nobody_answers_any_more_goes_to_the_executives(
    admit, departments, house, now
):
    item = admit(now, department=departments.kitchen)
    assert (item.addressee, item.department) == (Addressee.EXECUTIVE, departments.kitchen)
    assert set(Message.objects.values_list("recipient", flat=True)) == {house.executive.pk}
    with pytest.raises(DomainError):
        services.check_wish(
            services.Wish(
                kind=item.kind,
                addressee=Addressee.DEPARTMENT,
                category=item.category,
                subject="x",
                text="x",
                department=departments.kitchen,
            ),
            now=now + timedelta(days=1),
        )


def test_an_administrator_sets_the_numbers_of_the_board_within_what_was_promised(house, now):
    services.set_policy(actor=house.administrator, changes={"silence_days": 7}, now=now)
    assert FeedbackPolicy.objects.get().silence_days == 7
    for name in ("least_in_a_batch", "longest_wait_hours", "smallest_cell", "smallest_unit"):
        with pytest.raises(DomainError) as refusal:
            services.set_policy(actor=house.administrator, changes={name: 2}, now=now)
        assert refusal.value.field == name
    with pytest.raises(NotAllowed):
        services.set_policy(actor=house.executive, changes={"silence_days": 9}, now=now)
