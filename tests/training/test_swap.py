"""Pairs with other numbers and other terms say the same on both sides."""

from __future__ import annotations

import random
import re

import pytest

from tests.training.numbers import wrong_numbers
from training import swap
from training.augment import MONTHS, TermFinder
from training.corpus import Term

PAIRS = (
    ("Chuyến thăm diễn ra từ ngày 13 đến 15/11.", "The visit takes place from November 13 to 15."),
    ("Trong hai ngày 25 và 26/10, hai bên ký 12 văn kiện.", "On October 25 and 26, the two sides signed 12 documents."),
    ("Đợt thứ ba, sau các đợt vào tháng 2 và tháng 4.", "The third round, after those in February and April."),
    ("Triển lãm mở cửa từ 14/6 đến 27/6, trừ ngày 3/7.", "The exhibition is open from June 14 to 27 except July 3."),
    ("Ngày 7/3, kim ngạch đạt 1.234,5 triệu USD.", "On March 7, turnover reached 1,234.5 million USD."),
)  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS)
def test_numbers_change_on_both_sides(pair: tuple[str, str]) -> None:
    rng = random.Random(1)
    made = [swap.swap_numbers(pair, rng) for _ in range(60)]
    assert len(set(made)) > 20
    assert wrong_numbers(made) == ""


def test_days_of_a_range_stay_in_order() -> None:
    rng = random.Random(2)
    for _ in range(60):
        source, target = swap.swap_numbers(PAIRS[0], rng)
        found = re.search(r"ngày (\d+) đến (\d+)/(\d+)", source)
        assert found
        first, last, month = map(int, found.groups())
        assert first < last
        assert f"from {MONTHS[month - 1]} {first} to {last}." in target


def test_times_stay_and_ages_are_ages() -> None:
    pair = "Lúc 17 giờ 30 ngày 3/9, ông Sơn, 64 tuổi, đến nơi.", "At 17:30 on September 3, Son, 64, arrived."
    for seed in range(80):
        source, target = swap.swap_numbers(pair, random.Random(seed))
        assert "17 giờ 30" in source and "17:30" in target
        assert 3 <= int(re.findall(r"Son, (\d+),", target)[0]) <= 99


def test_a_term_that_stands_twice_is_not_swapped() -> None:
    terms = [Term(v, e, (v,), (e,), "title") for v, e in (("Đại sứ", "Ambassador"), ("Bộ trưởng", "Minister"))]
    pair = "Đại sứ gặp Đại sứ Anh.", "The Ambassador met his British counterpart."
    assert swap.TermSwapper(terms, TermFinder(terms)).swap(pair, random.Random(1), share=1.0) == pair


def test_a_term_stands_on_both_sides_mostly_in_english() -> None:
    terms = [
        Term(vietnamese, english, (vietnamese,), (english,), kind)
        for vietnamese, english, kind in (
            ("Phần Lan", "Finland", "place"), ("Kê-ni-a", "Kenya", "place"), ("Hà Lan", "the Netherlands", "place"),
            ("Đại sứ", "Ambassador", "title"), ("nhất trí", "agree", "phrase"),
        )
    ]  # fmt: skip
    swapper = swap.TermSwapper(terms, TermFinder(terms))
    pair = "Hai bên nhất trí thăm Phần Lan.", "The two sides agree to visit Finland."
    made = {swapper.swap(pair, random.Random(seed), share=1.0) for seed in range(60)}
    assert made == {
        (f"Hai bên nhất trí thăm {source}.", f"The two sides agree to visit {target}.")
        for target, sources in (("Kenya", ("Kenya", "Kê-ni-a")), ("Finland", ("Finland", "Phần Lan")))
        for source in sources
    }


@pytest.mark.parametrize(
    "pair",
    [
        ("Hai bên ký một nghị định thư.", "The two sides signed a protocol."),
        ("Hai bên ký các nghị định thư.", "The two sides signed protocols."),
        ("Họ thăm vịnh Phần Lan.", "They visited the Finland Bay."),
        ("Họ thăm Nhà Phần Lan.", "They visited Little Finland."),
    ],
)
def test_a_term_after_an_indefinite_article_or_in_a_longer_name_stays(pair: tuple[str, str]) -> None:
    terms = [
        Term(vietnamese, english, (vietnamese,), (english,), kind)
        for vietnamese, english, kind in (
            ("nghị định thư", "protocol", "document"), ("hiệp định", "agreement", "document"),
            ("Phần Lan", "Finland", "place"), ("Kê-ni-a", "Kenya", "place"),
        )
    ]  # fmt: skip
    swapper = swap.TermSwapper(terms, TermFinder(terms))
    assert {swapper.swap(pair, random.Random(seed), share=1.0) for seed in range(9)} == {pair}
