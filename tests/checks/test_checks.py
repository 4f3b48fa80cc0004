"""What single checks say and repair."""

import pytest

from tests.checks.fixtures import matcher
from workbench.checks import CHECKS, SEVERITIES, Check, check_segment, inconsistent
from workbench.numbers.english import read_english
from workbench.numbers.vietnamese import read_vietnamese


def checks(source: str, target: str, kind: str = "paragraph") -> list[Check]:
    return check_segment(source, target, matcher().find(source), kind=kind)


def fixes(source: str, target: str, kind: str = "paragraph") -> list[str | None]:
    return [check.fix for check in checks(source, target, kind)]


def test_message_names_the_thing() -> None:
    (check,) = checks("Kim ngạch thương mại tăng.", "Trade rose very sharply.")
    assert check.message == "trade turnover (kim ngạch thương mại) is missing"
    assert check.severity == "error"
    assert check.term is not None
    assert check.template % check.params == check.message


@pytest.mark.parametrize(
    ("source", "target", "fixed"),
    [
        ("Biển Đông ổn định.", "The South China Sea is stable.", "The East Sea is stable."),
        ("Các cửa khẩu mở lại.", "Border crossings reopened.", "Border gates reopened."),
        ("Tăng 26,5%.", "Up 26,5%.", "Up 26.5%."),
        ("Tăng 26,5%.", "Up 25.6%.", "Up 26.5%."),
        ("Hỗ trợ 500.000 USD.", "Support of 500.000 USD.", "Support of 500,000 USD."),
        ("Đạt 42 tỷ USD.", "It reached 42 million USD.", "It reached 42 billion USD."),
        ("Phiên họp lần thứ 22.", "The 21st meeting.", "The 22nd meeting."),
        (
            "Năm 1950, hai nước hợp tác.",
            "In 1960, the two countries cooperated.",
            "In 1950, the two countries cooperated.",
        ),
        ("Hai bên nhất trí.", "The two sides  agreed.", "The two sides agreed."),
        ("Hai bên nhất trí.", "The two sides agreed", "The two sides agreed."),
        ('Ông nói: "Tốt".', 'He said: "Good"', 'He said: "Good."'),
        ("Thủ tướng thăm Lào, Cuba.", "Prime Minister visits Laos , Cuba.", "Prime Minister visits Laos, Cuba."),
    ],
)
def test_fix_is_the_whole_text(source: str, target: str, fixed: str) -> None:
    assert fixes(source, target) == [fixed]
    assert not checks(source, fixed)


def test_no_fix_where_it_is_not_safe() -> None:
    assert fixes("Chiều 4/2, hai bên gặp nhau.", "On the afternoon of March 5, the two sides met.") == [None]


def test_headline_without_full_stop() -> None:
    assert fixes("Thủ tướng thăm Lào", "Prime Minister visits Laos.", "headline") == ["Prime Minister visits Laos"]


def test_empty_and_untranslated_stand_alone() -> None:
    assert [c.check for c in checks("Biển Đông: 26,5%", "")] == ["empty"]
    assert [c.check for c in checks("Lê Hoài Trung ở Biển Đông", "Lê Hoài Trung ở Biển Đông")] == ["untranslated"]


def test_decomposed_text_is_the_same() -> None:
    assert [c.check for c in check_segment("Đoàn thăm Huế.", "The delegation visited Hue\u0302\u0301.")] == [
        "vietnamese-left"
    ]


def test_span_is_in_the_target() -> None:
    target = "The two sides met in Hà Nội for the first time."
    (check,) = checks("Hai bên gặp nhau lần đầu ở Hà Nội.", target)
    assert check.span is not None
    assert target[slice(*check.span)] == "Hà Nội"


def test_every_check_has_a_severity() -> None:
    assert set(CHECKS) == set(SEVERITIES)
    assert len(CHECKS) == 13


def test_inconsistent_offers_what_most_have() -> None:
    rows = [(1, "Ảnh: TTXVN", "Photo: VNA"), (2, "Ảnh: TTXVN", "Photo: VNA"), (3, "Ảnh: TTXVN", "Photo by VNA")]
    found = inconsistent(rows)
    assert found[3].fix == "Photo: VNA"
    assert found[1].fix is None
    assert "Photo by VNA" in found[1].message


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        ("26,5%", "26.5%"),
        ("1.234.567 người", "1,234,567 people"),
        ("42 tỷ USD", "42,000 million USD"),
        ("2 nghìn tỷ", "2 trillion"),
        ("khóa XIV", "the 14th tenure"),
        ("quý IV", "the fourth quarter"),
        ("15h30", "3:30 p.m."),
        ("những năm 90", "the 1990s"),
        ("hai mươi lăm năm", "25 years"),
        ("hai trăm nghìn", "two hundred thousand"),
        ("500 nghìn", "half a million"),
        ("lần thứ 21", "the twenty-first"),
        ("COP28", "COP-28"),
    ],
)
def test_numbers_that_are_the_same(vietnamese: str, english: str) -> None:
    keys = {key for number in read_vietnamese(vietnamese) for key in number.keys}
    assert any(number.keys & keys for number in read_english(english))


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        # Minutes, where each repetition is counted anew from each place.
        ("5 " * 5_000, "1 " * 5_000, {"number-mismatch"}),
        ("một " * 5_000, "one " * 5_000, set()),
        ("Hai bên hội đàm. " * 1_100, "The two sides talked and " * 800, {"repetition", "punctuation"}),
        ("ông Lê Hoài Sơn gặp Tổng thống Cyril Ramaphosa " * 420, "Mr. Son met President Ramaphosa. " * 600, set()),
    ],
    ids=["figures", "words", "a loop", "names"],
)
def test_the_longest_segments_may_repeat(source: str, target: str, found: set[str]) -> None:
    said = {check.check for check in check_segment(source, target)}
    assert said >= found and "name-mismatch" not in said


def test_a_title_stands_right_before_the_name() -> None:
    english = "On that day, as many of those who were there have told since, they came to visit."
    assert not checks("Tổng thống, theo lời kể của nhiều người ở đó hôm ấy, rồi Cyril Ramaphosa đến.", english)
    (check,) = checks("Theo lời kể của nhiều người ở đó hôm ấy, Tổng thống Cyril Ramaphosa đến.", english)
    assert check.params == {"target": "Cyril Ramaphosa", "source": "Cyril Ramaphosa"}
