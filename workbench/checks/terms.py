"""term-missing and term-forbidden: the glossary's English stands where its Vietnamese stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.model import Check, Segment, replaced
from workbench.glossary.forms import find_forbidden, find_forms, present
from workbench.glossary.terms import Term
from workbench.wording import N_


def check_terms(segment: Segment) -> Iterator[Check]:
    """Each enforced term of the source must stand in the English in an allowed form.

    Once is enough, however often the Vietnamese repeats it. Persons are left to
    name-mismatch, where a second reference (``Trung``) is enough.
    """
    terms = list({match.term.id: match.term for match in segment.matches if match.term.enforced}.values())
    forbidden = {term.id: _forbidden(term, terms, segment.target) for term in terms}
    for term in terms:
        yield from forbidden[term.id]
        if term.category != "person" and not forbidden[term.id] and not present(term, segment.target):
            params = {"target": term.target, "source": term.source}
            yield Check("term-missing", "%(target)s (%(source)s) is missing", params, term=term.id)


def _forbidden(term: Term, terms: list[Term], target: str) -> list[Check]:
    found = find_forbidden(term, target)
    if not found:
        return []
    allowed = [span for other in terms if other.id != term.id for span in find_forms(other, target)]
    checks = []
    for start, end, _ in found:
        if any(a <= start and end <= b for a, b in allowed):
            continue
        written = target[start:end]
        params = {"written": written, "target": term.target, "source": term.source}
        template = N_("“%(written)s” must not be used for %(source)s: write %(target)s")
        fix = _repaired(target, (start, end), term.target)
        checks.append(Check("term-forbidden", template, params, term=term.id, fix=fix, span=(start, end)))
    return checks


def _repaired(target: str, span: tuple[int, int], wanted: str) -> str:
    """The whole text with the preferred form: ``The South China Sea`` → ``The East Sea``."""
    start, end = span
    before = target[:start]
    article = re.search(r"\b(the|an?)\s+$", before, re.IGNORECASE)
    if article and wanted.lower().startswith("the "):
        wanted = wanted[4:]
    elif article and article[1].lower() in ("a", "an"):
        start = article.start(1)
        new = "an" if wanted[:1].lower() in "aeio" else "a"
        wanted = f"{new.capitalize() if article[1][0].isupper() else new} {wanted}"
    opens = not before.rstrip(" \"'“‘") or before.rstrip(" \"'“‘")[-1] in ".!?:"
    if opens and target[start : start + 1].isupper():
        wanted = wanted[:1].upper() + wanted[1:]
    if target[span[0] : end].rstrip("s") != target[span[0] : end] and target[end - 1] == "s":
        wanted = _agreed(target[span[0] : end], wanted)
    return replaced(target, (start, end), wanted)


def _agreed(written: str, wanted: str) -> str:
    """Plural for plural, where it is plain to make: ``foreign secretaries`` → ``Foreign Ministers``."""
    from simplemma import lemmatize

    last = written.split()[-1].lower()
    if lemmatize(last, lang="en") == last or wanted.endswith("s") or " of " in wanted:
        return wanted
    if re.search(r"[^aeiou]y$", wanted):
        return wanted[:-1] + "ies"
    return wanted + ("es" if re.search(r"(?:s|x|z|ch|sh)$", wanted) else "s")
