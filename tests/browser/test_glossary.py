"""Term management in a real browser: search, bulk edit with undo, merge, import with mended rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server

Axe = Callable[[Page], list[str]]
WRONG = """Nguồn;Đích;Loại
Cục Thử nghiệm;Testing Department;organization
Vụ Thử nghiệm;;organization
Bộ Ngoại giao;Foreign Office;organization
Sở Thử nghiệm;Testing Office;animal
"""


def rows(page: Page):  # type: ignore[no-untyped-def]
    return page.locator("table.terms tbody tr")


def test_search_without_diacritics_while_typing(page: Page) -> None:
    page.goto("/glossary")
    page.get_by_role("searchbox").press_sequentially("bo ngoai giao")
    expect(page).to_have_url(re.compile("q=bo"))
    expect(rows(page).first).to_contain_text("Bộ Ngoại giao")
    expect(rows(page).first).to_contain_text("Foreign Ministry")
    expect(rows(page).first.get_by_role("link", name=re.compile(r"^\d+ rows?$"))).to_be_visible()
    page.get_by_role("combobox", name="Only").select_option("unused")
    expect(page).to_have_url(re.compile("only=unused"))
    expect(page.locator("table.terms .number a")).to_have_count(0)


def test_bulk_edit_is_confirmed_and_undone(page: Page) -> None:
    page.goto("/glossary?q=thứ+trưởng")
    total = rows(page).count()
    assert total > 1
    page.get_by_label("Tick all on this page").check()
    expect(page.locator("[data-ticked]")).to_have_text(f"{total} ticked")
    page.get_by_label("What to do with the ticked terms").select_option("propose")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_text(f"{total} terms will be set to proposed.")).to_be_visible()
    page.get_by_label("Why").fill("to be looked at again")
    page.get_by_role("button", name=f"Change {total} terms").click()
    expect(page.locator("table.terms .chip", has_text="proposed")).to_have_count(total)

    rows(page).first.get_by_role("link").first.click()
    expect(page.get_by_text("to be looked at again")).to_be_visible()
    page.goto("/glossary?q=thứ+trưởng&status=proposed")
    expect(rows(page)).to_have_count(total)


def test_undo_of_all_that_match(page: Page) -> None:
    page.goto("/glossary?category=event")
    page.get_by_label(re.compile(r"all \d+ that match")).check()
    page.get_by_label("What to do with the ticked terms").select_option("retire")
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_role("button", name=re.compile(r"Change \d+ terms")).click()
    expect(page.get_by_text("No term is like that.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".message")).to_contain_text(re.compile(r"\d+ terms put back"))
    page.goto("/glossary?category=event")
    expect(rows(page).first).to_be_visible()


def test_merge_two_terms(page: Page) -> None:
    page.goto("/glossary/new")
    page.get_by_label("Vietnamese", exact=True).fill("tin cậy chính trị")
    page.get_by_label("English", exact=True).fill("political confidence")
    page.get_by_label("Category").select_option("document")
    page.get_by_role("button", name="Save term").click()
    anyway = page.get_by_role("button", name="Save the term only")
    saved = page.locator(".message", has_text="Term saved")
    expect(anyway.or_(saved)).to_be_visible()
    if anyway.is_visible():
        anyway.click()
    expect(saved).to_be_visible()
    page.goto("/glossary/conflicts")
    conflict = page.locator(".conflict", has_text="political confidence")
    conflict.get_by_role("link", name=re.compile(r"Keep this one.* → political trust")).click()
    expect(page.locator(".field-changes ins")).to_contain_text("political confidence")
    page.get_by_label("take over its English").uncheck()
    expect(page.locator(".field-changes ins")).to_have_count(0)
    page.get_by_label("take over its English").check()
    expect(page.locator(".field-changes ins")).to_have_count(1)
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_label("English that is right as well")).to_have_value(re.compile("political confidence"))
    page.goto("/glossary/conflicts")
    expect(page.get_by_text("political confidence")).to_have_count(0)


def test_import_names_wrong_rows_and_takes_them_mended(page: Page, tmp_path: Path) -> None:
    page.goto("/glossary/import")
    first = {"name": "thử.csv", "mimeType": "text/csv", "buffer": b"\xef\xbb\xbf" + WRONG.encode()}
    page.get_by_label("CSV").set_input_files(first)
    page.get_by_role("button", name="Show what would change").click()
    wrong = page.get_by_role("region", name="Wrong rows").locator("tbody tr")
    expect(wrong).to_have_count(2)
    expect(wrong.nth(0)).to_contain_text("the target is empty")
    expect(wrong.nth(1)).to_contain_text("animal")
    changed = page.get_by_role("region", name="Changed")
    expect(changed.locator("ins")).to_have_text("Office")
    expect(page.get_by_role("button", name=re.compile("^Import"))).to_have_count(0)

    with page.expect_download() as download:
        page.get_by_role("button", name="Download the wrong rows").click()
    file = tmp_path / "wrong.csv"
    download.value.save_as(file)
    text = file.read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == "reason;Nguồn;Đích;Loại" and "target: the target is empty" in text
    file.write_text(text.replace("thử.csv", "").replace("Vụ Thử nghiệm;", "Vụ Thử nghiệm;Testing Division")
                    .replace("animal;", "").replace(";animal", ";organization"), encoding="utf-8")  # fmt: skip
    page.get_by_label("The mended rows").set_input_files(file)
    page.get_by_role("button", name="Send the mended rows").click()
    expect(page.get_by_role("region", name="New").locator("tbody tr")).to_have_count(3)
    page.get_by_role("button", name="Import 4 terms").click()
    expect(page.locator(".message")).to_contain_text("3 added, 1 updated")
    page.goto("/glossary?q=thu+nghiem")
    expect(rows(page)).to_have_count(3)


def test_do_not_translate(page: Page) -> None:
    page.goto("/glossary/new")
    page.get_by_label("Vietnamese", exact=True).fill("ABC-123")
    page.get_by_label("Do not translate").check()
    page.get_by_label("Capitals in the Vietnamese").select_option("yes")
    page.get_by_role("button", name="Save term").click()
    expect(rows(page)).to_contain_text("not translated")
    page.goto("/glossary?only=kept&q=abc")
    expect(rows(page)).to_have_count(1)


def test_without_javascript(browser, server: Server) -> None:  # type: ignore[no-untyped-def]
    plain = browser.new_context(base_url=server.url, java_script_enabled=False, locale="en-US")
    page = plain.new_page()
    page.goto("/glossary?q=ngoai+giao")
    rows(page).first.get_by_role("checkbox").check()
    page.get_by_label("What to do with the ticked terms").select_option("suggest")
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_role("button", name="Change 1 term").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".message")).to_contain_text("1 term put back")
    plain.close()
