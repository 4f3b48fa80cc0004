# ruff: noqa: E501 (tables of texts)
"""Finding terms in Vietnamese: borders, longest first, case, spellings, wordings that block."""

from __future__ import annotations

import pytest

from workbench import glossary
from workbench.glossary import Matcher, Term
from workbench.store import terms
from workbench.text import nfc

TERMS = [
    Term(1, "Bộ trưởng Ngoại giao", "Foreign Minister", "title"),
    Term(2, "Bộ trưởng", "Minister", "title"),
    Term(3, "Ủy ban nhân dân", "People's Committee", "organization", source_variants=("UBND",)),
    Term(4, "hòa bình", "peace"),
    Term(5, "Sơn La", "Son La", "place", case_sensitive=True),
    Term(6, "Bình", "Binh", "person"),
    Term(7, "Chủ tịch nước", "State President", "title", source_forbidden=("Phó Chủ tịch nước",)),
    Term(8, "Việt Nam - Trung Quốc", "Vietnam–China"),
    Term(9, 'định hướng "6 hơn"', 'the "six mores" orientation'),
    Term(10, "ổn định", "stability", status="obsolete"),
    Term(11, "nhất trí", "agree", use="suggest"),
    Term(12, "Lê Hoài Trung", "Le Hoai Trung", "person"),
    Term(13, "thủy sản", "fisheries"),
    Term(14, "quý", "quarter"),
]
FIND = Matcher(TERMS).find


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Bộ trưởng Ngoại giao gặp Bộ trưởng Quốc phòng", [1, 2], id="the longest where they overlap"),
        pytest.param("Thứ trưởng, bộ trưởngngoại giao", [], id="word borders on both sides"),
        pytest.param("(Bộ trưởng)“Bộ trưởng”…Bộ trưởng,", [2, 2, 2], id="punctuation is a border"),
        pytest.param("BỘ TRƯỞNG NGOẠI GIAO", [1], id="capitals"),
        pytest.param("Uỷ ban nhân dân, Ủy ban nhân dân, uỷ ban Nhân dân", [3, 3, 3], id="uỷ and ủy"),
        pytest.param("UBND tỉnh", [3], id="a source variant"),
        pytest.param("hoà bình, hòa bình và Hoà bình", [4, 4, 4], id="hoà and hòa"),
        pytest.param("thuỷ sản và thủy sản", [13, 13], id="thuỷ and thủy"),
        pytest.param("quý I và quí II", [14], id="qu keeps its tone on the y"),
        pytest.param("tỉnh Sơn La, sơn la", [5], id="case-sensitive"),
        pytest.param("ông Bình", [6], id="a person's name"),
        pytest.param("trung bình, bình quân", [], id="a name that is a word, without its capital"),
        pytest.param("ông BÌNH", [6], id="a name in capitals"),
        pytest.param("Phó Chủ tịch nước gặp Chủ tịch nước", [7], id="a forbidden source blocks"),
        pytest.param("phó chủ tịch nước", [], id="in any case"),
        pytest.param("Việt Nam - Trung Quốc; Việt Nam – Trung Quốc; Việt Nam—Trung Quốc", [8, 8, 8], id="dashes"),
        pytest.param("Việt Nam-Trung Quốc; Việt Nam -Trung Quốc; Việt Nam- Trung Quốc", [8, 8, 8], id="blanks at the dash"),
        pytest.param("Việt Nam và Trung Quốc", [], id="no dash"),
        pytest.param("định hướng “6 hơn” và định hướng \"6 hơn\"", [9, 9], id="quotes"),
        pytest.param("Bộ\u00a0trưởng Ngoại\u00a0giao", [1], id="no-break space"),
        pytest.param("giữ vững ổn định", [], id="obsolete terms are not found"),
        pytest.param("hai bên nhất trí", [11], id="suggested ones are"),
        pytest.param("", [], id="nothing"),
    ],
)  # fmt: skip
def test_find(text: str, found: list[int]) -> None:
    assert [m.term.id for m in FIND(text)] == found


def test_offsets_are_code_points() -> None:
    text = "😀 “Uỷ ban nhân dân” 𝐀 gặp Lê Hoài Trung"
    assert [text[m.start : m.end] for m in FIND(text)] == ["Uỷ ban nhân dân", "Lê Hoài Trung"]
    # İ grows when it is made small; offsets must not move.
    text = "İİ Bộ trưởng"
    assert [(m.start, text[m.start : m.end]) for m in FIND(text)] == [(3, "Bộ trưởng")]


def test_an_enforced_term_goes_before_a_suggested_one() -> None:
    found = Matcher([Term(1, "hội đàm", "talks", use="suggest"), Term(2, "hội đàm", "hold talks", "event")]).find(
        "hội đàm"
    )
    assert [m.term.id for m in found] == [2]
    found = Matcher([Term(2, "hội đàm", "talks", "event"), Term(1, "hội đàm", "hold talks")]).find("hội đàm")
    assert [m.term.id for m in found] == [1], "of two alike the older"


def test_a_longer_candidate_that_fails_does_not_hide_a_shorter_one() -> None:
    found = Matcher([Term(1, "Ngoại giao Lê", "x", "person"), Term(2, "Ngoại giao", "foreign affairs")]).find(
        "ngoại giao Lê"
    )
    assert [m.term.id for m in found] == [2]


def test_no_terms() -> None:
    assert Matcher([]).find("Bộ trưởng") == []


def test_the_matcher_follows_the_glossary(db) -> None:
    def find() -> list[str]:
        return [m.term.target for m in glossary.matcher(db).find("hai bên nhất trí")]

    assert find() == []
    term_id = glossary.save(db, Term(0, "nhất trí", "agree"), author="Lan")
    assert find() == ["agree"]
    glossary.save(db, Term(term_id, "nhất trí", "concur"), author="Lan")
    assert find() == ["concur"]
    glossary.save(db, Term(term_id, "nhất trí", "concur", status="obsolete"), author="Lan")
    assert find() == []
    assert [h["term"]["target"] for h in terms.history(db, term_id)] == ["concur", "concur", "agree"]


def test_what_is_typed_decomposed_is_found_composed(db) -> None:
    glossary.import_csv(db, "source,target\nBo\u0323\u0302 tru\u031bo\u031b\u0309ng,Minister", author="Lan")
    assert [t.source for t in terms.all_terms(db)] == [nfc("Bộ trưởng")]
