"""The browser, and a real worker on the real broker."""

from collections.abc import Callable, Iterator

import pytest
from celery.contrib.testing.worker import start_worker
from playwright.sync_api import Browser, Page, expect

from agents import services as people
from agents.models import Site, User
from callcenter.access import SYSTEM, Role
from callcenter.celery import app
from callcenter.worktime.models import Calendar
from complaints import services
from tests.dates import MADE, SINCE
from tests.e2e.desks import CHINESE, Desk
from tests.house import House

# Several tests share the processors.
expect.set_options(timeout=20_000)

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NAMES = {
    "1001": "王芳",
    "1101": "刘洋",
    "2001": "李强",
    "3001": "张敏",
    "4001": "陈静",
    "20401": "黄晓",
    "20402": "林悦",
}


@pytest.fixture
def page(committed_house, browser: Browser, live_server) -> Iterator[Page]:
    """Return a page of the live product; an error in the browser's console fails the test."""
    context = browser.new_context(base_url=live_server.url, locale="en-GB", timezone_id="Asia/Shanghai")
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    yield opened
    context.close()
    assert not problems


@pytest.fixture
def worker(committed_house) -> Iterator[None]:
    """Run a Celery worker on the real broker and the test's database."""
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=20):
        yield


@pytest.fixture
def always_open(committed_house: House) -> House:
    """Let the house work round the clock, so that the test means the same at any hour."""
    calendar = Calendar.objects.create(
        code="always", name="Always", base="none", weekly={day: [["00:00", "24:00"]] for day in DAYS}
    )
    Site.objects.update(calendar=calendar, mail_opens="00:00", mail_closes="24:00")
    return committed_house


@pytest.fixture
def chinese_house(always_open: House) -> House:
    """Let everybody read Chinese, and give the house a callback agent, a rule of service and a cause."""
    house = always_open
    house.caller = house.person("20403", Role.AGENT, team=house.team, name="何静")
    for number, name in NAMES.items():
        User.objects.filter(work_number=number).update(name=name)
    User.objects.update(language=CHINESE)
    rule = {"code": "F-12", "title": "挂起不得超过一分钟", "text": "客户不知情时，挂起不得超过一分钟。"}
    people.publish_rule(actor=SYSTEM, since=SINCE, now=MADE, **rule)
    services.add_cause(actor=house.service_manager, code="bill", name="重复收费", now=MADE)
    return house


@pytest.fixture
def at_desk(chinese_house: House, browser: Browser, live_server, worker) -> Iterator[Callable[[str], Desk]]:
    """Return a function that seats whoever has a work number; everybody has their own browser, and no error in it."""
    desks: dict[str, Desk] = {}

    def seat(number: str) -> Desk:
        if number not in desks:
            desks[number] = Desk(browser, live_server.url, User.objects.get(work_number=number))
        return desks[number]

    yield seat
    for desk in desks.values():
        desk.context.close()
    assert not [problem for desk in desks.values() for problem in desk.problems]
