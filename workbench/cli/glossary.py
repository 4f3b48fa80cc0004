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
@json_option
@pass_context
@reports_errors
def import_(context: Context, file: Path, dry_run: bool, as_json: bool) -> None:
    """Import a CSV; with any wrong row nothing is imported and each is named."""
    from workbench import glossary as terms
    from workbench.encoding import UnreadableText, decode

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
        click.echo("Nothing was imported.", err=True)
        sys.exit(1)


@glossary.command()
@click.option("--format", "format_", type=click.Choice(["csv"]), default="csv", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write (default: stdout).")
@pass_context
@reports_errors
def export(context: Context, format_: str, out: Path | None) -> None:
    """Export all terms; importing the file again changes nothing."""
    from workbench.glossary.exchange import to_csv
    from workbench.store import terms

    text = to_csv(terms.all_terms(context.database()))
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8", newline="")
        click.echo(out)


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
    """Take back what ``apply`` did (EVENT is the number it printed)."""
    from workbench import termfix

    back, left = termfix.undo(context.database(), event, author=context.author)
    click.echo(f"{back} drafts put back, {left} left because they were edited since")


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
