"""Two people, or two workers, who do the same at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from agents import services as people
from agents.models import ConductRecord
from callcenter.state import IllegalTransition
from complaints import services
from complaints.enums import Status
from complaints.models import Complaint
from floor.models import Post
from tests.complaints.doing import on


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do all at the same time, each in a connection of its own; return results and refusals."""

    def run(act: Callable[[], object]) -> object:
        try:
            return act()
        except IllegalTransition as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_an_outcome_is_published_once_by_several_workers(committed_house, now):
    house = committed_house
    complaint = house.satisfied(now=now)
    services.hold_to_account(
        **on(complaint, house.service_manager, now), person=house.agent, measure="Warning"
    )
    people.finish_replies(now=ConductRecord.objects.get().reply_until)
    settled_at = ConductRecord.objects.get().appeal_until
    published = at_once(*[lambda: services.publish_outcomes(now=settled_at)] * 4)
    assert (sum(published), Post.objects.count()) == (1, 1)


def test_two_complaints_merged_into_each_other_at_once_do_not_both_vanish(committed_house, now):
    house = committed_house
    one, other = house.complaint(now=now), house.complaint(now=now)

    def merge(complaint: Complaint, into: Complaint) -> Complaint:
        by = on(complaint, house.supervisor, now)
        return services.merge(**by, into_id=into.pk, reason="The same visit.")

    results = at_once(lambda: merge(one, other), lambda: merge(other, one))
    assert sum(isinstance(result, IllegalTransition) for result in results) == 1
    assert sorted(Complaint.objects.values_list("status", flat=True)) == [Status.ACCEPTED, Status.MERGED]


def test_a_complaint_is_solved_once_by_two_who_do_it_at_once(committed_house, now):
    house = committed_house
    complaint = house.apologised(now=now)
    results = at_once(*[lambda: house.resolve(complaint, now=now)] * 3)
    assert sum(isinstance(result, IllegalTransition) for result in results) == 2
    assert complaint.steps.filter(act="resolve").count() == 1
