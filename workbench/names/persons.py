"""Persons in Vietnamese news text: which runs of capitalised words are names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.names.lexicon import figures, readings, surnames
from workbench.names.runs import LONGEST, Chain, Run, chain_before, runs
from workbench.names.scan import Scan
from workbench.names.tokens import is_acronym, is_phonetic, is_syllable, marked

_SPEECH = re.compile(
    r",?\s*(?:\([^)]*\)\s*,?\s*)?(?:đã |cũng |vừa |sẽ |tiếp tục )?"
    r"(?:cho biết|nói|khẳng định|nhấn mạnh|phát biểu|bày tỏ|đề nghị|đánh giá|chia sẻ|cho rằng|cho hay|tuyên bố|"
    r"trả lời|kêu gọi|cảm ơn|chúc mừng|hoan nghênh|nêu rõ|chủ trì|hội đàm|tiếp|thăm|gửi|ký|gặp|dẫn đầu|tháp tùng|"
    r"phát ngôn|viết|mong muốn|ghi nhận|nhận định|thông báo|đón|dự|và phu nhân|và Phu nhân|sinh năm|sinh ngày)\b"
)
_CREDIT = re.compile(r"(?:Ảnh|Nguồn|Tin|Bài|Thực hiện|Theo)\s*(?:ảnh)?\s*[:-]\s*$")
_THINGS = frozenset(
    [
        "đường",
        "phố",
        "trường",
        "quận",
        "huyện",
        "xã",
        "phường",
        "tỉnh",
        "cầu",
        "hồ",
        "sông",
        "núi",
        "chùa",
        "đền",
        "viện",
        "ty",
        "đoàn",
        "quỹ",
        "giải",
        "thưởng",
        "tàu",
        "ngõ",
        "lộ",
        "đảo",
        "vịnh",
        "cảng",
        "thác",
        "đèo",
        "làng",
        "thôn",
        "bản",
        "ấp",
        "hiệu",
        "sạn",
        "bảo",
        "tàng",
        "khu",
        "thành",
        "hàng",
        "báo",
        "đài",
        "hãng",
        "hội",
        "số",
        "nhà",
        "lăng",
        "tưởng",
        "thuyết",
        "gươm",
        "tự",
        "châu",
        "họ",
        "dòng",
        "thương",
        "hiệu",
        "chiến",
        "dịch",
        "mang",
        "tên",
        "bộ",
        "học",
        "rừng",
        "vườn",
        "biển",
        "công",
    ]
)
"""Words after which a run is the name of a thing: ``đường Trần Hưng Đạo``."""
_PLACED = frozenset({"tại", "ở", "đến", "tới", "từ", "sang", "điện", "đô"})
_NEVER = frozenset({"Đảng", "Cục", "Vụ", "Nhà", "Ban"})
_RARE = 0.3


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of a person: words ``start`` to ``end`` of a segment, and why it is one."""

    segment: int
    start: int
    end: int
    name: str
    kind: str
    reason: str
    chain: Chain | None
    gloss: str = ""


def mentions(scans: Sequence[Scan]) -> list[Mention]:
    """All persons of an article; a name with a title anywhere counts everywhere."""
    candidates = [(i, run) for i, scan in enumerate(scans) for run in runs(scan)]
    sure = [m for i, run in candidates if (m := _evident(scans, i, run)) is not None]
    names = {mention.name for mention in sure}
    spans = {(m.segment, m.start) for m in sure}
    repeated = [
        _mention(scans[i], i, run, "named elsewhere in the article")
        for i, run in candidates
        if (i, run.start) not in spans and scans[i].span_text(run.start, run.end) in names
    ]
    return _without_short(sorted(sure + repeated, key=lambda m: (m.segment, m.start)), scans)


def _mention(scan: Scan, segment: int, run: Run, reason: str, chain: Chain | None = None) -> Mention:
    name = scan.span_text(run.start, run.end)
    chain = chain or chain_before(scan, run.start, run.kind != "vietnamese")
    return Mention(segment, run.start, run.end, name, run.kind, reason, chain, _gloss(scan, run.end))


def _gloss(scan: Scan, end: int) -> str:
    """The name in Latin letters in brackets behind it: ``Hoàng Tuần Tài (Lawrence Wong)``."""
    rest = scan.text[scan.tokens[end - 1].end :]
    match = re.match(r"\s*\(([A-Z][a-z'’-]+(?: [A-Z][A-Za-z'’-]+){1,3})\)", rest)
    if match and not any(marked(word) for word in match[1].split()):
        return match[1]
    return ""


def _evident(scans: Sequence[Scan], segment: int, run: Run) -> Mention | None:
    """The mention, if the run is a name by its own surroundings."""
    scan = scans[segment]
    chain = chain_before(scan, run.start, run.kind != "vietnamese")
    reason = _reason(scan, run, chain)
    if not reason and _is_byline(scans, segment):
        reason = "by-line" if run.kind == "vietnamese" and run.length in {2, 3} else ""
    return _mention(scan, segment, run, reason, chain) if reason else None


def _reason(scan: Scan, run: Run, chain: Chain | None) -> str:
    if run.start and scan.tokens[run.start - 1].lower in _PLACED and scan.tokens[run.start].joined:
        return ""
    if run.kind == "vietnamese":
        return _reason_vietnamese(scan, run, chain)
    return _reason_foreign(scan, run, chain)


def _reason_vietnamese(scan: Scan, run: Run, chain: Chain | None) -> str:
    words = [token.text for token in scan.tokens[run.start : run.end]]
    if " ".join(words) in figures():
        return "well-known name"
    if not 2 <= run.length <= LONGEST + (words[0] == "Tôn"):
        return ""
    surname = words[0] in surnames()
    if chain and chain.immediate and (chain.kind in {"personal", "address"} or surname) and not _place_like(scan, run):
        return f"after “{_title(scan, chain)}”"
    if not surname:
        return ""
    if _NEVER & set(words) or _place_like(scan, run):
        return ""
    entry = surnames()[words[0]]
    rare = entry.vietnamese + entry.chinese < _RARE
    if chain and not rare and (not _thing_before(scan, run) or (run.length > 2 and entry.vietnamese > 1)):
        return f"after “{_title(scan, chain)}”"
    if _thing_before(scan, run) or _inside_run(scan, run):
        return ""
    if _credited(scan, run):
        return "photo credit"
    if not rare and _introduced(scan, run) and (run.length > 2 or marked(words[1])):
        return "introduced by a title or a verb of speech"
    return "shape of a Vietnamese or Chinese name" if _shaped(words) else ""


def _reason_foreign(scan: Scan, run: Run, chain: Chain | None) -> str:
    if any(marked(t.text) and not is_phonetic(t.text) for t in scan.tokens[run.start : run.end]):
        return ""
    if chain and chain.kind != "corporate":
        if chain.immediate and (run.length > 1 or chain.kind != "office" or _of_state(scan, chain)):
            return f"after “{_title(scan, chain)}”"
        if not chain.immediate and (run.length > 1 or (run.start in scan.place_to and _of_state(scan, chain))):
            return f"after “{_title(scan, chain)}”"
    if chain and chain.kind == "corporate" and run.length in {2, 3}:
        return f"after “{_title(scan, chain)}”"
    if run.kind == "phonetic" and run.length > 1 and _introduced(scan, run):
        return "introduced by a title or a verb of speech"
    if run.length in {2, 3} and _appositive(scan, run):
        return "introduced by a title"
    return ""


def _of_state(scan: Scan, chain: Chain) -> bool:
    return scan.tokens[chain.start].lower in {"bộ", "thứ", "ngoại", "đại", "tổng"}


def _title(scan: Scan, chain: Chain) -> str:
    title = scan.title_from.get(chain.start)
    return scan.span_text(title.start, title.end) if title else scan.tokens[chain.start].text


def _place_like(scan: Scan, run: Run) -> bool:
    """The run is a place and its title belongs to the place: ``Chủ tịch Quảng Tây``."""
    span = scan.place_from.get(run.start)
    if span is None or span.end < run.end:
        return False
    title = scan.title_to.get(run.start)
    return not (title and title.kind == "address" and scan.tokens[run.start].joined)


def _thing_before(scan: Scan, run: Run) -> bool:
    if run.start == 0:
        return False
    token, before = scan.tokens[run.start], scan.tokens[run.start - 1]
    if not token.joined or run.start - 1 in scan.common or scan.known[run.start - 1] is not None:
        return False
    return before.lower in _THINGS or before.text[0].isdigit()


def _inside_run(scan: Scan, run: Run) -> bool:
    """Whether other capitalised words stand right before: ``Văn Miếu Quốc Tử Giám``."""
    if run.start == 0 or not scan.tokens[run.start].joined:
        return False
    return scan.tokens[run.start - 1].capital and not _ends_place(scan, run.start)


def _ends_place(scan: Scan, index: int) -> bool:
    before = scan.tokens[index - 1]
    return (
        index in scan.place_to or index in scan.title_to or is_acronym(before.text) or scan.known[index - 1] is not None
    )


def _credited(scan: Scan, run: Run) -> bool:
    return bool(_CREDIT.search(scan.text[: scan.tokens[run.start].start])) and run.length <= 3


def _introduced(scan: Scan, run: Run) -> bool:
    rest = scan.text[scan.tokens[run.end - 1].end :]
    return bool(_SPEECH.match(rest)) or _appositive(scan, run)


def _appositive(scan: Scan, run: Run) -> bool:
    """``Lưu Hải Tinh, Trưởng Ban …``: a title behind the name."""
    if run.end >= len(scan.tokens) or scan.tokens[run.end].gap.strip() not in {",", "–", "-", "("}:
        return False
    title = scan.title_from.get(run.end)
    return title is not None and title.end - title.start > 1


def _shaped(words: list[str]) -> bool:
    """Three or four syllables from a frequent surname on, as names are built."""
    entry = surnames()[words[0]]
    if len(words) < 3:
        return False
    if entry.vietnamese >= 2:
        return True
    return entry.chinese >= 2 and len(words) == 3 and all(word in readings() for word in words)


def _is_byline(scans: Sequence[Scan], segment: int) -> bool:
    """A short last line of names only: ``Hoàng Nga - Mạnh Trường``."""
    scan = scans[segment]
    if segment < len(scans) - 2 or segment == 0 or not 2 <= len(scan.tokens) <= 8 or scan.text.rstrip().endswith("."):
        return False
    return all(t.capital and is_syllable(t.text) and not t.gap.strip(" -–/&,()") for t in scan.tokens)


def _without_short(found: list[Mention], scans: Sequence[Scan]) -> list[Mention]:
    """Without second references: ``Biden`` where ``Joe Biden`` is named or known."""
    full = [m.name.split() for m in found if len(m.name.split()) > 1]
    full += [words for words in _known_persons(scans) if len(words) > 1]
    return [m for m in found if " " in m.name or not any(m.name in words for words in full)]


def _known_persons(scans: Sequence[Scan]) -> Iterator[list[str]]:
    for scan in scans:
        for match in scan.matches:
            if match.term.category == "person":
                yield match.term.source.split()
                yield match.term.target.split()
