"""Peak periods: one at a time, from a template or by hand."""

from datetime import date, timedelta

import pytest

from callcenter.errors import Conflict, DomainError, NotAllowed
from shifts.models import Peak, PeakTemplate
from shifts.selectors.peaks import peaks_between
from shifts.services import peaks

pytestmark = pytest.mark.django_db


def make(house, now, first, last, **more):
    """Make a peak period as the supervisor."""
    given = {"actor": house.supervisor, "site": house.site, "name": "Rush", "now": now}
    return peaks.make_peak(**given, first=first, last=last, **more)


def test_a_site_has_one_peak_period_at_a_time(house, now):
    made = make(house, now, date(2026, 12, 1), date(2026, 12, 15))
    assert made.last_day == date(2026, 12, 15)
    with pytest.raises(Conflict) as refused:
        make(house, now, date(2026, 12, 15), date(2026, 12, 20))
    assert refused.value.field == "first"
    assert peaks_between(house.site.pk, date(2026, 12, 15), date(2026, 12, 16)) == [made]
    assert peaks_between(house.site.pk, date(2026, 12, 16), date(2026, 12, 17)) == []


def test_days_and_lunch_that_cannot_be_are_refused(house, now):
    for first, last, more, field in (
        (date(2026, 12, 2), date(2026, 12, 1), {}, "last"),
        (date(2026, 12, 2), date(2027, 12, 1), {}, "last"),
        (date(2026, 12, 2), date(2026, 12, 3), {"lunch_from": "13:30", "lunch_to": "12:00"}, "lunch_to"),
    ):
        with pytest.raises(DomainError) as refused:
            make(house, now, first, last, **more)
        assert refused.value.field == field
    with pytest.raises(NotAllowed):
        peaks.make_peak(
            actor=house.lead,
            site=house.site,
            name="",
            first=date(2026, 12, 1),
            last=date(2026, 12, 1),
            now=now,
        )


def test_a_peak_period_ends_with_yesterday_and_one_to_come_vanishes(house, now):
    running = make(house, now, now.date() - timedelta(days=5), now.date() + timedelta(days=5))
    to_come = make(house, now, now.date() + timedelta(days=20), now.date() + timedelta(days=25))
    for peak in (running, to_come):
        peaks.end_peak(actor=house.supervisor, peak_id=peak.pk, now=now)
    assert [peak.last_day for peak in Peak.objects.all()] == [now.date() - timedelta(days=1)]
    with pytest.raises(Conflict):
        peaks.end_peak(actor=house.supervisor, peak_id=running.pk, now=now)


def test_a_template_makes_the_months_ahead_once_and_what_planners_did_stands(house, now):
    wanted = {"first_day": 20, "last_day": 31, "lunch_heads": 4, "weekend_heads": 3}
    peaks.set_template(actor=house.supervisor, site=house.site, now=now, **wanted)
    months = [(peak.name, peak.period.lower, peak.last_day, peak.lunch_heads) for peak in Peak.objects.all()]
    assert months == [
        ("2026-11", date(2026, 11, 20), date(2026, 11, 30), 4),
        ("2026-12", date(2026, 12, 20), date(2026, 12, 31), 4),
        ("2027-01", date(2027, 1, 20), date(2027, 1, 31), 4),
    ]
    december = Peak.objects.get(name="2026-12")
    peaks.end_peak(actor=house.supervisor, peak_id=december.pk, now=now)
    assert peaks.make_ahead(now=now) == 0
    assert peaks.make_ahead(now=now + timedelta(days=31)) == 1
    assert [peak.name for peak in Peak.objects.all()] == ["2026-11", "2027-01", "2027-02"]
    peaks.remove_template(actor=house.supervisor, site=house.site, now=now)
    assert not PeakTemplate.objects.exists()


def test_a_template_leaves_a_month_alone_that_has_a_period_of_its_own(house, now):
    make(house, now, date(2026, 12, 10), date(2026, 12, 12))
    wanted = {"first_day": 1, "last_day": 15, "lunch_heads": 3, "weekend_heads": 2}
    peaks.set_template(actor=house.supervisor, site=house.site, now=now, **wanted)
    assert [peak.name for peak in Peak.objects.all()] == ["Rush", "2027-01"], "November's is over already"
