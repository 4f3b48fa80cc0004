"""Screenshots of every page for the README and for looking at: ``python -m tests.screenshots docs``.

A server of its own on the samples, light and dark, wide and narrow.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import Server
from tests.chromium import ARGUMENTS, ensure
from workbench import machine
from workbench.samples import load_samples
from workbench.store import articles, open_database

SIZES = {"wide": (1280, 800), "narrow": (390, 844)}
PAGES = {
    "articles": "/",
    "editor": "/articles/{article}",
    "glossary": "/glossary",
    "term": "/glossary/1",
    "import": "/glossary/import",
    "activity": "/activity",
}


def main(folder: Path) -> None:
    """Write ``page-scheme-size.png`` for every page into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch) / "data"
        article = _prepare(data)
        server = Server(data)
        server.start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=ensure(), args=ARGUMENTS)
                for scheme in ("light", "dark"):
                    for size, (width, height) in SIZES.items():
                        page = browser.new_page(
                            base_url=server.url,
                            color_scheme=scheme,  # type: ignore[arg-type]
                            viewport={"width": width, "height": height},
                            locale="en-US",
                        )
                        for name, path in PAGES.items():
                            page.goto(path.format(article=article), wait_until="networkidle")
                            if name == "editor":
                                _activate(page)
                            page.screenshot(path=folder / f"{name}-{scheme}-{size}.png")
                        page.close()
        finally:
            server.kill()


def _prepare(data: Path) -> int:
    """The samples, machine-translated; the id of the article about flood relief."""
    db = open_database(data)
    load_samples(db, author="Lan")
    engine = machine.load(data)
    rows = articles.listing(db)
    for row in rows:
        machine.translate_article(db, engine, row["id"])
    return next(int(row["id"]) for row in rows if "vùng lũ" in row["title"])


def _activate(page: Page) -> None:
    row = page.locator('.segment[data-kind="lead"]')
    row.locator('textarea[name="text"]').focus()
    row.locator(".panel h2").first.wait_for()
    page.evaluate("document.fonts.ready")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
