"""axe finds nothing on any page in any state: both languages, light and dark, wide and narrow.

One server for all; what a state needs stands in the database before or is done by its
function, which knows the page by its structure, not by its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Axe, Server
from tests.browser.test_articles import CORRECTED, DROP, FLOOD
from workbench import bulk, editing, glossary
from workbench.glossary import Term
from workbench.library import import_files
from workbench.store import articles, connect, listing
from workbench.store.listing import Wanted

WRONG = "source,target,category\nVụ Thử nghiệm,,\nCục Thử,Office,animal\nPhòng Thử,Room,\n"
BAD = "He said  Việt Nam 5"
DARK_RULES = ["color-contrast", "link-in-text-block"]
NARROW_RULES = ["color-contrast", "target-size"]


@dataclass(frozen=True)
class Desk:
    """The server, and which article is in work, approved, replaced by a newer version."""

    server: Server
    empty: Server
    work: int
    newer: int

    def rows(self, article: int) -> list[dict[str, Any]]:
        db = connect(self.server.data)
        try:
            return articles.segments(db, article)
        finally:
            db.close()


@pytest.fixture(scope="module")
def desk(translated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("axe")
    data = folder / "data"
    copytree(translated, data)
    db = connect(data)
    heads = {row["title"]: row["id"] for row in listing.page(db, Wanted(), limit=20)}
    flood = heads.pop(FLOOD)
    work = next(iter(heads.values()))
    editing.approve_article(db, flood, author="Lan", confirm=True)
    (new,) = import_files(db, [("moi.txt", CORRECTED.encode())], author="Lan").articles
    bulk.assign(db, [work], "Thu Hà", author="Lan")
    rows = articles.segments(db, work)
    editing.save(db, rows[1]["id"], "A first draft.", base=None, author="Lan")
    editing.comment(db, rows[1]["id"], "Xem https://example.com", author="Lan")
    term = Term(0, "tin cậy chính trị", "political confidence", "document")
    glossary.save(db, term, author="Lan")
    db.close()
    servers = Server(data), Server(folder / "empty")
    for server in servers:
        server.start()
    yield Desk(*servers, work=work, newer=new["id"])
    for server in servers:
        server.kill()


State = tuple[str, str, Callable[[Page, Desk], None]]


def nothing(page: Page, desk: Desk) -> None:
    """The page as it opens."""


def add_form(page: Page, desk: Desk) -> None:
    page.locator("#add summary").first.click()
    page.locator("#add .origin summary").click()
    expect(page.locator('#add input[name="source_url"]')).to_be_visible()


def ticked(page: Page, desk: Desk) -> None:
    page.locator('#articles input[name="article"]').first.check()


def wrong_files(page: Page, desk: Desk) -> None:
    page.evaluate(DROP, [[["a.pdf", "x"], ["b.pdf", "x"]]])
    expect(page.locator("#imported li")).to_have_count(2)


def in_bulk(action: str) -> Callable[[Page, Desk], None]:
    """Every article ticked and a button of the list pressed: the page that says what became of each."""

    def act(page: Page, desk: Desk) -> None:
        page.locator("#tick-all").check()
        page.locator(f'button[name="action"][value="{action}"]').click()
        page.wait_for_url(re.compile("/desk$"))

    return act


def active(page: Page, desk: Desk) -> None:
    expect(page.locator("#rows[data-ready]")).to_be_visible()
    page.locator(".segment textarea").nth(1).focus()
    expect(page.locator(".segment .row-tools")).to_be_visible()


def stopped(page: Page, desk: Desk) -> None:
    """A row whose errors stand against approval."""
    active(page, desk)
    page.keyboard.press("Control+a")
    page.keyboard.type(BAD)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".trouble ul")).to_be_visible()


def overtaken(page: Page, desk: Desk) -> None:
    """Somebody saved the row while it was being typed in: both texts side by side."""
    page.route(re.compile("/api/v1/articles/.*/changes"), lambda route: route.abort())
    active(page, desk)
    row = desk.rows(desk.work)[1]
    db = connect(desk.server.data)
    editing.save(db, row["id"], f"Theirs after {row['revision']}.", base=row["revision"], author="Thu Hà")
    db.close()
    page.locator(".segment textarea").nth(1).press_sequentially(" mine")
    expect(page.locator(".trouble .merge")).to_be_visible()


def pressed(keys: str, shown: str) -> Callable[[Page, Desk], None]:
    """A dialog that a key opens from the active row."""

    def act(page: Page, desk: Desk) -> None:
        active(page, desk)
        page.keyboard.press(keys)
        expect(page.locator(shown)).to_be_visible()

    return act


def help_shown(page: Page, desk: Desk) -> None:
    page.locator('[data-action="help"]').click()
    expect(page.locator("#help")).to_be_visible()


def places(page: Page, desk: Desk) -> None:
    pressed("Alt+h", '#work-dialog input[name="find"]')(page, desk)
    page.locator('#work-dialog input[name="find"]').fill("the")
    expect(page.locator("#work-dialog .places li").first).to_be_visible()


def term_dialog(page: Page, desk: Desk) -> None:
    active(page, desk)
    page.locator(".panel .term-row:not(:has(.chip)) [data-open-term]").first.click()
    expect(page.locator('#term-dialog input[name="target"]')).to_be_visible()


def term_impact(page: Page, desk: Desk) -> None:
    term_dialog(page, desk)
    page.locator('#term-dialog input[name="target"]').fill("something else")
    page.locator("#term-dialog form.term-form button.primary").first.click()
    expect(page.locator("#term-dialog form.impact")).to_be_visible()


def hits(page: Page, desk: Desk) -> None:
    pressed("Control+k", "#concordance")(page, desk)
    page.locator('#concordance input[type="search"]').fill("và")
    expect(page.locator("#concordance .hits li, #concordance .hits tr").first).to_be_visible()


def sent_by_form(**fields: str) -> Callable[[Page, Desk], None]:
    """The row's form as a browser without scripts sends it, with other values in it."""

    def act(page: Page, desk: Desk) -> None:
        expect(page.locator("#rows[data-ready]")).to_be_visible()
        page.locator(".segment form.target").nth(1).evaluate(
            """(form, fields) => {
                for (const [name, value] of Object.entries(fields)) {
                    const field = form.elements[name]?.tagName === "TEXTAREA" || name === "base_revision"
                        ? form.elements[name] : form.appendChild(document.createElement("input"));
                    field.name = name;
                    field.value = value;
                }
                form.submit();
            }""",
            fields,
        )
        page.wait_for_url(re.compile("/segments/"))

    return act


def article_stopped(page: Page, desk: Desk) -> None:
    page.locator(".articlebar form button.primary").click()
    page.wait_for_url(re.compile("/approve$"))


def bulk_terms(page: Page, desk: Desk) -> None:
    page.locator('table.terms input[type="checkbox"]').nth(1).check()
    page.locator('.term-bulk select[name="action"]').select_option("propose")
    page.locator(".term-bulk button").click()
    page.wait_for_url(re.compile("/bulk"))


def wrong_rows(page: Page, desk: Desk) -> None:
    file = {"name": "thử.csv", "mimeType": "text/csv", "buffer": WRONG.encode()}
    page.locator('input[type="file"]').first.set_input_files(file)
    page.locator("main form button").first.click()
    expect(page.locator("table").first).to_be_visible()


STATES: list[State] = [
    ("articles", "/", nothing),
    ("articles ticked", "/", ticked),
    ("no article found", "/?q=xyz", nothing),
    ("add an article", "/", add_form),
    ("files that cannot be read", "/", wrong_files),
    ("several exported", "/", in_bulk("export")),
    ("editor", "/articles/{work}", nothing),
    ("active row", "/articles/{work}", active),
    ("row stopped by errors", "/articles/{work}", stopped),
    ("row overtaken", "/articles/{work}", overtaken),
    ("keyboard help", "/articles/{work}", help_shown),
    ("find and replace", "/articles/{work}", places),
    ("split", "/articles/{work}", pressed("Alt+b", "#work-dialog .split, #work-dialog form")),
    ("term", "/articles/{work}", term_dialog),
    ("what a term touches", "/articles/{work}", term_impact),
    ("concordance", "/articles/{work}", hits),
    ("no row for the filter", "/articles/{work}?q=xyzxyz", nothing),
    ("newer version in the editor", "/articles/{newer}", nothing),
    ("what changed", "/articles/{newer}/versions", nothing),
    ("reading view", "/articles/{work}/read", nothing),
    ("replace page", "/articles/{work}/replace?find=the&replace=a", nothing),
    ("segment page", "/segments/{segment}", nothing),
    ("split page", "/segments/{segment}/split", nothing),
    ("conflict page", "/articles/{work}", sent_by_form(text="Mine.", base_revision="")),
    ("stopped page", "/articles/{work}", sent_by_form(text=BAD, action="approve")),
    ("article stopped by errors", "/articles/{work}", article_stopped),
    ("glossary", "/glossary", nothing),
    ("no term found", "/glossary?q=xyzxyz", nothing),
    ("term page", "/glossary/5", nothing),
    ("new term", "/glossary/new", nothing),
    ("several terms", "/glossary?category=event", bulk_terms),
    ("conflicts", "/glossary/conflicts", nothing),
    ("hidden terms", "/glossary/conflicts?kind=hides", nothing),
    ("merge terms", "/glossary/merge?keep=1&other=2", nothing),
    ("import", "/glossary/import", nothing),
    ("import with wrong rows", "/glossary/import", wrong_rows),
    ("memory", "/memory", nothing),
    ("memory found", "/memory?q=và", nothing),
    ("memory not found", "/memory?q=xyzxyz", nothing),
    ("activity", "/activity", nothing),
    ("no such page", "/articles/999999", nothing),
    ("several approved", "/", in_bulk("approve")),
]


def findings(page: Page, axe: Axe, rules: list[str] | None = None) -> list[str]:
    wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    return axe(page, rules) + ([f"{wide} px wider than the window"] if wide > 0 else [])


@contextmanager
def opened(browser: Browser, url: str, language: str, width: int) -> Iterator[Page]:
    """A page of a browser that has kept nothing from before."""
    context = browser.new_context(
        base_url=url, locale={"en": "en-US", "vi": "vi-VN"}[language], reduced_motion="reduce",
        viewport={"width": width, "height": 800},
    )  # fmt: skip
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("vi", 1280), ("vi", 390)])
def test_axe_finds_nothing(browser: Browser, desk: Desk, axe: Axe, language: str, width: int) -> None:
    found: dict[str, list[str]] = {}
    segment = desk.rows(desk.work)[1]["id"]
    # The last state approves everything: the others need their rows open.
    for name, path, act in STATES if (language, width) == ("vi", 390) else STATES[:-1]:
        with opened(browser, desk.server.url, language, width) as page:
            page.goto(path.format(work=desk.work, newer=desk.newer, segment=segment))
            act(page, desk)
            assert page.locator("html").get_attribute("lang") == language
            problems = findings(page, axe, NARROW_RULES if width < 800 else None)
            page.emulate_media(color_scheme="dark")
            problems += [f"dark: {problem}" for problem in findings(page, axe, DARK_RULES)]
        if problems:
            found[name] = problems
    with opened(browser, desk.empty.url, language, width) as page:
        page.goto("/")
        if problems := findings(page, axe):
            found["empty desk"] = problems
    assert found == {}
