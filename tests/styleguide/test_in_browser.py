"""The frame and its components in the browser: panel, search, keys, what this device remembers; axe finds nothing."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]
GUIDE = reverse("styleguide:guide")
# What the browser itself says of a refused form and of a cut line.
EXPECTED = (
    "422 (Unprocessable Entity)",
    "net::ERR_INTERNET_DISCONNECTED",
    "htmx:afterRequest",
    "htmx:sendError",
)


@pytest.fixture
def page(committed_house, browser, live_server, sign_in) -> Iterator[Page]:
    """Return the style guide as an administrator sees it; an error in the console that is not expected fails the test."""
    session = sign_in(committed_house.administrator).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(base_url=live_server.url, locale="en-GB", color_scheme="light")
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    opened.set_viewport_size({"width": 1440, "height": 900})
    opened.goto(GUIDE)
    yield opened
    context.close()
    assert [line for line in problems if not any(known in line for known in EXPECTED)] == []


def violations(page: Page) -> list[str]:
    # A panel that is still fading in has the contrast of half a panel; what turns for ever is not waited for.
    page.evaluate(
        """Promise.all(document.getAnimations()
        .filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime)).map((one) => one.finished))"""
    )
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def test_style_guide_is_accessible_with_every_component_in_both_themes(page):
    assert violations(page) == []
    page.locator("[data-theme-toggle]").click()
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    assert violations(page) == []


def test_panel_keeps_what_was_typed_says_what_is_wrong_and_leads_on_in_place(page):
    page.evaluate("window.sameDocument = true")
    page.get_by_role("link", name="Open a side panel").click()
    panel = page.get_by_role("dialog", name="A side panel")
    subject = panel.get_by_label("In one line")
    expect(subject).to_be_focused()
    assert violations(page) == []
    subject.evaluate("field => field.removeAttribute('maxlength')")
    subject.fill("y" * 41)
    panel.get_by_role("button", name="Save").click()
    expect(panel.get_by_text("Ensure this value has at most 40 characters")).to_be_visible()
    expect(subject).to_have_value("y" * 41)
    expect(subject).to_be_focused()
    subject.fill("Charged twice")
    panel.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Done: Charged twice.")).to_be_visible()
    expect(panel).to_be_hidden()
    expect(page.locator("#main")).to_be_focused()
    assert page.evaluate("window.sameDocument")
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text("Taken back.")).to_be_visible()


def test_escape_closes_the_panel_and_focus_returns(page):
    opener = page.get_by_role("link", name="Open a side panel")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()


def test_search_is_a_key_away_and_walked_by_arrows(page, committed_house):
    page.keyboard.press("Control+k")
    page.keyboard.type("20402")
    found = page.get_by_role("link", name="Person 20402")
    expect(found).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(found).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{committed_house.colleague.get_absolute_url()}")


def test_an_answer_that_does_not_come_is_said_until_one_comes(page):
    page.context.set_offline(True)
    page.get_by_label("Search everything").fill("20402")
    note = page.get_by_role("alert").filter(has_text="The answer did not come.")
    expect(note).to_be_visible()
    page.context.set_offline(False)
    page.get_by_label("Search everything").fill("2040")
    expect(note).to_be_hidden()


def test_slash_goes_to_the_lists_own_search_and_a_question_mark_explains_the_keys(page):
    page.keyboard.press("/")
    expect(page.locator("#list-q")).to_be_focused()
    page.locator("#list-q").blur()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()


def test_folded_navigation_is_remembered_on_the_device_before_the_page_is_drawn(page):
    page.get_by_role("button", name="Icons only").click()
    assert page.locator(".side").bounding_box()["width"] == 56
    page.reload()
    assert page.locator(".side").bounding_box()["width"] == 56
    assert violations(page) == []


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_nothing_is_wider_than_the_screen(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.reload()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_text("More", exact=True).click()
    assert violations(page) == []


def test_installable_with_manifest_and_icons(page):
    manifest = page.request.get("/manifest.webmanifest").json()
    assert manifest["name"] == "Harbour Desk"
    assert all(page.request.get(icon["src"]).ok for icon in manifest["icons"])
    assert page.locator('link[rel="manifest"]').get_attribute("href") == "/manifest.webmanifest"
