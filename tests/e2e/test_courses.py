"""The whole course of a complaint of each tier, by the people of the house, in Chinese, in the browser."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from agents.models import ConductRecord
from agents.tasks import finish_replies
from callcenter.outbox.tasks import drain
from complaints.enums import Act, FollowUpOutcome, Outcome, Status, Tier
from complaints.models import Clock, Complaint, Participant, Ruling
from complaints.tasks import publish_outcomes, sweep_clocks
from floor.models import Post
from tests.e2e.desks import Desk, zh
from tests.e2e.waiting import until
from tests.smtp import Inbox

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

At = Callable[[str], Desk]
RULE = "F-12 挂起不得超过一分钟"
SAYS = {
    "customer_name": "刘建国",
    "contact": "13800001140",
    "subject": "两次上门都收费",
    "account": "机顶盒换了两次，两次上门都收费，来电时被挂起五分钟。",
    "staff_concerned": "20401",
}


def received(days_ago: int) -> str:
    """Return a time as the field of the form takes it."""
    return (timezone.localtime() - timedelta(days=days_ago)).strftime("%Y-%m-%dT%H:%M")


def mail_to(smtp: Inbox, number: str, subject: str) -> EmailMessage:
    """Return the mail that the server has received for somebody; where a long subject is folded a blank may stand."""
    drain.delay()
    wanted = (f"{number}@example.org", subject)

    def found() -> EmailMessage | None:
        return next((mail for mail in smtp.mails if (mail["To"], mail["Subject"].strip()) == wanted), None)

    return until(found)


def stands(reference: str, status: Status) -> Complaint:
    """Return the complaint, which has come to this state."""
    complaint = Complaint.objects.get(reference=reference)
    assert complaint.status == status
    return complaint


def hear_the_person_concerned(at: At, smtp: Inbox, asks: str, reference: str) -> None:
    """Add evidence, ask the person concerned, who is told by mail and answers, and verify."""
    at(asks).do(reference, Act.ADD_EVIDENCE, {"reference": "acd/20261118-0042"})
    at(asks).do(reference, Act.ASK, {"text": "为什么客户等了五分钟？"})
    subject = zh("A question waits for your answer (%(reference)s)") % {"reference": reference}
    assert "两次上门" not in mail_to(smtp, "20401", subject).as_string(), (
        "the matter itself is not theirs yet"
    )
    at("20401").answer("我在查第二张工单。")
    at(asks).do_next(reference, Act.VERIFY, {"findings": "录音证实挂起五分钟，第二次收费属实。"})


def rule_valid(at: At, reference: str) -> None:
    """Let the service manager rule by the service rule."""
    typed = {"broken": RULE, "opinion": "录音与账单一致。"}
    at("3001").do_next(reference, Act.RULE, typed, pick=Outcome.VALID.label)


def solve(at: At, handler: str, reference: str, solution: str) -> None:
    """Apologise and solve."""
    at(handler).do_next(reference, Act.APOLOGISE, {"note": "主管电话致歉。"})
    at(handler).do_next(reference, Act.RESOLVE, {"solution": solution})


def ask_whether_satisfied(at: At, caller: str, reference: str, says: FollowUpOutcome, remarks: str) -> None:
    """Ask the customer."""
    at(caller).do_next(reference, Act.FOLLOW_UP, {"remarks": remarks}, pick=says.label)


def close(at: At, number: str, reference: str) -> None:
    """Close it; nothing waits for anybody then, and nothing more is told about it."""
    at(number).do_next(reference, Act.CLOSE, {"note": "全部完成。"})
    complaint = stands(reference, Status.CLOSED)
    assert not Clock.objects.running().filter(complaint=complaint).exists()
    at(number).page.goto("/")
    expect(at(number).page.locator("#needs .need").filter(has_text=reference)).to_have_count(0)


def test_tier_1_from_the_telephone_to_the_verified_correction(at_desk, smtp):
    reference = at_desk("20402").record(SAYS)
    supervisor, lead, manager = at_desk("1001"), at_desk("1101"), at_desk("3001")
    supervisor.do_next(reference, Act.RESPOND, {"note": "今天内答复。"})
    hear_the_person_concerned(at_desk, smtp, "1001", reference)
    rule_valid(at_desk, reference)
    solve(at_desk, "1001", reference, "第二次上门费已退。")
    supervisor.do(reference, Act.APPOINT_CALLER, {"person": "20403"})
    ask_whether_satisfied(at_desk, "20403", reference, FollowUpOutcome.SATISFIED, "客户满意。")

    manager.do_next(reference, Act.HOLD_TO_ACCOUNT, {"measure": "书面检讨"})
    record = ConductRecord.objects.get()
    assert (record.person.work_number, record.joint_person.work_number) == ("20401", "1101")
    supervisor.do_next(reference, Act.SET_CAUSE, {"cause": "重复收费"})
    by = (timezone.localdate() + timedelta(days=7)).isoformat()
    plan = {"plan": "班前会重讲挂起规则。", "owner": "1101", "due_on": by}
    lead.do(reference, Act.PLAN_CORRECTION, plan)
    mail_to(
        smtp,
        "1101",
        zh("A corrective action is yours to carry out: %(reference)s") % {"reference": reference},
    )
    lead.do_next(reference, Act.CARRY_OUT, {"done": "全组已重讲并抽查。"})
    manager.do_next(reference, Act.JUDGE_CORRECTION, {"verdict": "抽查二十通，无一超时。"}, pick="It holds")
    close(at_desk, "1001", reference)

    publish(at_desk, record)


def publish(at: At, record: ConductRecord) -> None:
    """Let the person reply, the time for it and for an appeal go by; then the bulletin tells, without the customer."""
    agent = at("20401")
    agent.page.goto(record.get_absolute_url())
    agent.page.locator(".acts").get_by_role("link", name=zh("Reply")).click()
    panel = agent.page.get_by_role("dialog")
    panel.get_by_label(zh("How you see it")).fill("我已改正。")
    panel.get_by_role("button", name=zh("Reply")).click()
    expect(agent.page.locator(".tl").get_by_text("我已改正。")).to_be_visible()

    ConductRecord.objects.update(reply_until=timezone.now())
    finish_replies.delay()
    until(ConductRecord.objects.filter(appeal_until__isnull=False).exists)
    ConductRecord.objects.update(appeal_until=timezone.now())
    publish_outcomes.delay()
    post = until(Post.objects.first)
    agent.page.goto(post.get_absolute_url())
    told = agent.page.locator("#main")
    for words in ("20401", "1101", RULE, "书面检讨"):
        expect(told).to_contain_text(words)
    for never in ("刘建国", "黄晓", "13800001140"):
        expect(told).not_to_contain_text(never)


def test_tier_2_is_joined_comes_back_one_level_up_and_is_reported(at_desk, smtp):
    reference = at_desk("1001").record(SAYS | {"received_at": received(1), "tier": zh(Tier.GROUP.label)})
    assert stands(reference, Status.ACCEPTED).handler.work_number == "2001"
    sweep_clocks.delay()
    joining = mail_to(smtp, "20401", zh("Join in solving %(reference)s") % {"reference": reference})
    assert joining["Cc"] == "2001@example.org"
    assert Participant.objects.get().person.work_number == "20401"

    at_desk("2001").do_next(reference, Act.RESPOND, {"note": "明天前答复。"})
    hear_the_person_concerned(at_desk, smtp, "2001", reference)
    rule_valid(at_desk, reference)
    agent, regional = at_desk("20401"), at_desk("2001")
    agent.do(reference, Act.APOLOGISE, {"note": "本人在经理陪同下致歉。"})
    regional.do_next(reference, Act.RESOLVE, {"solution": "退一次上门费。"})
    first = Clock.objects.get(kind="resolution")
    assert first.stopped_at
    assert not first.breached_at

    ask_whether_satisfied(at_desk, "1001", reference, FollowUpOutcome.NOT_SATISFIED, "只退了一次。")
    names = {"reference": reference, "subject": SAYS["subject"]}
    mail_to(smtp, "3001", zh("Reopened: %(reference)s %(subject)s") % names)
    complaint = stands(reference, Status.VALID)
    assert (complaint.level, complaint.responsible.work_number) == (1, "3001")
    again = Clock.objects.get(kind="resolution", version=2)
    assert again.due_at > first.due_at
    solve(at_desk, "3001", reference, "两次上门费全退，并送一个月收视费。")
    ask_whether_satisfied(at_desk, "1001", reference, FollowUpOutcome.SATISFIED, "这次满意。")

    manager = at_desk("3001")
    manager.do(reference, Act.HOLD_TO_ACCOUNT, {"person": "", "note": "系统重复派单，员工无过错。"})
    regional.do_next(reference, Act.SET_CAUSE, {"cause": "重复收费"})
    report(at_desk, "2001", reference, "集团客服部")
    close(at_desk, "2001", reference)
    assert Clock.objects.get(pk=first.pk).stopped_at == first.stopped_at, "the first result stands"


def report(at: At, number: str, reference: str, receiver: str) -> None:
    """File the external report, and save it as PDF."""
    desk = at(number)
    desk.do_next(
        reference, Act.FILE_REPORT, {"receiver": receiver, "text": "经查，重复收费属实，已全额退还。"}
    )
    with desk.page.expect_download() as taken:
        desk.page.locator("#ruling").get_by_role("link", name=receiver).click()
    assert taken.value.path().read_bytes().startswith(b"%PDF")


def test_tier_3_escalates_to_the_executive_who_holds_to_account(at_desk, smtp):
    typed = SAYS | {"received_at": received(3), "tier": zh(Tier.AUTHORITY.label)}
    reference = at_desk("3001").record(typed)
    sweep_clocks.delay()
    names = {"mark": 1, "reference": reference, "subject": SAYS["subject"]}
    mail = mail_to(smtp, "4001", zh("Breached, level %(mark)s: %(reference)s %(subject)s") % names)
    assert mail["Cc"] == "3001@example.org"
    assert f"/complaints/{reference}/" in mail.get_body(("plain",)).get_content()
    executive, manager = at_desk("4001"), at_desk("3001")
    executive.go(reference)
    expect(executive.page.locator("#story")).to_contain_text("陈静 4001")

    hear_the_person_concerned(at_desk, smtp, "3001", reference)
    rule_valid(at_desk, reference)
    solve(at_desk, "3001", reference, "登门致歉，费用全退。")
    ask_whether_satisfied(at_desk, "3001", reference, FollowUpOutcome.SATISFIED, "客户满意。")
    manager.do_next(reference, Act.SET_CAUSE, {"cause": "重复收费"})
    executive.do_next(reference, Act.HOLD_TO_ACCOUNT, {"measure": "通报批评"})
    assert ConductRecord.objects.get().complaint_tier == Tier.AUTHORITY
    report(at_desk, "3001", reference, "市税务局纳税服务处")
    close(at_desk, "3001", reference)


def test_the_same_matter_is_merged_goes_up_to_the_authority_and_is_explained(at_desk):
    supervisor, regional, manager = at_desk("1001"), at_desk("2001"), at_desk("3001")
    earlier = supervisor.record(SAYS | {"received_at": received(1)})
    later = supervisor.record(SAYS)
    supervisor.page.get_by_role("button", name=zh("Merge: it is the same")).click()
    supervisor.page.wait_for_url(f"**/complaints/{earlier}/")
    assert stands(later, Status.MERGED).merged_into.reference == earlier

    supervisor.do(earlier, Act.RAISE_TIER, {"tier": zh(Tier.AUTHORITY.label), "reason": "客户已打 12366。"})
    raised = stands(earlier, Status.ACCEPTED)
    assert (raised.tier, raised.handler.work_number) == (Tier.AUTHORITY, "2001")
    regional.do(earlier, Act.ADD_EVIDENCE, {"reference": "工单 88-1"})
    regional.do_next(earlier, Act.VERIFY, {"findings": "两次上门，地址不同，各收一次。"})
    manager.do_next(earlier, Act.RULE, {"opinion": "收费有据。"}, pick=Outcome.INVALID.label)
    assert Ruling.objects.get().rule is None
    explained = {"explanation": "逐单说明。", "reaction": "表示理解。"}
    regional.do_next(earlier, Act.EXPLAIN, explained)
    report(at_desk, "3001", earlier, "市税务局")
    close(at_desk, "3001", earlier)
