"""Schemes of agents and leads, a draft of the next one, last month published with an appeal, and what followed from it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from agents.models import Site, User
from callcenter.access import Role
from kpi import months
from kpi.facts import AimFacts, GateFacts, GradeFacts, IndicatorFacts, SchemeFacts
from kpi.models import Checklist, Scorecard
from kpi.services import aims, appeals, assessments, checklists, interviews, schemes

MANAGER, SUPERVISOR, LEAD = "3001", "1001", "1101"
GRADES = [
    GradeFacts("A", Decimal(100), Decimal("1.2")),
    GradeFacts("B", Decimal(80)),
    GradeFacts("C", Decimal(60), Decimal("0.8")),
    GradeFacts("D", Decimal(0), Decimal("0.5")),
]
POINTS = (
    "报出姓名 Says the name",
    "先听完 Lets the customer finish",
    "复述问题 Sums up",
    "道别 Says good-bye",
)


def seed(*, now: datetime) -> None:
    """Make it all through the ordinary doors."""
    people = {
        one.work_number: one
        for one in User.objects.filter(work_number__in=[MANAGER, SUPERVISOR, LEAD]).select_related(
            "site__calendar"
        )
    }
    last = months.after(months.first_of(now.date()), -1)
    with transaction.atomic():
        facts = _facts(people[MANAGER], now)
        manager = {"actor": people[MANAGER], "now": now}
        for role, share in ((Role.AGENT, 20), (Role.TEAM_LEAD, 100)):
            made = schemes.draft_scheme(role=role, facts=replace(facts, team_share=share), **manager)
            schemes.adopt_scheme(scheme_id=made.pk, since=months.after(last, -2), **manager)
        first, *rest = facts.indicators
        harder = replace(first, weight=50, threshold=300, target=240, stretch=180)
        schemes.draft_scheme(
            role=Role.AGENT,
            facts=replace(facts, name="坐席 Agents, quicker", indicators=[harder, *rest[:2]], team_share=20),
            **manager,
        )
    site = Site.objects.select_related("calendar").get(code="harbour")
    _rate([people[LEAD], people[SUPERVISOR]], people[LEAD].led_team_ids, last, now)
    asked = {"actor": people[SUPERVISOR], "site": site, "month": last, "now": now}
    assessments.run_month(role=Role.TEAM_LEAD, **asked)
    agents = assessments.run_month(role=Role.AGENT, **asked)
    assessments.publish_assessment(actor=people[SUPERVISOR], assessment_id=agents.pk, now=now)
    _follow(people[LEAD], agents.pk, now)


def _facts(manager: User, now: datetime) -> SchemeFacts:
    checklist = checklists.make_checklist(
        actor=manager, name="接听礼仪 Greeting and closing", points=POINTS, now=now
    )
    return SchemeFacts(
        name="坐席 Agents",
        indicators=[
            IndicatorFacts(35, 480, 330, 240, metric="handle_time_p90"),
            IndicatorFacts(30, 0.7, 0.85, 0.95, metric="fcr_of_answered"),
            IndicatorFacts(20, 3.4, 4, 4.6, metric="satisfaction_mean"),
            IndicatorFacts(15, 0.5, 0.8, 1, checklist=checklist, weighing="routine"),
        ],
        grades=GRADES,
        gates=[GateFacts("valid_complaint", "C"), GateFacts("penalty", "B")],
    )


def _rate(raters: list[User], teams: list[int], month: date, now: datetime) -> None:
    """Let two raters look at the lead's team; they do not see quite the same."""
    checklist = Checklist.objects.get()
    team = User.objects.filter(memberships__team__in=teams, memberships__period__contains=month)
    for place, person in enumerate(team.select_related("site__calendar").order_by("work_number")):
        for number, rater in enumerate(raters):
            marks = [True, (place + number) % 3 > 0, place % 4 > 0, True]
            given = {"checklist": checklist, "person": person, "month": month, "marks": marks}
            checklists.rate(actor=rater, now=now, **given)


def _follow(lead: User, assessment: int, now: datetime) -> None:
    """Let the weakest of the lead's team appeal, talk with the lead, and agree to a plan."""
    weakest = Scorecard.objects.filter(assessment=assessment, team__in=lead.led_team_ids, score__isnull=False)
    card = weakest.select_related("person__site__calendar").order_by("score").first()
    if card is None:
        return
    text = "五号系统中断。The system was down on the fifth."
    appeals.appeal_score(actor=card.person, card_id=card.pk, text=text, now=now)
    talk = interviews.plan_interview(
        actor=lead,
        person=card.person,
        card=card,
        planned_for=lead.today,
        subject="上月考核 Last month",
        now=now,
    )
    agreed = "每周旁听两次。Listening in twice a week."
    interviews.hold_interview(actor=lead, interview_id=talk.pk, held_on=lead.today, agreed=agreed, now=now)
    facts = AimFacts("fcr_of_answered", 0.9, agreed, lead.today, lead.today + timedelta(days=27))
    aim = aims.propose_aim(actor=lead, person=card.person, facts=facts, interview=talk, now=now)
    aims.answer_aim(actor=card.person, aim_id=aim.pk, agrees=True, now=now)
