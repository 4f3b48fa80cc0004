"""Corrected articles: which older one an import corrects, what changed, and what its English is still good for.

The older article is never written to: its record of what was approved stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from rapidfuzz.distance import Indel, LCSseq
from sqlite_utils import Database

from workbench import editing, memory
from workbench.store import articles, events, revisions, transaction
from workbench.store import versions as store
from workbench.text import match_form
from workbench.wording import Message

Row = Mapping[str, Any]

# Measured on edited copies of the samples and on articles of one series (tests/articles_page/test_recognition.py).
_MOST = 0.5
# Texts under two addresses are mostly two articles; but sites put the headline into the address, and correct it.
_NEARLY_ALL = 0.8
_NEARLY_EQUAL = 0.8
_FEWEST = 3
_DAYS_APART = 7
# Two segments are shown as one that was changed, not as one that went and one that came.
_RELATED = 0.4
_CANDIDATES = 5
_WORD = re.compile(r"\w+")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|zarsrc|ref", re.I)


class NotAVersion(LookupError):
    """The article corrects no other one, or the row has no counterpart there."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a comparison. ``old`` and ``new`` are rows of ``articles.segments``; None where there is none."""

    kind: Literal["same", "changed", "added", "removed"]
    old: Row | None
    new: Row | None

    @property
    def old_english(self) -> str | None:
        """The English of the older version, the machine's where nobody edited."""
        return None if self.old is None else self.old["text"] or self.old["machine"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a newer version changed: the two articles and their rows side by side, in the order of the newer."""

    older: Mapping[str, Any]
    newer: Mapping[str, Any]
    changes: tuple[Change, ...]

    def count(self, kind: str) -> int:
        return sum(c.kind == kind for c in self.changes)


def adopt(db: Database, article_id: int, *, author: str) -> int | None:
    """Link a newly imported article to the one it corrects and carry over what did not change; the older id.

    To be called in the transaction of the import. Unchanged rows get the machine translation and the
    English of the older version: approved stays approved, by whom it was, with origin ``memory`` and
    the older revision as its base. Event ``article.carry`` tells the positions.
    """
    head = articles.find(db, article_id)
    older = recognise(db, article_id)
    if older is None:
        return None
    store.link(db, article_id, older)
    events.record(
        db,
        author,
        "article.supersede",
        article=article_id,
        detail={"supersedes": older, "slug": articles.find(db, older)["slug"]},
    )
    carried: dict[str, list[int]] = {"approved": [], "draft": []}
    for change in compare(db, articles.find(db, older), head).changes:
        if change.kind == "same" and change.old is not None and change.new is not None:
            _carry(db, change.old, change.new, carried)
    if carried["approved"] or carried["draft"]:
        events.record(db, author, "article.carry", article=article_id, detail={"from": older, **carried})
    return older


def _carry(db: Database, old: Row, new: Row, carried: dict[str, list[int]]) -> None:
    if old["machine"] is not None:
        articles.copy_machine_translation(db, old["id"], new["id"])
    if old["revision"] is None:
        return
    written = revisions.append(
        db, new["id"], old["text"], status=old["status"], origin="memory", author=old["author"], base=old["revision"]
    )
    memory.record_approval(db, revisions.find(db, written) or {"status": None})
    carried[old["status"]].append(new["position"])


def recognise(db: Database, article_id: int) -> int | None:
    """The article that this one corrects: the newest with the same address, else the one most like it.

    An article published before the other, or already corrected by it, corrects nothing.
    """
    head = articles.find(db, article_id)
    taken = {article_id, *(row["id"] for row in store.older(db, [article_id]).get(article_id, []))}
    if address := _address(head["source_url"]):
        same = [i for i, url in store.same_host(db, address.partition("/")[0], article_id) if _address(url) == address]
        for candidate in sorted({_tip(db, i) for i in same} - taken, reverse=True):
            if not _earlier(head, articles.find(db, candidate)):
                return candidate
    own = _sources(db, article_id)
    likely = dict.fromkeys(
        _tip(db, i)
        for i in (
            *store.sharing(db, article_id, _CANDIDATES),
            *store.with_title_words(db, head["title"], article_id, _CANDIDATES),
        )
    )
    ranked = [(likeness(_sources(db, i), own), i) for i in likely if i not in taken]
    for score, candidate in sorted(ranked, reverse=True):
        if score >= _needed(head, articles.find(db, candidate)):
            return candidate
    return None


def likeness(old: Sequence[str], new: Sequence[str]) -> float:
    """How much of two articles is equal or nearly equal, 0 to 1; 0 where fewer than three segments are.

    Longer segments weigh more: a caption ``Ảnh: TTXVN`` that both have says nothing.
    """
    before, after = [_words(s) for s in old], [_words(s) for s in new]
    free = list(range(len(after)))
    pairs, rest = [], []
    for i, words in enumerate(before):
        same = next((j for j in free if after[j] == words), None)
        if same is None:
            rest.append(i)
        else:
            free.remove(same)
            pairs.append((i, same))
    for i in rest:
        best, j = max(((_similar(before[i], after[j], _NEARLY_EQUAL), j) for j in free), default=(0.0, -1))
        if best >= _NEARLY_EQUAL:
            free.remove(j)
            pairs.append((i, j))
    if len(pairs) < _FEWEST:
        return 0.0
    return sum(len(before[i]) + len(after[j]) for i, j in pairs) / sum(map(len, (*before, *after)))


def compare(db: Database, older: Mapping[str, Any], newer: Mapping[str, Any]) -> Comparison:
    """The rows of two versions of an article side by side."""
    old, new = articles.segments(db, older["id"]), articles.segments(db, newer["id"])
    return Comparison(older, newer, tuple(_changes(old, new)))


def comparison(db: Database, article_id: int) -> Comparison:
    """What an article changed in the one it corrects. Raises NotAVersion, NoSuchArticle."""
    head = articles.find(db, article_id)
    if head["supersedes"] is None:
        raise NotAVersion(Message("article %(id)s is no newer version of another", id=article_id))
    return compare(db, articles.find(db, head["supersedes"]), head)


def alike(one: str, other: str) -> bool:
    """Whether the differences between two texts tell more than the texts one under the other."""
    return _similar(_words(one), _words(other), _RELATED) > 0


def take_old(db: Database, article_id: int, segment_id: int, *, base: int | None, author: str) -> dict[str, Any]:
    """Make the older version's English of a changed row the draft of the new one. Raises as ``editing.save``."""
    for change in comparison(db, article_id).changes:
        if change.new is not None and change.new["id"] == segment_id and change.old_english:
            return editing.save(db, segment_id, change.old_english, base=base, author=author, origin="memory")
    raise NotAVersion(Message("segment %(id)s has no English in the older version", id=segment_id))


def take_all_old(db: Database, article_id: int, *, author: str) -> int:
    """The older English as the draft of every changed row that nobody has edited; how many rows. Raises NotAVersion."""
    taken = 0
    with transaction(db):
        for change in comparison(db, article_id).changes:
            row = change.new
            if change.kind == "changed" and row is not None and row["revision"] is None and change.old_english:
                editing.save(db, row["id"], change.old_english, base=None, author=author, origin="memory")
                taken += 1
    return taken


def unlink(db: Database, article_id: int, *, author: str) -> None:
    """Two articles after all: the older one is listed again. What was carried over stays. Raises NotAVersion."""
    with transaction(db):
        older = articles.find(db, article_id)["supersedes"]
        if older is None:
            raise NotAVersion(Message("article %(id)s is no newer version of another", id=article_id))
        store.link(db, article_id, None)
        events.record(db, author, "article.unlink", article=article_id, detail={"supersedes": older})


def _changes(old: Sequence[Row], new: Sequence[Row]) -> Iterator[Change]:
    """Equal rows first, in order and then wherever they were moved to; between them those that are related."""
    kept = dict(_in_order(old, new))
    pairs = kept | dict(_moved(old, new, kept))
    pairs |= dict(_related(old, new, kept, pairs))
    partners = set(pairs.values())
    removed = [i for i in range(len(old)) if i not in partners]
    for j, row in enumerate(new):
        first = pairs.get(j)
        # A row that went is shown before the first one that stood after it.
        while removed and first is not None and removed[0] < first:
            yield Change("removed", old[removed.pop(0)], None)
        if first is None:
            yield Change("added", None, row)
        else:
            same = _form(old[first]["source"]) == _form(row["source"])
            yield Change("same" if same else "changed", old[first], row)
    for i in removed:
        yield Change("removed", old[i], None)


def _in_order(old: Sequence[Row], new: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """``(new, old)`` indexes of the longest run of equal rows in both."""
    for step in LCSseq.opcodes([_form(r["source"]) for r in old], [_form(r["source"]) for r in new]):
        if step.tag == "equal":
            yield from zip(range(step.dest_start, step.dest_end), range(step.src_start, step.src_end), strict=True)


def _moved(old: Sequence[Row], new: Sequence[Row], kept: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """The equal rows that stand elsewhere now."""
    left: dict[object, list[int]] = {}
    for i in sorted(set(range(len(old))) - set(kept.values())):
        left.setdefault(_form(old[i]["source"]), []).append(i)
    for j in range(len(new)):
        if j not in kept and (same := left.get(_form(new[j]["source"]))):
            yield j, same.pop(0)


def _related(
    old: Sequence[Row], new: Sequence[Row], kept: Mapping[int, int], pairs: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """Rows that became one another, best pairs first: between the same neighbours, or nearly equal anywhere."""
    free = {i: _words(old[i]["source"]) for i in range(len(old)) if i not in set(pairs.values())}
    ranked = []
    for j in range(len(new)):
        if j in pairs:
            continue
        words = _words(new[j]["source"])
        above = max((kept[k] for k in kept if k < j), default=-1)
        below = min((kept[k] for k in kept if k > j), default=len(old))
        for i, other in free.items():
            least = _RELATED if above < i < below else _NEARLY_EQUAL
            score = _similar(other, words, least)
            if score >= least:
                ranked.append((score, -abs(i - j), j, i))
    done: set[int] = set()
    for _, _, j, i in sorted(ranked, reverse=True):
        if j not in done and i in free:
            done.add(j)
            del free[i]
            yield j, i


def _similar(one: Sequence[str], other: Sequence[str], least: float) -> float:
    """The share of words that two texts have in common in their order, 0 to 1; 0 for less than ``least``."""
    return float(Indel.normalized_similarity(one, other, score_cutoff=least))


def _words(source: str) -> list[str]:
    return _WORD.findall(match_form(source))


def _form(source: str) -> tuple[str, tuple[bool, ...]]:
    """Equal for texts that differ in kinds of dash, quote and tone mark place only, as the memory sees it."""
    return match_form(source), tuple(c.isupper() for c in source)


def _sources(db: Database, article_id: int) -> list[str]:
    return [row["source"] for row in articles.segments(db, article_id)]


def _tip(db: Database, article_id: int) -> int:
    """The newest version of an article."""
    seen = {article_id}
    while (newer := store.newer(db, article_id)) and newer["id"] not in seen:
        article_id = newer["id"]
        seen.add(article_id)
    return article_id


def _needed(head: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """The likeness that makes a text a version of ``other``; more than there can be where it cannot be one.

    A telegram of congratulation is nearly the same every year.
    """
    if _earlier(head, other) or _days_apart(head, other) > _DAYS_APART:
        return 2
    one, two = _address(head["source_url"]), _address(other["source_url"])
    return _NEARLY_ALL if one and two and one != two else _MOST


def _earlier(head: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(head["published_on"] and other["published_on"] and head["published_on"] < other["published_on"])


def _days_apart(head: Mapping[str, Any], other: Mapping[str, Any]) -> int:
    if not head["published_on"] or not other["published_on"]:
        return 0
    return abs((date.fromisoformat(head["published_on"]) - date.fromisoformat(other["published_on"])).days)


def _address(url: str | None) -> str:
    """What two addresses of one page have in common; empty for none and for the front page of a site.

    ``http://www.baochinhphu.vn/tin-102.htm?utm_source=zalo#top`` → ``baochinhphu.vn/tin-102.htm``
    """
    if not url:
        return ""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    query = urlencode(sorted((k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.fullmatch(k)))
    path = parts.path.rstrip("/")
    return f"{host}{path}{'?' if query else ''}{query}" if path or query else ""
