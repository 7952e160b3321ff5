"""The page of a job in the browser: it follows the work to its end by itself."""

from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection

from callcenter.jobs.work import work

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def in_thread(job) -> Thread:
    def run() -> None:
        work(job.pk)
        connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def test_a_job_is_followed_to_its_end_without_a_reload(committed_house, begin, browser, live_server, sign_in):
    job = begin(committed_house.supervisor, "steps")
    session = sign_in(committed_house.supervisor).cookies[settings.SESSION_COOKIE_NAME].value
    page = browser.new_page(base_url=live_server.url, locale="en-GB")
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    problems: list[str] = []
    page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    page.goto(job.get_absolute_url())
    page.evaluate("window.sameDocument = true; addEventListener('job-ended', () => { window.heard = true; })")
    assert not Axe().run(page).response["violations"]

    thread = in_thread(job)
    page.get_by_text("Running", exact=True).wait_for()
    page.get_by_text("0 1 2 3", exact=False).first.wait_for()
    thread.join()
    assert page.get_by_role("progressbar").get_attribute("aria-valuenow") == "100"
    assert page.locator(f"#job-{job.pk}-said").inner_text().startswith("Export of complaints: Done")
    assert page.evaluate("[window.sameDocument, window.heard]") == [True, True]
    assert not page.get_by_role("button", name="Stop").count()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(1500)
    assert asked == []
    assert not Axe().run(page).response["violations"]
    assert problems == []
    page.context.close()
