"""``workbench memory``: exchange of the translation memory, and search in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.common import Context, json_option, pass_context, print_json, progress, reports_errors

if TYPE_CHECKING:
    from workbench.memory.tmx import Unit


@click.group()
def memory() -> None:
    """The translation memory: every approved segment, and imported TMX."""


@memory.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
@pass_context
@reports_errors
def import_(context: Context, file: Path, as_json: bool) -> None:
    """Import the Vietnamese-English pairs of a TMX file; with any error nothing is imported."""
    from workbench.memory.tmx import BadTmx, import_tmx

    try:
        done = import_tmx(
            context.database(), file.read_bytes(), name=file.name, author=context.author, watch=_watched("Importing")
        )
    except BadTmx as error:
        # The domain knows the file by its name, who typed the command by its path.
        raise click.ClickException(f"{file}{str(error).removeprefix(file.name)}") from error
    if as_json:
        print_json(asdict(done))
    else:
        click.echo(f"{done.added} added, {done.duplicates} already here, {done.skipped} without both languages")


@memory.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@json_option
@pass_context
@reports_errors
def export(context: Context, file: Path, as_json: bool) -> None:
    """Export everything that is approved or imported as TMX 1.4b."""
    from workbench.memory.tmx import export_tmx

    partial = file.with_name(file.name + ".partial")
    with partial.open("wb") as out:
        units = export_tmx(context.database(), out, watch=_watched("Exporting"))
    partial.replace(file)
    if as_json:
        print_json({"path": str(file), "units": units})
    else:
        click.echo(f"{file}: {units} units")


@memory.command()
@click.argument("text")
@click.option("--side", type=click.Choice(["source", "target", "both"]), default="both", show_default=True)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@json_option
@pass_context
@reports_errors
def find(context: Context, text: str, side: str, limit: int, as_json: bool) -> None:
    """Where the words of TEXT occur, in Vietnamese and English (concordance)."""
    from typing import cast

    from workbench.memory import concordance
    from workbench.memory.concordance import Side

    hits = concordance(context.database(), text, side=cast(Side, side), limit=limit)
    if as_json:
        print_json([asdict(hit) for hit in hits])
        return
    for hit in hits:
        place = hit.origin.file or f"{hit.origin.slug} {hit.origin.position}"
        click.echo(f"{hit.source}\n  {hit.target}\n  ({place}, {hit.author})")


def _watched(label: str) -> Callable[[list[Unit]], Iterable[Unit]]:
    return lambda units: progress(units, total=len(units), label=label)
