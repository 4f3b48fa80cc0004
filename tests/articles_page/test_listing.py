"""The list: search with and without marks, filters, counts that triggers keep, speed with 2,000 articles."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Sequence

import pytest
from sqlite_utils import Database

from tests.articles_page.conftest import TEXT, Import, approve
from workbench import bulk, contract, editing, reshaping
from workbench.articles import Article
from workbench.articles.structure import Segment
from workbench.editing import BadText
from workbench.store import articles, events, listing, transaction
from workbench.store.articles import NoSuchArticle
from workbench.store.listing import NOBODY, Wanted


def ids(db: Database, **wanted: str) -> list[int]:
    return [row["id"] for row in listing.page(db, Wanted(**wanted), limit=100)]


def counted(db: Database, article_id: int) -> tuple[int, ...]:
    """The counts as triggers keep them; they must be those that counting gives."""
    (kept,) = listing.with_ids(db, [article_id])
    row = next(r for r in db.query("SELECT * FROM article_counts WHERE article_id = ?", [article_id]))
    names = ("segments", "machine", "edited", "approved")
    assert [kept[n] for n in names] == [row[n] for n in names]
    assert kept["state"] == contract.summary(kept)["status"]
    return tuple(kept[n] for n in names)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ngoai giao", True),
        ("Ngoại giao", True),
        (unicodedata.normalize("NFD", "ngoại giao"), True),
        ("ngoài giao", False),
        ("NGOAI GIA", True),
        ("bien ban", True),
        ("hop tac lao", True),
        ("trung hoi dam lao", True),
        ('"bo truong ngoai giao"', True),
        ('"giao ngoai truong bo"', False),
        ("xe lửa", False),
        ("2026-2030", True),
        ("?!", False),
        ('a" OR "b', False),
        ("NEAR(", False),
        ("*", False),
        ("", True),
    ],
)
def test_search(db: Database, add: Import, text: str, found: bool) -> None:
    article = add(TEXT)
    add("Đường sắt mới\n\nTàu chạy nhanh. Ga sạch. Khách vui.")
    assert (article["id"] in ids(db, text=text)) is found


def test_filters_and_order(db: Database, add: Import) -> None:
    first = add(TEXT, source_name="TTXVN", published_on="2026-02-03")["id"]
    second = add("Đường sắt mới\n\nTàu chạy nhanh.", source_name="BNG", published_on="2026-03-01")["id"]
    third = add("Không có ngày\n\nMột câu. Hai câu.")["id"]
    assert ids(db) == [third, second, first]
    assert ids(db, source="TTXVN") == [first]
    assert ids(db, since="2026-02-03", until="2026-02-03") == [first]
    assert ids(db, since="2026-02-04") == [second]
    today = articles.find(db, third)["imported_at"][:10]
    assert ids(db, dates="imported", since=today, until=today) == [third, second, first]
    assert ids(db, sort="published") == [second, first, third]
    approve(db, first, positions=range(1, 3))
    assert ids(db, sort="open")[0] == first
    assert listing.sources(db) == ["BNG", "TTXVN"]

    assert bulk.assign(db, [first, first, second], " Thu  Hà ", author="Minh") == 2
    assert bulk.assign(db, [first], "Thu Hà", author="Minh") == 0
    assert ids(db, assignee="Thu Hà") == [second, first]
    assert ids(db, assignee=NOBODY) == [third]
    assert listing.assignees(db) == ["Thu Hà"]
    bulk.assign(db, [first], "", author="Minh")
    assert ids(db, assignee=NOBODY) == [third, first]
    given = [(e["author"], e["article_id"], e["detail"]) for e in events.latest(db) if e["action"] == "article.assign"]
    assert given[0] == ("Minh", first, {"assignee": ""}) and len(given) == 3

    with pytest.raises(BadText):
        bulk.assign(db, [first], "x" * 61, author="Minh")
    with pytest.raises(NoSuchArticle):
        bulk.archive(db, [first, 99], author="Minh")
    assert listing.counts(db, Wanted())["archived"] == 0, "all or nothing"


def test_archive_hides_and_loses_nothing(db: Database, add: Import) -> None:
    article, other = add(TEXT)["id"], add("Đường sắt mới\n\nTàu chạy nhanh.")["id"]
    approve(db, article)
    before = articles.segments(db, article)
    assert bulk.archive(db, [article], author="Lan") == 1
    assert bulk.archive(db, [article], author="Lan") == 0
    assert ids(db) == [other] and ids(db, state="archived") == [article]
    counts = listing.counts(db, Wanted())
    assert (counts[""], counts["archived"], counts["approved"], counts["new"]) == (1, 1, 0, 1)
    assert articles.segments(db, article) == before
    assert bulk.unarchive(db, [article], author="Lan") == 1
    assert set(ids(db)) == {article, other}
    assert [e["action"] for e in events.latest(db)][:2] == ["article.unarchive", "article.archive"]


def test_counts_follow_everything_that_is_done(db: Database, add: Import) -> None:
    article = add(TEXT)["id"]
    rows = articles.segments(db, article)
    total = len(rows)
    assert counted(db, article) == (total, 0, 0, 0)
    with transaction(db):
        made = [(r["id"], "Machine.") for r in rows]
        articles.add_machine_translations(db, made, engine="argos", model="m", glossary_version=0)
        articles.add_machine_translations(db, made[:1], engine="argos", model="m", glossary_version=0)
    assert counted(db, article) == (total, total, 0, 0)
    approve(db, article)
    assert counted(db, article) == (total, total, total, total)
    editing.reopen(db, rows[0]["id"], author="Lan")
    assert counted(db, article)[3] == total - 1
    assert listing.with_ids(db, [article])[0]["changed_by"] == "Lan"

    pair = next(r for r in rows if r["source"].startswith("Hai bên nhất trí"))
    done = reshaping.merge(db, pair["id"], author="Lan", bases=None)
    assert counted(db, article)[0] == total - 1
    reshaping.undo(db, done.event, author="Lan")
    assert counted(db, article) == (total, total, total, total - 1)
    assert ids(db, state="editing") == [article] and ids(db, state="approved") == []


def test_machine_progress(db: Database, add: Import) -> None:
    article = add(TEXT)["id"]
    rows = articles.segments(db, article)
    with transaction(db):
        made = [(r["id"], "Machine.") for r in rows[:4]]
        articles.add_machine_translations(db, made, engine="argos", model="m", glossary_version=0)
        articles.mark_stale(db, [rows[0]["id"]])
    assert listing.machine_done(db, [article, 99]) == {article: 3}


def test_bulk_approval_names_what_is_left(db: Database, add: Import) -> None:
    whole, untranslated = add(TEXT)["id"], add("Đường sắt mới\n\nTàu chạy nhanh.")["id"]
    blocked = add("Kim ngạch\n\nKim ngạch đạt 42 tỷ USD trong năm nay. Hai bên vui mừng.")["id"]
    approve(db, whole)
    for row in articles.segments(db, blocked):
        editing.save(db, row["id"], "Trade is growing well", base=None, author="Lan")
    done = {d.article["id"]: d for d in bulk.approve(db, [whole, untranslated, blocked], author="Minh")}
    assert not done[whole].approved and not done[whole].blocked
    assert "translate it first" in done[untranslated].reason
    assert list(done[blocked].blocked) and "42" in str(next(iter(done[blocked].blocked.values())))
    assert {r["status"] for r in articles.segments(db, untranslated)} == {None}


def test_one_zip_of_what_is_approved(db: Database, add: Import) -> None:
    import io
    import zipfile

    whole, open_ = add(TEXT, published_on="2026-02-03")["id"], add("Đường sắt mới\n\nTàu chạy nhanh.")["id"]
    approve(db, whole)
    approve(db, open_, positions=range(1, 2))
    packed, skipped = bulk.export_zip(db, [whole, open_], "markdown")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        (name,) = archive.namelist()
        assert name.startswith("2026-02-03-") and name.endswith(".md")
        assert "English of row 1" in archive.read(name).decode()
    assert [(head["id"], reason.split()[0]) for head, reason in skipped] == [(open_, "1")]
    packed, skipped = bulk.export_zip(db, [whole, open_], "docx", partial=True)
    assert len(zipfile.ZipFile(io.BytesIO(packed)).namelist()) == 2 and not skipped


def many(db: Database, sources: Sequence[str], count: int) -> None:
    with transaction(db):
        for n in range(count):
            segments = tuple(Segment(i, i, "paragraph", f"{s} {n}") for i, s in enumerate(sources, 1))
            articles.add(db, Article(f"{sources[0]} {n}", f"Nguồn {n % 20}", None, None, segments, str(n)))


def test_a_page_of_two_thousand_articles_is_fast(db: Database) -> None:
    many(db, [f"Câu thứ {i} về Bộ Ngoại giao và hội đàm" for i in range(15)], 2_000)
    for wanted in (Wanted(), Wanted(text="ngoai giao"), Wanted(state="new", sort="changed"), Wanted(source="Nguồn 3")):
        times = []
        for _ in range(5):
            begun = time.process_time()
            listing.page(db, wanted, limit=50, offset=500)
            assert listing.counts(db, wanted)[""] > 0
            times.append(time.process_time() - begun)
        # Processor time, the best of five: other work on the machine must not fail the test.
        assert min(times) < 0.05, (wanted, times)
