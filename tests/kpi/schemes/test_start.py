"""The assessment of the last month begins by itself: once, as a preview, and whoever makes it is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from callcenter.access import Role
from callcenter.audit.models import Entry
from callcenter.outbox import delivery
from callcenter.outbox.models import Message
from kpi.models import Assessment, StaleSlot
from kpi.services import assessment_start, assessments, rollups
from kpi.tasks import begin_assessments
from tests.kpi.schemes.conftest import OCTOBER

THIRD = datetime(2026, 11, 2, 16, 0, tzinfo=UTC)
"""The 3rd begins in Shanghai."""
JUST_BEFORE = THIRD - timedelta(seconds=1)


def told():
    found = Message.objects.filter(template="kpi/notify/assessment_begun", channel="in_app")
    return sorted(found.values_list("recipient__work_number", flat=True))


def test_nothing_begins_before_its_day_and_on_it_a_preview_does(office):
    office.scheme()
    assert assessment_start.begin_due(now=JUST_BEFORE) == 0
    assert assessment_start.begin_due(now=THIRD) == 1
    made = Assessment.objects.get()
    assert (made.month, made.role, made.state, made.computed_by) == (OCTOBER, "agent", "preview", None)
    assert made.cards.get(person=office.house.agent).score is not None
    assert told() == ["1001"]
    assert Entry.objects.get(action="assessment.computed").actor_name == "system"


def test_the_day_is_a_setting(office, settings):
    office.scheme()
    settings.ASSESSMENT_DAY = 5
    assert assessment_start.begin_due(now=THIRD) == 0
    assert assessment_start.begin_due(now=THIRD + timedelta(days=2)) == 1


def test_it_begins_once_and_never_touches_what_somebody_computed_or_published(office):
    office.scheme()
    mine = office.run()
    assert assessment_start.begin_due(now=THIRD) == 0
    assert Assessment.objects.get() == mine
    assert told() == []
    office.publish(mine)
    begin_assessments()
    # Whatever is due by the clock of today is of a later month.
    assert Assessment.objects.get(month=OCTOBER).state == "published"


def test_only_roles_that_somebody_had_by_a_scheme_that_held_are_assessed(office):
    office.scheme(since=OCTOBER.replace(month=11))
    office.scheme(role=Role.TRAINER)
    office.scheme(role=Role.SUPERVISOR)
    assert assessment_start.begin_due(now=THIRD) == 1
    assert Assessment.objects.get().role == Role.SUPERVISOR
    assert told() == ["2001", "3001"]


@pytest.fixture
def another_worker():
    """Return a connection of its own, as a worker has that counts and has not committed yet."""
    other = connection.get_new_connection(connection.get_connection_params())
    yield other
    other.close()


def test_what_could_not_be_computed_is_due_at_the_next_sweep_still(office, another_worker, caplog):
    office.scheme()
    StaleSlot.objects.create(site=office.site.pk, at=datetime(2026, 10, 5, 2, tzinfo=UTC))
    another_worker.cursor().execute(rollups.LATER, [office.site.pk, date(2026, 10, 5)])
    assert assessment_start.begin_due(now=THIRD) == 0
    assert "still being counted" in caplog.text
    another_worker.rollback()
    assert assessment_start.begin_due(now=THIRD + timedelta(hours=1)) == 1


def test_the_notice_reads_well(office):
    office.scheme()
    assessment_start.begin_due(now=THIRD)
    notice = Message.objects.filter(channel="in_app").get(template="kpi/notify/assessment_begun")
    found = delivery.render(notice)
    assert found.subject == "The assessment of 2026-10 can be looked through: Agent, Main"
    assert "The people concerned do not see them yet." in found.text


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_begin_it_once(committed_office):
    committed_office.scheme()

    def sweep(_one):
        try:
            return assessment_start.begin_due(now=THIRD)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(sweep, range(2))) == 1
    assert Assessment.objects.count() == 1
    assert told() == ["1001"]


def test_a_person_computes_what_began_by_itself_again(office):
    office.scheme()
    assessment_start.begin_due(now=THIRD)
    again = assessments.run_month(
        actor=office.house.supervisor, site=office.site, role="agent", month=OCTOBER, now=office.now
    )
    assert Assessment.objects.get() == again
    assert again.computed_by == office.house.supervisor
