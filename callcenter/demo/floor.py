"""The bulletin of the demo: two posts that must be read, one of them by some already, and two for less."""

from datetime import datetime, timedelta
from typing import Any

from agents.models import Site, Team, User
from callcenter.access import Role
from floor import services
from floor.enums import Audience


def seed(*, now: datetime) -> None:
    """Publish through the ordinary door, each post at its own instant; some have read."""
    people = {person.work_number: person for person in User.objects.select_related("site__calendar")}
    for number, ago, facts in _posts(now):
        author = people[number]
        services.publish_post(actor=author, author=author, now=now - ago, **facts)
    waiting_words = services.publish_post(
        actor=people["3001"],
        author=people["3001"],
        title="查询超过十秒要说等待语 Waiting words after ten seconds",
        text=(
            "查询或请示时先告知客户，每十秒回应一次；静音保持超过一分钟而客户不知情，按服务规则处理。\n\n"
            "Say so before you look something up, and again every ten seconds."
        ),
        must_read_by=(now + timedelta(days=3)).date(),
        pinned_until=(now + timedelta(days=14)).date(),
        now=now - timedelta(days=1),
    )
    for number in ("1001", "1101", "20402", "20403", "20405"):
        services.mark_read(actor=people[number], post_id=waiting_words.pk, now=now)


def _posts(now: datetime) -> list[tuple[str, timedelta, dict[str, Any]]]:
    """Return the author's work number, how long ago, and what was published."""
    return [
        (
            "1001",
            timedelta(days=6),
            {
                "title": "周六例会改到十八点半 Saturday meeting at 18:30",
                "text": "本周例会推迟半小时，地点不变。The weekly meeting starts half an hour later.",
                "audience": Audience.SITE,
                "site": Site.objects.get(code="harbour"),
            },
        ),
        (
            "2001",
            timedelta(days=4),
            {
                "title": "投诉处理通报：夜间线路中断 What came of a complaint: the line at night",
                "text": (
                    "经核实，值班人员未按规则记录故障时间，已责成改正。\n\n"
                    "The time of the fault was not written down as the rules ask; that is corrected."
                ),
                "audience": Audience.TEAM,
                "team": Team.objects.get(name="夜班组 Nightline"),
                "source": "C-2026-000007",
            },
        ),
        (
            "5001",
            timedelta(days=2),
            {
                "title": "征期请假安排 Leave in the peak period",
                "text": "征期内原则上不批假，特殊情况请班组长说明。No leave in the peak period but for good reason.",
                "audience": Audience.ROLE,
                "role": Role.TEAM_LEAD,
                "must_read_by": (now + timedelta(days=2)).date(),
            },
        ),
    ]
