"""``workbench glossary``: import, export, find, impact."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from workbench.cli.common import Context, json_option, pass_context, print_json, reports_errors


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
    for error in plan.errors:
        click.echo(f"{file}, line {error.line}, {error.field}: {error.message}", err=True)
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
    """The segments a term touches."""
    from workbench import glossary as terms
    from workbench.contract import term as term_json
    from workbench.store import articles
    from workbench.store import terms as store

    db = context.database()
    term = store.find(db, term_id)
    rows = [r for i in terms.touched(db, [term]) if (r := articles.segment(db, i))]
    places = [
        {
            "segment": r["id"],
            "article": r["article_id"],
            "position": r["position"],
            "status": r["status"] or ("machine" if r["machine"] is not None else "new"),
            "source": r["source"],
            "text": r["text"] if r["revision"] else r["machine"],
        }
        for r in rows
    ]
    if as_json:
        print_json(
            {
                "term": term_json(term),
                "segments": places,
                "articles": len({p["article"] for p in places}),
                "drafts": sum(p["status"] == "draft" for p in places),
                "approved": sum(p["status"] == "approved" for p in places),
            }
        )
        return
    click.echo(f"{term.source} → {term.target}: {len(places)} segments")
    for place in places:
        click.echo(f"  article {place['article']}, {place['position']} ({place['status']}): {place['source'][:90]}")
