"""The glossary from inside the editor: fix a term once, accept a proposed name."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server

TALKS = re.compile("Theo thông tin từ Bộ Ngoại giao, chiều 17")


def open_talks(page: Page) -> Locator:
    """The article about the foreign ministers' talks; its row about a smart border gate."""
    page.goto("/")
    page.get_by_role("link", name=TALKS).click()
    row = page.locator("#rows .segment", has_text="cửa khẩu thông minh").first
    expect(row).to_be_visible()
    return row


def write(row: Locator, text: str) -> None:
    row.locator('textarea[name="text"]').fill(text)
    expect(row.locator(".state")).to_contain_text("Saved")


def test_fix_once_with_impact_and_undo(page: Page, axe: Callable[[Page], list[str]]) -> None:
    row = open_talks(page)
    draft = "He wished that China would open the smart border gate and restore flights."
    write(row, draft)
    row.locator(".panel").get_by_role("link", name=re.compile("Open the term cửa khẩu thông minh")).click()
    dialog = page.locator("#term-dialog")
    dialog.get_by_label("English", exact=True).fill("intelligent border gate")
    dialog.get_by_role("button", name="Save term").click()

    expect(dialog.get_by_role("heading", name="What this term touches")).to_be_visible()
    expect(dialog.locator(".chip.draft")).to_contain_text("1 draft")
    expect(dialog.locator("ins").first).to_contain_text("intelligent")
    assert axe(page) == []
    dialog.get_by_role("button", name="Save and repair 1 draft").click()

    expect(page.locator(".message", has_text="1 draft repaired")).to_be_visible()
    repaired = page.locator("#rows .segment", has_text="cửa khẩu thông minh").first.locator('textarea[name="text"]')
    expect(repaired).to_have_value(draft.replace("smart border gate", "intelligent border gate"))
    page.get_by_role("button", name="Undo").click()
    expect(repaired).to_have_value(draft)


def test_a_term_that_is_not_sent_stays_in_its_dialog(page: Page, server: Server) -> None:
    row = open_talks(page)
    row.locator('textarea[name="text"]').click()
    row.locator(".panel").get_by_role("link", name=re.compile("Open the term cửa khẩu thông minh")).click()
    dialog = page.locator("#term-dialog")
    english = dialog.get_by_label("English", exact=True)
    english.fill("clever border gate")
    server.kill()
    dialog.get_by_role("button", name="Save term").click()
    expect(dialog.get_by_role("alert")).to_contain_text("does not answer")
    expect(english).to_have_value("clever border gate")
    server.start()
    dialog.get_by_role("button", name="Save term").click()
    expect(page.locator(".message", has_text="clever border gate")).to_be_visible()


def test_selected_english_proposes_its_vietnamese(page: Page) -> None:
    row = open_talks(page)
    write(row, "He wished that China would open the smart border gate and restore flights.")
    area = row.locator('textarea[name="text"]')
    area.evaluate("a => { const i = a.value.indexOf('China'); a.setSelectionRange(i, i + 5) }")
    area.press("Alt+g")
    dialog = page.locator("#term-dialog")
    expect(dialog.get_by_label("English", exact=True)).to_have_value("China")
    expect(dialog.get_by_label("Vietnamese", exact=True)).not_to_have_value("")
    dialog.get_by_role("link", name="Cancel").click()
    expect(dialog).to_be_hidden()


def test_propose_and_accept_a_name(page: Page) -> None:
    open_talks(page)
    page.locator(".proposals summary").click()
    proposal = page.locator(".proposal-list li", has_text="Thẩm Kiến Quốc")
    expect(proposal.get_by_role("combobox").or_(proposal.get_by_role("textbox"))).to_have_value("Shen Jianguo")
    proposal.get_by_role("button", name="Accept").click()
    expect(page.locator(".message", has_text="Thẩm Kiến Quốc → Shen Jianguo")).to_be_visible()
    expect(page.locator(".proposal-list li", has_text="Thẩm Kiến Quốc")).to_have_count(0)
    mark = page.locator("mark.term", has_text="Thẩm Kiến Quốc").first
    expect(mark).to_have_attribute("data-status", "proposed")
