"""The service rules of the demo, and what was recorded by them: one reward, one penalty open for a reply, one final."""

from datetime import datetime, timedelta

from agents import services
from agents.enums import ConductKind
from agents.models import ServiceRule, User
from callcenter.access import SYSTEM
from callcenter.worktime import calendars

RULES = {
    "S-01": (
        "静音保持须告知客户 On hold with word",
        "静音保持不超过一分钟，并事先告知客户。At most a minute on hold, and said before.",
    ),
    "S-02": (
        "十秒等待语 Waiting words",
        "查询时每十秒回应一次。While looking something up, speak every ten seconds.",
    ),
    "S-03": (
        "如实记录 Faithful record",
        "客户所述如实记入记录表。What the customer says is written down as it was said.",
    ),
    "S-10": ("客户表扬 Praise", "客户主动表扬，经核实后奖励。A customer's own praise, once it is verified."),
}


def seed(*, now: datetime) -> None:
    """Publish the rules a year ago, then record through the ordinary door, each at its own instant."""
    since = (now - timedelta(days=365)).date()
    rules = {
        code: services.publish_rule(actor=SYSTEM, code=code, title=title, text=text, since=since, now=now)
        for code, (title, text) in RULES.items()
    }
    people = {person.work_number: person for person in User.objects.select_related("site__calendar")}
    hours = calendars.load(people["20401"].site.calendar_id)
    ended, lately = hours.due_in_days(now, -5), hours.due_in_days(now, -1)
    _record(people, "20405", rules["S-03"], "书面警告 Written warning", ended)
    services.finish_replies(now=now)
    record = _record(people, "20401", rules["S-01"], "口头警告 Spoken warning", lately)
    services.reply_to_conduct(
        actor=people["20401"],
        record_id=record,
        text="当时系统无响应，我已告知客户稍候。The system did not answer; I had asked the customer to wait.",
        now=lately + timedelta(hours=2),
    )
    _record(people, "20402", rules["S-10"], "奖励二百元 200 yuan", lately, ConductKind.REWARD)


def _record(
    people: dict[str, User],
    number: str,
    rule: ServiceRule,
    measure: str,
    at: datetime,
    kind: ConductKind = ConductKind.PENALTY,
) -> int:
    actor, person = people["3001"], people[number]
    facts = services.ConductFacts(
        person=person,
        kind=kind,
        rule=rule,
        occurred_on=(at - timedelta(days=1)).date(),
        account="经核实，情况属实。The recording was listened to, and it was so.",
        measure=measure,
    )
    record = services.draft_conduct(actor=actor, facts=facts, now=at)
    services.open_conduct(actor=actor, record_id=record.pk, now=at)
    return record.pk
