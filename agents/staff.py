"""Lists of staff as a kind of file that comes in."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agents.cells import skills as read_skills
from agents.cells import weekly_minutes as read_weekly_minutes
from agents.forms.fields import DayField
from agents.services.staff import take_staff
from agents.services.staff_plan import StaffRow
from callcenter.access import Actor, Role, require
from callcenter.imports.forms import SendForm
from callcenter.imports.kinds import BadCell, Field, Kind, Taken, bare
from callcenter.sheets import cells
from callcenter.sheets.cells import Cell

# How lists write the roles, beside their names in the three languages.
ROLE_WORDS: Final = {
    Role.AGENT: ("客服代表", "话务员", "話務員", "坐席", "座席", "客服"),
    Role.TEAM_LEAD: ("班组长", "班組長", "组长", "組長"),
    Role.SUPERVISOR: ("主管",),
    Role.REGIONAL_MANAGER: ("区域服务经理", "區域服務經理", "区域经理", "Regional manager"),
    Role.SERVICE_MANAGER: ("服务部经理", "服務部經理", "Service manager"),
    Role.GENERAL_AFFAIRS: ("综合人事", "綜合人事", "人事", "HR", "General affairs"),
    Role.EXECUTIVE: ("公司领导", "公司領導"),
    Role.TRAINER: ("培训", "培訓", "培训师", "培訓師"),
    Role.QUALITY: ("质检", "質檢", "质检员", "QA"),
    Role.DEPARTMENT_OWNER: ("部门负责人", "部門負責人"),
    Role.ADMINISTRATOR: ("管理员", "管理員", "Admin"),
}
LANGUAGE_WORDS: Final = {
    "en": ("English", "英文", "英语", "英語"),
    "zh-hans": ("简体中文", "简体", "中文", "zh-cn", "Simplified Chinese"),
    "zh-hant": ("繁體中文", "繁体中文", "繁體", "繁体", "zh-tw", "Traditional Chinese"),
}
WORK_NUMBER: Final = re.compile(r"[0-9A-Za-z-]{1,20}")


@cache
def _roles() -> dict[str, Role]:
    known = {bare(word): role for role, words in ROLE_WORDS.items() for word in (role.value, *words)}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            known |= {bare(str(role.label)): role for role in Role}
    return known


def _text(longest: int) -> Callable[[Cell], str]:
    return lambda cell: cells.text(cell, longest)


def read_work_number(cell: Cell) -> str:
    """Return a work number: letters, digits and hyphens."""
    number = cells.plain(cell)
    if number and not WORK_NUMBER.fullmatch(number):
        raise ValueError(
            _("“%(cell)s” is no work number: letters, digits and hyphens, at most 20") % {"cell": number}
        )
    return number


def _email(cell: Cell) -> str:
    address = cells.text(cell, 254)
    try:
        if address:
            validate_email(address)
    except ValidationError as error:
        raise ValueError(_("“%(cell)s” is no email address") % {"cell": address}) from error
    return address


def _read_roles(cell: Cell) -> tuple[Role, ...]:
    found = []
    for word in filter(None, map(str.strip, re.split(r"[;；,，、/|]", cells.text(cell, 200)))):
        role = _roles().get(bare(word))
        if role is None:
            raise ValueError(_("“%(cell)s” is no role") % {"cell": word})
        found.append(role)
    return tuple(dict.fromkeys(found))


def _language(cell: Cell) -> str:
    word = bare(cells.text(cell, 40))
    known = {bare(name): code for code, names in LANGUAGE_WORDS.items() for name in (code, *names)}
    if word and word not in known:
        raise ValueError(_("“%(cell)s” is no language of ours") % {"cell": cells.text(cell, 40)})
    return known.get(word, "")


FIELDS: Final[tuple[Field, ...]] = (
    Field("work_number", gettext_lazy("Work number"), read_work_number, ("Staff number", "Employee number", "Employee id", "Staff id", "No.", "工号", "员工号", "员工编号", "工號", "員工編號"), "20401", required=True),
    Field("name", gettext_lazy("Name"), _text(80), ("Full name", "Employee name", "Staff name", "姓名", "名字", "员工姓名", "員工姓名"), "李娜"),
    Field("email", gettext_lazy("Email"), _email, ("E-mail", "Mail", "Email address", "邮箱", "电子邮箱", "邮件", "郵箱", "電子郵件"), "li.na@example.org"),
    Field("site", gettext_lazy("Site"), _text(80), ("Site code", "Location", "Place", "职场", "地点", "中心", "職場", "地點"), "harbour"),
    Field("team", gettext_lazy("Team"), _text(80), ("Group", "班组", "组别", "小组", "班組", "組別", "小組")),
    Field("leads", gettext_lazy("Leads the team"), _text(80), ("Leads", "Lead of", "Team led", "所带班组", "带班", "所帶班組")),
    Field("superior", gettext_lazy("Direct superior"), read_work_number, ("Superior", "Reports to", "Manager", "Supervisor number", "直接上级", "上级", "上级工号", "直接上級", "上級", "上級工號"), ""),
    Field("roles", gettext_lazy("Roles"), _read_roles, ("Role", "Position", "Job", "角色", "岗位", "职务", "職務", "崗位"), "Agent"),
    Field("department", gettext_lazy("Department"), _text(80), ("Dept", "部门", "部門")),
    Field("joined", gettext_lazy("Joined"), cells.day, ("Joined on", "Join date", "Hire date", "Start date", "入职日期", "入职时间", "到岗日期", "入職日期"), "2026-11-01"),
    Field("language", gettext_lazy("Language"), _language, ("Lang", "语言", "語言"), "zh-hans"),
    Field("weekly_minutes", gettext_lazy("Hours a week"), read_weekly_minutes, ("Weekly hours", "Contract hours", "每周工时", "周工时", "每週工時"), "40"),
    Field("skills", gettext_lazy("Skills"), read_skills, ("Skill", "技能", "专长", "專長"), ""),
)  # fmt: skip


class SendStaffForm(SendForm):
    """A list of staff."""

    since = DayField(
        label=gettext_lazy("Holds from"),
        help_text=gettext_lazy(
            "Team, superior, roles, hours and skills hold from this day on; what was before stays as it was."
        ),
    )


class StaffKind(Kind):
    """People of the centre with their place in it."""

    name = "staff"
    label = gettext_lazy("People")
    intro = gettext_lazy(
        "New work numbers become people, known ones are changed; a blank cell leaves things as they are."
    )
    permission = "agents.manage_people"
    fields = FIELDS
    form = SendStaffForm
    chunk = None
    most = 20_000
    back = "agents:people"
    back_permission = "agents.view_people"

    def settle(
        self, given: dict[str, Any], *, actor: Actor, file_name: str, before: Any
    ) -> tuple[dict[str, str], None]:
        """Return the day from which team, superior and roles hold."""
        require(actor, self.permission)
        since: date = given["since"] or timezone.localdate()
        return {"since": since.isoformat(), "site": given.get("site", "")}, None

    def describe(self, batch: Any) -> str:
        """Return from when it holds."""
        return _("holds from %(day)s") % {"day": batch.options["since"]}

    def reader(self, options: dict[str, Any]) -> Callable[[int, dict[str, Any]], StaffRow]:
        """Return the function from values to a person's row."""

        def person(row: int, found: dict[str, Any]) -> StaffRow:
            if not found["work_number"]:
                raise BadCell("work_number", _("the work number is missing"))
            return StaffRow(row=row, **found)

        return person

    def take(self, items: Sequence[Any], *, actor: Actor, options: dict[str, Any], now: datetime) -> Taken:
        """Make or change the people."""
        since = date.fromisoformat(options["since"])
        return take_staff(actor=actor, rows=items, since=since, now=now, site=options["site"])
