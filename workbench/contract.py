"""Articles, segments, terms and checks in the JSON shapes that other programs rely on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from workbench.checks import Check
from workbench.glossary import Term, TermMatch
from workbench.names import Proposal
from workbench.quality import article_checks, matches, segment_checks
from workbench.store import articles, comments
from workbench.termfix import Impact

_HEAD = ("id", "slug", "title", "published_on", "source_name", "source_url", "assignee", "archived_at", "supersedes")


def summary(row: Mapping[str, Any]) -> dict[str, Any]:
    """An article without its segments, from a row of ``articles.listing``."""
    return {
        **{key: row[key] for key in _HEAD},
        "status": status(row["segments"], row["machine"], row["edited"], row["approved"]),
        "progress": {"segments": row["segments"], "approved": row["approved"]},
    }


def status(segments: int, machine: int, edited: int, approved: int) -> str:
    """``new``, ``translated`` (by machine), ``editing`` or ``approved`` (every segment)."""
    if approved == segments:
        return "approved"
    if edited:
        return "editing"
    return "translated" if machine == segments else "new"


def article(db: Database, reference: str | int) -> dict[str, Any]:
    """An article with its segments, terms and checks. Raises NoSuchArticle."""
    head = articles.find(db, reference)
    rows = articles.segments(db, head["id"])
    checks = article_checks(db, rows)
    found = matches(db, [row["source"] for row in rows])
    said = comments.counts(db, head["id"])
    approved = sum(r["status"] == "approved" for r in rows)
    machine = sum(r["machine"] is not None for r in rows)
    edited = sum(r["revision"] is not None for r in rows)
    return {
        **{key: head[key] for key in _HEAD},
        "status": status(len(rows), machine, edited, approved),
        "progress": {"segments": len(rows), "approved": approved},
        "segments": [
            _segment(row, terms, checks.get(row["id"], []), said.get(row["id"], 0))
            for row, terms in zip(rows, found, strict=True)
        ],
    }


def segment(db: Database, row: Mapping[str, Any]) -> dict[str, Any]:
    """One segment, from a row of ``articles.segment``."""
    text = row["text"] if row["revision"] else row["machine"]
    checks = segment_checks(db, row, text) if text is not None else []
    (found,) = matches(db, [row["source"]])
    return _segment(row, found, checks, len(comments.of_segment(db, row["id"])))


def _segment(
    row: Mapping[str, Any], found: Sequence[TermMatch], checks: Sequence[Check], said: int
) -> dict[str, Any]:
    return {
        "id": row["id"],
        "position": row["position"],
        "paragraph": row["paragraph"],
        "kind": row["kind"],
        "source": row["source"],
        "machine": machine_json(row),
        "translation": {
            "text": row["text"],
            "status": row["status"],
            "origin": row["origin"],
            "revision": row["revision"],
            "author": row["author"],
            "saved_at": row["saved_at"],
        }
        if row["revision"]
        else None,
        "terms": [match(m) for m in found],
        "checks": [check(c) for c in checks],
        "comments": said,
    }


def machine_json(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """The machine translation of a segment row, ``stale`` when the glossary changed under it."""
    if row["machine"] is None:
        return None
    return {"engine": row["engine"], "model": row["model"], "text": row["machine"], "stale": bool(row["stale"])}


def match(found: TermMatch) -> dict[str, Any]:
    """A term where it stands in a Vietnamese text; offsets in code points."""
    return {**term(found.term), "start": found.start, "end": found.end}


def term(entry: Term) -> dict[str, Any]:
    return {
        "id": entry.id,
        "source": entry.source,
        "target": entry.target,
        "variants": list(entry.target_variants),
        "forbidden": list(entry.forbidden),
        "source_variants": list(entry.source_variants),
        "use": entry.use,
        "status": entry.status,
        "category": entry.category,
        "note": entry.note,
    }


def proposal(found: Proposal) -> dict[str, Any]:
    return {
        "source": found.source,
        "target": found.target,
        "category": found.category,
        "alternatives": list(found.alternatives),
        "count": found.count,
        "example": found.example,
        "evidence": found.evidence,
    }


def impact(found: Impact) -> dict[str, Any]:
    """What a term touches; ``after`` is null where the words that stand for it are not known."""
    return {
        "term": term(found.term),
        "articles": found.articles,
        "drafts": len(found.of_status("draft")),
        "approved": len(found.of_status("approved")),
        "segments": [
            {
                "segment": p.segment_id,
                "article": p.article_id,
                "position": p.position,
                "status": p.status,
                "source": p.source,
                "before": p.before,
                "after": p.after,
            }
            for p in found.places
        ],
    }


def check(found: Check) -> dict[str, Any]:
    return {
        "check": found.check,
        "severity": found.severity,
        "message": found.message,
        "template": found.template,
        "params": dict(found.params),
        "term": found.term,
        "fix": found.fix,
    }


def revision(row: Mapping[str, Any]) -> dict[str, Any]:
    """A revision as the API answers it."""
    return {
        "revision": row["id"],
        "segment": row["segment_id"],
        "text": row["text"],
        "status": row["status"],
        "origin": row["origin"],
        "author": row["author"],
        "saved_at": row["created_at"],
        "base_revision": row["base_revision_id"],
    }


def check_report(shown: Mapping[str, Any]) -> dict[str, Any]:
    """What the checks found in an article, from ``article``: counts, and the segments with findings."""
    found = [c for s in shown["segments"] for c in s["checks"]]
    return {
        "id": shown["id"],
        "errors": sum(c["severity"] == "error" for c in found),
        "warnings": sum(c["severity"] == "warning" for c in found),
        "segments": [{"position": s["position"], "checks": s["checks"]} for s in shown["segments"] if s["checks"]],
    }
