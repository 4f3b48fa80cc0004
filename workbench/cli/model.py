"""``workbench model``: which translation model is used, how good it is, and installing another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.cli.common import Context, json_option, pass_context, print_json, reports_errors

if TYPE_CHECKING:
    from workbench.machine.models import Model


@click.group()
def model() -> None:
    """The machine translation model."""


@model.command()
@json_option
@pass_context
@reports_errors
def info(context: Context, as_json: bool) -> None:
    """The model in use."""
    from workbench.machine.models import active

    _print(_described(active(context.data)), as_json)


@model.command("list")
@json_option
@pass_context
@reports_errors
def list_(context: Context, as_json: bool) -> None:
    """The installed models, the one in use first."""
    from workbench.machine.models import active, installed_models

    used = active(context.data)
    models = [used, *(m for m in installed_models(context.data) if m.path != used.path)]
    if as_json:
        print_json([_described(m) for m in models])
        return
    for number, found in enumerate(models):
        click.echo(f"{'*' if number == 0 else ' '} {found.name}  {'installed' if found.installed else 'shipped'}")


@model.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
@pass_context
@reports_errors
def install(context: Context, file: Path, as_json: bool) -> None:
    """Install an .argosmodel package; it is used from the next start on."""
    from workbench.machine import models

    _print(_described(models.install(context.data, file)), as_json)


@model.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--all", "everything", is_flag=True, help="Every installed model beside the one in use, in one run.")
@json_option
@pass_context
@reports_errors
def evaluate(context: Context, files: tuple[Path, ...], everything: bool, as_json: bool) -> None:
    """Measure the model on FILES of pairs (Vietnamese, tab, English): scores, terms, numbers, names, loops, speed."""
    from dataclasses import asdict

    from workbench import glossary
    from workbench.machine.evaluation import evaluate as measured
    from workbench.machine.evaluation import read_pairs
    from workbench.machine.models import active, installed_models

    used = active(context.data)
    models = [used, *(m for m in installed_models(context.data) if everything and m.path != used.path)]
    matcher = glossary.matcher(context.database())
    rows = [{"file": str(f), **asdict(measured(m, read_pairs(f), matcher))} for f in files for m in models]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['file']}: {row['model']}, {row['segments']} segments")
        for name, value in list(row.items())[3:]:
            click.echo(f"  {name.replace('_', ' ')}: {'-' if value is None else value}")


def _described(found: Model) -> dict[str, Any]:
    return {
        "name": found.name,
        "version": found.version,
        "languages": found.languages,
        "installed": found.installed,
        "path": str(found.path),
        "steering": {"inject": found.steering.inject, "repair": found.steering.repair},
    }


def _print(description: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(description)
        return
    for key, value in description.items():
        click.echo(f"{key}: {value}")
