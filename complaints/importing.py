"""Complaints that come in as a file: those of an authority, a branch, or a system before this one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from agents.models import Site, User
from callcenter.access import Actor, require
from callcenter.errors import DomainError
from callcenter.imports.forms import SendForm
from callcenter.imports.kinds import BadCell, Field, Kind, Taken, bare
from callcenter.sheets import cells
from callcenter.sheets.cells import Cell
from calls.contacts import masked
from calls.enums import CustomerKind
from complaints import services
from complaints.enums import Channel, Tier
from complaints.models import Complaint

# How lists write these, beside their names in the three languages and their codes.
TIER_WORDS: Final = {
    Tier.COMPANY: ("1", "公司", "一级", "一級", "Company"),
    Tier.GROUP: ("2", "集团", "集團", "二级", "二級", "Group"),
    Tier.AUTHORITY: ("3", "政府", "媒体", "媒體", "三级", "三級", "12366", "12345", "Authority", "Media"),
}
CHANNEL_WORDS: Final = {
    Channel.TELEPHONE: ("电话", "電話", "来电", "來電", "Phone", "Call"),
    Channel.ON_SITE: ("现场", "現場", "上门", "营业厅", "營業廳", "来访", "來訪", "Visit"),
    Channel.LETTER: ("信件", "来信", "來信", "信函", "Mail"),
    Channel.MEDIA: ("媒体", "媒體", "新闻", "新聞", "Press"),
    Channel.WEB: ("网络", "網絡", "网站", "網站", "网上", "Website", "Online"),
}
KIND_WORDS: Final = {
    CustomerKind.PERSONAL: ("个人", "個人", "居民", "Private"),
    CustomerKind.COMPANY: ("企业", "企業", "单位", "單位", "Business"),
    CustomerKind.CONTRACT: ("合同", "签约", "簽約"),
    CustomerKind.VIP: ("贵宾", "貴賓", "重要客户", "重要客戶"),
}


@cache
def _known(words: tuple[tuple[Any, tuple[str, ...]], ...]) -> dict[str, Any]:
    """Return which member each word means, with the members' codes and their names in every language."""
    known = {bare(word): one for one, said in words for word in (str(one.value), *said)}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            known |= {bare(str(one.label)): one for one, _said in words}
    return known


def _one_of(words: dict[Any, tuple[str, ...]], what: Promise | str) -> Callable[[Cell], Any]:
    def read(cell: Cell) -> Any:
        word = cells.plain(cell).removesuffix(".0")
        if not word:
            return None
        found = _known(tuple(words.items())).get(bare(word))
        if found is None:
            offered = ", ".join(str(one.label) for one in words)
            raise ValueError(
                _("“%(cell)s” is no %(what)s; there are: %(offered)s")
                % {"cell": word, "what": what, "offered": offered}
            )
        return found

    return read


def _line(longest: int) -> Callable[[Cell], str]:
    return lambda cell: cells.text(cell, longest)


def _told(cell: Cell) -> str:
    words = cells.shown(cell).strip()
    if len(words) > LONGEST:
        raise ValueError(_("longer than %(longest)d characters") % {"longest": LONGEST})
    return words


LONGEST: Final = 10_000

FIELDS: Final[tuple[Field, ...]] = (
    Field("external_number", gettext_lazy("Number elsewhere"), _line(80), ("Number", "Case number", "Ticket", "Reference", "External number", "编号", "投诉编号", "工单号", "受理编号", "編號", "投訴編號", "工單號", "受理編號"), "12345-2026-0007", required=True),
    Field("received_at", gettext_lazy("Received"), cells.moment, ("Received at", "Date", "Date and time", "受理时间", "投诉时间", "收到时间", "日期", "受理時間", "投訴時間", "收到時間"), "2026-01-05 09:30", required=True),
    Field("customer_name", gettext_lazy("Customer"), _line(120), ("Customer name", "Name", "客户", "客户姓名", "姓名", "投诉人", "客戶", "客戶姓名", "投訴人"), "刘先生", required=True),
    Field("contact", gettext_lazy("Contact"), _line(120), ("Phone", "Telephone", "Address", "联系方式", "联系电话", "电话", "手机", "地址", "聯繫方式", "聯繫電話", "電話", "手機"), "13800000000"),
    Field("customer_kind", gettext_lazy("Kind of customer"), _one_of(KIND_WORDS, gettext_lazy("kind of customer")), ("Customer kind", "Customer type", "客户类型", "客户类别", "客戶類型", "客戶類別"), "personal"),
    Field("subject", gettext_lazy("In one line"), _line(120), ("Subject", "Title", "Summary", "主题", "标题", "投诉主题", "摘要", "主題", "標題", "投訴主題"), "两次上门都收费", required=True),
    Field("account", pgettext_lazy("complaint", "What happened"), _told, ("Account", "Description", "Details", "Text", "投诉内容", "内容", "情况", "经过", "投訴內容", "內容", "情況", "經過"), "客户说两次上门都收了费。", required=True),
    Field("demand", gettext_lazy("What the customer asks for"), _told, ("Demand", "Request", "诉求", "客户诉求", "要求", "訴求", "客戶訴求"), "退一次费用"),
    Field("tier", gettext_lazy("Tier"), _one_of(TIER_WORDS, gettext_lazy("tier")), ("Level", "级别", "投诉级别", "层级", "級別", "投訴級別", "層級"), "1"),
    Field("channel", gettext_lazy("Channel"), _one_of(CHANNEL_WORDS, gettext_lazy("channel")), ("Source channel", "渠道", "来源", "投诉渠道", "來源", "投訴渠道"), "telephone"),
    Field("staff_concerned", gettext_lazy("Staff concerned"), _line(20), ("Staff", "Agent", "Work number", "被投诉人", "被投诉工号", "工号", "被投訴人", "工號"), ""),
    Field("site", gettext_lazy("Site"), _line(80), ("Site code", "Location", "职场", "地点", "中心", "職場", "地點"), ""),
    Field("call", gettext_lazy("Call"), _line(200), ("Call number", "Call id", "通话", "通话编号", "通話", "通話編號"), ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A complaint of a file; `received_at` is as it stands there, local to its site unless it names an offset."""

    row: int
    external_number: str
    received_at: datetime
    customer_name: str
    subject: str
    account: str
    contact: str = ""
    customer_kind: CustomerKind | None = None
    demand: str = ""
    tier: Tier | None = None
    channel: Channel | None = None
    staff_concerned: str = ""
    site: str = ""
    call: str = ""


class SendComplaintsForm(SendForm):
    """A file of complaints."""

    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=80,
        help_text=gettext_lazy("Who keeps these numbers. The same number of one source is one complaint."),
    )
    site = forms.ModelChoiceField(
        Site.objects.all(),
        label=gettext_lazy("Site"),
        empty_label=None,
        help_text=gettext_lazy("Of the rows that name none."),
    )
    channel = forms.TypedChoiceField(
        label=gettext_lazy("Channel"),
        choices=Channel,
        coerce=Channel,
        initial=Channel.WEB,
        help_text=gettext_lazy("Of the rows that name none."),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        self.fields["site"].initial = person.site_id


class ComplaintsKind(Kind):
    """Complaints of one source."""

    name = "complaints"
    label = gettext_lazy("Complaints")
    intro = gettext_lazy("Each row is accepted as by hand; a number that came before is not recorded again.")
    permission = "complaints.import"
    fields = FIELDS
    form = SendComplaintsForm
    chunk = 500
    back = "complaints:list"
    back_permission = "complaints.list"

    def shown(self, text: str) -> str:
        """Return the text with the middle of every telephone number hidden."""
        return masked(text)

    def link(self, batch: Any, person: Any) -> tuple[str, str] | None:
        """Return where the complaints are listed."""
        return _("Show the complaints"), reverse("complaints:list")

    def describe(self, batch: Any) -> str:
        """Return the source."""
        return str(batch.options["source"])

    def settle(
        self, given: dict[str, Any], *, actor: Actor, file_name: str, before: Any
    ) -> tuple[dict[str, Any], int]:
        """Return source, and site and channel of the rows that name none. The machine accepts no complaint."""
        require(actor, self.permission)
        if actor.pk is None:
            raise DomainError(
                _("A complaint is accepted by a person."),
                field="as",
                mend=_("Say in whose name, by work number."),
            )
        site: Site = given["site"]
        options = {"source": given["source"].strip(), "site": site.pk, "channel": str(given["channel"])}
        return options, site.pk

    def reader(self, options: dict[str, Any]) -> Callable[[int, dict[str, Any]], Row]:
        """Return the function from values to a complaint."""

        def complaint(row: int, found: dict[str, Any]) -> Row:
            for field in self.fields:
                if field.required and not found.get(field.key):
                    raise BadCell(field.key, _("this is missing"))
            return Row(row=row, **found)

        return complaint

    def take(self, items: Sequence[Any], *, actor: Any, options: dict[str, Any], now: datetime) -> Taken:
        """Accept the complaints one by one; a row that is refused leaves nothing behind."""
        taken = Taken()
        numbers = [row.external_number for row in items]
        mine = Complaint.objects.filter(source=options["source"], external_number__in=numbers)
        known = set(mine.values_list("external_number", flat=True))
        places = _Places(options)
        for row in items:
            try:
                with transaction.atomic():
                    _accept(row, actor, options, places, now)
            except BadCell as bad:
                taken.refused.append((row.row, bad.field, bad.reason))
            except DomainError as refusal:
                why = f"{refusal.message} {refusal.mend}".strip()
                taken.refused.append((row.row, refusal.field or "", why))
            else:
                taken.unchanged += row.external_number in known
                taken.new += row.external_number not in known
                known.add(row.external_number)
        return taken


class _Places:
    """The sites by code and name, and the people by work number, of one file."""

    def __init__(self, options: dict[str, Any]) -> None:
        sites = list(Site.objects.select_related("calendar"))
        self.named = {bare(name): site for site in sites for name in (site.name, site.code)}
        self.default = next(site for site in sites if site.pk == options["site"])

    def site(self, name: str) -> Site:
        """Return the site of a row."""
        if name and bare(name) not in self.named:
            raise BadCell("site", _("there is no site “%(name)s”") % {"name": name})
        return self.named[bare(name)] if name else self.default


def _accept(row: Row, actor: User, options: dict[str, Any], places: _Places, now: datetime) -> Complaint:
    site = places.site(row.site)
    facts = services.Facts(
        subject=row.subject,
        account=row.account,
        customer_name=row.customer_name,
        channel=row.channel or Channel(options["channel"]),
        contact=row.contact,
        demand=row.demand,
        call=row.call,
        source=options["source"],
        external_number=row.external_number,
        customer_kind=row.customer_kind,
    )
    return services.record_complaint(
        actor=actor,
        site=site,
        tier=row.tier or Tier.COMPANY,
        facts=facts,
        now=now,
        received_at=_instant(row, site),
        staff_concerned=_person(row.staff_concerned),
    )


def _instant(row: Row, site: Site) -> datetime:
    try:
        return cells.instant(row.received_at, ZoneInfo(site.calendar.time_zone))
    except (ValueError, OverflowError) as error:
        raise BadCell("received_at", error) from error


def _person(number: str) -> User | None:
    person: User | None = User.objects.filter(work_number=number).first() if number else None
    if number and person is None:
        raise BadCell("staff_concerned", _("nobody has the work number %(number)s") % {"number": number})
    return person
