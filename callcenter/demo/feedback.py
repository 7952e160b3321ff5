"""The employee feedback of the demo: named and anonymous items at every step of their course, and suggestions."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from agents.models import Department, User
from feedback import services
from feedback.enums import Addressee, Category, Interest, Kind
from feedback.models import Item

IT, HR, FACILITIES = "信息技术部 IT", "综合人事部 HR", "后勤部 Facilities"
OWNERS = {IT: "7001", HR: "7002", FACILITIES: "7003"}


@dataclass(frozen=True)
class Written:
    """What somebody wrote, and what became of it. Without an author it came out of the intake."""

    author: str
    to: str
    category: Category
    subject: str
    text: str
    days_ago: int = 0
    answer: str = ""
    public: tuple[str, str] | None = None
    voices: int = 0
    then: str = ""
    addressee: Addressee = Addressee.DEPARTMENT
    kind: Kind = Kind.QUESTION


ITEMS = [
    Written(
        "20401",
        IT,
        Category.TOOLS,
        "C 排耳麦一小时后有杂音",
        "Headsets in row C crackle after an hour. 我这一排都这样，客户听不清。",
        days_ago=20,
        answer="周三更换整排耳麦。The whole row gets new ones on Wednesday.",
        public=("耳麦杂音 Crackling headsets", "有同事反映 C 排耳麦通话一小时后出现杂音。"),
        voices=6,
        then="confirmed",
    ),
    Written(
        "20402",
        HR,
        Category.ROSTER,
        "春节排班何时公布",
        "When is the Spring Festival roster published? 想早点买票回家。",
    ),
    Written(
        "20403",
        FACILITIES,
        Category.PLACE,
        "夜班后没有班车",
        "There is no bus after the late shift. 打车要自己付钱。",
        days_ago=9,
        answer="下月起增开 22:40 班车。A bus leaves at 22:40 from next month on.",
        public=("夜班班车 Bus after the late shift", "有同事问夜班结束后是否有班车。"),
        voices=9,
        then="disputed",
    ),
    Written(
        "20404",
        HR,
        Category.PAY,
        "十月绩效工资少算了两天",
        "Two days are missing in my October pay. 已附考勤记录。",
        days_ago=12,
    ),
    Written(
        "20405",
        "",
        Category.RULES,
        "想直接和主管谈排座",
        "I would like to talk about the seating with the supervisor, past my lead.",
        addressee=Addressee.SUPERVISOR,
    ),
    Written(
        "20406",
        IT,
        Category.TRAINING,
        "新系统培训能否录像",
        "Could the training on the new system be recorded? 夜班赶不上。",
        days_ago=25,
        answer="可以，录像放在知识库。Yes, it is in the knowledge base.",
        public=("新系统培训录像 Recording the training", "夜班同事希望看到新系统培训的录像。"),
        voices=3,
        then="silence",
    ),
    Written("", FACILITIES, Category.PLACE, "三楼空调太冷", "The air on the third floor is too cold."),
    Written(
        "",
        HR,
        Category.ROSTER,
        "午休顶岗总是同几个人",
        "Lunch cover always falls on the same people. 希望轮流。",
        days_ago=6,
        answer="十二月起按轮值表顶岗。From December on a rota decides.",
        public=("午休顶岗轮流 Taking turns over lunch", "有同事希望午休顶岗由大家轮流。"),
        voices=7,
    ),
    Written(
        "",
        IT,
        Category.TOOLS,
        "知识库搜索很慢",
        "Searching the knowledge base takes ten seconds.",
        then="asked",
    ),
    Written(
        "",
        HR,
        Category.RULES,
        "人事部把请假理由告诉了同事",
        "HR told colleagues why somebody was on leave. 这件事应由领导处理。",
        addressee=Addressee.EXECUTIVE,
    ),
    Written(
        "20407",
        IT,
        Category.TOOLS,
        "建议：来电弹屏显示上次工单",
        "Show the last case when a call pops up. 可少问客户一遍。",
        days_ago=30,
        answer="采纳，十一月上线。Adopted.",
        public=("弹屏显示上次工单 The last case on call pop", "建议来电弹屏时显示上一次的工单。"),
        voices=11,
        then="rewarded",
        kind=Kind.SUGGESTION,
    ),
    Written(
        "20408",
        FACILITIES,
        Category.PLACE,
        "建议：休息区加饮水机",
        "A second water dispenser in the break room. 高峰期排队太久。",
        days_ago=4,
        answer="采纳，本月内安装。Adopted: installed within the month.",
        public=("休息区饮水机 A second water dispenser", "建议在休息区增加一台饮水机。"),
        voices=4,
        then="adopted",
        kind=Kind.SUGGESTION,
    ),
    Written(
        "",
        HR,
        Category.TRAINING,
        "建议：新人跟听两周",
        "Let newcomers listen in for two weeks before their first call.",
        kind=Kind.SUGGESTION,
    ),
]


def seed(*, now: datetime) -> None:
    """Bring the items on their way through the ordinary doors, and let the sweeps say what is late or silent."""
    for written in ITEMS:
        at = now - timedelta(days=written.days_ago)
        item = _write(written, at)
        if written.kind == Kind.SUGGESTION:
            _suggest(item, written, at + timedelta(hours=6))
        elif written.answer:
            services.answer_item(
                actor=_owner(written), item_id=item.pk, text=written.answer, now=at + timedelta(hours=6)
            )
        if written.public:
            _publish(item, written, at + timedelta(hours=7))
        _go_on(item, written, min(at + timedelta(days=1), now))
    services.escalate_overdue(now=now)
    services.close_silent(now=now)


def _write(written: Written, at: datetime) -> Item:
    wish = services.Wish(
        kind=written.kind,
        addressee=written.addressee,
        category=written.category,
        subject=written.subject,
        text=written.text,
        department=Department.objects.get(name=written.to) if written.to else None,
    )
    if written.author:
        return services.submit_item(actor=_person(written.author), wish=wish, now=at)
    return services.admit(wish=wish, receipt=secrets.token_bytes(32), files=(), day=at.date(), now=at)


def _suggest(item: Item, written: Written, at: datetime) -> None:
    if not written.answer:
        return
    owner = _owner(written)
    by = (at + timedelta(days=20)).date()
    services.assess_suggestion(
        actor=owner, item_id=item.pk, adopt=True, reason=written.answer, carry_out_by=by, now=at
    )
    if written.then == "rewarded":
        author = _person(written.author)
        later = at + timedelta(days=15)
        services.carry_out_suggestion(actor=owner, item_id=item.pk, result="已上线。It is live.", now=later)
        services.verify_suggestion(actor=author, item_id=item.pk, holds=True, now=later + timedelta(days=1))
        services.reward_suggestion(
            actor=owner, item_id=item.pk, reward="奖励 300 元 · 300 yuan", now=later + timedelta(days=2)
        )
        services.show_reward(actor=author, item_id=item.pk, shown=True, now=later + timedelta(days=3))


def _publish(item: Item, written: Written, at: datetime) -> None:
    subject, text = written.public or ("", "")
    services.publish(actor=_owner(written), item_id=item.pk, subject=subject, text=text, now=at)
    readers = User.objects.filter(work_number__gt="20408", work_number__startswith="204")
    for reader in readers.order_by("work_number")[: written.voices]:
        services.back(actor=reader, item_id=item.pk, interest=Interest.ME_TOO, now=at + timedelta(hours=1))


def _go_on(item: Item, written: Written, at: datetime) -> None:
    if written.then == "confirmed":
        survey = services.SurveyFacts(expected_days=3, expected_quality=4, found_quality=5, satisfied=True)
        services.confirm(actor=_person(written.author), item_id=item.pk, survey=survey, now=at)
    elif written.then == "disputed":
        reason = "下月太久了，这个月怎么办？What about this month?"
        services.dispute(actor=_person(written.author), item_id=item.pk, reason=reason, now=at)
    elif written.then == "asked":
        question = "哪些词搜索最慢？Which words are slow?"
        services.ask_back(actor=_owner(written), item_id=item.pk, text=question, now=at)
        services.say_unnamed(item_id=item.pk, text="“退费”。", day=at.date(), now=at)


def _owner(written: Written) -> User:
    return _person(OWNERS[written.to])


def _person(number: str) -> User:
    person: User = User.objects.select_related("site__calendar").get(work_number=number)
    return person
