"""Logged states as a kind of file that comes in."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from callcenter.access import Actor, require
from callcenter.imports.kinds import BadCell, Field, Kind, Taken, bare
from callcenter.sheets import cells
from callcenter.sheets.cells import Cell
from shifts.enums import AgentState
from shifts.forms.attendance import SendStatesForm
from shifts.services.states import StateRow, record_states

# How telephone systems call the states, beside our own names in the three languages.
WORDS: Final = {
    AgentState.AVAILABLE: ("ready", "idle", "waiting", "unpause", "logged in", "login", "空闲", "就绪", "示闲", "閒置", "就緒"),
    AgentState.ON_CALL: ("talking", "busy", "in call", "incall", "connected", "通话", "通話"),
    AgentState.WRAP_UP: ("acw", "after call work", "wrapup", "wrap", "整理", "话后", "話後", "事后处理"),
    AgentState.PAUSE: ("paused", "break", "lunch", "not ready", "aux", "小休", "休息", "示忙", "暂停", "暫停", "午餐"),
    AgentState.MEETING: ("training", "coaching", "briefing", "会议", "會議", "培训", "培訓"),
    AgentState.OFFLINE: ("logged out", "logout", "log out", "signed out", "logged off", "离线", "離線", "签出", "簽出"),
}  # fmt: skip


@cache
def _words() -> dict[str, AgentState]:
    known = {bare(word): state for state, words in WORDS.items() for word in (state.value, *words)}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            known |= {bare(str(state.label)): state for state in AgentState}
    return known


def _state(cell: Cell) -> AgentState:
    word = cells.text(cell, 80)
    found = _words().get(bare(word))
    if found is None:
        raise ValueError(
            _("“%(cell)s” is no state; write one of %(known)s")
            % {"cell": word, "known": ", ".join(AgentState.values)}
        )
    return found


FIELDS: Final[tuple[Field, ...]] = (
    Field("person", gettext_lazy("Work number"), cells.plain, ("Agent", "Agent id", "Staff number", "工号", "坐席工号", "工號", "坐席工號"), "20401", required=True),
    Field("state", gettext_lazy("State"), _state, ("Status", "Event", "Activity", "状态", "坐席状态", "狀態", "坐席狀態"), "available", required=True),
    Field("starts_at", gettext_lazy("From"), cells.moment, ("Start", "Start time", "Starts at", "Begin", "Time", "Date time", "开始", "开始时间", "時間", "開始", "開始時間"), "2026-11-23 09:00:00", required=True),
    Field("ends_at", gettext_lazy("Until"), cells.moment, ("End", "End time", "Ends at", "结束", "结束时间", "結束", "結束時間"), "2026-11-23 09:45:00"),
)  # fmt: skip


class StatesKind(Kind):
    """States of agents, as one telephone system logged them."""

    name = "states"
    label = gettext_lazy("States of agents")
    intro = gettext_lazy(
        "A row says what an agent did from when until when; without an end, until the next state. The same rows again change nothing."
    )
    permission = "shifts.import_states"
    fields = FIELDS
    form = SendStatesForm
    chunk = 5_000
    back = "shifts:adherence_list"
    back_permission = "shifts.view_rosters"

    def settle(
        self, given: dict[str, Any], *, actor: Actor, file_name: str, before: Any
    ) -> tuple[dict[str, str], None]:
        """Return the source, and the zone of the file's times."""
        require(actor, self.permission)
        return {"source": given["source"].strip(), "time_zone": given["time_zone"]}, None

    def describe(self, batch: Any) -> str:
        """Return the source and the zone."""
        return f"{batch.options['source']} · {batch.options['time_zone']}"

    def reader(self, options: dict[str, Any]) -> Callable[[int, dict[str, Any]], StateRow]:
        """Return the function from values to a row, its times read in the file's zone."""
        zone = ZoneInfo(options["time_zone"])

        def instant(found: dict[str, Any], field: str) -> datetime | None:
            local = found.get(field)
            try:
                return cells.instant(local, zone) if local else None
            except ValueError as error:
                raise BadCell(field, error) from error

        def row(number: int, found: dict[str, Any]) -> StateRow:
            starts_at = instant(found, "starts_at")
            if not found["person"]:
                raise BadCell("person", _("the work number is missing"))
            if starts_at is None:
                raise BadCell("starts_at", _("the time is missing"))
            return StateRow(number, found["person"], found["state"], starts_at, instant(found, "ends_at"))

        return row

    def take(self, items: Sequence[Any], *, actor: Actor, options: dict[str, Any], now: datetime) -> Taken:
        """Record the states."""
        return record_states(actor=actor, source=options["source"], rows=items, now=now)
