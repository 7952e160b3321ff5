"""The complaints of the demo: of each tier just overdue, some running, and one that breaches while one watches."""

from datetime import datetime, timedelta

from django.db import transaction

from agents.models import Site, User
from callcenter.worktime import calendars
from callcenter.worktime.clock import WorkHours
from callcenter.worktime.models import Policy
from calls.models import Customer
from complaints import services
from complaints.enums import Channel, ClockKind, Tier
from complaints.models import Clock, ClockPolicy, Complaint

EIGHTEEN_HOURS = 18 * 3600
BREACH_IN = timedelta(seconds=75)

OVERDUE = [
    (
        Tier.COMPANY,
        "1001",
        Channel.TELEPHONE,
        "机顶盒换了两次，两次上门都收费",
        "Decoder replaced twice, both visits charged",
    ),
    (
        Tier.GROUP,
        "2001",
        Channel.LETTER,
        "承诺的退款三周未到账",
        "The promised refund has not come for three weeks",
    ),
    (
        Tier.AUTHORITY,
        "3001",
        Channel.MEDIA,
        "12366 转来：转接五次仍无专家接听",
        "Transferred five times, never reached an expert",
    ),
]
RUNNING = [
    (
        Tier.COMPANY,
        "20401",
        Channel.TELEPHONE,
        "三次承诺回电均未回",
        "Promised a call back three times, none came",
    ),
    (Tier.COMPANY, "1001", Channel.WEB, "合同已终止，十一月仍在扣费", "Contract ended, still billed"),
    (
        Tier.COMPANY,
        "1001",
        Channel.ON_SITE,
        "师傅未测试第二个插座就离开",
        "Technician left without testing the second socket",
    ),
    (
        Tier.GROUP,
        "2001",
        Channel.TELEPHONE,
        "同一政策两次答复不一致",
        "Two different answers about the relief period",
    ),
]


@transaction.atomic
def seed(*, now: datetime) -> None:
    """Record the demo's complaints through the ordinary door."""
    harbour = Site.objects.select_related("calendar").get(code="harbour")
    hours = calendars.load(harbour.calendar_id)
    for tier, number, channel, chinese, english in OVERDUE:
        _record(
            harbour, tier, number, channel, chinese, english, received_at=just_overdue(hours, now), now=now
        )
    for tier, number, channel, chinese, english in RUNNING:
        received_at = min(now, hours.due(now, -3 * 3600))
        _record(harbour, tier, number, channel, chinese, english, received_at=received_at, now=now)


def just_overdue(hours: WorkHours, now: datetime) -> datetime:
    """Return the latest opening whose complaint, due in two working days, is overdue at `now`."""
    days_back = 1
    while hours.due_in_days(hours.due_in_days(now, -days_back), 2) > now:
        days_back += 1
    return hours.due_in_days(now, -days_back)


@transaction.atomic
def seed_breach(*, now: datetime) -> None:
    """Record one at the round-the-clock site that is past its warnings and breaches within two minutes of `now`."""
    nightline = Site.objects.select_related("calendar").get(code="nightline")
    running = Clock.objects.running().filter(complaint__site=nightline, breached_at=None)
    if running.exists():
        return
    policy, _made = Policy.objects.get_or_create(
        code="eighteen_working_hours",
        defaults={"name": "Eighteen working hours", "mode": "working_seconds", "amount": EIGHTEEN_HOURS},
    )
    ClockPolicy.objects.get_or_create(
        kind=ClockKind.RESOLUTION, tier=Tier.COMPANY, customer_kind="vip", defaults={"policy": policy}
    )
    customer, _made = Customer.objects.get_or_create(
        kind="vip", name="东海酒店 Donghai Hotel", phone="021-5550-0199"
    )
    received_at = now + BREACH_IN - timedelta(seconds=EIGHTEEN_HOURS)
    _record(
        nightline,
        Tier.COMPANY,
        "1002",
        Channel.TELEPHONE,
        "大堂线路整夜中断",
        "The lobby line was down all night",
        received_at=received_at,
        now=now,
        customer=customer,
    )


def _record(  # noqa: PLR0913 (private: a row of the tables above)
    site: Site,
    tier: Tier,
    number: str,
    channel: Channel,
    chinese: str,
    english: str,
    *,
    received_at: datetime,
    now: datetime,
    customer: Customer | None = None,
) -> Complaint:
    recorder = User.objects.select_related("site__calendar").get(work_number=number)
    facts = services.Facts(
        subject=chinese,
        account=f"{chinese}。\n\n{english}.",
        demand="请在今天内答复。 An answer today.",
        customer_name=customer.name if customer else "刘先生 Mr Liu",
        contact=customer.phone if customer else "138-0000-0000",
        channel=channel,
    )
    return services.record_complaint(
        actor=recorder, site=site, tier=tier, facts=facts, received_at=received_at, customer=customer, now=now
    )
