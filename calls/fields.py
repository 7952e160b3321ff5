"""What the columns of a call list hold, by header, and how each cell is read. Pure."""

from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext_lazy as _

from callcenter.imports.kinds import Field
from callcenter.sheets import cells
from callcenter.sheets.cells import Cell
from callcenter.templatetags.ui import seconds as lasted
from calls.outcomes import in_words, outcome


def _text(longest: int) -> Callable[[Cell], str]:
    return lambda cell: cells.text(cell, longest)


def _whole(least: int, most: int) -> Callable[[Cell], int | None]:
    # Text exports of spreadsheets write whole numbers as “3.0”.
    return lambda cell: cells.whole(cell.removesuffix(".0") if isinstance(cell, str) else cell, least, most)


def _count(most: int) -> Callable[[Cell], int]:
    read = _whole(0, most)
    return lambda cell: read(cell) or 0


FIELDS: Final[tuple[Field, ...]] = (
    Field("call_id", _("Call number"), _text(120), ("Call Id", "Call", "Unique id", "呼叫ID", "通话ID", "来电编号", "通话编号", "流水号", "通話編號", "來電編號", "流水號"), "C-0001", required=True),
    Field("entered_at", _("Date and time"), cells.moment, ("Entered at", "Start", "Start time", "Date time", "Timestamp", "来电时间", "呼叫时间", "进线时间", "來電時間", "進線時間"), "2026-11-22 09:05:00"),
    Field("date", _("Date"), cells.day, ("Call date", "日期", "来电日期", "通话日期", "來電日期", "通話日期")),
    Field("time", _("Time of day"), cells.clock, ("Time", "Call time", "时间", "时刻", "時間", "時刻")),
    Field("agent", _("Agent"), _text(80), ("Agent name", "Work number", "Agent id", "坐席", "座席", "客服", "话务员", "工号", "坐席工号", "話務員", "工號", "坐席工號"), "20401"),
    Field("queue", _("Queue"), _text(80), ("Queue name", "Skill", "Line", "队列", "技能组", "排队队列", "隊列", "技能組"), "broadband"),
    Field("customer", _("Customer"), _text(120), ("Customer name", "Caller", "Caller id", "客户", "客户姓名", "主叫号码", "来电号码", "客戶", "客戶姓名", "主叫號碼", "來電號碼"), "13800000000"),
    Field("topic", _("Topic"), _text(120), ("Subject", "Category", "Reason", "主题", "业务类型", "来电原因", "问题类型", "主題", "業務類型", "來電原因"), "Billing"),
    Field("outcome", _("Answered (Y/N)"), outcome, ("Answered", "Outcome", "Result", "Disposition", "是否接通", "是否接听", "接通", "结果", "是否接聽", "結果"), "Y", required=True, words=in_words),
    Field("resolved", _("Resolved (Y/N)"), cells.yes_or_no, ("Resolved", "Solved", "是否解决", "已解决", "解决", "是否解決", "已解決"), "Y"),
    Field("wait_seconds", _("Wait"), cells.seconds, ("Speed of answer in seconds", "Speed of answer", "Wait seconds", "Wait time", "Hold before answer", "等待时长", "排队时长", "应答时长", "等待秒数", "等待時長", "排隊時長"), "12", words=lasted),
    Field("talk_seconds", _("Talk"), cells.seconds, ("AvgTalkDuration", "Talk seconds", "Talk time", "Talk duration", "Duration", "通话时长", "平均通话时长", "通话秒数", "通話時長"), "0:02:23", words=lasted),
    Field("hold_seconds", _("Hold"), cells.seconds, ("Hold seconds", "Hold time", "保持时长", "保持秒数", "保持時長"), "0", words=lasted),
    Field("wrap_seconds", _("Wrap-up"), cells.seconds, ("Wrap", "Wrap seconds", "After call work", "ACW", "话后时长", "整理时长", "话后处理时长", "話後時長", "整理時長"), "20", words=lasted),
    Field("satisfaction", _("Satisfaction"), _whole(1, 5), ("Satisfaction rating", "CSAT", "Rating", "满意度", "满意度评分", "评分", "滿意度", "評分"), "5"),
    Field("transferred", _("Transferred (Y/N)"), cells.yes_or_no, ("Transferred", "Transfer", "是否转接", "转接", "是否轉接", "轉接"), "N"),
    Field("channel", _("Channel"), _text(40), ("Media", "Medium", "渠道", "媒体", "管道", "媒體"), "telephone"),
    Field("project", _("Project"), _text(80), ("Campaign", "Client", "项目", "业务线", "專案", "項目"), "Harbour line"),
    Field("visit", _("Visit"), _count(32_000), ("Leg", "Segment", "段号", "排队序号", "段號")),
    Field("revision", _("Revision"), _count(2_000_000_000), ("Version", "修订", "版本", "修訂")),
)  # fmt: skip
