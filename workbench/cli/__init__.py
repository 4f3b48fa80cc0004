"""The command line. A thin layer: each command calls the same functions as the pages.

Modules of the domain are imported inside the commands, so that ``workbench --help``
answers at once.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from workbench import __version__
from workbench.cli.common import Context


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("data"),
    envvar="WORKBENCH_DATA",
    show_envvar=True,
    show_default=True,
    help="Folder of the database.",
)
@click.version_option(__version__, prog_name="workbench")
@click.pass_context
def main(context: click.Context, data: Path) -> None:
    """Song Ngữ: translate Vietnamese diplomatic news into English with an enforced glossary."""
    context.obj = Context(data)


def _register() -> None:
    from workbench.cli import articles, desk, glossary, memory, model, versions

    groups = (glossary.glossary, memory.memory, model.model)
    for command in (*articles.COMMANDS, *versions.COMMANDS, *desk.COMMANDS, *groups):
        main.add_command(command)


_register()

if __name__ == "__main__":
    sys.exit(main())
