"""The page of an import in the browser: it follows the work to its result by itself."""

import io
from threading import Thread

import pytest
from django.conf import settings
from django.db import connection

from callcenter.imports import kinds, services
from callcenter.imports.enums import Mode
from callcenter.jobs.work import work

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FILE = "Work number,Name,Site\n50001,Li Na,{site}\n"


@pytest.fixture
def begun(committed_house, now):
    """A list of staff whose job waits for a worker."""
    house = committed_house
    batch = services.send_file(
        actor=house.administrator,
        kind=kinds.get("staff"),
        file=io.BytesIO(FILE.format(site=house.site.code).encode()),
        file_name="people.csv",
        given={"since": now.date()},
        now=now,
    )
    return services.start(actor=house.administrator, batch=batch, mode=Mode.ALL, trial=False, now=now)


def work_elsewhere(job) -> None:
    def run() -> None:
        work(job.pk)
        connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join()


def test_import_is_followed_from_its_wait_to_its_rows_without_a_reload(
    begun, committed_house, browser, live_server, sign_in
):
    session = sign_in(committed_house.administrator).cookies[settings.SESSION_COOKIE_NAME].value
    page = browser.new_page(base_url=live_server.url, locale="en-GB")
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    page.goto(begun.get_absolute_url())
    for _poll in range(2):
        with page.expect_response(lambda answer: answer.url.endswith("/progress/")):
            pass
    assert page.get_by_role("progressbar").is_visible()

    work_elsewhere(begun.job)
    page.get_by_text("1 of 1 rows are in.", exact=True).wait_for()
    page.context.close()
