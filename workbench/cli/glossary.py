"""``workbench glossary``: exchange, finding, fixing once, proposals."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.common import Context, json_option, pass_context, print_json, reports_errors

if TYPE_CHECKING:
    from workbench.termfix import Impact


@click.group()
def glossary() -> None:
    """The shared glossary of names and phrases."""


@glossary.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option(
    "--wrong-rows",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the wrong rows with the reason to this CSV file, to be mended.",
)
@json_option
@pass_context
@reports_errors
def import_(context: Context, file: Path, dry_run: bool, wrong_rows: Path | None, as_json: bool) -> None:
    """Import a CSV or TBX; with any wrong row nothing is imported and each is named."""
    from workbench import glossary as terms
    from workbench.encoding import UnreadableText, decode
    from workbench.glossary import exchange

    try:
        text = decode(file.read_bytes())
    except UnreadableText as error:
        raise click.ClickException(f"{file}: {error}") from error
    plan = terms.import_csv(context.database(), text, author=context.author, name=file.name, dry_run=dry_run)
    if as_json:
        print_json(
            {
                "added": len(plan.added),
                "updated": len(plan.updated),
                "unchanged": plan.unchanged,
                "errors": [{"line": e.line, "field": e.field, "message": e.message} for e in plan.errors],
                "dry_run": dry_run,
            }
        )
    elif not plan.errors:
        would = "would be " if dry_run else ""
        click.echo(f"{len(plan.added)} {would}added, {len(plan.updated)} {would}updated, {plan.unchanged} unchanged")
    for wrong in plan.errors:
        click.echo(f"{file}, line {wrong.line}, {wrong.field}: {wrong.message}", err=True)
    if plan.errors:
        if wrong_rows is not None:
            wrong_rows.write_text(exchange.wrong_rows(text), encoding="utf-8-sig", newline="")
            click.echo(f"The wrong rows are in {wrong_rows}.", err=True)
        click.echo("Nothing was imported.", err=True)
        sys.exit(1)


@glossary.command()
@click.option("--format", "format_", type=click.Choice(["csv", "tbx"]), default="csv", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write (default: stdout).")
@pass_context
@reports_errors
def export(context: Context, format_: str, out: Path | None) -> None:
    """Export all terms; importing the file again changes nothing."""
    from workbench.glossary.exchange import to_csv
    from workbench.glossary.tbx import to_tbx
    from workbench.store import terms

    entries = terms.all_terms(context.database())
    data = to_tbx(entries) if format_ == "tbx" else to_csv(entries).encode()
    if out is None:
        click.echo(data, nl=False)
    else:
        out.write_bytes(data)
        click.echo(out)


@glossary.command("list")
@click.argument("text", default="")
@click.option("--category", default="")
@click.option("--status", default="", help="Empty: all in force; any: retired ones too.")
@click.option("--use", default="")
@click.option("--unused", is_flag=True, help="Only terms that occur in no article.")
@json_option
@pass_context
@reports_errors
def list_(context: Context, text: str, category: str, status: str, use: str, unused: bool, as_json: bool) -> None:
    """The terms that hold TEXT, with or without its diacritics, and in how many segments each occurs."""
    from workbench import contract
    from workbench.glossary import usage
    from workbench.store import termlist, terms

    db = context.database()
    usage.refresh(db)
    query = termlist.Query(text, category, status, use, "unused" if unused else "")
    ids, _total = termlist.search(db, query)
    counts = termlist.counts(db, ids)
    entries = terms.find_all(db, ids)
    if as_json:
        print_json([{**contract.term(t), "segments": counts[t.id]} for t in entries])
        return
    for term in entries:
        click.echo(f"{term.id}  {term.source} → {term.target}  ({term.category}, {counts[term.id]})")


@glossary.command()
@json_option
@pass_context
@reports_errors
def conflicts(context: Context, as_json: bool) -> None:
    """Terms that contradict, repeat or hide each other."""
    from workbench import contract
    from workbench.glossary.conflicts import conflicts as find_conflicts

    found = find_conflicts(context.database())
    if as_json:
        rows = [{"kind": c.kind, "wording": c.wording, "terms": [contract.term(t) for t in c.terms]} for c in found]
        print_json(rows)
        return
    for conflict in found:
        members = "; ".join(f"{t.id} {t.source} → {t.target} ({t.category})" for t in conflict.terms)
        click.echo(f"{conflict.kind}: {members}")


@glossary.command("set")
@click.argument("term_ids", type=int, nargs=-1, required=True)
@click.option("--status", default="")
@click.option("--use", default="")
@click.option("--category", default="")
@click.option("--reason", default="", help="Kept in the history.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@pass_context
@reports_errors
def set_(
    context: Context,
    term_ids: tuple[int, ...],
    status: str,
    use: str,
    category: str,
    reason: str,
    dry_run: bool,
) -> None:
    """Give many terms a status, use or category as one action."""
    from workbench.glossary import changes

    db = context.database()
    try:
        plan = changes.plan_bulk(db, term_ids, status=status, use=use, category=category)
    except changes.BadChange as error:
        raise click.UsageError(str(error)) from error
    event = None if dry_run else changes.apply_bulk(db, plan, author=context.author, reason=reason)
    click.echo(f"{len(plan.changed)} terms {'would be ' if dry_run else ''}changed, {plan.unchanged} so already")
    for term in plan.clashes:
        click.echo(f"left: {term.id} {term.source}, another term with this source has that category", err=True)
    _say_undo(event)
    if plan.clashes:
        sys.exit(1)


@glossary.command()
@click.argument("keep", type=int)
@click.argument("other", type=int)
@click.option("--no-sources", is_flag=True, help="Do not take over its Vietnamese.")
@click.option("--no-targets", is_flag=True, help="Do not take over its English.")
@click.option("--reason", default="", help="Kept in the history.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@pass_context
@reports_errors
def merge(
    context: Context, keep: int, other: int, no_sources: bool, no_targets: bool, reason: str, dry_run: bool
) -> None:
    """Merge the term OTHER into the term KEEP; OTHER is retired."""
    from workbench.glossary import changes
    from workbench.glossary.exchange import differences
    from workbench.store import terms

    db = context.database()
    wanted = {"sources": not no_sources, "targets": not no_targets}
    try:
        old = terms.find(db, keep)
        new, _retired = changes.merged(old, terms.find(db, other), **wanted)
        event = None if dry_run else changes.merge(db, keep, other, author=context.author, reason=reason, **wanted)
    except changes.BadChange as error:
        raise click.ClickException(str(error)) from error
    for name, before, after in differences(old, new):
        click.echo(f"{name}: {before or '–'} → {after}")
    _say_undo(event)


def _say_undo(event: int | None) -> None:
    if event is not None:
        click.echo(f"take it back with: workbench glossary undo {event}")


@glossary.command()
@click.argument("text")
@json_option
@pass_context
@reports_errors
def find(context: Context, text: str, as_json: bool) -> None:
    """The terms that occur in TEXT."""
    from workbench import contract
    from workbench import glossary as terms
    from workbench.text import nfc

    matches = terms.matcher(context.database()).find(nfc(text))
    if as_json:
        print_json([contract.match(m) for m in matches])
        return
    for match in matches:
        click.echo(f"{match.term.id}  {match.term.source} → {match.term.target}  ({match.term.category})")


@glossary.command()
@click.argument("term_id", type=int)
@json_option
@pass_context
@reports_errors
def impact(context: Context, term_id: int, as_json: bool) -> None:
    """The segments a term touches, and what ``apply`` would change."""
    from workbench import contract, machine, termfix
    from workbench.store import terms

    db = context.database()
    found = termfix.impact(db, terms.find(db, term_id), machine.load(context.data))
    if as_json:
        print_json(contract.impact(found))
    else:
        _print_impact(found)


@glossary.command()
@click.argument("term_id", type=int)
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@json_option
@pass_context
@reports_errors
def apply(context: Context, term_id: int, dry_run: bool, as_json: bool) -> None:
    """Repair every draft the term touches; approved segments are listed for review."""
    from workbench import contract, machine, termfix
    from workbench.store import terms

    db = context.database()
    engine = machine.load(context.data)
    found = termfix.impact(db, terms.find(db, term_id), engine)
    done = termfix.Fixed(found.repairs, found.review, None)
    if not dry_run:
        done = termfix.apply(db, term_id, author=context.author, engine=engine)
    if as_json:
        print_json(
            {
                **contract.impact(found),
                "dry_run": dry_run,
                "repaired": [p.segment_id for p in done.repaired],
                "review": [p.segment_id for p in done.review],
                "event": done.event,
            }
        )
        return
    _print_impact(found)
    click.echo(f"{len(done.repaired)} drafts {'would be ' if dry_run else ''}repaired")
    if done.event:
        click.echo(f"take it back with: workbench glossary undo {done.event}")


@glossary.command()
@click.argument("event", type=int)
@pass_context
@reports_errors
def undo(context: Context, event: int) -> None:
    """Take back what ``apply``, ``set``, ``merge`` or ``import`` did (EVENT is the number it printed)."""
    from workbench import termfix
    from workbench.glossary import changes
    from workbench.store import events

    db = context.database()
    known = events.find(db, event)
    if known is not None and known["action"] == termfix.ACTION:
        back, left = termfix.undo(db, event, author=context.author)
        click.echo(f"{back} drafts put back, {left} left because they were edited since")
        return
    try:
        back, left = changes.undo(db, event, author=context.author)
    except changes.NoSuchChange as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{back} terms put back, {left} left because they were changed since")


@glossary.command()
@click.argument("reference", metavar="ARTICLE")
@json_option
@pass_context
@reports_errors
def propose(context: Context, reference: str, as_json: bool) -> None:
    """English for the persons, bodies and places of an article that the glossary lacks."""
    from workbench import contract
    from workbench.proposals import proposals
    from workbench.store import articles

    db = context.database()
    found = proposals(db, articles.find(db, reference)["id"])
    if as_json:
        print_json([contract.proposal(p) for p in found])
        return
    for proposal in found:
        others = f" (or {', '.join(proposal.alternatives)})" if proposal.alternatives else ""
        click.echo(f"{proposal.count:>3}  {proposal.category:<12}  {proposal.source} → {proposal.target}{others}")


def _print_impact(found: Impact) -> None:
    click.echo(f"{found.term.source} → {found.term.target}: {len(found.places)} segments, {found.articles} articles")
    for place in found.places:
        click.echo(f"  article {place.article_id}, {place.position} ({place.status}): {place.source[:90]}")
        if place.status == "draft" and place.after not in (None, place.before):
            click.echo(f"    - {place.before}\n    + {place.after}")
