"""A term is not found inside a personal name that its words are part of."""

from __future__ import annotations

import pytest

from workbench.glossary import Matcher, Term


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("quốc yến", "Nghệ sĩ Huỳnh Quốc Yến, dự quốc yến", ["quốc yến"]),
        ("Ngoại giao đoàn", "Bộ trưởng Ngoại giao Đoàn Như Đông", []),
        ("Ngoại giao đoàn", "Ngoại giao đoàn và Ngoại giao Đoàn", ["Ngoại giao đoàn", "Ngoại giao Đoàn"]),
        ("bình an", "ông Lê Bình An nói", []),
        ("hòa bình", "tỉnh Hòa Bình yêu hòa bình", ["hòa bình"]),
        ("Quốc hội", "ông Nguyễn Quốc Hội dự Quốc Hội", ["Quốc Hội"]),
        ("Chủ tịch nước", "Chủ tịch Nước Tô Lâm", ["Chủ tịch Nước"]),
        ("Bộ trưởng Ngoại giao", "Bộ Trưởng Ngoại Giao Lê Hoài Trung", ["Bộ Trưởng Ngoại Giao"]),
        ("đối tác chiến lược toàn diện", "quan hệ Đối tác Chiến lược Toàn diện", ["Đối tác Chiến lược Toàn diện"]),
        ("hội đàm", "HỘI ĐÀM CẤP CAO", ["HỘI ĐÀM"]),
        ("hội đàm", "Hai Nước Hội Đàm Cấp Cao Tại Hà Nội", ["Hội Đàm"]),
        ("hội đàm", "Hội đàm cấp cao", ["Hội đàm"]),
    ],
)
def test_capitals_tell_a_name(term: str, text: str, found: list[str]) -> None:
    assert [text[m.start : m.end] for m in Matcher([Term(1, term, "x")]).find(text)] == found
