"""An editor's day, from the first file to the last export, on real articles where they are at hand.

Nothing but what a hand does: dropped files, keys and clicks. The texts are those of
``../shared/seeds`` (the samples where that folder is missing); none is written here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server
from tests.browser.test_articles import DROP
from tests.browser.test_editor import area, row, write
from tests.browser.test_main_job import approve_article
from tests.conftest import REAL_ARTICLES, SAMPLES
from workbench.machine.engine import Engine
from workbench.samples import load_glossary
from workbench.store import open_database

FILES = (REAL_ARTICLES or SAMPLES)[:2]
MACHINE_MS = 180_000
_ROWS = """rows => rows.map(row => [
    Number(row.querySelector(".no > a").textContent), row.querySelector(".source p").textContent,
])"""


@pytest.fixture
def desk(engine: Engine, model_folder: Path, tmp_path: Path) -> Iterator[Server]:
    """A server on a desk with the shipped glossary and no article; the model is unpacked already."""
    data = tmp_path / "data"
    db = open_database(data)
    load_glossary(db, author="Lan")
    db.close()
    (data / "models").symlink_to(model_folder / "models", target_is_directory=True)
    server = Server(data)
    server.start()
    yield server
    server.kill()


def drop(page: Page, name: str, text: str) -> None:
    """Drop a file on the list; one file alone opens by itself."""
    page.goto("/")
    page.evaluate(DROP, [[[name, text]]])
    expect(page.locator("#rows[data-ready]")).to_be_visible()


def translated_by_machine(page: Page) -> None:
    """Wait until every row has its machine translation, without loading the page again."""
    expect(page.locator(".message.busy")).to_have_count(0, timeout=MACHINE_MS)
    expect(page.locator('.segment[data-state="new"]')).to_have_count(0)


def sentences(page: Page) -> list[tuple[int, str]]:
    """(row number, Vietnamese) of the rows that are running text."""
    found = page.locator('.segment[data-kind="paragraph"]').evaluate_all(_ROWS)
    return [(number, text) for number, text in found if len(text.split()) > 8]


def words_without_a_term(page: Page, number: int) -> str:
    """Two neighbouring Vietnamese words of a row that no term of the glossary covers."""
    loose = (
        row(page, number)
        .locator(".source p")
        .evaluate("p => [...p.childNodes].filter(n => n.nodeType === Node.TEXT_NODE).map(n => n.data)")
    )
    pairs = [f"{one} {two}" for text in loose for one, two in pairwise(text.split()) if f"{one}{two}".isalpha()]
    return pairs[len(pairs) // 2]


def approve_by_keys(page: Page) -> None:
    """Ctrl+Enter in the active row; where errors stand against it, Tab to “Approve anyway” and Enter."""
    current = page.locator(".segment[aria-current]")
    segment = page.locator(f"#{current.get_attribute('id')}")
    page.keyboard.press("Control+Enter")
    anyway = segment.get_by_role("button", name="Approve anyway")
    approved = page.locator(f'#{segment.get_attribute("id")}[data-state="approved"]')
    expect(anyway.or_(approved)).to_be_visible()
    if anyway.is_visible():
        for _ in range(6):
            page.keyboard.press("Tab")
            if anyway.evaluate("button => button === document.activeElement"):
                break
        page.keyboard.press("Enter")
    expect(approved).to_be_visible()


def two_in_one_paragraph(page: Page) -> int:
    """The number of the first row whose neighbour stands in the same paragraph."""
    numbers = page.locator(".paragraph:has(.segment + .segment) .segment .no > a:first-child")
    return int(numbers.first.inner_text())


def test_an_editors_day(browser: Browser, desk: Server, tmp_path: Path) -> None:
    context = browser.new_context(base_url=desk.url, locale="en-US", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))

    # Morning: a file from the agency is dropped; the machine translates while the page is open.
    drop(page, FILES[0].name, FILES[0].read_text(encoding="utf-8"))
    article = page.url.split("#")[0]
    translated_by_machine(page)
    rows = page.locator(".segment").count()
    number, vietnamese = sentences(page)[0]
    machine = area(page, number).input_value()
    assert machine

    # A row is edited, its history shows what changed; a comment asks a colleague.
    write(page, number, f"{machine} Edited in the morning.")
    expect(row(page, number).locator(".panel")).to_contain_text("Revisions")
    area(page, number).press("Alt+c")
    comment = row(page, number).locator("[data-comment] textarea")
    comment.fill("Chức danh này đúng chưa?")
    comment.press("Control+Enter")
    expect(row(page, number).locator(".comments")).to_contain_text("Chức danh này đúng chưa?")

    # A term is added from the text: the English is selected, its Vietnamese is proposed.
    area(page, number).evaluate("a => { const i = a.value.indexOf('Edited'); a.setSelectionRange(i, i + 6); }")
    area(page, number).press("Alt+g")
    dialog = page.locator("#term-dialog")
    expect(dialog.get_by_label("English", exact=True)).to_have_value("Edited")
    word = words_without_a_term(page, number)
    dialog.get_by_label("Vietnamese", exact=True).fill(word)
    dialog.get_by_label("English", exact=True).fill("fixed-once term")
    dialog.get_by_role("button", name="Save term").click()
    confirm = dialog.get_by_role("button", name=re.compile("^Save (and|the term)"))
    saved = page.locator("mark.term", has_text=word)
    expect(confirm.or_(saved.first)).to_be_visible()
    if confirm.is_visible():
        confirm.click()
    expect(row(page, number).locator("mark.term", has_text=word).first).to_have_attribute(
        "data-target", "fixed-once term"
    )
    translated_by_machine(page)

    # The splitter was wrong: two rows become one, and two again.
    first = two_in_one_paragraph(page)
    area(page, first).focus()
    expect(row(page, first).locator("[data-merge]")).to_be_visible()
    area(page, first).press("Alt+j")
    expect(page.locator(".message.ok")).to_contain_text("Rows merged")
    assert page.locator(".segment").count() == rows - 1
    area(page, first).focus()
    expect(row(page, first).locator('[data-action="split"]')).to_be_visible()
    area(page, first).press("Alt+b")
    split = page.locator("#work-dialog")
    expect(split.get_by_label("Vietnamese")).to_be_focused()
    split.get_by_role("button", name="Split").click()
    expect(page.locator(".message.ok")).to_contain_text("Row split in two")
    assert page.locator(".segment").count() == rows

    # One word is replaced everywhere, after a look at every place.
    page.keyboard.press("Alt+h")
    replace = page.locator("#work-dialog")
    replace.get_by_label("Find", exact=True).fill("Edited in the morning")
    replace.get_by_label("Replace with").fill("Edited before noon")
    expect(replace.locator(".places ins").first).to_have_text("Edited before noon")
    replace.get_by_role("button", name=re.compile("Replace in the ticked places")).click()
    expect(page.locator(".message.ok")).to_contain_text("Replaced in 1 place.")

    # The server dies in the middle of a sentence; nothing that was typed is lost.
    area(page, number).focus()
    page.keyboard.press("Control+End")
    desk.kill()
    page.keyboard.type(" Typed while the server was down.")
    expect(page.locator("#save-state")).to_contain_text("kept in this browser")
    desk.start()
    expect(page.locator("#save-state")).to_have_text("Saved")
    page.reload()
    expect(area(page, number)).to_have_value(re.compile(r"before noon\. Typed while the server was down\.$"))

    # Approved by keyboard alone, row after row, to the last.
    area(page, 1).focus()
    for left in range(rows, 0, -1):
        expect(page.locator('.segment:not([data-state="approved"])')).to_have_count(left)
        expect(page.locator('.segment[aria-current]:not([data-state="approved"])')).to_be_visible()
        approve_by_keys(page)
    expect(page.locator('[data-count="approved"]')).to_have_text(str(rows))
    final = area(page, number).input_value()

    # The reading view shows what will be printed; the export has it.
    page.get_by_role("link", name="Reading view").click()
    expect(page.locator("main")).to_contain_text("Typed while the server was down.")
    expect(page.locator(".read-pair .open")).to_have_count(0)
    page.goto(article)
    with page.expect_download() as download:
        page.get_by_role("link", name="Export Markdown").click()
    download.value.save_as(tmp_path / "day.md")
    markdown = (tmp_path / "day.md").read_text(encoding="utf-8")
    assert markdown.startswith("---\n") and "language: en" in markdown
    assert "Typed while the server was down." in markdown

    # Afternoon: another story quotes a sentence of the morning's; the memory fills it and offers what is like it.
    other = sentences(page)[1][1]
    later = f"Tin chiều\n\n{vietnamese}\n\n{other.rstrip('.')} hôm nay.\n"
    drop(page, "chieu.txt", later)
    translated_by_machine(page)
    remembered = page.locator(".segment").filter(has_text=vietnamese).locator("textarea[name='text']")
    expect(remembered).to_have_value(final)
    similar = page.locator(".segment").filter(has_text="hôm nay.")
    similar.locator("textarea[name='text']").focus()
    expect(similar.locator("[data-part=memory] ins, [data-part=memory] del").first).to_be_visible()
    similar.locator("textarea[name='text']").press("Alt+r")
    expect(similar.locator(".state")).to_contain_text("Saved")

    # Ctrl+K finds it without leaving the page; a second real article goes through the list.
    page.keyboard.press("Control+k")
    window = page.locator("#concordance")
    window.get_by_role("searchbox").fill("before noon")
    expect(window.locator(".hits")).to_contain_text("Typed while the server was down.")
    page.keyboard.press("Escape")
    drop(page, FILES[1].name, FILES[1].read_text(encoding="utf-8"))
    translated_by_machine(page)
    approve_article(page)
    page.goto("/activity")
    expect(page.locator(".activity")).to_contain_text("commented")
    assert problems == []
    context.close()
