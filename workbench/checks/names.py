"""name-mismatch: a person named in the Vietnamese is missing in the English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from babel import Locale
from rapidfuzz.distance import Levenshtein

from workbench.checks.model import Check, Segment
from workbench.checks.vietnamese import UPPER, WORD, has_diacritics, is_syllable, plain
from workbench.glossary.forms import present
from workbench.glossary.terms import Term
from workbench.names.holders import BEFORE, is_held
from workbench.numbers.numerals import words_of

_OWN = "Nguyễn Phạm Vũ Võ Bùi Lê Huỳnh Đặng Đinh Doãn Phùng Ngô Đỗ Trịnh"
_SHARED = "Trần Hoàng Phan Hồ Dương Lý Tô Trương Lương Mai Đào Tạ Cao Lâm Hà Châu Kiều Nông Quách Đoàn"
_SURNAMES = frozenset(f"{_OWN} {_SHARED}".split())
_PINYIN = dict(
    pair.split(":")
    for pair in words_of(
        "Trần:Chen Hoàng:Huang Phan:Pan Hồ:Hu Dương:Yang Lý:Li Tô:Su Trương:Zhang Lương:Liang Mai:Mei Đào:Tao "
        "Tạ:Xie Cao:Gao Lâm:Lin Hà:He Châu:Zhou Kiều:Qiao Nông:Nong Quách:Guo Đoàn:Duan Ngô:Wu Đỗ:Du Đặng:Deng "
        "Đinh:Ding Phùng:Feng Lê:Li Bùi:Pei Doãn:Yin Nguyễn:Ruan Phạm:Fan Võ:Wu Vũ:Wu Trịnh:Zheng Huỳnh:Huang"
    )
)
"""What a surname becomes when it is Chinese after all."""
_OWN_SURNAMES = frozenset(_OWN.split())
_MIDDLE = frozenset(
    words_of("Văn Thị Hữu Đức Quang Ngọc Thanh Xuân Hoài Quốc Đình Thế Bá Duy Minh Hồng Thu Bích Phú Trọng Anh")
)
_CHINESE = re.compile(
    r"Trung Quốc|Bắc Kinh|Quảng Tây|Quảng Đông|Vân Nam|Đài Loan|Hồng Công|Hong Kong|Ma Cao|Singapore|Nhân đại"
    r"|Chính hiệp|Quốc vụ viện|Tân Hoa|Thượng Hải|Hải Nam|Nam Ninh|Côn Minh|Quảng Châu|Thâm Quyến|Tứ Xuyên|Trùng Khánh"
    r"|Triều Tiên|Hàn Quốc"
)
_CAPITALS = re.compile(rf"(?<!\w)[{UPPER}][^\W\d_]*(?:[ -][{UPPER}][^\W\d_]*)*(?!\w)")
_TITLE = re.compile(
    r"(?:ông|bà|anh|chị|ngài|đồng chí|tổng thống|thủ tướng|ngoại trưởng|bộ trưởng|quốc vương|nữ hoàng|thứ trưởng"
    r"|đại sứ|tổng thư ký|chủ tịch|phó chủ tịch|phó thủ tướng|tổng bí thư|bí thư|tiến sĩ|giáo sư|nghị sĩ"
    r"|đại tướng|tổng giám đốc|giám đốc|thống đốc|tỉnh trưởng|người phát ngôn|đặc phái viên|nhà báo|phóng viên"
    r"|học giả|cao ủy)\s+$",
    re.IGNORECASE,
)


def check_names(segment: Segment) -> Iterator[Check]:
    """Each person of the source must be named in the English.

    Persons are glossary terms of that category and names that are plain to see:
    ``Lê Hoài Trung`` needs Le Hoai Trung (or Trung, as a second reference),
    ``Tổng thống Cyril Ramaphosa`` needs Ramaphosa. Names that may be Chinese
    (``Trương Hựu Hiệp``) are left alone: their English cannot be known here.
    """
    known = list({m.term.id: m.term for m in segment.matches if m.term.category == "person"}.values())
    for term in known:
        if term.enforced and not present(term, segment.target) and not _by_part(term, segment.target):
            params = {"target": term.target, "source": term.source}
            yield Check("name-mismatch", "%(target)s (%(source)s) is missing", params, term=term.id)
    taken = [(m.start, m.end) for m in segment.matches]
    for name, start, end in persons(segment.source):
        if any(a < end and start < b for a, b in taken):
            continue
        if not _named(name, segment.target):
            yield Check("name-mismatch", "%(target)s (%(source)s) is missing", {"target": plain(name), "source": name})


def _named(name: str, target: str) -> bool:
    vietnamese = has_diacritics(name)
    words = name.split()
    if _stands(plain(name), target, vietnamese=vietnamese):
        return True
    if vietnamese and len(words) > 3 and _stands(plain(" ".join(words[:-1])), target, vietnamese=True):
        return True
    return words[0] in _PINYIN and bool(re.search(rf"\b{_PINYIN[words[0]]}\b", target))


@lru_cache(maxsize=512)
def persons(source: str) -> tuple[tuple[str, int, int], ...]:
    """Names of persons that are plain to see in a Vietnamese text, with their places.

    >>> [name for name, *_ in persons("Thứ trưởng Nguyễn Minh Vũ tiếp Tổng thống Cyril Ramaphosa")]
    ['Nguyễn Minh Vũ', 'Cyril Ramaphosa']
    """
    found: dict[str, tuple[int, int]] = {}
    chinese = bool(_CHINESE.search(source))
    for match in _CAPITALS.finditer(source):
        before = source[max(0, match.start() - BEFORE) : match.start()]
        for name, offset in (*_vietnamese(match[0], before, chinese), *_foreign(match[0], before)):
            found.setdefault(name, (match.start() + offset, match.start() + offset + len(name)))
    return tuple((name, *span) for name, span in found.items())


def _vietnamese(run: str, before: str, chinese: bool) -> Iterator[tuple[str, int]]:
    """Full Vietnamese names in a run of capitalised words: a surname and one to three syllables."""
    words = run.split(" ")
    for at, word in enumerate(words):
        if word not in _SURNAMES:
            continue
        name = words[at : at + 4]
        if len(words) - at > 4 or not all("-" not in w and w[1:].islower() and is_syllable(w) for w in name):
            return
        offset = len(" ".join(words[:at])) + bool(at)
        certain = word in _OWN_SURNAMES and len(name) > 2
        likely = len(name) > 2 and name[1] in _MIDDLE and (not chinese or name[1] == "Thị")
        marked = len(name) == 2 and word in _OWN_SURNAMES and not chinese and _TITLE.search(before) and not at
        place = is_held(before + run[:offset]) or (at and not _TITLE.search(before + run[:offset]))
        if any(has_diacritics(w) for w in name) and (certain or likely or marked) and not place:
            yield " ".join(name), offset
        return


def _foreign(run: str, before: str) -> Iterator[tuple[str, int]]:
    """Names in foreign letters after a title: ``Tổng thống Nam Phi Cyril Ramaphosa`` → Cyril Ramaphosa."""
    words = run.split(" ")
    tail = len(words)
    while tail and words[tail - 1][1:].islower() and not has_diacritics(words[tail - 1]):
        tail -= 1
    names = words[tail:]
    while names and is_syllable(names[0]) and len(names) > 2:
        names = names[1:]
    text = " ".join(names)
    if len(names) < 2 or is_syllable(names[-1]) or _is_country(text) or any(_is_country(n) for n in names):
        return
    head = run[: len(run) - len(text)]
    title = _TITLE.search(before) or _TITLE.search(before + head)
    if (title and not re.search(r"[a-zà-ỹ]", head.replace("Nam Phi", ""))) or (title and _is_country(head.strip())):
        yield text, len(run) - len(text)


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(name.casefold() for language in ("vi", "en") for name in Locale(language).territories.values()) | {
        "anh",
        "mỹ",
        "hà lan",
        "new york",
        "nam phi",
        "nhật",
        "đức",
        "pháp",
    }


def _is_country(text: str) -> bool:
    return text.casefold() in _countries()


def _by_part(term: Term, target: str) -> bool:
    """Whether a known person stands there by a part of the name: ``Trung``, ``Wang``, ``the late President Ho``."""
    return any(_stands(form, target, vietnamese=len(form.split()) > 2) for form in term.targets)


def _stands(name: str, target: str, *, vietnamese: bool) -> bool:
    """Whether an English text names a person in full or by one name that stands alone."""
    text = plain(target)
    joined = re.sub(r"[\s-]+", "", text).casefold()
    parts = re.split(r"[\s-]+", name)
    if re.sub(r"[\s-]+", "", name).casefold() in joined:
        return True
    if vietnamese:
        return _alone(parts[-1], text) or _alone(parts[0], text)
    tokens = WORD.findall(text)
    if _lone(parts[0], text):
        return True
    return any(_alike(parts[-1], token) for token in tokens if token[0].isupper())


def _alone(part: str, text: str) -> bool:
    """Whether a name stands without another capitalised name beside it: ``Mr. Trung said``, not ``Le Hoai Trung``."""
    for match in re.finditer(rf"(?<![\w-]){re.escape(part)}(?![\w-])", text):
        after = re.match(r" ([A-Z][a-z]+)", text[match.end() :])
        before = re.search(r"([A-Z][a-z]+) $", text[: match.start()])
        if not (after and is_syllable(after[1])) and not (
            before and is_syllable(before[1]) and before[1] not in ("The",)
        ):
            return True
    return False


def _lone(part: str, text: str) -> bool:
    """Whether a foreign first name stands without a surname: ``Aung San Suu Kyi`` as ``Suu Kyi``, ``Lula said``."""
    return bool(re.search(rf"(?<![\w-]){re.escape(part)}(?![\w-]| [A-Z])", text))


def _alike(name: str, token: str) -> bool:
    """Two spellings of a foreign name: Sergei and Sergey, Zelensky and Zelenskyy."""
    if name.casefold() == token.casefold():
        return True
    return len(name) > 5 and Levenshtein.distance(name.casefold(), token.casefold()) <= 1 + (len(name) > 8)
