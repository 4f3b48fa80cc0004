"""An editor's main job in a real browser: open, fix a term, approve, export, see the Markdown."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import Server

FLOOD = "Hàng cứu trợ quốc tế đến với bà con vùng lũ"


def open_article(page: Page, title: str) -> None:
    page.goto("/")
    page.get_by_role("link", name=title).click()
    expect(page.locator("#rows .segment").first).to_be_visible()
    page.wait_for_load_state("load")


def approve_article(page: Page) -> Locator:
    """Approve all rows, those with errors too; the link that exports them."""
    page.get_by_role("button", name="Approve article").click()
    anyway = page.get_by_role("button", name=re.compile("Approve anyway"))
    export = page.get_by_role("link", name="Export Markdown")
    expect(anyway.or_(export)).to_be_visible()
    if anyway.is_visible():
        anyway.click()
    expect(export).to_be_visible()
    return export


def test_open_fix_a_term_approve_export(page: Page, tmp_path: Path) -> None:
    open_article(page, FLOOD)
    headline = page.locator('.segment[data-kind="headline"]')
    headline.locator('textarea[name="text"]').fill("International relief goods reach flood-hit people")
    expect(headline.locator(".state")).to_contain_text("Saved")
    expect(headline).to_have_attribute("data-state", "draft")

    headline.locator('textarea[name="text"]').press("Control+Enter")
    expect(headline).to_have_attribute("data-state", "approved")
    expect(page.locator('[data-count="approved"]')).to_have_text("1")

    export = approve_article(page)
    with page.expect_download() as download:
        export.click()
    markdown = Path(tmp_path / "out.md")
    download.value.save_as(markdown)
    text = markdown.read_text(encoding="utf-8")
    assert "\n# International relief goods reach flood-hit people\n" in text
    assert f'source_title: "{FLOOD}"' in text


def test_a_fixed_term_makes_the_machine_translation_again(page: Page, server: Server) -> None:
    open_article(page, FLOOD)
    row = page.locator(".segment", has_text="Cơ quan Hợp tác Quốc tế Nhật Bản").first
    row.locator('textarea[name="text"]').focus()
    row.locator(".panel").get_by_role("link", name=re.compile("Open the term Cơ quan Hợp tác")).click()
    page.get_by_label("English", exact=True).fill("Japan Agency for Cooperation")
    page.get_by_role("button", name="Save term").click()
    save = page.get_by_role("button", name=re.compile("^Save and"))
    if save.is_visible():
        save.click()
    expect(page.locator("#rows")).to_be_visible()
    expect(page.locator(".message.busy")).to_have_count(0)
    mark = row.locator("mark.term", has_text="Cơ quan Hợp tác Quốc tế Nhật Bản").first
    expect(mark).to_have_attribute("data-target", "Japan Agency for Cooperation")
    row.locator('textarea[name="text"]').focus()
    checks = row.locator(".panel")
    expect(checks).to_contain_text("Japan Agency for Cooperation")


def test_text_survives_a_server_that_is_gone(page: Page, server: Server) -> None:
    open_article(page, FLOOD)
    area = page.locator('.segment[data-kind="headline"] textarea[name="text"]')
    server.kill()
    area.fill("Typed while the server was gone")
    expect(page.locator("#save-state")).to_contain_text("kept in this browser")
    server.start()
    expect(page.locator("#save-state")).to_have_text("Saved")
    page.reload()
    expect(area).to_have_value("Typed while the server was gone")


def test_what_is_asked_of_a_server_that_is_gone(page: Page, server: Server) -> None:
    open_article(page, FLOOD)
    said = page.locator("#server-state")
    server.kill()
    page.keyboard.press("Control+k")
    expect(said).to_contain_text("does not answer")
    server.start()
    page.keyboard.press("Control+k")
    expect(page.locator("#concordance")).to_be_visible()
    expect(said).to_be_hidden()


def test_what_the_server_refuses_is_said_and_what_is_unsaved_too(page: Page, server: Server) -> None:
    open_article(page, FLOOD)
    page.route("**/memory/window?*", lambda route: route.fulfill(status=404))
    page.route("**/api/v1/segments/*", lambda route: route.abort())
    page.locator('.segment[data-kind="headline"] textarea[name="text"]').fill("Typed while nothing is saved")
    expect(page.locator("#save-state")).to_contain_text("kept in this browser")
    page.keyboard.press("Control+k")
    expect(page.locator("#server-state")).to_contain_text("404")
    page.unroute("**/memory/window?*")
    page.keyboard.press("Control+k")
    expect(page.locator("#concordance")).to_be_visible()
    expect(page.locator("#server-state")).to_be_hidden()
    expect(page.locator("#save-state")).to_contain_text("kept in this browser")


def test_two_tabs_on_one_row_lose_nothing(context: BrowserContext, page: Page) -> None:
    open_article(page, FLOOD)
    other = context.new_page()
    other.goto(page.url)
    selector = '.segment[data-kind="headline"]'
    page.locator(f"{selector} textarea[name='text']").fill("First editor's headline")
    expect(page.locator(f"{selector} .state")).to_contain_text("Saved")

    other.locator(f"{selector} textarea[name='text']").fill("Second editor's headline")
    trouble = other.locator(f"{selector} .trouble")
    expect(trouble).to_contain_text("First editor's headline")
    expect(other.locator(f"{selector} textarea[name='text']")).to_have_value("Second editor's headline")
    trouble.get_by_role("button", name="Keep mine").click()
    expect(other.locator(f"{selector} .state")).to_contain_text("Saved")
    other.reload()
    other.locator(f"{selector} textarea[name='text']").focus()
    expect(other.locator(f"{selector} .revisions del").first).to_have_text("First")
    expect(other.locator(f"{selector} .revisions").get_by_role("button", name="Go back to this")).to_be_visible()


def test_without_javascript(browser, server: Server) -> None:  # type: ignore[no-untyped-def]
    plain = browser.new_context(base_url=server.url, java_script_enabled=False, locale="en-US")
    page = plain.new_page()
    open_article(page, FLOOD)
    row = page.locator('.segment[data-kind="headline"]')
    row.locator('textarea[name="text"]').fill("Relief goods reach people in the flood area")
    row.get_by_role("button", name="Approve").click()
    anyway = page.get_by_role("button", name=re.compile("Approve anyway"))
    if anyway.is_visible():
        anyway.click()
    expect(page.locator('.segment[data-kind="headline"]')).to_have_attribute("data-state", "approved")
    plain.close()


def test_a_draft_whose_row_is_gone_is_shown(page: Page) -> None:
    open_article(page, FLOOD)
    article = page.locator("#rows").get_attribute("data-article")
    draft = {"id": 999999, "source": "Một dòng đã gộp.", "article": article, "text": "Typed and merged", "base": None}
    page.evaluate("d => localStorage.setItem('workbench.draft.999999.x', JSON.stringify(d))", draft)
    page.reload()
    message = page.locator(".message.error", has_text="Typed and merged")
    expect(message).to_be_visible()
    message.get_by_role("button", name="Close").click()
    expect(message).to_have_count(0)
