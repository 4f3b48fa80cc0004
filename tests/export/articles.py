"""Documents for the export tests: texts that formats trip over, and an article approved on a real desk."""

from __future__ import annotations

import random

from workbench.export.document import Document, Unit

NASTY = [
    "Plain sentence.",
    "5 * 3 * 2 and *stars* and **two**",
    "snake_case, _underscores_ and __two__ _",
    "`code` and ``more`` and ```",
    "# not a heading",
    "#hashtag #",
    "C# and F# ##",
    "[link](https://example.org/a_b_c?x=1&y=2#z) ![image](x)",
    "[reference]: https://example.org 'title'",
    "<b>bold</b> & <script>alert(1)</script> <!-- comment -->",
    "<https://example.org/> and https://example.org/_a_*b*~c~",
    "&amp; &lt; &#35; &copy; AT&T R&D; & &;",
    "1. May Day",
    "12) twelve",
    "1234567890. ten digits",
    "2026",
    "1.",
    "+ plus +84 912",
    "- minus -5",
    "-",
    "---",
    "***",
    "___",
    "===",
    "= equals",
    "~~~ and ~~struck~~",
    "> quoted > twice",
    "| a | b |",
    "|---|---|",
    "back\\slash \\* \\\\ \\",
    "\\",
    "“Curly” ‘quotes’ \"straight\" 'single'",
    "\"Quote\" at both ends\"",
    "(parens) *",
    "* star first",
    "*",
    "_",
    "tab\tinside and  two blanks",
    "ends with backslash\\",
    "Đà Nẵng – Huế — 26,5% … 🇻🇳 한국",
    "]]> {{ x }} {% y %} {0} %s $HOME",
    "=HYPERLINK(\"http://x\")",
    "@mention",
    ":--- | :smile: ^up^ $x$",
    "line\u2028separator",
    "x" * 400,
]
_ALPHABET = "ab1 .)(*_`#[]<>&;+-=~|\\\"'!:/{}@$^%,?–é\u00a0🇻"


def random_texts(count: int, seed: int = 11) -> list[str]:
    """Texts of marks, letters and blanks as an editor could save them (no blanks at the ends)."""
    chance = random.Random(seed)
    made = ("".join(chance.choices(_ALPHABET, k=chance.randint(1, 14))).strip() for _ in range(count))
    return [text for text in made if text]


def document_of(*paragraphs: list[tuple[str, str | None]], title: str = "Talks", **fields: str | None) -> Document:
    """A document of ``(kind, English)`` paragraphs; the Vietnamese of a segment is its English in ``‹›``."""
    units: list[Unit] = []
    grouped = []
    for paragraph in paragraphs:
        group = []
        for kind, text in paragraph:
            status = ("approved", "lan", "2026-02-05T08:30:00Z") if text is not None else ("draft", None, None)
            group.append(Unit(len(units) + 1, kind, f"‹{text}›", text, *status))
            units.append(group[-1])
        grouped.append(tuple(group))
    head = {"source_name": None, "source_url": None, "published": None, "translated": None, **fields}
    return Document("talks", title, f"‹{title}›", segments=tuple(units), paragraphs=tuple(grouped), **head)


def nasty_document() -> Document:
    """Every nasty text as a headline, section, paragraph, caption and related story."""
    kinds = ("headline", "section", "paragraph", "caption", "related")
    return document_of(*([(kind, text)] for text in NASTY for kind in kinds), title=NASTY[9])
