"""Texts as HTML: terms underlined in the source, differences marked. Everything is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Flask
from markupsafe import Markup, escape

from workbench import diff


def install_filters(app: Flask) -> None:
    app.jinja_env.filters["with_terms"] = with_terms
    app.jinja_env.globals["diff_words"] = diff_words


def with_terms(source: str, terms: Iterable[Mapping[str, Any]]) -> Markup:
    """The Vietnamese text with each term in a ``<mark>``, as ``contract.match`` gives them."""
    parts: list[Markup] = []
    end = 0
    for number, term in enumerate(terms, start=1):
        parts.append(escape(source[end : term["start"]]))
        parts.append(
            Markup(
                '<mark class="term" data-category="{}" data-use="{}" data-status="{}" data-term="{}" data-number="{}"'
                ' data-target="{}" title="{}">{}</mark>'
            ).format(
                term["category"],
                term["use"],
                term["status"],
                term["id"],
                number,
                term["target"],
                term["target"],
                source[term["start"] : term["end"]],
            )
        )
        end = term["end"]
    parts.append(escape(source[end:]))
    return Markup("").join(parts)


def diff_words(before: str, after: str) -> Markup:
    """``after`` with what was inserted in ``<ins>`` and what was deleted in ``<del>``."""
    tags = {"insert": Markup("<ins>{}</ins>"), "delete": Markup("<del>{}</del>"), "equal": Markup("{}")}
    return Markup("").join(tags[operation].format(text) for operation, text in diff.words(before, after))
