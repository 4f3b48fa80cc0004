"""Names that are no persons' although they are written like one: of streets, schools, companies and prizes."""

from __future__ import annotations

import re

_HOLDER = re.compile(
    r"\b(?:(?:tiểu|trung|đại) học|(?<!môi )(?<!thị )trường|viện|bảo tàng|giải|giải thưởng|quỹ"
    r"|huân chương|triều|đường|đại lộ|phố|phường|quận|huyện|xã|tỉnh|thị trấn|khu|thôn|bản|làng|bến"
    r"|cầu|chợ|công viên|quảng trường|lăng|chùa|đền|rạp|nhà|sân bay|cảng|đảo|sông|núi|hồ|đèo|tàu|doanh nghiệp"
    r"|công ty|cổ phần|tập đoàn|hãng|ngân hàng|nhà máy|(?<!nhà )báo|đội|câu lạc bộ)\s+$",
    re.IGNORECASE,
)
# An office and at most nine words of what it is held in, up to the name.
_OFFICE = re.compile(
    r"\b(?:bộ trưởng|thứ trưởng|chủ tịch|giám đốc|hiệu trưởng|viện trưởng|bí thư|thống đốc|thị trưởng|trưởng ban"
    r"|chủ nhiệm|đại biểu|phát ngôn viên|người phát ngôn)(?:\s+[^\s,;.:()“”\"–]+){0,9}\s+$",
    re.IGNORECASE,
)
BEFORE = 90
"""How far before a name its office stands; a long text is not searched from its beginning for each name."""


def is_held(before: str) -> bool:
    """Whether the name that follows ``before`` is that of a thing, and not of the person who holds an office in it.

    >>> is_held("khánh thành đường "), is_held("Giám đốc Bệnh viện "), is_held("Bộ Nông nghiệp và Môi trường ")
    (True, False, False)
    """
    near = before[-BEFORE:]
    return bool(_HOLDER.search(near)) and not _OFFICE.search(near)
