"""Numbers and persons in the machine translation: what must stand there, and that it does."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.checks import check_segment
from workbench.glossary import Matcher
from workbench.glossary.forms import present
from workbench.glossary.terms import Term
from workbench.machine import steering
from workbench.machine.engine import Engine, Hypothesis
from workbench.machine.figures import figures, spurious
from workbench.machine.persons import with_persons
from workbench.machine.steering import translate, without_stutter


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("tăng 31,4% so với năm trước", ["31.4%"]),
        ("đạt 42 tỷ USD", ["42 billion"]),
        ("khoảng 2,5 triệu tấn", ["2.5 million"]),
        ("hơn 11.500 đại biểu", ["11,500"]),
        ("chiều 3/2", ["February 3"]),
        ("Trong hai ngày 28 và 29/1", ["28", "January 29"]),
        ("từ ngày 3-4/2", ["3", "February 4"]),
        ("từ 13 đến 15/11", ["13", "November 15"]),
        ("từ 1/3 đến 1/2 dân số", [None, None]),
        ("ngày 18/1/1950", ["January 18, 1950"]),
        ("tháng 5/2026", ["May 2026"]),
        ("trong tháng 9", ["September"]),
        ("Kỳ họp lần thứ 48", ["48th"]),
        ("Hội nghị COP28", ["COP28"]),
        ("năm 2026", ["2026"]),
        ("thắng với tỷ số 3/2", [None]),
        ("Đến nay, 2/3 số nước đã phê chuẩn", [None]),
        ("từ 1.5 độ C lên 2.5 độ C", ["1.5", "2.5"]),
        ("giá 3,000 USD", [None]),
        ("Sáng thứ 2, ông họp báo", [None]),
        ("Có hơn11 triệu người", [None]),
        ("lúc 15h30", [None]),
        ("2 tỷ rưỡi", ["2.5 billion"]),
    ],
)
def test_how_a_number_is_written(source: str, english: list[str | None]) -> None:
    assert [f.english for f in figures(source)] == english


def test_number_words_and_terms_are_left_to_the_engine() -> None:
    source = "hai bên ký UNCLOS 1982"
    start = source.index("1982")
    assert figures(source, [(start - 7, start + 4)]) == []


def test_a_date_needs_its_day_and_its_month() -> None:
    [date] = figures("chiều 3/2")
    assert date.met("on the afternoon of February 3")
    assert not date.met("on the afternoon of March 2")


def test_numbers_the_source_has_not() -> None:
    found = spurious("tăng 31,4%", "up 31.4% to 14.4 in 1982", ["the 1982 Convention"])
    assert [n.text for n in found] == ["14.4"]


NUMBERS = [
    "Kim ngạch thương mại hai chiều đạt 97,43 tỷ USD, tăng 31,4% so với năm trước.",
    "Chiều 17/9, Thủ tướng tiếp 246 đại biểu dự Kỳ họp lần thứ 38.",
    "Đến ngày 21/11/2025, hai bên đã mở 1.740 tuyến đường với 3,68 triệu lượt khách.",
]


def test_numbers_stand_in_the_translation(engine: Engine) -> None:
    for sentence, done in zip(NUMBERS, translate(engine, NUMBERS, [[], [], []]), strict=True):
        missing = [f.english for f in figures(sentence) if not f.met(done.text)]
        assert missing == [], done.text
        wrong = [c.message for c in check_segment(sentence, done.text, []) if c.check == "number-mismatch"]
        assert wrong == [], done.text


PERSONS = [
    "Thứ trưởng Ngoại giao Đặng Khuê Nghiêm hội đàm với ông Thẩm Kiến Quốc, Đại sứ Trung Quốc tại Việt Nam.",
    "Tại Hà Nội, Bộ trưởng Ngoại giao Lê Hoài Trung tiếp Tổng thống Brentano Quixote.",
]


def test_persons_the_glossary_lacks_are_named_right(engine: Engine) -> None:
    find = Matcher([Term(1, "Lê Hoài Trung", "Le Hoai Trung", "person")]).find
    matches = with_persons(PERSONS, find)
    assert [m.term.target for row in matches for m in row] == [
        "Dang Khue Nghiem",
        "Shen Jianguo",
        "Le Hoai Trung",
        "Brentano Quixote",
    ]
    for found, done in zip(matches, translate(engine, PERSONS, matches), strict=True):
        for match in found:
            assert present(match.term, done.text), f"{match.term.target}: {done.text}"


def evenly(text: str, source: str) -> Hypothesis:
    """A hypothesis whose every piece (a letter) looked at every piece of the source alike."""
    spans = [(i, i + 1) for i in range(len(source))]
    return Hypothesis(
        text, 0, np.ones((len(text), len(source)), np.float32), spans, [(i, i + 1) for i in range(len(text))]
    )


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("tăng 31,4%", "up 13.4 percent", "up 31.4 percent"),
        ("tăng 31,4%", "up 13.4%", "up 31.4%"),
        ("Đại hội 14", "The 13th Congress", "The 14th Congress"),
        ("chiều 3/2/2026", "On March 5, 2026, they met", "On March 5, 2026, they met"),
        ("Có 150 người dự.", "They met at the G20.", "They met at the G20."),
        ("tăng 50%", "a 40-percent rise", "a 50-percent rise"),
        ("tăng 50%", "up 40 percent", "up 50 percent"),
        ("Đại hội 1.300", "The 13th Congress", "The 1300th Congress"),
        ("Có 150 người dự.", "13 percent people came", "13 percent people came"),
        ("Có 150 người dự.", "13% people came", "13% people came"),
    ],
)
def test_a_wrong_amount_is_put_right_in_its_place(source: str, text: str, expected: str) -> None:
    assert steering._replaced(steering._input(source, [], inject=True), evenly(text, source)) == expected


def test_an_amount_whose_place_is_not_found_is_written_anew() -> None:
    source, text = "Có 150 người dự.", "They met at 20 places."
    elsewhere = evenly(text, source)
    elsewhere.attention[:, :7] = 0
    given = steering._input(source, [], inject=True)
    assert steering._replaced(given, elsewhere) == text
    lost = steering._Work(given, elsewhere).next_lost()
    assert lost and lost.words == "150"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Công ty cổ phần Hoàng Anh Gia Lai mở rộng đầu tư.", []),
        ("Lễ khánh thành đường Võ Văn Kiệt diễn ra sáng nay.", []),
        ("Bộ trưởng Bộ Nông nghiệp và Môi trường Trần Đức Thắng dự hội nghị.", ["Tran Duc Thang"]),
        ("Phó Chủ tịch UBND Thành phố Nguyễn Mạnh Quyền phát biểu.", ["Nguyen Manh Quyen"]),
        ("Giám đốc Bệnh viện Đào Xuân Cơ tiếp đoàn.", ["Dao Xuan Co"]),
    ],
)
def test_names_of_things_are_no_persons_but_those_who_lead_them_are(source: str, expected: list[str]) -> None:
    (found,) = with_persons([source], Matcher([]).find)
    assert [match.term.target for match in found] == expected


@pytest.mark.parametrize(
    ("text", "meant", "expected"),
    [
        ("the Joint Joint Committee", (), "the Joint Committee"),
        ("for nuclear power and nuclear power and peace", (), "for nuclear power and peace"),
        ("stability and nuclear power and nuclear power, too", (), "stability and nuclear power, too"),
        ("Ko Ko Hlaing said", ("ko",), "Ko Ko Hlaing said"),
        ("call 84 84 84", (), "call 84 84 84"),
        ("Theresa May may visit", (), "Theresa May may visit"),
        ("told us US officials", (), "told us US officials"),
        ("1 1/2 years, 3 3.5 million", (), "1 1/2 years, 3 3.5 million"),
        ("what he had had", ("had",), "what he had had"),
        ("step by step, the the the end", (), "step by step, the end"),
        ("The the Committee of the UN UN Security Council", (), "The Committee of the UN Security Council"),
        ("May may visit", ("may",), "May may visit"),
        ("the Mong Cai–Ha Long–Ha Long–Hai Phong line", (), "the Mong Cai–Ha Long–Hai Phong line"),
    ],
)
def test_words_are_not_written_twice(text: str, meant: tuple[str, ...], expected: str) -> None:
    assert without_stutter(text, frozenset(meant)) == expected
