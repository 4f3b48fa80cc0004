"""Commands about the list of articles: who works on them, what is put away, what a newer version changed."""

from __future__ import annotations

from typing import Any

import click

from workbench.cli.common import Context, json_option, pass_context, print_json, reports_errors


@click.command()
@click.argument("references", metavar="ARTICLE...", nargs=-1, required=True)
@click.option("--to", "name", default=None, help="The person; empty for nobody. Without it: you.")
@json_option
@pass_context
@reports_errors
def assign(context: Context, references: tuple[str, ...], name: str | None, as_json: bool) -> None:
    """Give articles to the person who works on them."""
    from workbench import bulk
    from workbench.store import articles

    db = context.database()
    heads = [articles.find(db, reference) for reference in references]
    bulk.assign(db, [h["id"] for h in heads], context.author if name is None else name, author=context.author)
    _say(context, [h["id"] for h in heads], as_json)


@click.command()
@click.argument("references", metavar="ARTICLE...", nargs=-1, required=True)
@click.option("--undo", is_flag=True, help="Take them back into the list.")
@json_option
@pass_context
@reports_errors
def archive(context: Context, references: tuple[str, ...], undo: bool, as_json: bool) -> None:
    """Put articles away: the list leaves them out, nothing of them is lost."""
    from workbench import bulk
    from workbench.store import articles

    db = context.database()
    heads = [articles.find(db, reference) for reference in references]
    (bulk.unarchive if undo else bulk.archive)(db, [h["id"] for h in heads], author=context.author)
    _say(context, [h["id"] for h in heads], as_json)


@click.command()
@click.argument("reference", metavar="ARTICLE")
@json_option
@pass_context
@reports_errors
def changes(context: Context, reference: str, as_json: bool) -> None:
    """Show what a newer version of an article changed in the older one."""
    from workbench import versions
    from workbench.store import articles

    db = context.database()
    found = versions.comparison(db, articles.find(db, reference)["id"])
    if as_json:
        print_json(
            {
                "id": found.newer["id"],
                "supersedes": found.older["id"],
                "changes": [_change(c) for c in found.changes],
            }
        )
        return
    for change in found.changes:
        if change.kind == "same":
            continue
        for row, sign in ((change.old, "-"), (change.new, "+")):
            if row is not None:
                click.echo(f"{sign}{row['position']:<4} {row['source']}")


def _change(change: Any) -> dict[str, Any]:
    old, new = change.old, change.new
    return {
        "kind": change.kind,
        "old": old and {"segment": old["id"], "position": old["position"], "source": old["source"]},
        "new": new and {"segment": new["id"], "position": new["position"], "source": new["source"]},
        "old_english": change.old_english,
    }


def _say(context: Context, ids: list[int], as_json: bool) -> None:
    from workbench import contract
    from workbench.store import listing

    rows = [contract.summary(row) for row in listing.with_ids(context.database(), ids)]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        state = "archived" if row["archived_at"] else row["status"]
        click.echo(f"{row['id']:>4}  {state:<10} {row['assignee'] or '':<16}  {row['slug']}")


COMMANDS = (assign, archive, changes)
