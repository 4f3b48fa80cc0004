"""Reading the parallel corpora and checking the project's own one.

A corpus folder holds topics; a topic holds ``NNN.tsv`` files of two columns
(Vietnamese, English) with slots ``{VN1}`` (Vietnamese name), ``{CN1}``
(Chinese name) and ``{FN1}`` (foreign name), and perhaps a ``glossary.tsv``.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.names.lexicon import rows

HELD_OUT = "heldout"
SLOT = re.compile(r"\{(VN|CN|FN)\d\}")
PUBLIC_TRAINING = ("indomain-news-train", "wiki-alt-data", "basic-data")


@dataclass(frozen=True)
class Pair:
    """One aligned pair and where it came from."""

    source: str
    target: str
    topic: str
    file: str
    line: int


@dataclass(frozen=True)
class Term:
    """A glossary term with every English form that counts as its translation, and its category."""

    source: str
    target: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True)
class Finding:
    """What the linter found on one line."""

    file: str
    line: int
    check: str
    message: str


def nfc(text: str) -> str:
    """Text as the workbench stores it."""
    return unicodedata.normalize("NFC", text).strip()


def read_tsv(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The columns of each line of a file, with line numbers from 1."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            yield number, [nfc(column) for column in line.rstrip("\n").split("\t")]


def topics(folder: Path) -> list[Path]:
    """The topic folders of a corpus."""
    return sorted(p for p in folder.iterdir() if p.is_dir())


def read_topic(folder: Path) -> list[Pair]:
    """The well-formed pairs of one topic, in order of files and lines."""
    pairs = []
    for path in sorted(folder.glob("[0-9]*.tsv")):
        for number, columns in read_tsv(path):
            if len(columns) == 2 and all(columns):
                pairs.append(Pair(columns[0], columns[1], folder.name, f"{folder.name}/{path.name}", number))
    return pairs


def is_held_out(topic: Path) -> bool:
    """Whether a topic is for measuring alone: ``heldout``, ``heldout2``."""
    return topic.name.startswith(HELD_OUT)


def read_corpus(folder: Path, held_out: bool = False) -> list[Pair]:
    """All training pairs of the corpus, or the held-out documents only."""
    return [pair for topic in topics(folder) if is_held_out(topic) == held_out for pair in read_topic(topic)]


def _runs(text: str) -> set[tuple[str, ...]]:
    """All runs of six words."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + 6]) for i in range(len(words) - 5)}


def read_training(folder: Path) -> list[Pair]:
    """The training pairs but for those that say what a held-out one says.

    That is: the same source, or a side of nine words or more with half of its runs of six words in held-out text.
    """
    held_out = read_corpus(folder, held_out=True)
    sources = {pair.source.lower() for pair in held_out}
    seen = {run for pair in held_out for side in (pair.source, pair.target) for run in _runs(side)}

    def known(text: str) -> bool:
        runs = _runs(text)
        return len(runs) > 3 and 2 * len(runs & seen) >= len(runs)

    pairs = read_corpus(folder)
    return [p for p in pairs if p.source.lower() not in sources and not known(p.source) and not known(p.target)]


def clean_public(text: str) -> str:
    r"""One line of a public set without the traces of its CSV quoting and of Python's ``\xa0``."""
    text = nfc(text.replace(r"\xa0", " ")).replace('""', '"')
    if len(text) > 2 and text[0] == text[-1] == '"' and text.count('"') % 2 == 0 and '"' not in text[1:-1]:
        return text[1:-1]
    if text.startswith('"') and text.count('"') % 2 == 1:
        return text[1:]
    return text


def read_public(folder: Path, name: str) -> list[Pair]:
    """One public set: ``name.vi`` and ``name.en``, line by line."""
    with (folder / f"{name}.vi").open(encoding="utf-8") as source:
        left = [clean_public(line) for line in source]
    with (folder / f"{name}.en").open(encoding="utf-8") as target:
        right = [clean_public(line) for line in target]
    if len(left) != len(right):
        raise ValueError(f"{folder / name}: {len(left)} source lines, {len(right)} target lines")
    numbered = enumerate(zip(left, right, strict=True), 1)
    return [Pair(v, e, "public", name, n) for n, (v, e) in numbered if v and e]


def right_way(pair: Pair) -> Pair:
    """A pair of a public set, turned where its sides were exchanged (148 of the 20,000 of the news)."""
    if len(VIETNAMESE.findall(pair.target)) > 4 and len(VIETNAMESE.findall(pair.source)) <= 1:
        return replace(pair, source=pair.target, target=pair.source)
    return pair


def split_forms(cell: str | None) -> list[str]:
    """The forms in a glossary cell, separated by ``|``."""
    return [nfc(form) for form in (cell or "").split("|") if form.strip()]


def read_glossary(folder: Path) -> list[Term]:
    """The enforced terms of the glossary CSV files, first row of a source wins."""
    terms: dict[str, Term] = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                source, target = nfc(row["source"] or ""), nfc(row["target"] or "")
                if not source or not target or (row.get("use") or "enforce") != "enforce":
                    continue
                term = Term(
                    source,
                    target,
                    (source, *split_forms(row.get("source_variants"))),
                    (target, *split_forms(row.get("target_variants"))),
                    row.get("category") or "",
                )
                terms.setdefault(source.lower(), term)
    return list(terms.values())


def read_countries() -> list[tuple[str, str]]:
    """The countries that the workbench knows: Vietnamese and English name."""
    return [(vietnamese, english) for vietnamese, english, _ in rows("countries.tsv")]


def read_topic_terms(folder: Path) -> list[Term]:
    """The raw term lists beside the topics, as further terms for injection."""
    terms: dict[str, Term] = {}
    for topic in topics(folder):
        path = topic / "glossary.tsv"
        if is_held_out(topic) or not path.exists():
            continue
        for _, columns in read_tsv(path):
            if len(columns) == 3 and len(columns[0]) > 3:
                target = re.sub(r"\s*\([^)]*\)$", "", columns[1])
                term = Term(columns[0], target, (columns[0],), (target,))
                terms.setdefault(columns[0].lower(), term)
    return list(terms.values())


# --- linter -----------------------------------------------------------------

STYLE = (
    (r"\bSouth China Sea\b", "write the East Sea"),
    (r"\bSouth Korea\b", "write the Republic of Korea"),
    (r"\bNorth Korea\b", "write the Democratic People's Republic of Korea"),
    (r"\bHa Noi\b", "write Hanoi"),
    (r"\bDanang\b", "write Da Nang"),
    (r"\bViet Nam\b", "write Vietnam"),
    (r"\b(?:colour|labour|centre|programmes?\b|organis[ae]|realis[ae]|defence)\w*", "American spelling"),
    (r"\bUSD \d", "write the number before USD"),
    (r"\bPolitburo Member\b", "write Politburo member"),
    (r"[“”‘]", "straight quotes in English"),
)
# Letters that no other language of the news shares (â, ê, ô stand in French names too).
VIETNAMESE = re.compile(r"[đĐơƠưƯ\u1ea0-\u1ef9]")


def slots(text: str) -> list[str]:
    """The slots of a text, sorted."""
    return sorted(m.group(0) for m in SLOT.finditer(text))


def number_values(text: str, vietnamese: bool) -> set[str]:
    """The digit groups of a text without separators of thousands and leading zeros."""
    thousands = r"(?<=\d)\.(?=\d{3}(?!\d))" if vietnamese else r"(?<=\d),(?=\d{3}(?!\d))"
    return {n.lstrip("0") for n in re.findall(r"\d+", re.sub(thousands, "", text))}


def rescaled(number: int, english: str) -> bool:
    """Whether a number stands in the English in thousands (2.400 tỷ → 2.4 trillion) or as vạn (29 vạn → 290,000)."""
    thousands = f"{number / 1000:,.3f}".rstrip("0").rstrip(".")
    return (number >= 1000 and thousands in english) or f"{number}0,000" in english


def lint_pair(pair: Pair) -> Iterator[tuple[str, str]]:
    """Checks on one pair: (name of the check, message)."""
    if slots(pair.source) != slots(pair.target):
        yield "slots", f"{slots(pair.source)} but {slots(pair.target)}"
    bare = SLOT.sub("", pair.source + pair.target)
    if "{" in bare or "}" in bare:
        yield "slots", "a brace that is no slot"
    missing = number_values(re.sub(r"\d+/\d+(/\d+)?", "", pair.source), True) - number_values(pair.target, False)
    large = sorted(n for n in missing if n and int(n) > 25 and not rescaled(int(n), pair.target))
    if re.search(r"centen|hundred", pair.target):
        large = [n for n in large if n != "100"]
    if large:
        yield "numbers", f"{', '.join(large)} not in the English"
    ratio = len(pair.target) / max(1, len(pair.source))
    if len(pair.source) > 30 and not 0.5 <= ratio <= 2.3:
        yield "length", f"English is {ratio:.2f} times as long"
    if VIETNAMESE.search(pair.target):
        yield "vietnamese", "Vietnamese letters in the English"
    for pattern, advice in STYLE:
        found = re.search(pattern, pair.target)
        if found:
            yield "style", f"{found.group(0)!r}: {advice}"


def lint(folder: Path) -> tuple[int, list[Finding]]:
    """The number of pairs of a corpus and everything wrong with its files."""
    findings: list[Finding] = []
    seen: dict[tuple[str, str], str] = {}
    count = 0
    for topic in topics(folder):
        for path in sorted(topic.glob("[0-9]*.tsv")):
            name = f"{topic.name}/{path.name}"
            for number, columns in read_tsv(path):
                if len(columns) != 2 or not all(columns):
                    findings.append(Finding(name, number, "columns", f"{len(columns)} columns"))
                    continue
                count += 1
                pair = Pair(columns[0], columns[1], topic.name, name, number)
                findings += [Finding(name, number, *found) for found in lint_pair(pair)]
                key = (pair.source.lower(), pair.target.lower())
                if key in seen:
                    findings.append(Finding(name, number, "duplicate", f"same as {seen[key]}"))
                seen.setdefault(key, f"{name}:{number}")
    return count, findings
