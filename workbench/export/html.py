"""Standalone HTML: the English article, and both languages side by side. No script, nothing loaded."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from workbench.export.document import Document, Unit, main_kind, without_bullet

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""
_COMMON = """
:root { color-scheme: light dark; }
body { font: 1.0625rem/1.6 "Be Vietnam Pro", system-ui, "Segoe UI", "Noto Sans", sans-serif; }
body { margin: 0 auto; padding: 2rem 1rem; }
h1 { font-size: 1.75rem; line-height: 1.25; } h2 { font-size: 1.25rem; }
mark { background: #ffe9a8; color: #4a3a00; }
footer, .meta { font-size: .875rem; opacity: .8; }
@media print { body { padding: 0; max-width: none; font-size: 11pt; } a { color: inherit; text-decoration: none; } }
"""
_ARTICLE = _COMMON + "body { max-width: 42rem; } .caption { font-size: .9375rem; }\n"
_BILINGUAL = (
    _COMMON
    + """body { max-width: 76rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { text-align: left; vertical-align: top; padding: .375rem .75rem; overflow-wrap: anywhere; }
th:first-child, td:first-child { width: 2.25rem; opacity: .65; font-variant-numeric: tabular-nums; }
thead { display: table-header-group; } tr { break-inside: avoid; }
tbody { border-top: 1px solid #8886; }
.headline td, .section td { font-weight: 700; } .caption td, .credit td { font-style: italic; }
@page { size: A4 landscape; margin: 15mm; }
"""
)


def to_html(document: Document) -> str:
    """The English article: headline, sections, paragraphs, captions in italics, related stories as a list."""
    blocks: list[str] = []
    for related, group in groupby(document.paragraphs, key=lambda p: main_kind(p) == "related"):
        if related:
            items = "\n".join(f"<li>{_words(p, bullet=False)}</li>" for p in group)
            blocks.append(f"<ul>\n{items}\n</ul>")
        else:
            blocks.extend(_block(p) for p in group)
    body = "<article>\n" + "\n".join(blocks) + "\n</article>" + _footer(document)
    return _PAGE.format(title=escape(document.title), style=_ARTICLE, body=body)


def _block(paragraph: Sequence[Unit]) -> str:
    kind, words = main_kind(paragraph), _words(paragraph)
    if kind == "headline":
        return f"<h1>{words}</h1>"
    if kind == "section":
        return f"<h2>{words}</h2>"
    if kind in ("caption", "credit"):
        return f'<p class="caption"><em>{words}</em></p>'
    return f'<p class="{kind}">{words}</p>'


def _words(paragraph: Sequence[Unit], *, bullet: bool = True) -> str:
    texts = (u.target if bullet or u.target is None else without_bullet(u.target) for u in paragraph)
    return " ".join(
        f"<mark>[segment {u.position} is not approved]</mark>" if text is None else escape(text)
        for u, text in zip(paragraph, texts, strict=True)
    )


def _footer(document: Document) -> str:
    """Source and date. Only web addresses become links: the address came from a file."""
    name, url = document.source_name or "", document.source_url or ""
    source = escape(name or url)
    if url.lower().startswith(("https://", "http://")):
        source = f'<a href="{escape(url)}">{source}</a>'
    day = escape(document.published or "")
    published = f'<time datetime="{day}">{day}</time>'
    parts = [part for part, there in ((f"Source: {source}", source), (published, day)) if there]
    return f"\n<footer><p>{' · '.join(parts)}</p></footer>" if parts else ""


def to_bilingual(document: Document) -> str:
    """A table of segments, Vietnamese left and English right, one table body a paragraph; prints in landscape."""
    bodies = "\n".join(
        "<tbody>\n" + "\n".join(_row(u) for u in paragraph) + "\n</tbody>" for paragraph in document.paragraphs
    )
    body = (
        f'<h1>{escape(document.title)}</h1>\n<p class="meta" lang="vi">{escape(document.source_title)}</p>\n'
        '<table>\n<thead><tr><th scope="col">#</th><th scope="col" lang="vi">Tiếng Việt</th>'
        f'<th scope="col">English</th></tr></thead>\n{bodies}\n</table>{_footer(document)}'
    )
    return _PAGE.format(title=escape(document.title), style=_BILINGUAL, body=body)


def _row(unit: Unit) -> str:
    english = "<mark>not approved</mark>" if unit.target is None else escape(unit.target)
    return (
        f'<tr class="{unit.kind}"><td>{unit.position}</td>'
        f'<td lang="vi">{escape(unit.source)}</td><td>{english}</td></tr>'
    )
