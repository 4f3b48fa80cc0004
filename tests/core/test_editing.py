"""Saving, approving, going back: nothing typed is lost, nobody is overwritten."""

import threading
from typing import Any

import pytest
from sqlite_utils import Database

from tests.conftest import ARTICLE
from workbench import editing, glossary
from workbench.checks import Check
from workbench.editing import BadText, Blocked, Conflict, NoSuchSegment
from workbench.glossary import Term
from workbench.library import import_files
from workbench.quality import article_checks, segment_checks
from workbench.store import articles, connect, events, revisions


@pytest.fixture
def db(desk):
    database = connect(desk)
    yield database
    database.close()


LEAD = 2
GOOD = "On the afternoon of February 3 in Hanoi, Foreign Minister Le Hoai Trung held talks with Wang Yi."


def test_revisions_follow_one_another(db) -> None:
    first = editing.save(db, LEAD, "One.", base=None, author="Lan")
    second = editing.save(db, LEAD, "Two.", base=first["id"], author="Minh")
    assert [(r["text"], r["author"], r["base_revision_id"]) for r in revisions.history(db, LEAD)] == [
        ("Two.", "Minh", first["id"]),
        ("One.", "Lan", None),
    ]
    assert second["status"] == "draft" and second["origin"] == "edit"


def test_the_same_text_again_writes_nothing(db) -> None:
    first = editing.save(db, LEAD, "Một  hai.", base=None, author="Lan")
    # Whoever sends it, decomposed or with blanks around it, from whatever revision.
    assert editing.save(db, LEAD, " Mo\u0323\u0302t  hai.\r\n", base=None, author="Minh") == first
    assert len(revisions.history(db, LEAD)) == 1


def test_a_segment_is_one_line(db) -> None:
    assert editing.save(db, LEAD, "One\r\ntwo\nthree", base=None, author="Lan")["text"] == "One two three"


@pytest.mark.parametrize("text", ["bell \a", "null \0", "x" * 20_001])
def test_texts_that_are_refused(db, text: str) -> None:
    with pytest.raises(BadText):
        editing.save(db, LEAD, text, base=None, author="Lan")
    assert revisions.newest(db, LEAD) is None


@pytest.mark.parametrize("segment", [0, 99, 2**63, 10**30])
def test_segments_that_are_not_there(db, segment: int) -> None:
    with pytest.raises(NoSuchSegment):
        editing.save(db, segment, "x", base=None, author="Lan")


def test_a_stale_base_is_a_conflict_and_writes_nothing(db) -> None:
    first = editing.save(db, LEAD, "One.", base=None, author="Lan")
    second = editing.save(db, LEAD, "Two.", base=first["id"], author="Minh")
    for base in (None, first["id"], 12345):
        with pytest.raises(Conflict) as conflict:
            editing.save(db, LEAD, "Three.", base=base, author="Lan")
        assert conflict.value.newest == second
    assert len(revisions.history(db, LEAD)) == 2


def test_of_many_who_save_at_once_exactly_one_wins(desk, db) -> None:
    base = editing.save(db, LEAD, "Base.", base=None, author="Lan")["id"]
    people = 8
    together = threading.Barrier(people)
    won, lost = [], []

    def save(number: int) -> None:
        mine = connect(desk)
        together.wait()
        try:
            won.append(editing.save(mine, LEAD, f"Version {number}.", base=base, author=f"Editor {number}")["id"])
        except Conflict as conflict:
            lost.append(conflict.newest["id"])
        mine.close()

    threads = [threading.Thread(target=save, args=(n,)) for n in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1 and lost == won * (people - 1)
    assert len(revisions.history(db, LEAD)) == 2


def test_everybody_who_tries_again_gets_in(desk, db) -> None:
    """Eight editors, each of whom merges and saves anew after a conflict: eight revisions in one chain."""

    def save(number: int) -> None:
        mine = connect(desk)
        base = None
        while True:
            try:
                editing.save(mine, LEAD, f"Version {number}.", base=base, author=f"Editor {number}")
                break
            except Conflict as conflict:
                base = conflict.newest["id"]
        mine.close()

    threads = [threading.Thread(target=save, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    chain = list(reversed(revisions.history(db, LEAD)))
    assert {r["author"] for r in chain} == {f"Editor {n}" for n in range(8)}
    assert [r["base_revision_id"] for r in chain] == [None, *(r["id"] for r in chain[:-1])]


def test_approving_keeps_who_and_when(db) -> None:
    editing.save(db, LEAD, GOOD, base=None, author="Lan")
    approved = editing.approve(db, LEAD, author="Minh")
    assert (approved["status"], approved["author"], approved["origin"], approved["text"]) == (
        "approved",
        "Minh",
        "edit",
        GOOD,
    )
    event = events.latest(db, limit=1)[0]
    assert (event["action"], event["author"], event["segment_id"], event["detail"]) == (
        "segment.approve",
        "Minh",
        LEAD,
        {},
    )
    assert editing.approve(db, LEAD, author="Lan") == approved, "approved already: nothing is written"


def test_errors_block_approval_until_they_are_confirmed_and_the_log_keeps_it(db) -> None:
    draft = editing.save(db, LEAD, "On February 3 in Hanoi he held talks with Wang Yi.", base=None, author="Lan")
    with pytest.raises(Blocked) as blocked:
        editing.approve(db, LEAD, author="Minh")
    assert "term-missing" in [c.check for c in blocked.value.checks]
    assert revisions.newest(db, LEAD) == draft and events.latest(db, limit=1)[0]["action"] == "article.import"
    approved = editing.approve(db, LEAD, author="Minh", confirm=True)
    assert approved["status"] == "approved"
    confirmed = events.latest(db, limit=1)[0]["detail"]["confirmed"]
    assert confirmed == [c.message for c in blocked.value.checks]


def test_approving_what_somebody_changed_since_is_a_conflict(db) -> None:
    seen = editing.save(db, LEAD, GOOD, base=None, author="Lan")
    newer = editing.save(db, LEAD, GOOD + " ", base=seen["id"], author="Minh")
    assert newer == seen
    newer = editing.save(db, LEAD, GOOD.replace("held", "had"), base=seen["id"], author="Minh")
    with pytest.raises(Conflict) as conflict:
        editing.approve(db, LEAD, author="Lan", base=seen["id"])
    assert conflict.value.newest == newer


def test_nothing_to_approve(db) -> None:
    with pytest.raises(BadText, match="segment 2 has no translation yet"):
        editing.approve(db, LEAD, author="Lan")


def translated(db) -> list[int]:
    """Machine translations for the whole article, one of them wrong; the segment ids."""
    ids = [r["id"] for r in articles.segments(db, 1)]
    english = [
        "Vietnam and China step up substantive cooperation",
        GOOD,
        "Both sides agreed to increase political trust.",
        "Trade turnover reached 24 billion USD.",
        "A view of the talks - Photo: VNA",
    ]
    articles.add_machine_translations(
        db, zip(ids, english, strict=True), engine="argos", model="test", glossary_version=10**6
    )
    return ids


def test_approving_an_article_leaves_and_names_what_has_errors(db) -> None:
    ids = translated(db)
    done = editing.approve_article(db, 1, author="Lan")
    assert done.approved == [1, 2, 3, 5]
    assert [c.check for c in done.blocked[4]] == ["number-mismatch"]
    assert [r["status"] for r in articles.segments(db, 1)] == ["approved"] * 3 + [None, "approved"]
    assert revisions.newest(db, ids[0])["origin"] == "machine"
    again = editing.approve_article(db, 1, author="Lan", confirm=True)
    assert (again.approved, again.blocked) == ([4], {})


def test_others_can_save_while_an_article_is_checked_and_what_they_saved_is_checked_again(
    desk, db, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = translated(db)
    others, checked = connect(desk), []

    def check(database: Database, row: dict[str, Any], text: str) -> list[Check]:
        if not checked:
            editing.save(others, ids[2], "Both sides agreed.", base=None, author="Minh")
        checked.append((row["position"], text, database.conn.in_transaction))
        return segment_checks(database, row, text)

    monkeypatch.setattr(editing, "segment_checks", check)
    done = editing.approve_article(db, 1, author="Lan")
    others.close()
    assert [(position, locked) for position, _, locked in checked] == [*((n, False) for n in range(1, 6)), (3, True)]
    assert checked[-1][1] == "Both sides agreed."
    assert done.approved == [1, 2, 5], "its term is missing now"
    assert [c.check for c in done.blocked[3]] == ["term-missing"]
    assert [(r["text"], r["status"]) for r in revisions.history(db, ids[2])] == [("Both sides agreed.", "draft")]


def test_a_term_changed_while_an_article_is_checked_counts(desk, db, monkeypatch: pytest.MonkeyPatch) -> None:
    translated(db)
    others, seen = connect(desk), []

    def check(database: Database, row: dict[str, Any], text: str) -> list[Check]:
        found = segment_checks(database, row, text)
        if not seen:
            glossary.save(others, Term(0, "tăng cường", "reinforce"), author="Minh")
        seen.append(row["position"])
        return found

    monkeypatch.setattr(editing, "segment_checks", check)
    done = editing.approve_article(db, 1, author="Lan")
    others.close()
    assert sorted(done.blocked) == [1, 3, 4]


def test_approving_an_article_carries_repeats_of_a_row_on(desk, db) -> None:
    text = "Hai bên hội đàm.\n\nÔng Trung phát biểu.\n\nHai bên hội đàm."
    article = import_files(db, [("repeats.txt", text.encode())], author="Lan").articles[0]["id"]
    ids = [row["id"] for row in articles.segments(db, article)]
    for segment_id, english in zip(ids[:2], ("The two sides held talks.", "Mr. Trung spoke."), strict=True):
        editing.save(db, segment_id, english, base=None, author="Lan")
    assert editing.approve_article(db, article, author="Lan").approved == [1, 2, 3]
    assert revisions.newest(db, ids[2])["text"] == "The two sides held talks."


def test_an_article_with_a_gap_is_approved_whole_or_not_at_all(db) -> None:
    ids = translated(db)
    editing.save(db, ids[4], "", base=None, author="Lan")
    with pytest.raises(BadText, match="segment 5"):
        editing.approve_article(db, 1, author="Lan", confirm=True)
    assert all(r["status"] != "approved" for r in articles.segments(db, 1))


def test_going_back_makes_the_old_text_a_new_draft(db) -> None:
    first = editing.save(db, LEAD, GOOD, base=None, author="Lan")
    approved = editing.approve(db, LEAD, author="Lan")
    other = editing.save(db, LEAD, "Something else.", base=approved["id"], author="Minh")
    back = editing.restore(db, LEAD, first["id"], base=other["id"], author="Lan")
    assert (back["text"], back["status"], back["id"] > other["id"]) == (GOOD, "draft", True)
    assert len(revisions.history(db, LEAD)) == 4
    with pytest.raises(Conflict):
        editing.restore(db, LEAD, other["id"], base=other["id"], author="Minh")
    for wrong in (9999, 2**64):
        with pytest.raises(NoSuchSegment):
            editing.restore(db, LEAD, wrong, base=back["id"], author="Lan")
    with pytest.raises(NoSuchSegment, match="segment 1 has no revision"):
        editing.restore(db, 1, first["id"], base=None, author="Lan")


def test_an_approval_can_be_taken_back(db) -> None:
    editing.save(db, LEAD, GOOD, base=None, author="Lan")
    editing.approve(db, LEAD, author="Lan")
    assert editing.reopen(db, LEAD, author="Minh")["status"] == "draft"
    assert [r["status"] for r in revisions.history(db, LEAD)] == ["draft", "approved", "draft"]


def test_the_same_article_again_is_the_same_article(db) -> None:
    again = import_files(
        db, [("copy.txt", b"\xef\xbb\xbf" + ARTICLE.replace("\n", "\r\n\r\n").encode())], author="Minh"
    )
    assert [(a["id"], a["new"]) for a in again.articles] == [(1, False)]
    other = import_files(db, [("other.txt", (ARTICLE + "Hà Thu").encode())], author="Minh").articles[0]
    assert (other["id"], other["new"], other["slug"]) == (2, True, articles.find(db, 1)["slug"] + "-2")
    assert articles.find(db, other["slug"])["id"] == 2


def test_checks_see_other_articles_with_the_same_sentence(db) -> None:
    import_files(db, [("other.txt", (ARTICLE + "Hà Thu").encode())], author="Minh")
    caption = {r["article_id"]: r["id"] for r in (articles.segment(db, 5), articles.segment(db, 10))}
    editing.save(db, caption[1], "A view of the talks - Photo: VNA", base=None, author="Lan")
    editing.save(db, caption[2], "An overview of the talks - Photo: VNA", base=None, author="Lan")
    found = article_checks(db, articles.segments(db, 2))[caption[2]]
    assert "inconsistent" in [c.check for c in found]
