"""A corrected article: recognised, compared row by row, unchanged English carried over, the older record untouched."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.articles_page.conftest import CORRECTED, TEXT, Import, approve, state
from tests.conftest import REAL_ARTICLES, SAMPLES
from workbench import editing, memory, versions
from workbench.articles import read_article
from workbench.export import export_one
from workbench.store import articles, events, listing, revisions, transaction
from workbench.store.listing import Wanted

URL = "https://baochinhphu.vn/viet-nam-lao-102260203.htm"


def sources(path: Path) -> list[str]:
    return [s.source for s in read_article(path.read_bytes(), path.name).segments]


EVERY = {path.name: sources(path) for path in (*SAMPLES, *REAL_ARTICLES)}


def kinds(db: Database, article_id: int) -> list[str]:
    return [c.kind for c in versions.comparison(db, article_id).changes]


# --- recognition


def test_articles_are_not_taken_for_versions_of_one_another() -> None:
    for one, other in itertools.combinations(EVERY.values(), 2):
        assert versions.likeness(one, other) < 0.1


@pytest.mark.parametrize("name", EVERY)
def test_edited_copies_are_recognised(name: str) -> None:
    """Typing errors mended everywhere, a few rows new and gone: still most of the article."""
    chance = random.Random(name)
    others = [s for other, texts in EVERY.items() if other != name for s in texts]
    for _ in range(10):
        copy = []
        for source in EVERY[name]:
            words = [w if chance.random() > 0.05 else "mới" for w in source.split()]
            if chance.random() > 0.1:
                copy.append(" ".join(words))
            if chance.random() < 0.1:
                copy.append(chance.choice(others))
        assert versions.likeness(EVERY[name], copy) > 0.5


def test_same_address(db: Database, add: Import) -> None:
    older = add(TEXT, source_url=URL)
    newer = add(
        "Tin đã viết lại\n\nMột bài hoàn toàn khác.",
        source_url="http://www.baochinhphu.vn/viet-nam-lao-102260203.htm?utm_source=zalo#top",
    )
    assert older["supersedes"] is None and newer["supersedes"] == older["id"]
    front = "https://baochinhphu.vn/"
    assert add("Trang một\n\nMột câu.", source_url=front)["supersedes"] is None
    assert add("Trang hai\n\nHai câu.", source_url=front)["supersedes"] is None


def test_most_rows_equal(db: Database, add: Import) -> None:
    older = add(TEXT, published_on="2026-02-03")
    assert add(CORRECTED, published_on="2026-02-04")["supersedes"] == older["id"]
    again = add(CORRECTED)
    assert not again["new"] and again["supersedes"] == older["id"]


@pytest.mark.parametrize(("first", "second"), [("2026-02-03", "2027-02-03"), ("2026-02-03", "2026-02-01")])
def test_the_telegram_of_another_year_and_an_earlier_text_are_no_versions(add: Import, first: str, second: str) -> None:
    add(TEXT, published_on=first)
    assert add(CORRECTED, published_on=second)["supersedes"] is None


def test_two_short_texts_are_no_versions(add: Import) -> None:
    add("Chủ tịch nước gửi điện mừng Quốc khánh Cuba.")
    assert add("Chủ tịch nước gửi điện mừng Quốc khánh Lào.")["supersedes"] is None


def test_a_third_version_follows_the_second(db: Database, add: Import) -> None:
    first, second = add(TEXT, source_url=URL)["id"], add(CORRECTED, source_url=URL)["id"]
    third = add(CORRECTED + "\nThêm một câu.", source_url=URL)
    assert third["supersedes"] == second
    assert [row["id"] for row in listing.page(db, Wanted(), limit=10)] == [third["id"]]
    from workbench.store import versions as store

    assert [row["id"] for row in store.older(db, [third["id"]])[third["id"]]] == [second, first]


# --- comparison


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda t: t, None),
        (lambda t: t.replace("2 tỷ", "3 tỷ"), {"changed": 1}),
        (lambda t: t + "\nLào sẽ thăm Việt Nam trong năm nay.", {"added": 1}),
        (lambda t: t.replace("Quang cảnh hội đàm - Ảnh: TTXVN", ""), {"removed": 1}),
        (lambda t: t.replace("Hai bên nhất trí tăng cường tin cậy chính trị. ", "")
         + "\nHai bên nhất trí tăng cường tin cậy chính trị.", {}),
        (lambda t: t.replace("hội đàm - Ảnh", "hội đàm – Ảnh"), {}),
        (lambda t: t.replace("Hai bên nhất trí", "Hai Bên nhất trí"), {"changed": 1}),
        (lambda t: t.replace("Kim ngạch thương mại đạt 2 tỷ USD.", "Tàu hỏa chạy rất nhanh qua cầu mới."),
         {"added": 1, "removed": 1}),
    ],
)  # fmt: skip
def test_what_changed(db: Database, add: Import, change, expected: dict[str, int] | None) -> None:
    older = add(TEXT)["id"]
    newer = add(change(TEXT))
    if expected is None:
        assert not newer["new"]
        return
    assert newer["supersedes"] == older
    found = versions.comparison(db, newer["id"])
    total = len(articles.segments(db, newer["id"]))
    counts = {kind: found.count(kind) for kind in ("changed", "added", "removed") if found.count(kind)}
    assert counts == expected
    assert found.count("same") == total - counts.get("changed", 0) - counts.get("added", 0)
    assert [c.new["position"] for c in found.changes if c.new] == list(range(1, total + 1))


# --- what is carried over


def test_approved_rows_are_approved_again_and_the_older_record_is_untouched(db: Database, add: Import) -> None:
    older = add(TEXT, source_url=URL)["id"]
    with transaction(db):
        made = [(r["id"], f"Machine {r['position']}") for r in articles.segments(db, older)]
        articles.add_machine_translations(db, made, engine="argos", model="m", glossary_version=0)
    approve(db, older, positions=range(1, 6))
    draft = articles.segments(db, older)[5]
    editing.save(db, draft["id"], "Draft of row 6", base=None, author="Hà")
    before, exported = state(db, older), export_one(db, older, "markdown", partial=True)

    newer = add(CORRECTED, source_url=URL)["id"]
    new, old = articles.segments(db, newer), articles.segments(db, older)
    assert state(db, older) == before and export_one(db, older, "markdown", partial=True) == exported
    for change in versions.comparison(db, newer).changes:
        if change.kind == "same":
            row = change.new
            assert (row["text"], row["status"], row["author"]) == (
                change.old["text"], change.old["status"], change.old["author"])  # fmt: skip
            assert row["machine"] == change.old["machine"]
            if row["revision"]:
                assert row["origin"] == "memory"
                assert revisions.find(db, row["revision"])["base_revision_id"] == change.old["revision"]
        else:
            assert change.new["revision"] is None and change.old_english
    log = {e["action"]: e for e in events.latest(db, article=newer)}
    assert log["article.supersede"]["detail"]["supersedes"] == older
    carried = log["article.carry"]
    assert carried["author"] == "Minh"
    assert carried["detail"]["approved"] == [r["position"] for r in new if r["status"] == "approved"]
    assert set(carried["detail"]["approved"]) == {1, 2, 3, 5} and len(old) == len(new)

    # What was carried over is edited like any other row, and the older one stays as it was.
    editing.save(db, new[0]["id"], "Better", base=new[0]["revision"], author="Hà")
    assert state(db, older) == before


def test_the_older_english_of_a_changed_row_is_offered(db: Database, add: Import) -> None:
    older = add(TEXT)["id"]
    approve(db, older)
    newer = add(CORRECTED)["id"]
    changed = [c for c in versions.comparison(db, newer).changes if c.kind == "changed"]
    assert len(changed) == 2
    first, second = changed
    saved = versions.take_old(db, newer, first.new["id"], base=None, author="Hà")
    assert (saved["text"], saved["status"], saved["origin"]) == (first.old["text"], "draft", "memory")
    with pytest.raises(editing.Conflict):
        editing.save(db, second.new["id"], "Mine", base=None, author="Lan")
        versions.take_old(db, newer, second.new["id"], base=None, author="Hà")
    assert versions.take_all_old(db, newer, author="Hà") == 0, "both are edited by now"
    same = next(c for c in versions.comparison(db, newer).changes if c.kind == "same")
    with pytest.raises(versions.NotAVersion):
        versions.take_old(db, newer, 10_000, base=None, author="Hà")
    assert same.old_english == same.new["text"]


def test_two_articles_after_all(db: Database, add: Import) -> None:
    older, newer = add(TEXT)["id"], add(CORRECTED)["id"]
    versions.unlink(db, newer, author="Lan")
    assert {row["id"] for row in listing.page(db, Wanted(), limit=10)} == {older, newer}
    with pytest.raises(versions.NotAVersion):
        versions.comparison(db, newer)
    with pytest.raises(versions.NotAVersion):
        versions.unlink(db, newer, author="Lan")


def test_carried_approvals_are_remembered_once_each(db: Database, add: Import) -> None:
    older = add(TEXT)["id"]
    approve(db, older)
    add(CORRECTED)
    (match, *_) = memory.lookup(db, "Hai bên nhất trí tăng cường tin cậy chính trị.")
    assert match.score >= memory.EXACT and match.author == "Lan"


# --- command line


def test_import_json_names_what_it_corrects(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for name, text in (("a.txt", TEXT), ("b.txt", CORRECTED)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    first = run("import", tmp_path / "a.txt", "--json").json["articles"][0]
    second = run("import", tmp_path / "b.txt", "--json").json["articles"][0]
    assert first["supersedes"] is None
    assert second["supersedes"] == first["id"]
    assert {"id", "slug", "title", "path", "new", "segments"} <= set(second)
    assert json.loads(run("show", second["id"], "--json").out)["supersedes"] == first["id"]
