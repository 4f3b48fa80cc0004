"""Names not yet in the glossary: romanisation, persons, bodies, places, and the labelled set."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from workbench.glossary.matching import Matcher
from workbench.glossary.terms import Term
from workbench.names import NameSpan, Proposal, find_names, phonetic, pinyin, propose, transliterate

ROOT = Path(__file__).resolve().parents[2]


def _benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmarks_names", ROOT / "benchmarks" / "names.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _english(*segments: str, known: Matcher | None = None) -> dict[str, str]:
    return {p.source: p.target for p in propose(segments, (known or Matcher([])).find)}


def _persons(*segments: str, known: Matcher | None = None) -> dict[str, str]:
    found = propose(segments, (known or Matcher([])).find)
    return {p.source: p.target for p in found if p.category == "person"}


def _one(source: str, *segments: str) -> Proposal:
    return next(p for p in propose(segments) if p.source == source)


@pytest.mark.parametrize(
    ("name", "english"),
    [("Lê Hoài Trung", "Le Hoai Trung"), ("Đỗ Thị Ưng", "Do Thi Ung"), ("Võ Văn Ấn", "Vo Van An")],
)
def test_transliterate(name: str, english: str) -> None:
    assert transliterate(name) == english


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("Vương Nghị", "Wang Yi"),
        ("Lưu Hải Tinh", "Liu Haixing"),
        ("Vi Thao", "Wei Tao"),
        ("Thiệu Kiến", "Shao Jian"),
        ("Tào Minh", "Cao Ming"),
        ("Tiết Hải Phong", "Xue Haifeng"),
        ("Đan Tĩnh", "Shan Jing"),
        ("Âu Dương Minh", "Ouyang Ming"),
        ("Tư Mã Quang", "Sima Guang"),
        ("Gia Cát Lượng", "Zhuge Liang"),
        ("Trần Mẫn Nhĩ", "Chen Min'er"),
        ("Lý Hiển Long", "Lee Hsien Loong"),
    ],
)
def test_pinyin_best(name: str, english: str) -> None:
    assert pinyin(name)[0] == english


def test_pinyin_candidates_by_frequency() -> None:
    assert pinyin("Chu Tinh")[:2] == ["Zhu Xing", "Zhu Jing"]
    assert "Zhou Xing" in pinyin("Chu Tinh")
    assert pinyin("Nguyễn Thơ") == []


def test_phonetic() -> None:
    assert phonetic("Xỏn-xay Xi-phăn-đon") == "Sonexay Siphandone"


def test_title_chain_with_country_is_chinese() -> None:
    text = "Chủ tịch Khu tự trị Quảng Tây (Trung Quốc) Lam Thiên Hựu thăm Hà Nội."
    proposal = _one("Lam Thiên Hựu", text)
    assert proposal.target == "Lan Tianyou"
    assert "Chinese surname" in proposal.evidence and "Trung Quốc" in proposal.evidence
    assert "Lam Thien Huu" in proposal.alternatives


def test_evidence_of_one_mention_holds_for_all() -> None:
    segments = ["Ông Trần Vĩ Minh phát biểu.", "Đại sứ Trung Quốc Trần Vĩ Minh tặng hoa.", "Trần Vĩ Minh cảm ơn."]
    proposal = _one("Trần Vĩ Minh", *segments)
    assert (proposal.target, proposal.count) == ("Chen Weiming", 3)


def test_same_surname_both_ways() -> None:
    found = _persons("Bộ trưởng Quốc phòng Trung Quốc Trần Lập hội kiến Bộ trưởng Trần Đức Thắng.")
    assert found == {"Trần Lập": "Chen Li", "Trần Đức Thắng": "Tran Duc Thang"}


def test_ambassador_to_vietnam_is_not_vietnamese() -> None:
    assert _persons("Đại sứ Trung Quốc tại Việt Nam Hứa Minh dự lễ.") == {"Hứa Minh": "Xu Ming"}
    assert _persons("Đại sứ Việt Nam tại Trung Quốc Hứa Minh Quân dự lễ.") == {"Hứa Minh Quân": "Hua Minh Quan"}


def test_latin_in_brackets_wins() -> None:
    assert _persons("Nhà thiết kế Đài Loan Vương Đại Nhân (Alexander Wang) dự lễ.") == {
        "Vương Đại Nhân": "Alexander Wang"
    }


@pytest.mark.parametrize(
    "name", ["Joe Biden", "Sonexay Siphandone", "Hun Manet", "Park Thae-song", "Ursula von der Leyen", "Kim Jong-un"]
)
def test_latin_names_stay(name: str) -> None:
    assert _persons(f"Sáng nay, Thủ tướng đã tiếp ông {name} tại trụ sở.") == {name: name}


def test_second_reference_is_no_proposal() -> None:
    text = "Ông Phan Trọng Khiêm dự lễ. Ông Khiêm cảm ơn. Tổng thống Joe Biden phát biểu. Ông Biden rời đi."
    assert set(_persons(text)) == {"Phan Trọng Khiêm", "Joe Biden"}


def test_known_terms_mask_the_text() -> None:
    known = Matcher([Term(1, "Lê Hoài Trung", "Le Hoai Trung", "person"), Term(2, "Joe Biden", "Joe Biden", "person")])
    assert _persons("Bộ trưởng Lê Hoài Trung gặp Tổng thống Joe Biden. Ông Biden cảm ơn.", known=known) == {}


def test_known_place_inside_a_name() -> None:
    known = Matcher([Term(1, "Văn Sơn", "Wenshan", "place")])
    assert _persons("Ông Nguyễn Văn Sơn cho biết.", known=known) == {"Nguyễn Văn Sơn": "Nguyen Van Son"}


def test_known_phrase_inside_a_name() -> None:
    known = Matcher([Term(1, "quốc yến", "state banquet", "phrase")])
    assert _persons("Ông Huỳnh Quốc Yến cho biết.", known=known) == {"Huỳnh Quốc Yến": "Huynh Quoc Yen"}


@pytest.mark.parametrize(
    ("text", "source", "english"),
    [
        (
            "Ủy ban Nhân dân tỉnh Quảng Ninh họp.",
            "Ủy ban Nhân dân tỉnh Quảng Ninh",
            "People's Committee of Quang Ninh province",
        ),
        ("Tỉnh ủy Lạng Sơn họp.", "Tỉnh ủy Lạng Sơn", "Lang Son provincial Party Committee"),
        (
            "Bộ Nông nghiệp và Môi trường họp.",
            "Bộ Nông nghiệp và Môi trường",
            "Ministry of Agriculture and Environment",
        ),
        ("Ông là Đại sứ Việt Nam tại Lào.", "Đại sứ Việt Nam tại Lào", "Vietnamese Ambassador to Laos"),
        ("Hội Hữu nghị Việt Nam - Lào họp.", "Hội Hữu nghị Việt Nam - Lào", "Vietnam–Laos Friendship Association"),
        ("Hội Hữu nghị Việt-Trung họp.", "Hội Hữu nghị Việt-Trung", "Vietnam–China Friendship Association"),
        ("Bộ Thương mại Trung Quốc công bố.", "Bộ Thương mại Trung Quốc", "Chinese Ministry of Commerce"),
        ("Tập đoàn Hòa Phát khởi công.", "Tập đoàn Hòa Phát", "Hoa Phat Group"),
        ("Đại học Vân Nam trao bằng.", "Đại học Vân Nam", "Yunnan University"),
        ("Đoàn đến xã Hòa Thịnh.", "xã Hòa Thịnh", "Hoa Thinh commune"),
        ("Đoàn đến huyện Phú Ninh, tỉnh Vân Nam (Trung Quốc).", "huyện Phú Ninh", "Funing district"),
        ("Doanh nghiệp Hàn Quốc đầu tư.", "Hàn Quốc", "Republic of Korea"),
        ("Tuyến đường sắt Móng Cái-Hạ Long.", "Hạ Long", "Ha Long"),
    ],
)
def test_composed(text: str, source: str, english: str) -> None:
    assert _english(text)[source] == english


def test_unknown_part_is_not_guessed() -> None:
    assert "Bộ Khoa học" not in _english("Bộ Khoa học, Giáo dục và Bậc học đã họp.")
    assert "Cục Dự trữ" not in _english("Cục Dự trữ Quân nhu đã họp.")


@pytest.mark.parametrize(
    "text",
    [
        "Đảng, Nhà nước và Chính phủ chăm lo đời sống nhân dân.",
        "Ông Trung và ông Vương đồng ý.",
        "Tháng Giêng, Quốc hội họp phiên đầu năm.",
        "Cao tốc mới thông xe.",
        "Đặc phái viên lên đường.",
        "",
        "...",
    ],
)
def test_nothing_to_propose(text: str) -> None:
    assert propose([text]) == []


def test_order_persons_first_then_by_count() -> None:
    found = propose(
        ["Ông Lê Văn Tám và bà Trần Thị Chín dự lễ ở xã Hòa Thịnh.", "Bà Trần Thị Chín nói.", "Sở Y tế họp."]
    )
    assert [p.category for p in found] == ["person", "person", "organization", "place"]
    assert found[0].source == "Trần Thị Chín" and found[0].count == 2


def test_example_is_the_sentence() -> None:
    proposal = _one("Lê Văn Tám", "Trời mưa. Ông Lê Văn Tám dự lễ. Sau đó trời tạnh.")
    assert proposal.example == "Ông Lê Văn Tám dự lễ."


def test_find_names_offsets() -> None:
    text = "Sáng 3/2, Bộ trưởng Ngoại giao Trung Quốc Thẩm Kiến Quốc đến xã Hòa Thịnh."
    names = find_names(text)
    assert all(isinstance(n, NameSpan) and text[n.start : n.end] == n.text for n in names)
    assert ("Thẩm Kiến Quốc", "person") in {(n.text, n.category) for n in names}
    assert [n.start for n in names] == sorted(n.start for n in names)
    person = next(n for n in names if n.category == "person")
    assert person.targets == ("Shen Jianguo", "Tham Kien Quoc")


def test_a_name_is_proposed_once() -> None:
    found = propose(["Ông Lê Văn Tám nói.", "Ông Lê Văn Tám nói."])
    assert [(p.source, p.count) for p in found] == [("Lê Văn Tám", 2)]


def test_deterministic() -> None:
    segments = [p.text for p in _benchmark().passages()]
    assert propose(segments) == propose(segments)


def test_labelled_set() -> None:
    benchmark = _benchmark()
    labelled = list(benchmark.passages())
    assert len(labelled) >= 120
    score = benchmark.measure(labelled, benchmark.glossary())
    misses = "\n".join(score.misses)
    assert score.recall >= 0.95, misses
    assert score.right_first >= 0.93, misses
    assert score.others_right_first >= 0.9, misses
    assert score.precision >= 0.92, misses
