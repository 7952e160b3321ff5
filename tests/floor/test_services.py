"""The bulletin: who writes to whom, who has read, and who is told that somebody has not."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from agents import services as people
from agents.models import Membership, User
from callcenter.access import SYSTEM, Role
from callcenter.audit.models import Entry
from callcenter.errors import Conflict, DomainError, NotAllowed
from callcenter.outbox.models import Message, State
from floor import selectors, services
from floor.enums import Audience
from floor.models import Post, Reading
from tests.factories.agents import SiteFactory, TeamFactory
from tests.floor.conftest import FRIDAY

THURSDAY_OPENS = datetime(2026, 11, 19, 0, 30, tzinfo=UTC)
FRIDAY_CLOSES = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
EVERYBODY = {"executive", "regional", "supervisor", "lead", "agent", "colleague", "administrator"}


def names(house, found) -> set[str]:
    """Return what the house calls these people."""
    wanted = set(found)
    return {name for name, person in vars(house).items() if isinstance(person, User) and person in wanted}


def told(template: str) -> dict[str, int]:
    """Return how often whom was told something."""
    found = Message.objects.filter(template=f"floor/notify/{template}")
    numbers = [row.recipient.work_number for row in found.select_related("recipient")]
    return {number: numbers.count(number) for number in numbers}


@pytest.mark.parametrize(
    ("facts", "whom"),
    [
        (lambda _house: {}, EVERYBODY),
        (lambda house: {"audience": Audience.SITE, "site": house.site}, EVERYBODY),
        (lambda house: {"audience": Audience.TEAM, "team": house.team}, {"lead", "agent", "colleague"}),
        (lambda _house: {"audience": Audience.ROLE, "role": Role.AGENT}, {"agent", "colleague"}),
        (lambda _house: {"audience": Audience.ROLE, "role": Role.TEAM_LEAD}, {"lead"}),
    ],
    ids=["centre", "site", "team", "role", "leads"],
)
def test_those_a_post_is_for_and_those_who_find_it_are_the_same(house, publish, now, facts, whom):
    post = publish(now, **facts(house))
    assert names(house, selectors.audience(post, now=now)) == whom
    finds = {
        name
        for name in [*EVERYBODY, "service_manager"]
        if post in Post.objects.addressed_to(getattr(house, name))
    }
    assert finds == whom


def test_a_lead_without_the_role_reads_what_is_for_leads(house, publish, now):
    people.end_role(actor=SYSTEM, grant=house.lead.role_grants.get(), from_day=date(2026, 1, 1), now=now)
    post = publish(now, audience=Audience.ROLE, role=Role.TEAM_LEAD)
    assert house.lead in selectors.audience(post, now=now)
    assert post in Post.objects.addressed_to(User.objects.get(pk=house.lead.pk))


MAY_PUBLISH = {
    "executive": {"centre", "role", "own", "own team", "elsewhere"},
    "service_manager": {"centre", "role", "own", "own team", "elsewhere"},
    "regional": {"own", "own team"},
    "supervisor": {"own", "own team"},
    "lead": set(),
    "agent": set(),
    "administrator": set(),
}


@pytest.mark.parametrize(("who", "may"), MAY_PUBLISH.items())
def test_who_writes_to_whom(house, publish, now, who, may):
    audiences = {
        "centre": {},
        "role": {"audience": Audience.ROLE, "role": Role.AGENT},
        "own": {"audience": Audience.SITE, "site": house.site},
        "own team": {"audience": Audience.TEAM, "team": house.team},
        "elsewhere": {"audience": Audience.SITE, "site": SiteFactory()},
    }
    for name, facts in audiences.items():
        if name in may:
            publish(now, author=getattr(house, who), **facts)
        else:
            with pytest.raises(NotAllowed):
                publish(now, author=getattr(house, who), **facts)
    assert Post.objects.count() == len(may)
    assert Entry.objects.filter(action="post.published").count() == len(may)


@pytest.mark.parametrize("name", ["supervisor", "regional"])
def test_whoever_answers_for_a_site_sees_what_its_people_are_told(house, publish, now, name):
    elsewhere = TeamFactory(site=SiteFactory())
    here = publish(now, audience=Audience.TEAM, team=house.team)
    publish(now, audience=Audience.TEAM, team=elsewhere)
    assert list(Post.objects.visible_to(getattr(house, name))) == [here]
    assert list(Post.objects.visible_to(house.administrator)) == []
    assert Post.objects.visible_to(house.executive).count() == 2


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": " "}, "title"),
        ({"text": ""}, "text"),
        ({"must_read_by": date(2026, 11, 17)}, "must_read_by"),
        ({"pinned_until": date(2026, 11, 17)}, "pinned_until"),
    ],
)
def test_a_wrong_post_names_its_field_and_is_not_made(publish, now, facts, field):
    with pytest.raises(DomainError) as refusal:
        publish(now, **facts)
    assert refusal.value.field == field
    assert not Post.objects.exists()


def test_the_database_refuses_a_post_for_nobody(publish, now):
    post = publish(now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(audience=Audience.SITE)


def test_it_must_be_read_by_the_close_of_business_of_a_working_day(publish, now):
    assert publish(now, must_read_by=FRIDAY).due_at == FRIDAY_CLOSES
    sunday = publish(now, must_read_by=date(2026, 11, 22))
    assert sunday.due_at == FRIDAY_CLOSES + timedelta(days=3)


def test_reading_counts_once_and_only_for_those_it_is_for(house, publish, now):
    post = publish(now, audience=Audience.TEAM, team=house.team, must_read_by=FRIDAY)
    assert list(Post.objects.waiting_for(house.agent)) == [post]
    for _again in range(2):
        services.mark_read(actor=house.agent, post_id=post.pk, now=now)
    assert Reading.objects.count() == Entry.objects.filter(action="post.read").count() == 1
    assert list(Post.objects.waiting_for(house.agent)) == []
    assert selectors.standing(post, now=now) == selectors.Standing(read=1, people=3)
    with pytest.raises(NotAllowed):
        services.mark_read(actor=house.supervisor, post_id=post.pk, now=now)


def test_who_has_not_read_is_told_once_and_their_superiors_once_it_is_over(house, publish, now):
    post = publish(now, audience=Audience.TEAM, team=house.team, must_read_by=FRIDAY)
    services.mark_read(actor=house.colleague, post_id=post.pk, now=now)
    assert services.remind(now=THURSDAY_OPENS - timedelta(seconds=1)) == 0
    assert services.remind(now=THURSDAY_OPENS) == 1
    assert told("unread") == {"20401": 1, "1101": 1}
    assert services.remind(now=FRIDAY_CLOSES - timedelta(seconds=1)) == 0
    assert services.remind(now=FRIDAY_CLOSES) == 1
    assert services.remind(now=FRIDAY_CLOSES + timedelta(days=9)) == 0
    assert told("unread") == {"20401": 1, "1101": 1}
    assert told("overdue") == {"1101": 1, "1001": 1}
    assert Message.objects.get(key=f"post:{post.pk}:overdue:{house.lead.pk}").context["people"] == 1


def test_a_worker_that_was_down_tells_each_once_all_the_same(house, publish, now):
    publish(now, audience=Audience.TEAM, team=house.team, must_read_by=FRIDAY)
    assert services.remind(now=FRIDAY_CLOSES + timedelta(days=3)) == 1
    assert told("unread") == {"20401": 1, "20402": 1, "1101": 1}
    assert told("overdue") == {"1101": 1, "1001": 1}


def test_of_somebody_without_a_superior_the_author_is_told(house, publish, now):
    Membership.objects.all().delete()
    publish(now, audience=Audience.ROLE, role=Role.AGENT, must_read_by=FRIDAY)
    services.remind(now=FRIDAY_CLOSES)
    assert told("overdue") == {"3001": 1}


@pytest.mark.parametrize(
    ("published", "first"),
    [
        (datetime(2026, 11, 18, 2, tzinfo=UTC), THURSDAY_OPENS),
        (datetime(2026, 11, 19, 2, tzinfo=UTC), THURSDAY_OPENS + timedelta(days=1)),
        (datetime(2026, 11, 20, 2, tzinfo=UTC), FRIDAY_CLOSES),
    ],
    ids=["days before", "the day before", "on the day"],
)
def test_the_reminder_comes_as_a_working_day_opens(publish, published, first):
    assert publish(published, must_read_by=FRIDAY).next_at == first


def test_a_reminder_on_its_way_is_called_back_by_reading(house, publish, now):
    post = publish(now, audience=Audience.TEAM, team=house.team, must_read_by=FRIDAY)
    services.remind(now=THURSDAY_OPENS)
    services.mark_read(actor=house.agent, post_id=post.pk, now=THURSDAY_OPENS)
    states = dict(Message.objects.values_list("recipient__work_number", "state"))
    assert states == {"20401": State.CANCELLED, "20402": State.QUEUED, "1101": State.QUEUED}


def test_a_withdrawn_post_is_gone_for_its_readers_and_silent(house, publish, now):
    post = publish(now, must_read_by=FRIDAY)
    services.withdraw_post(actor=house.service_manager, post_id=post.pk, reason="It was wrong.", now=now)
    assert services.remind(now=FRIDAY_CLOSES) == 0
    assert list(Post.objects.visible_to(house.agent)) == []
    assert list(Post.objects.visible_to(house.service_manager)) == [post]
    assert Entry.objects.get(action="post.withdrawn").details["reason"] == "It was wrong."
    with pytest.raises(Conflict):
        services.withdraw_post(actor=house.executive, post_id=post.pk, reason="Again", now=now)


@pytest.mark.parametrize(
    ("who", "may"),
    [("supervisor", True), ("service_manager", True), ("regional", False), ("lead", False), ("agent", False)],
)
def test_who_withdraws_a_supervisors_post(house, publish, now, who, may):
    post = publish(now, author=house.supervisor, audience=Audience.SITE, site=house.site)
    assert getattr(house, who).has_perm("floor.withdraw", post) is may


def test_two_sweeps_at_once_tell_everybody_exactly_once(committed_house, now):
    house = committed_house
    for _post in range(6):
        services.publish_post(
            actor=SYSTEM,
            author=house.service_manager,
            title="Waiting words",
            text="After ten seconds.",
            audience=Audience.TEAM,
            team=house.team,
            must_read_by=FRIDAY,
            now=now,
        )
    start, done = Barrier(2), []

    def sweep() -> None:
        start.wait()
        done.append(services.remind(now=FRIDAY_CLOSES))
        connection.close()

    threads = [Thread(target=sweep) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done) == 6
    assert set(told("unread").values()) == set(told("overdue").values()) == {6}
    assert Message.objects.count() == 6 * (3 + 2)


@pytest.mark.parametrize("size", [2, 40])
def test_a_reminder_costs_the_same_number_of_statements_for_few_and_for_many(
    house, publish, now, size, django_assert_num_queries
):
    for number in range(size):
        house.person(f"3{number:04}", Role.AGENT, team=house.team)
    publish(now, audience=Audience.TEAM, team=house.team, must_read_by=FRIDAY)
    with django_assert_num_queries(15):
        services.remind(now=FRIDAY_CLOSES)
