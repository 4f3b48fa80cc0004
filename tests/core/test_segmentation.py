"""Paragraph → sentences: what ends one in Vietnamese news, and what does not."""

import pytest

from tests.conftest import letters
from workbench.segmentation import sentences

# Each line is a paragraph; ¦ marks where a sentence ends.
CASES = """
Ông thăm Quảng Tây.¦Chủ tịch Vi Thao tiếp đoàn.
Ông thăm Lào. ¦Bà thăm Nga.
Đoàn đến TP.HCM ngày 3/2. ¦Ông Trung phát biểu.
Đoàn đến TP. Nam Ninh và Tp. Huế, Tx. Sơn Tây, TT. Sa Pa.
GS.TS. Nguyễn Văn A phát biểu. ¦PGS. TS. Lê B trả lời.
GS.TS Nguyễn Văn A, PGS.TS Trần B, ThS. Lê A và KTS. Phạm C dự.
Trụ sở ở Q. 1, P. Bến Nghé, Tr. 5, St. Petersburg.
Hàng gồm gạo, thuốc, v.v. và nước sạch.
Hàng gồm gạo, thuốc, v.v... ¦Ông cảm ơn.
Kim ngạch đạt 26,5 tỷ USD, tăng 16.4%. ¦Xuất khẩu đạt 1.234.567 USD.
Ngày 18/1/1950, hai nước lập quan hệ. ¦Ngày 3.2.2026, hai bên gặp.
Đại hội lần thứ XIV. ¦Đại hội thành công.
Mục tiêu năm 2030. ¦Năm 2045 cao hơn.
Ông nói: "Chúng tôi hợp tác. Chúng tôi hữu nghị." ¦Bà cảm ơn.
Ông nói: "Chúng tôi hợp tác." ¦Đồng chí cảm ơn.
Ông nói: “Chúng tôi hợp tác. Chúng tôi hữu nghị”. ¦Ủy ban họp.
"Có được không?", ông hỏi. ¦Được! ¦Tốt.
Ông hỏi: "Có được không?" rồi cười.
Công nghệ cao,... ¦Ông đề nghị đẩy nhanh.
Hợp tác… ¦Hai bên nhất trí.
Ông nói: “Chúng tôi… Việt Nam rất vui”. ¦Bà cảm ơn.
Lào, Nga… và Trung Quốc tham gia.
Tổng thống Donald J. Trump gặp ông A. Guterres. ¦Ông Q. Khải cảm ơn.
Ông T. đồng ý. ¦Sau đó ông về.
Xem chinhphu.vn và www.mofa.gov.vn. ¦Gửi về a.b@mofa.gov.vn.
Vũ Thùy Trang (nguồn: BNG). ¦Bà nói.
1. Về chính trị, hai bên nhất trí. ¦Về kinh tế cũng vậy.
a) Về biên giới, hai bên phối hợp.
IV. Kết luận của hội nghị.
Tăng 5%.¦Giảm 3%.
./.
""".strip().splitlines()


@pytest.mark.parametrize("case", CASES)
def test_sentences(case: str) -> None:
    assert sentences(case.replace("¦", "")) == [s.strip() for s in case.split("¦")]


@pytest.mark.parametrize("case", CASES)
def test_no_word_is_lost_and_no_blank_is_put_into_one(case: str) -> None:
    paragraph = case.replace("¦", "")
    found = sentences(paragraph)
    assert letters("".join(found)) == letters(paragraph)
    assert all(s in paragraph for s in found)


def test_blanks_are_squeezed_and_nothing_comes_of_nothing() -> None:
    assert sentences("  Hai  bên\u00a0nhất\ttrí. ") == ["Hai bên nhất trí."]
    assert sentences(" \n ") == []
