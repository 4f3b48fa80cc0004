"""Texts as HTML: terms underlined in the source, differences marked. Everything is escaped here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from flask import Flask
from markupsafe import Markup, escape

from workbench import diff

_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def install_filters(app: Flask) -> None:
    app.jinja_env.filters["with_terms"] = with_terms
    app.jinja_env.filters["with_links"] = with_links
    # Marks a word for translation where it stands; ``_`` translates it where it is shown.
    app.jinja_env.globals["N_"] = str
    app.jinja_env.filters["with_spans"] = with_spans
    app.jinja_env.globals["diff_words"] = diff_words


def with_terms(source: str, terms: Iterable[Mapping[str, Any]]) -> Markup:
    """The Vietnamese text with each term in a ``<mark>``, as ``contract.match`` gives them."""
    parts: list[str] = []
    end = 0
    for number, term in enumerate(terms, start=1):
        target = escape(term["target"])
        parts.append(escape(source[end : term["start"]]))
        parts.append(
            f'<mark class="term" data-category="{escape(term["category"])}" data-use="{escape(term["use"])}"'
            f' data-status="{escape(term["status"])}" data-term="{term["id"]:d}" data-number="{number}"'
            f' data-target="{target}" title="{target}">{escape(source[term["start"] : term["end"]])}</mark>'
        )
        end = term["end"]
    parts.append(escape(source[end:]))
    return Markup("".join(parts))


def with_links(text: str) -> Markup:
    """``text`` with the addresses in it as links; nothing but http and https becomes one."""
    parts: list[str] = []
    end = 0
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(".,;:!?)”\"'")
        parts.append(escape(text[end : found.start()]))
        shown = escape(address)
        parts.append(f'<a href="{shown}" target="_blank" rel="noopener noreferrer nofollow">{shown}</a>')
        end = found.start() + len(address)
    parts.append(escape(text[end:]))
    return Markup("".join(parts))


def diff_words(before: str, after: str) -> Markup:
    """``after`` with what was inserted in ``<ins>`` and what was deleted in ``<del>``."""
    tags = {"insert": Markup("<ins>{}</ins>"), "delete": Markup("<del>{}</del>"), "equal": Markup("{}")}
    return Markup("").join(tags[operation].format(text) for operation, text in diff.words(before, after))


def with_spans(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """``text`` with the parts ``(start, end)`` in a ``<mark>``: what a search found."""
    parts: list[Markup] = []
    end = 0
    for start, stop in sorted(spans):
        parts += [escape(text[end:start]), Markup("<mark>{}</mark>").format(text[start:stop])]
        end = stop
    return Markup("").join([*parts, escape(text[end:])])
