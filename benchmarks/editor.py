"""How fast the editor is with an article of 300 segments.

    python -m benchmarks.editor [--segments 300] [--rounds 40] [--browser] [--data DIR]

Server times are those of one process without a network: the editor page with all checks, a row's
panel, and saving a row whose text changes each time. ``--browser`` opens the page in Chromium from
a real server and takes the time until a row can be typed in, and what one keystroke costs.
Exit status 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter

from flask.testing import FlaskClient
from sqlite_utils import Database

from workbench.library import import_files
from workbench.samples import ROOT, load_glossary
from workbench.store import articles, open_database
from workbench.web import create_app

_SLOT = re.compile(r"\{[A-Z]+\d\}")
PAGE_GOAL_MS, SAVE_GOAL_MS, INTERACTIVE_GOAL_MS = 80.0, 20.0, 1000.0


def make_article(db: Database, segments: int) -> int:
    """An article of about ``segments`` rows, three a paragraph, with English that was made by people; its id."""
    load_glossary(db, author="benchmark")
    pairs = dict(islice(_pairs(), segments))
    paragraphs = [" ".join(group) for group in batched(list(pairs), 3)]
    (done,) = import_files(db, [("long.txt", "\n\n".join(paragraphs).encode())], author="benchmark").articles
    rows = articles.segments(db, done["id"])
    english = [(r["id"], pairs.get(r["source"], "The two sides agreed on measures.")) for r in rows]
    articles.add_machine_translations(db, english, engine="argos", model="none", glossary_version=10**6)
    return int(done["id"])


def _pairs() -> Iterator[tuple[str, str]]:
    """Vietnamese and English sentences of the training corpus, with names in the slots."""
    for file in sorted((ROOT / "training" / "corpus" / "articles1").glob("*.tsv")):
        for line in file.read_text(encoding="utf-8").splitlines():
            source, target = (_SLOT.sub("", part) for part in _named(line).split("\t")[:2])
            if len(source) > 40:
                yield source, target


def _named(line: str) -> str:
    source, _, target = line.partition("\t")
    return f"{source.replace('{VN1}', 'Nguyễn Văn Minh')}\t{target.replace('{VN1}', 'Nguyen Van Minh')}"


def batched(items: Sequence[str], size: int) -> list[Sequence[str]]:
    return [items[n : n + size] for n in range(0, len(items), size)]


def times(work: Callable[[int], object], rounds: int) -> list[float]:
    """Milliseconds of each of ``rounds`` calls."""
    taken = []
    for n in range(rounds):
        begun = perf_counter()
        work(n)
        taken.append((perf_counter() - begun) * 1000)
    return taken


def report(name: str, taken: Sequence[float], goal: float | None, at: str = "median") -> bool:
    """Print one line; whether the goal is reached."""
    ordered = sorted(taken)
    median, p95 = statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    value = median if at == "median" else p95
    well = goal is None or value < goal
    aim = "" if goal is None else f"   goal {at} < {goal:.0f} ms: {'reached' if well else 'MISSED'}"
    print(f"{name:<28} median {median:7.1f} ms   p95 {p95:7.1f} ms{aim}")
    return well


def server_side(data: Path, article_id: int, rounds: int) -> bool:
    """The pages and answers without a network."""
    client = create_app(data, background=False).test_client()
    path = f"/articles/{article_id}"
    begun = perf_counter()
    page = client.get(path)
    print(f"{'editor page, cold':<28} {(perf_counter() - begun) * 1000:.0f} ms, {len(page.data) // 1024} KiB")
    ids = [int(i) for i in re.findall(r'id="s(\d+)"', page.text)]
    well = report("editor page", times(lambda _: client.get(path), rounds), PAGE_GOAL_MS)
    report("panel of a row", times(lambda n: client.get(f"/segments/{ids[n % len(ids)]}/panel"), rounds), None)
    saver = _Saver(client, ids)
    well &= report("save", times(saver.save, rounds * 5), SAVE_GOAL_MS, at="p95")
    poll = f"/api/v1{path}/changes?since={saver.newest}"
    report("poll for others' changes", times(lambda _: client.get(poll), rounds), None)
    report("editor page after saves", times(lambda _: client.get(path), rounds), PAGE_GOAL_MS)
    return well


class _Saver:
    """Saves rows as the page does, with the revision each row had last."""

    def __init__(self, client: FlaskClient, ids: Sequence[int]) -> None:
        self.client, self.ids, self.newest = client, ids, 0
        self.bases: dict[int, int] = {}

    def save(self, n: int) -> None:
        segment = self.ids[n % len(self.ids)]
        text = f"The two sides agreed on {n} measures to promote trade turnover between both countries."
        body = {"text": text, "base_revision": self.bases.get(segment)}
        answer = self.client.put(f"/api/v1/segments/{segment}", json=body)
        assert answer.status_code == 200, answer.text
        self.newest = self.bases[segment] = answer.json["revision"]  # type: ignore[index]


def in_browser(data: Path, article_id: int, rounds: int) -> bool:
    """Chromium on a real server: from the address to a row that can be typed in."""
    from playwright.sync_api import sync_playwright

    from tests.chromium import ARGUMENTS, ensure

    with serving(data) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.add_init_script(_WATCH)
        ready, typed = [], []
        for n in range(rounds):
            page.goto(f"{url}/articles/{article_id}")
            page.wait_for_function("() => window.idleAfter")
            ready.append(page.evaluate("() => window.idleAfter"))
            page.locator("#rows textarea").nth(n + 2).focus()
            typed.append(page.evaluate(_KEYSTROKE))
        browser.close()
    well = report("interactive in Chromium", ready[1:], INTERACTIVE_GOAL_MS)
    report("one keystroke, script+layout", typed[1:], None)
    return well


# From the start of the navigation until the scripts have run, the rows are painted and the page is idle.
_WATCH = """
new MutationObserver((changes, observer) => {
  if (!document.querySelector("#rows[data-ready]")) return;
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.idleAfter = performance.now(); }));
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-ready"] });
"""
_KEYSTROKE = """() => {
  const area = document.activeElement, begun = performance.now();
  for (let i = 0; i < 10; i++) { document.execCommand("insertText", false, "x"); area.getBoundingClientRect(); }
  return (performance.now() - begun) / 10;
}"""


class serving:
    """``workbench serve`` as a process of its own, for as long as the block lasts."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def __enter__(self) -> str:
        command = [sys.executable, "-c", "from workbench.cli import main; main()", "--data", str(self.data)]
        self.process = subprocess.Popen(
            [*command, "serve", "--port", "0"],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        return "http://127.0.0.1:" + line.split("http://127.0.0.1:")[1].split()[0]

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()


def _folder(given: Path | None) -> Iterator[Path]:
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--segments", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--browser", action="store_true")
    parser.add_argument("--data", type=Path, help="keep the data in this (empty) folder")
    given = parser.parse_args()
    well = True
    for data in _folder(given.data):
        db = open_database(data)
        article_id = make_article(db, given.segments)
        db.close()
        print(f"{given.segments} segments, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        well = server_side(data, article_id, given.rounds)
        if given.browser:
            well &= in_browser(data, article_id, 6)
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
