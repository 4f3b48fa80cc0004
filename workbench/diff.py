"""What changed between two texts, in whole words."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\s+|\w+(?:['’]\w+)*|[^\w\s]")


def words(before: str, after: str) -> list[tuple[str, str]]:
    """``(operation, text)`` runs that turn ``before`` into ``after``; operations ``equal delete insert``.

    >>> words("the land border", "the border")
    [('equal', 'the '), ('delete', 'land '), ('equal', 'border')]
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    runs: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(("equal", "".join(old[a:b])))
            continue
        if b > a:
            runs.append(("delete", "".join(old[a:b])))
        if d > c:
            runs.append(("insert", "".join(new[c:d])))
    return runs
