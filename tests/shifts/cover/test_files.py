"""Files of expected calls and of heads required: what comes in, what is refused, and that exports come in again."""

import io

import pytest
from django.urls import reverse

from agents.models import Skill
from callcenter.imports.kinds import BadCell, get
from calls.models import Queue
from shifts.models import Demand, Requirement
from tests.shifts.cover.test_cover import at

pytestmark = pytest.mark.django_db


def take(kind_name: str, house, now, header: list[str], *lines: list):
    """Read rows as the import does and write them; return what became of them."""
    kind = get(kind_name)
    options, _place = kind.settle(
        {"site": house.site}, actor=house.supervisor, file_name="x.csv", before=None
    )
    read = kind.reader(options)
    fields = kind.by_key()
    items = []
    for row, line in enumerate(lines, 2):
        items.append(read(row, {key: fields[key].read(cell) for key, cell in zip(header, line, strict=True)}))
    return kind.take(items, actor=house.supervisor, options=options, now=now)


DEMAND = ["queue", "day", "time", "calls", "handle_seconds"]
HEADS = ["skill", "day", "time", "heads"]


def test_expected_calls_come_in_and_what_contradicts_itself_is_named(house, now):
    Queue.objects.create(code="repairs", name="Repairs", site=house.site)
    rows = (
        ["repairs", "2026-11-23", "09:00", "42,5", "240"],
        ["Repairs", "2026-11-23", "9:30", 10.0, 240],
        ["repairs", "2026-11-23", "09:00", "7", "240"],
        ["sales", "2026-11-23", "10:00", "7", "240"],
    )
    taken = take("demand", house, now, DEMAND, *rows)
    assert (taken.new, taken.changed) == (2, 0)
    assert [(row, field) for row, field, _why in taken.refused] == [(4, "time"), (5, "queue")]
    assert list(Demand.objects.order_by("starts_at").values_list("starts_at", "origin")) == [
        (at(9), "imported"),
        (at(9, 30), "imported"),
    ]
    assert take("demand", house, now, DEMAND, rows[0]).unchanged == 1


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (["repairs", "2026-11-23", "09:10", "1", "240"], BadCell),
        (["repairs", "", "09:00", "1", "240"], BadCell),
        (["repairs", "2026-11-23", "09:00", "many", "240"], ValueError),
        (["repairs", "2026-11-23", "09:00", "-1", "240"], ValueError),
        (["repairs", "2026-11-23", "09:00", "1", "0"], ValueError),
    ],
)
def test_cells_that_mean_nothing_are_refused(house, now, line, error):
    with pytest.raises(error):
        take("demand", house, now, DEMAND, line)


def test_heads_come_in_for_a_skill_and_for_everybody(house, now):
    Skill.objects.create(code="billing", name="Billing")
    taken = take(
        "requirements",
        house,
        now,
        HEADS,
        ["billing", "2026-11-23", "09:00", "3"],
        ["", "2026-11-23", "09:00", "0"],
        ["cooking", "2026-11-23", "09:00", "1"],
    )
    assert (taken.new, len(taken.refused)) == (2, 1)
    assert dict(Requirement.objects.values_list("skill__code", "heads")) == {"billing": 3, None: 0}


def test_an_export_of_the_list_comes_in_again(house, client, now):
    Queue.objects.create(code="repairs", name="Repairs", site=house.site)
    take("demand", house, now, DEMAND, ["repairs", "2026-11-23", "09:00", "42.5", "240"])
    client.force_login(house.supervisor)
    sheet = client.get(reverse("shifts:demand_list") + "?view=all&export=csv")
    lines = b"".join(sheet.streaming_content).decode("utf-8-sig").splitlines()
    Demand.objects.all().delete()
    file = io.BytesIO("\n".join(lines).encode())
    file.name = "again.csv"
    sent = client.post(reverse("imports:send", args=["demand"]), {"file": file, "site": house.site.pk})
    assert sent.status_code == 302
    shown = client.get(sent.url)
    assert shown.status_code == 200, "every column that is needed was recognised"
    assert "preview" in sent.url or "columns" in sent.url
