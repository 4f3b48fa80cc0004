"""inconsistent: the same Vietnamese, translated differently."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from workbench.checks.model import Check, composed

_PLAIN = str.maketrans({**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’", "'"), **dict.fromkeys("‐‑‒–—", "-")})


def inconsistent(rows: Iterable[tuple[int, str, str]]) -> dict[int, Check]:
    """Segments whose source has other translations elsewhere: ``(segment id, source, target)`` → check by id.

    ``Ảnh: TTXVN`` as "Photo: VNA" here and "Photo by VNA" there. Blanks, kinds of
    dashes and quotes and the full stop at the end make no difference. Where most
    agree, the ``fix`` of the others is what most have.
    """
    groups: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for segment, source, target in rows:
        if target.strip() and re.search(r"[^\W\d_]", source):
            groups[_form(source)].append((segment, target))
    found: dict[int, Check] = {}
    for group in groups.values():
        counts = Counter(_form(target) for _, target in group)
        if len(counts) > 1:
            found.update(_differing(group, counts))
    return found


def _differing(group: list[tuple[int, str]], counts: Counter[str]) -> dict[int, Check]:
    (best, most), (_, second) = counts.most_common(2)
    usual = next(target for _, target in group if _form(target) == best)
    checks: dict[int, Check] = {}
    for segment, target in group:
        form = _form(target)
        other = usual if form != best else next(t for _, t in group if _form(t) != best)
        fix = usual if most > second and form != best else None
        checks[segment] = Check("inconsistent", "elsewhere translated “%(other)s”", {"other": other}, fix=fix)
    return checks


def _form(text: str) -> str:
    text = re.sub(r"\s+", " ", composed(text).translate(_PLAIN)).strip()
    return re.sub(r"\s*-\s*", "-", text).removesuffix(".")
