"""What all commands share: the data folder, JSON output, errors in one line."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

if TYPE_CHECKING:
    from sqlite_utils import Database

P = ParamSpec("P")
T = TypeVar("T")

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")


@dataclass
class Context:
    """What ``workbench --data DIR`` sets for its commands."""

    data: Path

    def database(self) -> Database:
        from workbench.store import open_database

        return open_database(self.data)

    @property
    def author(self) -> str:
        """Who acts."""
        from workbench.people import login_name

        return login_name()


pass_context = click.make_pass_decorator(Context)


def fail(message: str) -> None:
    """End with status 1 and ``message`` on stderr."""
    raise click.ClickException(message)


def reports_errors(command: Callable[P, T]) -> Callable[P, T]:
    """What the domain raises for wrong input becomes one line on stderr and status 1."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        import sqlite3

        from workbench.store import BrokenDatabase
        from workbench.store.articles import NoSuchArticle
        from workbench.store.terms import NoSuchTerm

        try:
            return command(*args, **kwargs)
        except NoSuchArticle as error:
            raise click.ClickException(f"{error}; see: workbench articles") from error
        except NoSuchTerm as error:
            raise click.ClickException(f"{error}; see: workbench glossary export") from error
        except (LookupError, ValueError, BrokenDatabase) as error:
            if isinstance(error, (KeyError, IndexError, UnicodeError)):
                raise
            raise click.ClickException(str(error)) from error
        except OSError as error:
            raise click.ClickException(f"{error.filename or ''}: {error.strerror or error}".lstrip(": ")) from error
        except sqlite3.OperationalError as error:
            raise click.ClickException(f"the database cannot be used: {error}") from error

    return wrapped


def print_json(document: Any) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def progress(items: Iterable[T], *, total: int, label: str) -> Iterator[T]:
    """``items`` with a progress bar on stderr where somebody looks at it."""
    import sys

    if total < 2 or not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, length=total, label=label, file=sys.stderr) as bar:
        yield from bar
