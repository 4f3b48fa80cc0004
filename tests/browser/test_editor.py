"""A day in the editor: filter, replace, merge, split, comment, read, two people at once, keyboard only."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import Server
from tests.browser.test_main_job import FLOOD, open_article
from workbench.store import articles, connect


def row(page: Page, number: int) -> Locator:
    """The row with this number on the page."""
    return page.locator(".segment").filter(has=page.locator(".no > a", has_text=re.compile(rf"^{number}$")))


def area(page: Page, number: int) -> Locator:
    return row(page, number).locator('textarea[name="text"]')


def write(page: Page, number: int, text: str) -> None:
    area(page, number).fill(text)
    expect(row(page, number)).to_have_attribute("data-state", "draft")
    expect(row(page, number)).not_to_have_attribute("data-dirty", "")


def approve(page: Page, number: int) -> None:
    """Approve a row by keyboard, whatever the checks say."""
    area(page, number).press("Control+Enter")
    anyway = row(page, number).get_by_role("button", name="Approve anyway")
    approved = page.locator(f'#{row(page, number).get_attribute("id")}[data-state="approved"]')
    expect(anyway.or_(approved)).to_be_visible()
    if anyway.is_visible():
        anyway.click()
    expect(row(page, number)).to_have_attribute("data-state", "approved")


def shown(page: Page) -> int:
    return page.locator(".segment:visible").count()


def in_one_paragraph(server: Server) -> tuple[int, int]:
    """The article whose first long paragraph has several rows, and the number of that row."""
    db = connect(server.data)
    for head in articles.listing(db):
        rows = articles.segments(db, head["id"])
        for one, two in pairwise(rows):
            if one["paragraph"] == two["paragraph"] and one["kind"] == "paragraph":
                return head["id"], one["position"]
    raise AssertionError("no sample has a paragraph of two sentences")


def test_filter_rows_by_state_check_and_text(page: Page, browser: Browser, server: Server) -> None:
    open_article(page, FLOOD)
    everything = shown(page)
    write(page, 2, "Relief goods from Japan were handed over.")
    page.keyboard.press("Alt+f")
    expect(page.locator("#filter-text")).to_be_focused()
    page.keyboard.type("nhat ban")
    expect(page.locator("#filter-count")).to_contain_text(f"of {everything} rows")
    assert 0 < shown(page) < everything
    assert "nhật bản" in " ".join(page.locator(".segment:visible .source").all_inner_texts()).lower()
    page.get_by_role("link", name="Show all").click()
    page.locator("#filter-state").select_option("draft")
    expect(page.locator("#filter-count")).to_contain_text("1 of")
    assert "state=draft" in page.url
    address = page.url

    # The row in work stays in sight while it is worked on, and goes when it is left.
    area(page, 2).focus()
    approve(page, 2)
    area(page, 2).press("Escape")
    expect(row(page, 2)).to_be_hidden()

    plain = browser.new_context(base_url=server.url, java_script_enabled=False)
    without = plain.new_page()
    without.goto(address.replace("state=draft", "state=approved"))
    assert shown(without) == 1
    expect(without.locator("#filter-count")).to_contain_text(f"1 of {everything} rows")
    plain.close()


def test_find_and_replace_with_preview_and_undo(page: Page, axe: Callable[[Page], list[str]]) -> None:
    open_article(page, FLOOD)
    write(page, 2, "The goods arrived. Goods were handed over.")
    write(page, 1, "Convoy goods")
    approve(page, 1)

    page.keyboard.press("Alt+h")
    dialog = page.locator("#work-dialog")
    dialog.get_by_label("Find", exact=True).fill("goods")
    dialog.get_by_label("Replace with").fill("supplies")
    place = dialog.locator(".places li")
    expect(place.filter(has_text="Convoy").locator("ins")).to_have_text("supplies")
    expect(place.filter(has_text="Convoy").get_by_role("checkbox")).not_to_be_checked()
    dialog.get_by_label("match case").check()
    expect(place.filter(has_text="arrived")).to_have_count(1)
    assert axe(page) == []
    for box in place.get_by_role("checkbox").all():
        box.uncheck()
    place.filter(has_text="arrived").get_by_role("checkbox").check()
    dialog.get_by_role("button", name="Replace in the ticked places").click()

    expect(page.locator(".message.ok")).to_contain_text("Replaced in 1 place.")
    expect(area(page, 2)).to_have_value("The supplies arrived. Goods were handed over.")
    expect(row(page, 1)).to_have_attribute("data-state", "approved")
    page.locator(".message.ok").get_by_role("button", name="Undo").click()
    expect(area(page, 2)).to_have_value("The goods arrived. Goods were handed over.")
    page.goto("/activity")
    expect(page.locator(".activity")).to_contain_text("took a replacement back")


def test_merge_split_and_what_they_were(page: Page, server: Server, axe: Callable[[Page], list[str]]) -> None:
    article, number = in_one_paragraph(server)
    page.goto(f"/articles/{article}")
    expect(page.locator("#rows[data-ready]")).to_be_visible()
    everything = page.locator(".segment").count()
    first, second = (row(page, n).locator(".source p").inner_text() for n in (number, number + 1))
    write(page, number, "The first sentence.")
    write(page, number + 1, "The second sentence.")
    area(page, number).focus()
    expect(row(page, number).locator("[data-merge]")).to_be_visible()
    area(page, number).press("Alt+j")

    expect(page.locator(".message.ok")).to_contain_text("Rows merged")
    assert page.locator(".segment").count() == everything - 1
    expect(row(page, number).locator(".source p")).to_have_text(f"{first} {second}")
    expect(area(page, number)).to_have_value("The first sentence. The second sentence.")
    expect(row(page, number).locator(".ancestor")).to_have_count(2)
    row(page, number).locator(".ancestor summary").first.click()
    expect(row(page, number).locator(".ancestor").first).to_contain_text("The first sentence.")

    area(page, number).focus()
    area(page, number).press("Alt+b")
    dialog = page.locator("#work-dialog")
    dialog.get_by_label("Vietnamese").fill(f"{first}\n{second} thêm")
    dialog.get_by_label("English").fill("The first sentence.\nThe second sentence.")
    assert axe(page) == []
    dialog.get_by_role("button", name="Split").click()
    expect(page.get_by_role("alert").filter(has_text="the Vietnamese was changed")).to_be_visible()
    page.get_by_label("Vietnamese").fill(f"{first}\n{second}")
    page.get_by_role("button", name="Split", exact=True).click()

    expect(area(page, number + 1)).to_have_value("The second sentence.")
    assert page.locator(".segment").count() == everything
    page.locator(".message.ok").get_by_role("button", name="Undo").click()
    expect(area(page, number)).to_have_value("The first sentence. The second sentence.")
    assert page.locator(".segment").count() == everything - 1


def test_comments_and_revisions(page: Page) -> None:
    open_article(page, FLOOD)
    write(page, 1, "One")
    write(page, 1, "One two")
    comment = row(page, 1).locator("[data-comment] textarea")
    area(page, 1).press("Alt+c")
    comment.fill("Xem https://example.com/a?b=1&c=2. <b>không</b>")
    comment.press("Control+Enter")
    said = row(page, 1).locator(".comments")
    expect(said).to_contain_text("<b>không</b>")
    expect(said.get_by_role("link")).to_have_attribute("href", "https://example.com/a?b=1&c=2")
    expect(row(page, 1).locator("[data-said]")).to_contain_text("1")
    expect(row(page, 1)).to_have_attribute("data-state", "draft")

    panel = row(page, 1).locator(".panel")
    expect(panel.locator(".vs-previous").first.locator("ins")).to_have_text("two")
    panel.get_by_label("since the machine").check()
    expect(panel.locator(".vs-machine").first).to_be_visible()
    expect(panel.locator(".vs-previous").first).to_be_hidden()

    # What is half written stays when the row is saved and the panel comes anew.
    comment.fill("nửa chừng")
    write(page, 1, "One two three")
    expect(panel.locator(".row-tools")).to_be_visible()
    expect(comment).to_have_value("nửa chừng")
    comment.fill("")

    panel.get_by_role("button", name="Go back to this").last.click()
    expect(area(page, 1)).to_have_value("One")
    expect(row(page, 1)).not_to_have_attribute("data-dirty", "")
    area(page, 1).press("Control+z")
    expect(area(page, 1)).to_have_value("One two three")


def test_undo_goes_on_across_saves_and_approval(page: Page) -> None:
    open_article(page, FLOOD)
    area(page, 1).click()
    machine = area(page, 1).input_value()
    area(page, 1).press("End")
    page.keyboard.type(" extra")
    expect(row(page, 1)).to_have_attribute("data-state", "draft")
    expect(row(page, 1).locator("[data-machine]")).to_be_visible()
    area(page, 1).press("Control+z")
    expect(area(page, 1)).not_to_have_value(f"{machine} extra")
    area(page, 1).fill("Mine")
    expect(row(page, 1)).not_to_have_attribute("data-dirty", "")
    area(page, 1).press("Alt+m")
    expect(area(page, 1)).to_have_value(machine)
    expect(row(page, 1)).not_to_have_attribute("data-dirty", "")
    area(page, 1).press("Control+z")
    expect(area(page, 1)).to_have_value("Mine")


def test_two_people_see_each_other(context: BrowserContext, page: Page) -> None:
    open_article(page, FLOOD)
    other = context.new_page()
    other.goto(page.url)
    expect(other.locator("#rows[data-ready]")).to_be_visible()
    write(page, 2, "Written by the first")
    expect(area(other, 2)).to_have_value("Written by the first")
    expect(row(other, 2)).to_have_attribute("data-state", "draft")

    # Typed in while the first saved once more: both texts side by side, nothing is taken away.
    other.route("**/api/v1/segments/*", lambda route: route.abort())
    area(other, 2).fill("Written by the second one")
    expect(other.locator("#save-state")).to_contain_text("kept in this browser")
    write(page, 2, "Written by the first once more")
    other.unroute("**/api/v1/segments/*")
    trouble = row(other, 2).locator(".trouble")
    expect(trouble.locator("ins")).to_have_text(["second", "one"])
    expect(trouble.locator("del").first).to_contain_text("first")
    expect(area(other, 2)).to_have_value("Written by the second one")
    trouble.get_by_role("button", name="Take theirs").click()
    expect(area(other, 2)).to_have_value("Written by the first once more")
    area(other, 2).press("Control+z")
    expect(area(other, 2)).to_have_value("Written by the second one")
    expect(area(page, 2)).to_have_value("Written by the second one")


def test_keyboard_only_and_nothing_jumps(page: Page) -> None:
    open_article(page, FLOOD)
    area(page, 6).focus()
    expect(row(page, 6).locator(".row-tools")).to_be_visible()
    area(page, 8).scroll_into_view_if_needed()
    before = area(page, 8).bounding_box()
    area(page, 8).click()
    expect(row(page, 8).locator(".row-tools")).to_be_visible()
    after = area(page, 8).bounding_box()
    assert before and after and abs(before["y"] - after["y"]) < 2

    area(page, 8).press("Alt+ArrowDown")
    expect(area(page, 9)).to_be_focused()
    page.keyboard.press("Escape")
    expect(row(page, 9).locator(".no > a").first).to_be_focused()
    expect(row(page, 9).locator(".panel")).to_be_hidden()
    if page.locator('[data-count="error"]').inner_text() != "0":
        page.keyboard.press("Alt+e")
        assert page.locator(".segment[aria-current]").get_attribute("data-errors") != "0"


def test_the_reading_view_marks_what_is_not_approved(page: Page) -> None:
    open_article(page, FLOOD)
    headline = page.locator('.segment[data-kind="headline"]')
    headline.locator('textarea[name="text"]').fill("Relief goods reach people")
    page.get_by_role("link", name="Reading view").click()
    expect(page.locator("h1.english .chip")).to_have_text("draft")
    expect(page.locator('.read-pair[data-kind="headline"] .vietnamese')).to_contain_text(FLOOD)
    page.get_by_label("Vietnamese beside it").uncheck()
    expect(page.locator(".vietnamese").first).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".topbar")).to_be_hidden()
    expect(page.locator(".unapproved")).to_be_hidden()
    page.emulate_media(media="screen")
    page.locator("h1.english .open").click()
    expect(page.locator(".segment[aria-current] textarea").first).to_have_value("Relief goods reach people")
