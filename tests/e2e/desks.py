"""Somebody at their own browser, whose pages are in Chinese: they click what it says in the catalogues."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, Locator, Page, expect

from agents.models import User
from complaints.enums import Act
from complaints.forms import ComplaintForm
from complaints.forms.acts import AnswerForm
from complaints.views.deeds import DEEDS
from tests.accounts.door import PASSWORD

CHINESE = "zh-hans"
Words = str | Promise


def zh(words: Words) -> str:
    """Return what the pages say in Chinese: of an English message, or of a label that is translated when it is read."""
    with override(CHINESE):
        return gettext(words) if isinstance(words, str) else str(words)


class Desk:
    """One person's browser; an error in its console stands in `problems`."""

    def __init__(self, browser: Browser, address: str, person: User) -> None:
        self.person = person
        self.context = browser.new_context(base_url=address, locale="zh-CN", timezone_id="Asia/Shanghai")
        self.page: Page = self.context.new_page()
        self.problems: list[str] = []
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", self._note)
        self._sign_in()

    def _note(self, line: Any) -> None:
        if line.type == "error":
            self.problems.append(line.text)

    def _sign_in(self) -> None:
        self.page.goto("/")
        expect(self.page.locator("html")).to_have_attribute("lang", CHINESE)
        self.page.get_by_label(zh("Work number")).fill(self.person.work_number)
        self.page.get_by_label(zh("Password")).fill(PASSWORD)
        self.page.get_by_role("button", name=zh("Sign in"), exact=True).click()
        expect(self.page.locator("#needs")).to_be_visible()

    def record(self, typed: Mapping[str, str]) -> str:
        """Record a complaint by its form; return its reference."""
        self.page.goto("/")
        self.page.get_by_role("link", name=zh("Record complaint")).click()
        form = self.page.locator("form[data-quick]")
        fill(form, ComplaintForm, typed)
        self.page.get_by_role("button", name=zh("Save complaint")).click()
        self.page.wait_for_url(re.compile(r"/complaints/C-"))
        return self.page.url.split("/complaints/")[1].split("/")[0]

    def go(self, reference: str) -> None:
        """Open the page of a complaint."""
        self.page.goto(f"/complaints/{reference}/")

    def do_next(self, reference: str, act: Act, typed: Mapping[str, str], pick: Words | None = None) -> None:
        """Do what Today says that this person has to do with a complaint."""
        self.page.goto("/")
        need = self.page.locator("#needs .need").filter(has_text=reference)
        need.get_by_role("link", name=re.compile(f"^{re.escape(zh(act.label))} ")).click()
        self._through(act, typed, pick)

    def do(self, reference: str, act: Act, typed: Mapping[str, str], pick: Words | None = None) -> None:
        """Do what the page of the complaint offers this person."""
        self.go(reference)
        self.page.locator("#acts").get_by_role("link", name=zh(act.label), exact=True).click()
        self._through(act, typed, pick)

    def _through(self, act: Act, typed: Mapping[str, str], pick: Words | None) -> None:
        panel = self.page.get_by_role("dialog")
        if pick:
            panel.get_by_label(zh(pick), exact=True).check()
        fill(panel, DEEDS[act].form, typed)
        self.press(panel, act)

    def press(self, panel: Locator, act: Act) -> None:
        """Send the form of an act, and see that it was done."""
        panel.locator("form").get_by_role("button", name=zh(act.label), exact=True).click()
        expect(self.page.get_by_text(zh("Done: %(act)s.") % {"act": zh(act.label)})).to_be_visible()

    def answer(self, text: str) -> None:
        """Answer the question that waits for this person on Today."""
        self.page.goto("/")
        self.page.locator("#needs .need").get_by_role("link", name=zh(Act.ANSWER.label)).click()
        panel = self.page.get_by_role("dialog")
        fill(panel, AnswerForm, {"text": text})
        panel.get_by_role("button", name=zh("Answer the question")).click()
        expect(self.page.get_by_text(zh("Your answer is with whoever asked."))).to_be_visible()


def fill(where: Locator, form: type[forms.Form], typed: Mapping[str, str]) -> None:
    """Type into the fields of a form, found by what their labels say, or choose there."""
    optional = re.escape(zh("optional"))
    for name, value in typed.items():
        label = re.escape(zh(form.base_fields[name].label))
        field = where.get_by_label(re.compile(rf"^{label}\s*({optional})?$"))
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
