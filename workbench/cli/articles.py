"""Commands along an article's way: import, translate, show, edit, approve, check, export."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.cli.common import Context, json_option, pass_context, print_json, progress, reports_errors

if TYPE_CHECKING:
    from sqlite_utils import Database


@click.command("import")
@click.argument("paths", nargs=-1, required=True)
@json_option
@pass_context
@reports_errors
def import_(context: Context, paths: tuple[str, ...], as_json: bool) -> None:
    """Import articles: files or folders (.txt .md .html .docx), or - for text from stdin."""
    from workbench.library import Imported, import_files, read_paths

    db = context.database()
    done = Imported()
    for path in paths:
        try:
            files = [("-", sys.stdin.buffer.read())] if path == "-" else list(read_paths([Path(path)]))
        except OSError as error:
            done.errors.append((path, f"cannot be read: {error.strerror or error}"))
            continue
        if not files:
            done.errors.append((path, "there is no .txt, .md, .html or .docx file in this folder"))
        result = import_files(db, files, author=context.author)
        done.articles.extend(result.articles)
        done.errors.extend(result.errors)
    if as_json:
        print_json({"articles": done.articles, "errors": [{"path": p, "message": m} for p, m in done.errors]})
    else:
        for article in done.articles:
            newer = f" (a newer version of article {article['supersedes']})" if article["supersedes"] else ""
            state = newer if article["new"] else " (already here)"
            click.echo(f"{article['id']}  {article['slug']}  {article['segments']} segments{state}")
    for path, message in done.errors:
        click.echo(f"{path}: {message}", err=True)
    if done.errors:
        sys.exit(1)


@click.command("articles")
@json_option
@pass_context
@reports_errors
def articles_(context: Context, as_json: bool) -> None:
    """List the articles, newest first."""
    from workbench import contract
    from workbench.store import articles

    rows = [contract.summary(row) for row in articles.listing(context.database())]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        done = row["progress"]
        click.echo(f"{row['id']:>4}  {row['status']:<10} {done['approved']:>3}/{done['segments']:<3}  {row['slug']}")


@click.command()
@click.argument("references", metavar="[ARTICLE]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every article.")
@click.option("--engine", type=click.Choice(["argos"]), default="argos", show_default=True)
@click.option("--redo", is_flag=True, help="Translate again what has a machine translation.")
@json_option
@pass_context
@reports_errors
def translate(
    context: Context, references: tuple[str, ...], everything: bool, engine: str, redo: bool, as_json: bool
) -> None:
    """Machine-translate what has no machine translation yet, or one that is stale after a glossary change."""
    from time import perf_counter

    from workbench import machine
    from workbench.store import articles

    db = context.database()
    heads = _chosen(db, references, everything)
    loaded = machine.load(context.data)
    rows = []
    for head in progress(heads, total=len(heads), label="Translating"):
        begun = perf_counter()
        translated = machine.translate_article(db, loaded, head["id"], redo=redo)
        segments = len(articles.segments(db, head["id"]))
        seconds = round(perf_counter() - begun, 3)
        rows.append({"id": head["id"], "segments": segments, "translated": translated, "seconds": seconds})
    if as_json:
        print_json({"articles": rows, "engine": loaded.name, "model": loaded.model})
        return
    for row in rows:
        click.echo(f"{row['id']}: {row['translated']} of {row['segments']} segments in {row['seconds']} s")


@click.command()
@click.argument("reference", metavar="ARTICLE")
@json_option
@pass_context
@reports_errors
def show(context: Context, reference: str, as_json: bool) -> None:
    """Show an article: Vietnamese, English, checks."""
    from workbench import contract

    article = contract.article(context.database(), reference)
    if as_json:
        print_json(article)
        return
    progress_ = article["progress"]
    click.echo(f"{article['title']}\n{article['status']}, {progress_['approved']}/{progress_['segments']} approved")
    for segment in article["segments"]:
        _print_segment(segment)


def _print_segment(segment: dict[str, Any]) -> None:
    translation, machine = segment["translation"], segment["machine"]
    state = translation["status"] if translation else "machine" if machine else "new"
    english = translation["text"] if translation else machine["text"] if machine else ""
    click.echo(f"\n{segment['position']} [{segment['kind']}, {state}]\n  {segment['source']}\n  {english}")
    for check in segment["checks"]:
        click.echo(f"  {check['severity']}: {check['check']}: {check['message']}")


@click.command()
@click.argument("reference", metavar="ARTICLE")
@click.argument("position", type=int)
@click.option("--text", required=True, help="The English translation of the segment.")
@json_option
@pass_context
@reports_errors
def edit(context: Context, reference: str, position: int, text: str, as_json: bool) -> None:
    """Save TEXT as the draft translation of the segment at POSITION (from 1)."""
    from workbench import contract, editing
    from workbench.store import articles, transaction

    db = context.database()
    head = articles.find(db, reference)
    with transaction(db):
        row = editing.at_position(db, head["id"], position)
        editing.save(db, row["id"], text, base=row["revision"], author=context.author)
    segment = contract.segment(db, editing.segment(db, row["id"]))
    if as_json:
        print_json(segment)
    else:
        _print_segment(segment)


@click.command()
@click.argument("reference", metavar="ARTICLE")
@click.option("--position", type=int, help="Only the segment at this position (from 1).")
@click.option("--confirm", is_flag=True, help="Approve although checks found errors (kept in the action log).")
@json_option
@pass_context
@reports_errors
def approve(context: Context, reference: str, position: int | None, confirm: bool, as_json: bool) -> None:
    """Approve an article's translations: those without errors; the others are named and left, unless confirmed."""
    from workbench import contract, editing
    from workbench.store import articles

    db = context.database()
    head = articles.find(db, reference)
    if position is None:
        done = editing.approve_article(db, head["id"], author=context.author, confirm=confirm)
    else:
        row = editing.at_position(db, head["id"], position)
        done = editing.Approval([], {})
        try:
            editing.approve(db, row["id"], author=context.author, confirm=confirm)
            done.approved.append(position)
        except editing.Blocked as blocked:
            done.blocked[position] = blocked.checks
    if as_json:
        print_json(
            {
                "id": head["id"],
                "approved": done.approved,
                "blocked": [
                    {"position": p, "checks": [contract.check(c) for c in checks]} for p, checks in done.blocked.items()
                ],
            }
        )
    else:
        click.echo(f"{len(done.approved)} approved")
    for number, checks in done.blocked.items():
        for check in checks:
            click.echo(f"segment {number}: {check.check}: {check.message}", err=True)
    if done.blocked:
        click.echo("Mend these segments, or approve them as they are with --confirm.", err=True)
        sys.exit(1)


@click.command()
@click.argument("references", metavar="[ARTICLE]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every article.")
@json_option
@pass_context
@reports_errors
def check(context: Context, references: tuple[str, ...], everything: bool, as_json: bool) -> None:
    """Run the checks on the current translations."""
    from workbench import contract

    db = context.database()
    heads = _chosen(db, references, everything)
    reports = [contract.check_report(contract.article(db, head["id"])) for head in heads]
    if as_json:
        print_json({"articles": reports})
        return
    for report in reports:
        click.echo(f"article {report['id']}: {report['errors']} errors, {report['warnings']} warnings")
        for segment in report["segments"]:
            for found in segment["checks"]:
                click.echo(f"  {segment['position']}: {found['severity']}: {found['check']}: {found['message']}")


@click.command()
@click.argument("references", metavar="[ARTICLE]...", nargs=-1)
@click.option(
    "--format",
    "format_",
    default="markdown",
    show_default=True,
    help="markdown, bilingual, html, docx, csv, tmx or xliff.",
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Folder to write to.")
@click.option("--partial", is_flag=True, help="Also articles that are not wholly approved: what is.")
@json_option
@pass_context
@reports_errors
def export(
    context: Context, references: tuple[str, ...], format_: str, out: Path, partial: bool, as_json: bool
) -> None:
    """Export approved English, one file an article (without ARTICLE: all that are approved)."""
    from workbench.export import FORMATS, export_to

    if format_ not in FORMATS:
        raise click.BadParameter(f"{format_!r} is not one of {', '.join(FORMATS)}", param_hint="--format")
    db = context.database()
    heads = _chosen(db, references, everything=not references)
    done = export_to(db, [h["id"] for h in heads], out, format_, partial=partial)
    if as_json:
        print_json(
            {
                "files": [{"article": a, "path": str(p), "format": format_} for a, p in done.files],
                "skipped": [{"article": a, "reason": r} for a, r in done.skipped],
            }
        )
    else:
        for _, path in done.files:
            click.echo(path)
    for article, reason in done.skipped:
        click.echo(f"article {article}: not exported: {reason}", err=True)
    if references and done.skipped:
        sys.exit(1)


def _chosen(db: Database, references: Sequence[str], everything: bool) -> list[dict[str, Any]]:
    from workbench.store import articles

    if everything:
        return list(reversed(articles.listing(db)))
    if not references:
        raise click.UsageError("name the articles (id or slug), or say --all; see: workbench articles")
    return [articles.find(db, r) for r in references]


COMMANDS = (import_, articles_, translate, show, edit, approve, check, export)
