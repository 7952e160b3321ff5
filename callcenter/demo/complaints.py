"""The complaints of the demo: two weeks of them as they came in, and one that breaches while one watches."""

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from operator import itemgetter
from pathlib import Path

from django.db import transaction
from django.db.models import Min

from agents.models import Site, User
from callcenter.demo.course import do, plant_causes, schedule
from callcenter.worktime import calendars
from callcenter.worktime.clock import WorkHours
from callcenter.worktime.models import Policy
from calls.models import Customer
from complaints import services
from complaints.enums import Channel, ClockKind, Tier
from complaints.models import Clock, ClockPolicy, Complaint

CASES = Path(__file__).with_name("complaints.csv")
"""`days` and `time`: the local time on the so-manieth working day back, or with 0 days how long ago.
`solved_after`: working hours until the solution, eight if empty. `reaches` is the state to which its course has been
gone (as far as there was time), `extra` what is done besides (demo.course), `into` the subject that it is merged into."""
EIGHTEEN_HOURS = 18 * 3600
BREACH_IN = timedelta(seconds=75)

Case = dict[str, str]


@transaction.atomic
def seed(*, now: datetime) -> None:
    """Go the course of every case through the ordinary door, each step at its own instant, and sweep in between."""
    plant_causes()
    people = {person.work_number: person for person in User.objects.select_related("site__calendar")}
    sites = {site.code: site for site in Site.objects.select_related("calendar")}
    hours = {code: calendars.load(site.calendar_id) for code, site in sites.items()}
    made: dict[str, Complaint] = {}
    for at, deed, case in sorted(_events(hours, now), key=itemgetter(0)):
        _sweep_until(at)
        if deed == "record":
            made[case["subject"]] = _record(case, sites[case["site"]], people, at)
        else:
            do(deed, case, made, people, at)
    _sweep_until(now)


def _events(hours: dict[str, WorkHours], now: datetime) -> Iterator[tuple[datetime, str, Case]]:
    with CASES.open(encoding="utf-8", newline="") as lines:
        for case in csv.DictReader(lines):
            received_at = _received_at(case, hours[case["site"]], now)
            yield received_at, "record", case
            for at, deed in schedule(case, received_at, hours[case["site"]]):
                if at <= now:
                    yield at, deed, case


def _received_at(case: Case, hours: WorkHours, now: datetime) -> datetime:
    back = int(case["days"])
    hour, minute = map(int, case["time"].split(":"))
    if not back:
        return now - timedelta(hours=hour, minutes=minute)
    day = hours.working_dates(now, -back)[-1]
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=hours.spec.zone)


def _sweep_until(until: datetime) -> None:
    """Let the clocks speak when they would have, so that the past of the demo is as the product writes it."""
    while (at := Clock.objects.aggregate(at=Min("next_at"))["at"]) and at <= until:
        services.sweep_clocks(now=at)


def _record(case: Case, site: Site, people: dict[str, User], at: datetime) -> Complaint:
    facts = services.Facts(
        subject=case["subject"],
        account=case["account"],
        demand=case["demand"],
        customer_name=case["customer"],
        contact=case["contact"],
        channel=Channel(case["channel"]),
    )
    return services.record_complaint(
        actor=people[case["by"]],
        site=site,
        tier=Tier(int(case["tier"])),
        facts=facts,
        staff_concerned=people.get(case["about"]),
        now=at,
    )


@transaction.atomic
def seed_breach(*, now: datetime) -> None:
    """Record one at the round-the-clock site that is past its warnings and breaches within two minutes of `now`."""
    running = Clock.objects.running().filter(policy__code="eighteen_working_hours", breached_at=None)
    if running.exists():
        return
    policy, _made = Policy.objects.get_or_create(
        code="eighteen_working_hours",
        defaults={
            "name": "十八个工作小时 Eighteen working hours",
            "mode": "working_seconds",
            "amount": EIGHTEEN_HOURS,
        },
    )
    ClockPolicy.objects.get_or_create(
        kind=ClockKind.RESOLUTION, tier=Tier.COMPANY, customer_kind="vip", defaults={"policy": policy}
    )
    customer, _made = Customer.objects.get_or_create(
        kind="vip", name="东海酒店 Donghai Hotel", phone="021-5550-0199"
    )
    services.record_complaint(
        actor=User.objects.select_related("site__calendar").get(work_number="1002"),
        site=Site.objects.select_related("calendar").get(code="nightline"),
        tier=Tier.COMPANY,
        facts=services.Facts(
            subject="大堂线路整夜中断 The lobby line was down all night",
            account="大堂的电话从昨晚到今晨一直没有声音，客人只好用自己的手机叫车。",
            demand="立即修复，书面说明原因",
            customer_name=customer.name,
            contact=customer.phone,
        ),
        received_at=now + BREACH_IN - timedelta(seconds=EIGHTEEN_HOURS),
        customer=customer,
        now=now,
    )
