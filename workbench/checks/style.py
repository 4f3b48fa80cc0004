"""punctuation, quotes, double-space: the marks between the words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.model import Check, Segment, replaced

_CLOSERS = "\"'”’»)]"
_BARE_KINDS = frozenset({"headline", "section", "byline", "credit", "caption", "related", "dateline"})
_ENUMERATOR = re.compile(r"(?:(?<=^)|(?<=\s))(?:\d{1,2}|[a-zđ]|[ivx]{1,4})\)(?=\s)", re.IGNORECASE)
_SPACE_BEFORE = re.compile(r"(?<=[^\s–—-])[ \u00a0]+([,;:!?]|\.(?!\.|\d|[a-z]))(?=\s|$|[”\"’)])")
_NO_SPACE_AFTER = re.compile(r"(?<=[a-z])([,;])(?=[A-Za-z])")
_DOUBLED = re.compile(r",,+|;;+|(?<!\.)\.\.(?!\.)|,\.|(?<!\.)\.,(?=\s)|::")
_ABBREVIATED = re.compile(r"(?:\b[A-Za-z]|\b(?:etc|Inc|Ltd|Co|Corp|Jr|Sr|St|No|vs|Mr|Mrs|Dr|[ap]\.m|U\.S|e\.g|i\.e))$")
_SPACES = re.compile(r"(?<=\S)(?:[ \u00a0\u2007\u202f]{2,}|\t+)(?=\S)")


def check_punctuation(segment: Segment) -> Iterator[Check]:
    """The last mark differs, brackets do not close, a blank stands before a comma.

    Headlines, captions and credits end without a full stop when the Vietnamese does.
    """
    target = segment.target.rstrip()
    if not target:
        return
    yield from _last_mark(segment, target)
    yield from _brackets(segment)
    yield from _inner(target)


def _last_mark(segment: Segment, target: str) -> Iterator[Check]:
    wanted, written = _ending(segment.source), _ending(target)
    if wanted == written or _same_weight(wanted, written, target, segment.source):
        return
    if not wanted:
        if written == "." and segment.kind in _BARE_KINDS and segment.source[-1:].isalnum():
            fix = re.sub(rf"\.(?=[{re.escape(_CLOSERS)}]*$)", "", target)
            yield Check("punctuation", "the Vietnamese has no full stop at the end", fix=fix)
        return
    if not written:
        if not (segment.kind in _BARE_KINDS and wanted == "."):
            yield Check("punctuation", "“%(mark)s” is missing at the end", {"mark": wanted}, fix=_ended(target, wanted))
        return
    params = {"written": written, "mark": wanted}
    yield Check("punctuation", "ends with “%(written)s”, the Vietnamese with “%(mark)s”", params)


def _ending(text: str) -> str:
    """The mark a text ends with, through closing quotes and brackets: ``…nói.”`` → ``.``"""
    stripped = text.rstrip()
    while stripped and stripped[-1] in _CLOSERS:
        inner = stripped[:-1].rstrip()
        if stripped[-1] in ")]" and "(" not in text and "[" not in text:
            break
        stripped = inner
        if stripped[-1:] in ".!?…:;":
            break
    if stripped.endswith("..."):
        return "…"
    return stripped[-1] if stripped[-1:] in (".", "!", "?", "…", ":", ";", ",") else ""


def _same_weight(wanted: str, written: str, target: str, source: str) -> bool:
    if wanted in ("…", "!") and written in (".", "…", "!"):
        return True
    if wanted in (";", ",") or (wanted == ":" and written == ","):
        return True
    if wanted == "!" and written == ",":
        return True
    if wanted == "." and written and written in "!?":
        return target[-1:] in _CLOSERS and bool(re.search(rf"\{written}[”\"»’']", source))
    if wanted == "." and not written:
        return bool(re.search(r"\.\W*$|[.!?][”\"’']?\)?$", target))
    return False


def _ended(target: str, mark: str) -> str:
    """The mark put where American English has it: inside the closing quote."""
    if mark in ".…" and target[-1:] in '"”':
        return target[:-1].rstrip(",") + "." + target[-1]
    return target.rstrip(",;") + ("." if mark == "…" else mark)


def _brackets(segment: Segment) -> Iterator[Check]:
    for opening, closing in ("()", "[]"):
        if _unbalanced(segment.target, opening, closing) and not _unbalanced(segment.source, opening, closing):
            yield Check("punctuation", "brackets “%(pair)s” do not match", {"pair": opening + closing})


def _unbalanced(text: str, opening: str, closing: str) -> bool:
    if opening not in text and closing not in text:
        return False
    depth = 0
    enumerators = {match.end() - 1 for match in _ENUMERATOR.finditer(text)}
    for at, char in enumerate(text):
        if depth == 0 and at in enumerators:
            continue
        depth += (char == opening) - (char == closing)
        if depth < 0:
            return True
    return depth != 0


def _inner(target: str) -> Iterator[Check]:
    if match := _SPACE_BEFORE.search(target):
        fix = _SPACE_BEFORE.sub(r"\1", target)
        yield Check("punctuation", "a blank before “%(mark)s”", {"mark": match[1]}, fix=fix, span=match.span())
    if match := _NO_SPACE_AFTER.search(target):
        fix = _NO_SPACE_AFTER.sub(r"\1 ", target)
        yield Check("punctuation", "no blank after “%(mark)s”", {"mark": match[1]}, fix=fix, span=match.span())
    for match in _DOUBLED.finditer(target):
        if match[0].startswith(".") and _ABBREVIATED.search(target[: match.start()]) and match[0] != "..":
            continue
        keep = "." if "." in match[0] and match[0] != ",." else match[0][-1]
        fix = replaced(target, match.span(), keep)
        yield Check("punctuation", "“%(marks)s” is one mark too many", {"marks": match[0]}, fix=fix, span=match.span())
        return


def check_quotes(segment: Segment) -> Iterator[Check]:
    """Quotation marks that do not close, or quoted passages that came or went.

    A passage may be split by ``he said``, quotes of a term (``"Vành đai và Con
    đường"``) may go, and a passage that runs on into the next segment stays open.
    """
    target, source = _straight(segment.target), _straight(_without_terms(segment))
    marks, source_marks = target.count('"'), _straight(segment.source).count('"')
    if marks % 2:
        if source_marks % 2 == 0:
            yield Check("quotes", "quotation marks do not close")
        return
    if _crossed(segment.target):
        yield Check("quotes", "quotation marks do not close")
        return
    wanted, most = source.count('"') // 2, source_marks // 2
    found = marks // 2
    if found > most:
        found = max(most, found - _split(target))
    if source_marks % 2 or wanted <= found <= most or (found <= most and found + _single(target) >= wanted):
        return
    params = {"source": most, "target": marks // 2}
    if found < wanted:
        yield Check("quotes", "%(source)d quoted in the Vietnamese, %(target)d in the English", params)
    elif found > most:
        yield Check("quotes", "%(target)d quoted in the English, %(source)d in the Vietnamese", params)


def _straight(text: str) -> str:
    text = re.sub(r"[“”„‟«»″]|''", '"', text)
    return re.sub(r"(?<=\d)\"(?=[\s,.)]|$)(?=[^\"]*$)", "", text) if text.count('"') % 2 else text


def _without_terms(segment: Segment) -> str:
    """The source with the quotes in and around glossary terms left out."""
    text = list(segment.source)
    for match in segment.matches:
        low, high = match.start, match.end
        if low and high < len(text) and text[low - 1] in '"“' and text[high] in '"”':
            low, high = low - 1, high + 1
        for at in range(low, high):
            if text[at] in '"“”«»':
                text[at] = " "
    return "".join(text)


def _crossed(text: str) -> bool:
    """Curly quotes in a wrong order: two open, or one closes first."""
    curly = [c for c in text if c in "“”"]
    return bool(curly) and '"' not in text and curly != ["“", "”"] * (len(curly) // 2)


def _split(text: str) -> int:
    """How many passages are the second half of one cut by ``he said``."""
    between = re.findall(r'[,?!—–-]"([^"]{2,90}?)[,.:]? "', text)
    return sum(bool(re.search(r"\w", words)) and text.count('"') >= 4 for words in between)


def _single(text: str) -> int:
    return len(re.findall(r"(?<!\w)['‘][^'’‘]{2,80}['’](?!\w)", text))


def check_double_space(segment: Segment) -> Iterator[Check]:
    """Two blanks where one belongs: ``the  East Sea``."""
    if match := _SPACES.search(segment.target):
        yield Check("double-space", "two blanks in a row", fix=_SPACES.sub(" ", segment.target), span=match.span())
