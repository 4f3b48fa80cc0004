"""The list of articles in a real browser: find, tick, drop, paste, export, and what a newer version changed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server
from tests.conftest import SAMPLES
from workbench import editing
from workbench.store import articles, connect, listing
from workbench.store.listing import Wanted

FLOOD = "Hàng cứu trợ quốc tế đến với bà con vùng lũ"
FLOOD_FILE = next(path for path in SAMPLES if path.name == "hang-cuu-tro-vung-lu.txt")
CORRECTED = FLOOD_FILE.read_text(encoding="utf-8").replace("62 tấn", "65 tấn") + "\nLào gửi thêm hàng cứu trợ.\n"
Axe = Callable[[Page], list[str]]

DROP = """([files]) => {
    const data = new DataTransfer();
    for (const [name, text] of files) data.items.add(new File([text], name));
    for (const type of ["dragenter", "dragover", "drop"])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def titles(page: Page) -> list[str]:
    return page.locator("#articles .title").all_text_contents()


def approve(server: Server, title: str) -> int:
    """Everything of one article approved, as by an editor; its id."""
    db = connect(server.data)
    (article,) = (row["id"] for row in listing.page(db, Wanted(), limit=100) if row["title"] == title)
    editing.approve_article(db, article, author="Lan", confirm=True)
    db.close()
    return int(article)


def test_find_without_marks_and_filter(page: Page) -> None:
    page.goto("/")
    rows = page.locator("#articles tbody tr")
    expect(rows).to_have_count(len(SAMPLES))
    search = page.get_by_role("searchbox")
    search.fill("hang cuu tro")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(FLOOD)
    expect(page).to_have_url(re.compile(r"\?q=hang\+cuu\+tro$"))
    expect(search).to_be_focused()
    page.reload()
    expect(rows).to_have_count(1)
    search.fill("hằng cứu trợ")
    expect(page.get_by_text("No article is like that.")).to_be_visible()
    page.get_by_role("link", name="Show all articles").click()
    expect(rows).to_have_count(len(SAMPLES))
    page.get_by_role("link", name=re.compile("^approved")).click()
    expect(page.get_by_text("No article is like that.")).to_be_visible()


def test_tick_assign_archive_and_take_back(page: Page) -> None:
    page.goto("/")
    rows = page.locator("#articles tbody tr")
    buttons = page.get_by_role("group", name="What to do with the ticked articles")
    expect(buttons).to_be_hidden()
    boxes = page.locator('#articles input[name="article"]')
    boxes.nth(0).check()
    boxes.nth(2).click(modifiers=["Shift"])
    expect(buttons).to_contain_text("3 ticked")
    page.get_by_label("Who works on them").fill("Thu Hà")
    page.get_by_label("Who works on them").press("Enter")
    expect(page.get_by_text("3 articles are given to Thu Hà.")).to_be_visible()
    expect(rows.filter(has_text="Thu Hà")).to_have_count(3)

    title = titles(page)[4]
    rows.nth(4).get_by_role("button", name=f"Take {title}").click()
    expect(rows.nth(4).locator(".who")).to_have_text("tester")
    page.get_by_label("Who works on it").select_option("tester")
    expect(rows).to_have_count(1)
    boxes.nth(0).check()
    page.get_by_role("button", name="Archive").click()
    expect(page.locator("#states")).to_contain_text("archived 1")
    page.get_by_role("link", name=re.compile("^archived")).click()
    expect(rows).to_have_count(1)
    page.get_by_label("All articles on this page").check()
    page.get_by_role("button", name="Back into the list").click()
    expect(page.locator("#states")).to_contain_text("archived 0")


def test_approve_and_export_several(page: Page, server: Server, tmp_path: Path, axe: Axe) -> None:
    approve(server, FLOOD)
    page.goto("/")
    page.get_by_label("All articles on this page").check()
    page.get_by_role("button", name="Export", exact=True).click()
    expect(page.get_by_role("heading", name="Not everything can be exported yet")).to_be_visible()
    expect(page.locator(".results li")).to_have_count(len(SAMPLES) - 1)
    assert not axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Export the one that is approved").click()
    download.value.save_as(tmp_path / "one.zip")
    (name,) = zipfile.ZipFile(tmp_path / "one.zip").namelist()
    assert name.endswith("hang-cuu-tro-quoc-te-den-voi-ba-con-vung-lu.md")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export all, with only what is approved").click()
    download.value.save_as(tmp_path / "all.zip")
    assert len(zipfile.ZipFile(tmp_path / "all.zip").namelist()) == len(SAMPLES)

    page.get_by_role("main").get_by_role("link", name="To the articles").click()
    page.get_by_label("All articles on this page").check()
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_role("heading", name="Approved and left")).to_be_visible()
    expect(page.locator("main")).to_contain_text(FLOOD)
    assert not axe(page)


def test_drop_files_anywhere(page: Page) -> None:
    page.goto("/")
    new = ["mới.txt", "Tàu mới\n\nTàu chạy nhanh. Ga sạch."]
    page.evaluate(DROP, [[new, ["hỏng.pdf", "x"], ["trùng.txt", FLOOD_FILE.read_text(encoding="utf-8")]]])
    listed = page.locator("#imported li")
    expect(listed).to_have_count(3)
    expect(listed.filter(has_text="hỏng.pdf")).to_contain_text("files ending in .pdf are not read")
    expect(listed.filter(has_text="trùng.txt")).to_contain_text("is here already")
    expect(listed.filter(has_text="mới.txt").get_by_role("link", name="Tàu mới")).to_be_visible()
    expect(page.locator("#articles tbody tr")).to_have_count(len(SAMPLES) + 1)
    # Its machine translation comes into the list by itself.
    row = page.locator("#articles tbody tr", has_text="Tàu mới")
    expect(row.locator(".state")).to_have_text("machine", timeout=120_000)
    expect(page.locator("#working")).to_have_text("")
    expect(page.locator("#working")).not_to_have_attribute("hx-trigger", re.compile("."))


def test_paste_with_its_origin(page: Page) -> None:
    page.goto("/")
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const options = { clipboardData: data, bubbles: true, cancelable: true };
            document.body.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        "Cầu mới qua sông\n\nCầu dài. Cầu rộng.",
    )
    area = page.get_by_label("or paste the Vietnamese text")
    expect(area).to_be_focused()
    expect(area).to_have_value(re.compile("^Cầu mới"))
    page.get_by_text("Where it comes from (optional)").click()
    page.locator("#add-form").get_by_label("Source").fill("TTXVN")
    page.get_by_label("Address of the original").fill("https://example.vn/cau-moi.htm")
    page.get_by_label("Published on").fill("2026-02-03")
    page.get_by_role("button", name="Import").click()
    expect(page.locator("#rows .segment").first).to_be_visible()
    expect(page.get_by_text("TTXVN Feb 3, 2026")).to_be_visible()
    page.goto("/?source=TTXVN&since=2026-02-03&until=2026-02-03")
    expect(page.locator("#articles .title")).to_have_text(["Cầu mới qua sông"])


def test_a_newer_version(page: Page, server: Server, axe: Axe) -> None:
    older = approve(server, FLOOD)
    page.goto("/")
    page.evaluate(DROP, [[["bản sửa.txt", CORRECTED]]])
    expect(page.get_by_role("heading", name="What changed")).to_be_visible()
    changed = page.locator(".change.changed")
    expect(changed).to_have_count(1)
    expect(changed.locator(".vi del")).to_have_text("62")
    expect(changed.locator(".vi ins")).to_have_text("65")
    expect(page.locator(".change.added")).to_contain_text("Lào gửi thêm hàng cứu trợ.")
    assert not axe(page)
    page.get_by_role("button", name=re.compile("^Use the older English as a draft")).click()
    expect(changed).to_contain_text("the same")
    expect(changed.locator("dd .chip").last).to_have_text("draft")

    page.get_by_role("link", name="Open in the editor").click()
    states = page.locator("#rows .segment")
    expect(states.and_(page.locator('[data-state="approved"]'))).to_have_count(len(articles_of(server, older)))
    expect(page.get_by_role("link", name="See what changed")).to_be_visible()
    page.goto("/")
    row = page.locator("#articles tbody tr", has_text=FLOOD)
    expect(row).to_have_count(1)
    row.get_by_role("link", name="1 older version").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Export Markdown").click()
    assert download.value.suggested_filename.endswith("vung-lu.md")


def articles_of(server: Server, article: int) -> list[dict[str, object]]:
    """The rows of an article less the one that the newer version changes."""
    db = connect(server.data)
    rows = articles.segments(db, article)
    db.close()
    assert all(row["status"] == "approved" for row in rows)
    return rows[1:]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path / "empty")
    running.start()
    yield running
    running.kill()


def test_the_empty_desk_teaches_and_loads_the_samples(browser: Browser, empty: Server, axe: Axe) -> None:
    context = browser.new_context(base_url=empty.url, locale="en-US", java_script_enabled=True)
    page = context.new_page()
    page.goto("/")
    expect(page.locator(".steps li")).to_have_count(3)
    expect(page.get_by_label("or paste the Vietnamese text")).to_be_visible()
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert not axe(page)
    page.get_by_role("button", name="Load the samples").click()
    expect(page.locator("#articles tbody tr")).to_have_count(len(SAMPLES))
    expect(page.locator("#working")).to_contain_text("being translated by machine")
    context.close()


def test_without_javascript(browser: Browser, server: Server) -> None:
    context = browser.new_context(base_url=server.url, java_script_enabled=False, locale="en-US")
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox").fill("hang cuu tro")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#articles .title")).to_have_text([FLOOD])
    page.locator('#articles input[name="article"]').check()
    page.get_by_role("button", name="To me").click()
    expect(page.get_by_text("1 article is given to tester.")).to_be_visible()
    page.get_by_text("Add an article").click()
    page.get_by_label("or paste the Vietnamese text").fill(CORRECTED)
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("heading", name="What changed")).to_be_visible()
    context.close()
