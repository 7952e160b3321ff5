"""Which column of a list is what, by its header. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from callcenter.errors import DomainError

# Headers as people write them; case, spaces and punctuation do not matter. The first is the one we name in messages.
HEADERS: Final[dict[str, tuple[str, ...]]] = {
    "call_id": ("Call Id", "Call", "Call number", "Unique id", "呼叫ID", "通话ID", "来电编号", "通话编号", "流水号"),
    "visit": ("Visit", "Leg", "Segment", "段号", "排队序号"),
    "revision": ("Revision", "Version", "修订", "版本"),
    "entered_at": ("Entered at", "Start", "Start time", "Date time", "Timestamp", "来电时间", "呼叫时间", "进线时间"),
    "date": ("Date", "Call date", "日期", "来电日期", "通话日期"),
    "time": ("Time", "Call time", "时间", "时刻"),
    "agent": ("Agent", "Agent name", "Work number", "Agent id", "坐席", "座席", "客服", "话务员", "工号", "坐席工号"),
    "queue": ("Queue", "Queue name", "Skill", "Line", "队列", "技能组", "排队队列"),
    "customer": ("Customer", "Customer name", "Caller", "Caller id", "客户", "客户姓名", "主叫号码", "来电号码"),
    "topic": ("Topic", "Subject", "Category", "Reason", "主题", "业务类型", "来电原因", "问题类型"),
    "outcome": ("Answered (Y/N)", "Answered", "Outcome", "Result", "Disposition", "是否接通", "是否接听", "接通", "结果"),
    "resolved": ("Resolved", "Resolved (Y/N)", "Solved", "是否解决", "已解决", "解决"),
    "wait_seconds": (
        "Speed of answer in seconds", "Speed of answer", "Wait", "Wait seconds", "Wait time", "Hold before answer",
        "等待时长", "排队时长", "应答时长", "等待秒数",
    ),
    "talk_seconds": (
        "AvgTalkDuration", "Talk", "Talk seconds", "Talk time", "Talk duration", "Duration",
        "通话时长", "平均通话时长", "通话秒数",
    ),
    "hold_seconds": ("Hold", "Hold seconds", "Hold time", "保持时长", "保持秒数"),
    "wrap_seconds": ("Wrap-up", "Wrap", "Wrap seconds", "After call work", "ACW", "话后时长", "整理时长", "话后处理时长"),
    "satisfaction": ("Satisfaction rating", "Satisfaction", "CSAT", "Rating", "满意度", "满意度评分", "评分"),
}  # fmt: skip


def _bare(header: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", header)).casefold()


FIELDS: Final = {_bare(header): field for field, headers in HEADERS.items() for header in headers}


def arrange(header: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """Return the position of each field that `header` has, and the columns that mean nothing to us.

    Without the call's id, its time or its outcome, or with two columns for one field, there is nothing to read:
    DomainError names what is missing and what was found.
    """
    places: dict[str, int] = {}
    unused: list[str] = []
    for place, name in enumerate(header):
        field = FIELDS.get(_bare(name))
        if field is None:
            unused += [name] if name.strip() else []
        elif field in places:
            raise DomainError(
                _("Two columns mean the same: “%(first)s” and “%(second)s”.")
                % {"first": header[places[field]], "second": name},
                field="file",
                code="columns",
                mend=_("Leave one of them out."),
            )
        else:
            places[field] = place
    _require(places, header)
    return places, unused


def _require(places: dict[str, int], header: Sequence[str]) -> None:
    missing = [HEADERS[field][0] for field in ("call_id", "outcome") if field not in places]
    if "entered_at" not in places:
        missing += [HEADERS[field][0] for field in ("date", "time") if field not in places]
    if missing:
        found = ", ".join(name for name in header if name.strip()) or _("none")
        raise DomainError(
            _("Columns are missing: %(missing)s. Found: %(found)s.")
            % {"missing": ", ".join(missing), "found": found},
            field="file",
            code="columns",
            mend=_("Name the columns in the first row of the sheet."),
        )
