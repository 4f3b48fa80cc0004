"""A real server on a real database with the real model, and a real Chromium that looks at it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.chromium import ARGUMENTS, ensure
from workbench import machine
from workbench.machine import load
from workbench.samples import load_samples
from workbench.store import articles, open_database

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
expect.set_options(timeout=15_000)


@dataclass
class Server:
    """A running ``workbench serve`` on the data folder ``data``; can be killed and started again on its port."""

    data: Path
    port: int = 0
    process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-c", "from workbench.cli import main; main()", "--data", str(self.data)]
        self.process = subprocess.Popen(
            [*command, "serve", "--port", str(self.port)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "WORKBENCH_USER": "tester", "PYTHONUNBUFFERED": "1"},
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert "http://" in line, f"the server did not start: {line!r}"
        self.port = int(line.split("http://127.0.0.1:")[1].split()[0])

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@pytest.fixture(scope="session")
def translated(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data folder with the shipped glossary and the samples, machine-translated: made once for all processes."""
    base = tmp_path_factory.getbasetemp()
    data = (base if worker_id == "master" else base.parent) / "translated"
    with FileLock(f"{data}.lock"):
        if not data.exists():
            made = base / "translating"
            translate_samples(made)
            made.rename(data)
    return data


def translate_samples(data: Path) -> None:
    """A data folder with the shipped glossary and the samples, machine-translated."""
    db = open_database(data)
    load_samples(db, author="tester")
    engine = load(data)
    for row in articles.listing(db):
        machine.translate_article(db, engine, row["id"])
    db.close()


@pytest.fixture
def server(translated: Path, tmp_path: Path) -> Iterator[Server]:
    """A server of this test's own, on a copy of the translated samples."""
    data = tmp_path / "data"
    shutil.copytree(translated, data)
    running = Server(data)
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=ensure(), args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=server.url, locale="en-US", viewport={"width": 1280, "height": 800})
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose script errors and policy violations fail the test."""
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on(
        "console",
        lambda message: (
            problems.append(message.text)
            if message.type == "error" and not message.text.startswith(("Failed to load resource", "htmx:sendError"))
            else None
        ),
    )
    yield opened
    assert not problems, problems


Axe = Callable[..., list[str]]


@pytest.fixture(scope="session")
def axe() -> Axe:
    """What axe finds on a page against WCAG 2.2 AA: ``rule: element`` lines, none when all is well.

    With names of rules only those: ``axe(page, ["color-contrast"])``.
    """

    def run(page: Page, rules: list[str] | None = None) -> list[str]:
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(AXE)
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": tags}
        result = page.evaluate("only => axe.run({runOnly: only, resultTypes: ['violations']})", only)
        return [
            f"{v['id']}: {node['target']} {node.get('failureSummary', '')}"
            for v in result["violations"]
            for node in v["nodes"]
        ]

    return run
