# ruff: noqa: E501 (tables of texts)
"""What real articles look like: each habit is a small file in ``tests/data/articles``.

``NAME.txt`` is the article; ``NAME.segments`` says for each segment its paragraph,
its kind and its text.
"""

from pathlib import Path

import pytest

from tests.conftest import REAL_ARTICLES, ROOT, SAMPLES, SHARED_SEEDS, letters
from workbench.articles import read_article
from workbench.encoding import decode

HABITS = sorted((ROOT / "tests" / "data" / "articles").glob("*.txt"))


@pytest.mark.parametrize("file", HABITS, ids=lambda p: p.stem)
def test_habit(file: Path) -> None:
    expected = file.with_suffix(".segments").read_text(encoding="utf-8").splitlines()
    article = read_article(file.read_bytes(), file.name)
    assert [f"{s.paragraph}\t{s.kind}\t{s.source}" for s in article.segments] == expected
    assert [s.position for s in article.segments] == list(range(1, len(expected) + 1))


@pytest.mark.parametrize("file", [*HABITS, *(p for p in SAMPLES if p.suffix == ".txt")], ids=lambda p: p.name)
def test_joining_the_segments_gives_back_every_word(file: Path) -> None:
    article = read_article(file.read_bytes(), file.name)
    assert letters("".join(s.source for s in article.segments)) == letters(decode(file.read_bytes()))


@pytest.mark.skipif(
    not REAL_ARTICLES, reason=f"{SHARED_SEEDS} is not there: the real articles are not part of the repository"
)
@pytest.mark.parametrize("file", REAL_ARTICLES, ids=lambda p: p.name)
def test_joining_the_segments_of_a_real_article_gives_back_every_word(file: Path) -> None:
    article = read_article(file.read_bytes(), file.name)
    assert letters("".join(s.source for s in article.segments)) == letters(decode(file.read_bytes()))
    assert any(s.kind == "caption" for s in article.segments) or file.name.startswith("002")


def test_the_markdown_sample_keeps_every_word_but_the_markup() -> None:
    file = ROOT / "seeds" / "dai-hoi-dang-bo-bo-ngoai-giao.md"
    text = decode(file.read_bytes())
    for picture in ("![Đoàn Chủ tịch điều hành Đại hội](images/dai-hoi-01.jpg)", "(images/dai-hoi-02.jpg)"):
        assert picture in text
        text = text.replace(picture, "")
    plain = "".join(line.lstrip("#>").strip().strip("*").removeprefix("![").rstrip("]") for line in text.splitlines())
    article = read_article(file.read_bytes(), file.name)
    assert letters("".join(s.source for s in article.segments)) == letters(plain)


def test_the_html_sample_keeps_the_article_and_leaves_the_page_around_it() -> None:
    from lxml import html

    file = ROOT / "seeds" / "hop-bao-thuong-ky.html"
    (page,) = html.fromstring(decode(file.read_bytes())).xpath("//article")
    for noise in page.xpath("//ul[@class='related'] | //p[@class='meta'] | //style"):
        noise.drop_tree()
    article = read_article(file.read_bytes(), file.name)
    assert letters("".join(s.source for s in article.segments)) == letters(page.text_content())
    assert article.published_on == "2026-04-16"
    assert [s.kind for s in article.segments].count("caption") == 2


@pytest.mark.parametrize(
    "ending",
    [
        "- Ảnh: TTXVN",
        "– Ảnh: BNG.",
        ". Ảnh: BNG",
        ". ảnh: TTXVN",
        ". Ảnh minh họa: TTXVN",
        ". Ảnh tư liệu: Thống Nhất/TTXVN |",
        "(Ảnh: VGP/Nhật Bắc)",
        ". (Nguồn: TTXVN/Vietnam+)",
        ". Nguồn: Chinhphu.vn",
        ". Nguồn: vietnamnet.com.vn",
        "|",
    ],
)
def test_endings_of_captions(ending: str) -> None:
    text = f"Chiều 3/2, ông hội đàm với ông Vương Nghị.\nHai Bộ trưởng ký kết {ending}\nHai bên nhất trí."
    assert [s.kind for s in read_article(text.encode(), "a.txt").segments] == ["paragraph", "caption", "paragraph"]


@pytest.mark.parametrize(
    "line",
    ["Hà Thu", "PHƯƠNG LINH", "Nguyễn Hồng - Thu Trang", "Anh Sơn, Thu Trang", "Theo TTXVN/VOV", "(Theo TTXVN)", "Nhóm PV",
     "Thu Trang (TTXVN)", "Hà Thu/TG&VN", "Tin, ảnh: Hà Thu"],
)  # fmt: skip
def test_by_lines(line: str) -> None:
    text = f"Chiều 3/2, ông hội đàm với ông Vương Nghị.\nHai bên nhất trí.\n{line}"
    assert read_article(text.encode(), "a.txt").segments[-1].kind == "byline"


@pytest.mark.parametrize(
    "start",
    [
        "(TAP) -",
        "(TG&VN) –",
        "TTXVN -",
        "NDO –",
        "QĐND Online -",
        "HÀ NỘI, 3/2 -",
        "Hà Nội (TTXVN) –",
        "date 2026-02-04",
    ],
)
def test_datelines_stand_by_themselves(start: str) -> None:
    text = f"{start} Sáng 3/2, Bộ trưởng Lê Hoài Trung đã tiếp Đại sứ Trung Quốc Hà Vĩ tại Hà Nội.\nHai bên nhất trí."
    first = read_article(text.encode(), "a.txt").segments[0]
    assert (first.kind, first.source) == ("dateline", start)


@pytest.mark.parametrize(("written", "day"), [("2026-02-04", "2026-02-04"), ("2026-02-30", None), ("2026-99-99", None)])
def test_only_days_that_exist_are_dates(written: str, day: str | None) -> None:
    assert read_article(f"date {written} Hai bên nhất trí.".encode(), "a.txt").published_on == day


def test_the_title_is_the_headline_else_how_the_body_begins() -> None:
    caption = "Hai Bộ trưởng ký kết - Ảnh: TTXVN\n"
    body = "Chiều 3/2, tại Hà Nội, Bộ trưởng Ngoại giao Lê Hoài Trung đã hội đàm với ông Vương Nghị.\nHai bên nhất trí."
    assert (
        read_article(f"{caption}Việt - Trung tăng cường hợp tác\n{body}".encode(), "a.txt").title
        == "Việt - Trung tăng cường hợp tác"
    )
    begun = read_article((caption + body).encode(), "a.txt").title
    assert begun == "Chiều 3/2, tại Hà Nội, Bộ trưởng Ngoại giao Lê Hoài Trung đã hội đàm với…"
