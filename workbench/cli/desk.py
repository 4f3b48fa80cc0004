"""Commands about the workbench as a whole: serve, text, backup, restore, and the first fill."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from workbench.cli.common import Context, fail, json_option, pass_context, print_json, reports_errors


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="There are no accounts yet: keep it local.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@pass_context
@reports_errors
def serve(context: Context, host: str, port: int) -> None:
    """Serve the workbench in the browser."""
    import waitress

    from workbench.web import create_app

    local = host in ("127.0.0.1", "localhost", "::1")
    if not local:
        click.echo(f"Warning: everybody who reaches {host} can edit; there are no accounts yet.", err=True)
    app = create_app(context.data, local=local)
    try:
        server = waitress.create_server(app, host=host, port=port, threads=8)
    except OSError as error:
        fail(f"port {port} cannot be opened ({error.strerror}); choose another with --port")
    click.echo(f"Song Ngữ is at http://{'[::1]' if host == '::1' else host}:{server.effective_port}  (Ctrl+C ends it)")
    server.run()


@click.command()
@click.argument("text")
@json_option
@pass_context
@reports_errors
def text(context: Context, text: str, as_json: bool) -> None:
    """Translate loose TEXT (- for stdin) with glossary steering; nothing is stored."""
    from workbench import contract, machine
    from workbench.encoding import decode
    from workbench.text import nfc

    text = decode(sys.stdin.buffer.read()).removesuffix("\n") if text == "-" else nfc(text)
    db = context.database()
    engine = machine.load(context.data)
    done = machine.translate_text(db, engine, text)
    if as_json:
        print_json(
            {
                "text": done.text,
                "engine": engine.name,
                "model": engine.model,
                "terms": [contract.match(m) for m in done.matches],
                "segments": [{"source": s, "target": t} for s, t in done.segments],
            }
        )
    else:
        click.echo(done.text)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@pass_context
@reports_errors
def backup(context: Context, file: Path) -> None:
    """Write a consistent copy of the database to FILE, also while the workbench runs."""
    from workbench import store

    store.backup(context.database(), file)
    click.echo(file)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@pass_context
@reports_errors
def restore(context: Context, file: Path) -> None:
    """Put the backup FILE in the place of the database; the one before is kept beside it."""
    from workbench import store

    store.restore(context.data, file)
    click.echo(f"{context.data / store.FILENAME} is now what {file} was")


@click.command()
@pass_context
@reports_errors
def init(context: Context) -> None:
    """Load the shipped glossary and the sample articles into a data folder that is empty."""
    from workbench.samples import load_samples

    done = load_samples(context.database(), author=context.author)
    if done is not None:
        click.echo(f"Loaded {done[0]} terms and {done[1]} sample articles into {context.data}")


COMMANDS = (serve, text, backup, restore, init)
