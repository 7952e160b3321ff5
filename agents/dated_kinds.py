"""Lists of skills and of terms as kinds of files that come in; what the pages export comes in again."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agents import cells
from agents.forms.fields import DayField
from agents.services.skill_rows import SkillRow, take_skills
from agents.services.term_rows import TermsRow, take_terms
from agents.staff import read_work_number
from callcenter.access import Actor, require
from callcenter.imports.forms import SendForm
from callcenter.imports.kinds import BadCell, Field, Kind, Taken
from callcenter.sheets import cells as plain

WORK_NUMBER = Field("work_number", gettext_lazy("Work number"), read_work_number, ("Staff number", "Employee number", "工号", "员工号", "工號", "員工編號"), "20401", required=True)  # fmt: skip


class SendDatedForm(SendForm):
    """A list of what holds from a day on."""

    since = DayField(
        label=gettext_lazy("Holds from"),
        help_text=gettext_lazy("For rows that name no day themselves; what was before stays as it was."),
    )


class DatedKind(Kind):
    """Rows about people that hold from a day on."""

    form = SendDatedForm
    back_permission = "agents.view_people"
    item: type[Any]
    service: Callable[..., Taken]

    def settle(
        self, given: dict[str, Any], *, actor: Actor, file_name: str, before: Any
    ) -> tuple[dict[str, str], None]:
        """Return the day from which rows hold that name none."""
        require(actor, self.permission)
        since: date = given["since"] or timezone.localdate()
        return {"since": since.isoformat()}, None

    def describe(self, batch: Any) -> str:
        """Return from when it holds."""
        return _("holds from %(day)s") % {"day": batch.options["since"]}

    def reader(self, options: dict[str, Any]) -> Callable[[int, dict[str, Any]], Any]:
        """Return the function from values to an item."""

        def read(row: int, found: dict[str, Any]) -> Any:
            for one in self.fields:
                if one.required and not found[one.key]:
                    raise BadCell(one.key, _("this cell is blank"))
            return self.item(row=row, **found)

        return read

    def take(self, items: Sequence[Any], *, actor: Actor, options: dict[str, Any], now: datetime) -> Taken:
        """Write the rows."""
        since = date.fromisoformat(options["since"])
        return type(self).service(actor=actor, rows=items, since=since, now=now)


class SkillsKind(DatedKind):
    """Who has which skill."""

    name = "skills"
    label = gettext_lazy("Skills of people")
    intro = gettext_lazy("Skills are given or change their level; a blank cell leaves things as they are.")
    permission = "agents.manage_skills"
    item = SkillRow
    service = take_skills
    back = "agents:skills"
    fields = (
        WORK_NUMBER,
        Field("skill", gettext_lazy("Skill"), lambda cell: plain.text(cell, 80), ("Skill code", "技能", "技能代码", "技能代碼"), "billing", required=True),
        Field("level", gettext_lazy("Level"), cells.level, ("等级", "级别", "等級", "級別"), "3"),
        Field("since", gettext_lazy("From"), plain.day, ("Since", "Valid from", "开始日期", "生效日期", "起", "開始日期", "生效日期"), "2026-11-01"),
        Field("until", gettext_lazy("Last day"), cells.after, ("Expires", "Valid until", "Until", "结束日期", "到期日", "截止", "結束日期"), ""),
    )  # fmt: skip


class TermsKind(DatedKind):
    """Employments and weekly hours."""

    name = "terms"
    label = gettext_lazy("Employment and hours")
    intro = gettext_lazy("Who works here from when until when, for how many hours a week; a blank cell leaves things as they are.")  # fmt: skip
    permission = "agents.manage_people"
    item = TermsRow
    service = take_terms
    back = "agents:terms"
    fields = (
        WORK_NUMBER,
        Field("since", gettext_lazy("Employed from"), plain.day, ("Hired", "Employed since", "入职日期", "雇用开始", "入職日期"), "2026-11-01"),
        Field("until", gettext_lazy("Last day of employment"), cells.after, ("Employed until", "Left", "Leaves", "离职日期", "最后工作日", "離職日期"), ""),
        Field("weekly_minutes", gettext_lazy("Hours a week"), cells.weekly_minutes, ("Weekly hours", "Contract hours", "每周工时", "周工时", "每週工時"), "40"),
        Field("hours_since", gettext_lazy("Hours from"), plain.day, ("Hours since", "工时开始", "工時開始"), ""),
    )  # fmt: skip
