"""Generated names: Vietnamese, Chinese in Sino-Vietnamese reading, foreign.

Every generator gives a pair (as Vietnamese text writes it, as English does).
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from functools import cached_property
from pathlib import Path


def _words(text: str) -> list[str]:
    """A list written as words with spaces."""
    return text.split()


FAMILY = _words(
    "Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trương "
    "Lương Tô Mai Đào Đoàn Vương Trịnh Hà Tạ Lâm Cao Chu Thái Quách La Lưu Tống Doãn Nông Triệu Hứa Kiều Phùng "
    "Tăng Lại Khổng Bạch Giáp Thân Nghiêm Mạc Cù Quản Thạch Điểu Vi Hầu Giàng Sùng Lò Quàng Bế Hoa Tôn Từ Ông"
)
MIDDLE = _words(
    "Văn Hữu Đức Minh Quang Ngọc Thanh Xuân Hoài Quốc Công Đình Thế Mạnh Bá Duy Trọng Phú Hồng Thị Thị Kim Anh "
    "Tuấn Việt Hải Tiến Thành Khắc Gia Bảo Nhật Như Thu Bích Lan Hoàng Phương Tấn Viết Đăng Chí Cao Trung Vĩnh "
    "Ánh Diệu Mỹ Tuyết Cẩm Khánh Huy Hùng Sỹ Sĩ Nguyên Phước Tất Doãn Danh Đại Trường Thiện Nam Lâm"
)
GIVEN = _words(
    "Trung Sơn Lâm Chính Phúc Trọng Huệ Mẫn Cường Hà Quân Giang Dũng Hùng Sinh Vinh Tú Nam Hằng Trang Hương Linh "
    "Nga Thủy Bình Minh Long Khánh Thắng Tuấn Tùng Hiếu Kiên Nghĩa Thịnh Phong Phương Thảo Yến Hiền Việt Lan Mai "
    "Châu Ngân Hải Đức Tân Hưng Quý Thành Ninh Nghị Thương Khoa Đông Quỳnh Huyền Vân Anh Ngọc Diệp Hoa Hạnh Dung "
    "Thúy Loan Oanh Nhung Xuân Thu Đạt Hậu Lộc Phát Tài Toàn Thuận Tiến Vũ Vượng Xuyên Trí Tín Tâm Sáng Quang "
    "Nguyên Nhân Mạnh Luân Lực Kỳ Khải Huy Hoàng Hòa Hoan Duy Duẩn Định Điệp Chung Chiến Cảnh Bách Bảo Ân Tỵ Ry "
    "Thưởng Lượng Thăng Thọ Triết Tuyên Tước Uyên Vy Trâm Trinh Thơ Sương Phượng Ngoan Nết Mỹ Lý Liên Khuê Giao"
)
CHINESE_FAMILY = _words(
    "Vương Lý Trương Lưu Trần Dương Triệu Hoàng Chu Ngô Từ Tôn Hồ Cao Lâm Hà Quách Mã La Lương Tống Trịnh Tạ Hàn "
    "Đường Phùng Đổng Tiêu Trình Tào Viên Đặng Hứa Phó Thẩm Tăng Bành Lã Tô Lư Tưởng Thái Giả Đinh Ngụy Tiết Diệp "
    "Diêm Dư Phan Đỗ Đới Hạ Chung Uông Điền Nhâm Khương Phạm Phương Thạch Diêu Đàm Liêu Trâu Hùng Kim Lục Hách "
    "Khổng Bạch Thôi Khang Mao Khâu Tần Giang Sử Cố Hầu Thiệu Mạnh Long Vạn Đoàn Tiền Thang Doãn Lê Dịch Thường Vũ "
    "Kiều Hạ Lại Cung Văn Vi Quan Tập"
)
# Readings of family names and of frequent name syllables, where the table has several.
READINGS = {
    "Vương": "wang", "Tập": "xi", "Cận": "jin", "Bình": "ping", "Nghị": "yi", "Lý": "li", "Lưu": "liu",
    "Trần": "chen", "Triệu": "zhao", "Vi": "wei", "Hàn": "han", "Chính": "zheng", "Tường": "xiang", "Thái": "cai",
    "Kỳ": "qi", "Hy": "xi", "Cương": "gang", "Mao": "mao", "Uông": "wang", "Văn": "wen", "Tân": "bin", "Hoa": "hua",
    "Oánh": "ying", "Hồ": "hu", "Tống": "song", "Đào": "tao", "Hứa": "xu", "Ninh": "ning", "Vệ": "wei",
    "Quân": "jun", "Minh": "ming", "Đức": "de", "Quốc": "guo", "Trương": "zhang", "Cao": "gao", "Dương": "yang",
    "Chu": "zhou", "Ngô": "wu", "Từ": "xu", "Tôn": "sun", "Mã": "ma", "Quách": "guo", "Tạ": "xie", "Vĩ": "wei",
    "Kiệt": "jie", "Phong": "feng", "Khiết": "jie", "Trì": "chi", "Lỗ": "lu", "Hùng": "xiong", "Ba": "bo",
    "Hải": "hai", "Siêu": "chao", "Kiến": "jian", "Thao": "tao", "Tinh": "xing", "Hưng": "xing", "Trung": "zhong",
    "Đinh": "ding", "Tiết": "xue", "Lạc": "le", "Tế": "ji", "Cường": "qiang", "Khắc": "ke", "Xuân": "chun",
}  # fmt: skip
FIRST = _words(
    "Joe Donald Anthony Marco Antony Emmanuel Olaf Friedrich Fumio Shigeru Yoshimasa Toshimitsu Narendra Rajnath "
    "Vladimir Sergei Dmitry Alexander Thongloun Saleumxay Sonexay Bounnhang Hun Prak Sar Anutin Srettha Joko Prabowo "
    "Retno Anwar Mohamad Ferdinand Enrique Lawrence Vivian Penny Winston Christopher Justin Melanie Keir David Rishi "
    "Giorgia Pedro Karol Petr Mark Kaja Ursula Josep Antonio Philemon Miguel Bruno Mauro Luis Recep Hakan Faisal "
    "Mohammed Abdullah Saifuddin Tandin Nikol Kassym Rashid Aung Min Maria Elena Anna Sofia Laura Helen Catherine "
    "Janet Susan Thomas Peter Andrew Michael James Robert Julie Wendy Kevin Brian Annalena Ebba Mette Sanna Xanana "
    "Taur Hassanal Rosmah Tengku Zambry Yusof Ignazio Alain Guy Viola Katalin Viktor Andrej Zoran Rumen Klaus Igor "
    "Denys Lars Ulf Jonas Erna Sauli Alar Edgars Gitanas Samia Cyril Abiy William Paul Bola Nana Macky Alassane"
)
LAST = _words(
    "Biden Trump Blinken Rubio Macron Scholz Merz Kishida Ishiba Hayashi Motegi Modi Jaishankar Singh Putin Lavrov "
    "Medvedev Novak Sisoulith Kommasith Siphandone Manet Sokhonn Kheng Charnvirakul Thavisin Widodo Subianto Marsudi "
    "Ibrahim Hasan Marcos Manalo Wong Balakrishnan Albanese Peters Luxon Trudeau Joly Starmer Lammy Sunak Meloni "
    "Sanchez Nawrocki Pavel Rutte Kallas Borrell Guterres Rodriguez Diaz-Canel Silva Vieira Erdogan Fidan Salman "
    "Hourn Smith Johnson Brown Miller Kapoor Sharma Tanaka Suzuki Sato Weber Schmidt Rossi Dubois Martin Garcia Lopez "
    "Novakova Kowalski Ivanov Petrov Phommachanh Sengsavang Chansamone Rith Vongsa Hussein Kamara Mensah Okafor "
    "Nguema Diallo Traore Abdullahi Rahman Chowdhury Perera Fernando Shrestha Tshering Batbold Tokayev Mirziyoyev "
    "Aliyev Pashinyan Baerbock Tusk Fiala Fico Orban Iohannis Radev Plenkovic Vucic Rama Mitsotakis Costa Montenegro"
)
KOREAN_FAMILY = _words("Kim Park Lee Choi Jung Cho Kang Yoon Han Oh Shin Kwon Hwang Ahn Song Yoo Jeon Hong Ko Moon")
KOREAN = _words("Tae Jae Min Sung Hyun Jin Woo Young Dong Seok Jun Hee Ho Chul Kyung Sang Won Yeol Myung Geun")
ONSETS = _words("b br c ch d dr f g gr h j k kh kl l m n p ph r s sh sl st t th tr v w y z")
VOWELS = _words("a e i o u a e i o ai au ea ei ia ie io oa ou ue")
CODAS = ["", "", "", *_words("n r l s m t k nd nt rd sh v ch x ng")]
PLACES = (
    "Hà Nội|Hanoi,Hải Phòng|Hai Phong,Đà Nẵng|Da Nang,Huế|Hue,Cần Thơ|Can Tho,Quảng Ninh|Quang Ninh,Lạng Sơn|Lang Son,"
    "Lào Cai|Lao Cai,Cao Bằng|Cao Bang,Hà Giang|Ha Giang,Điện Biên|Dien Bien,Lai Châu|Lai Chau,Sơn La|Son La,"
    "Thanh Hóa|Thanh Hoa,Nghệ An|Nghe An,Hà Tĩnh|Ha Tinh,Quảng Bình|Quang Binh,Quảng Trị|Quang Tri,Quảng Nam|Quang Nam,"
    "Quảng Ngãi|Quang Ngai,Bình Định|Binh Dinh,Phú Yên|Phu Yen,Khánh Hòa|Khanh Hoa,Ninh Thuận|Ninh Thuan,"
    "Bình Thuận|Binh Thuan,Gia Lai|Gia Lai,Đắk Lắk|Dak Lak,Lâm Đồng|Lam Dong,Đồng Nai|Dong Nai,Bình Dương|Binh Duong,"
    "Tây Ninh|Tay Ninh,Long An|Long An,Tiền Giang|Tien Giang,Bến Tre|Ben Tre,Vĩnh Long|Vinh Long,Đồng Tháp|Dong Thap,"
    "An Giang|An Giang,Kiên Giang|Kien Giang,Sóc Trăng|Soc Trang,Bạc Liêu|Bac Lieu,Cà Mau|Ca Mau,Bắc Ninh|Bac Ninh,"
    "Bắc Giang|Bac Giang,Hưng Yên|Hung Yen,Hải Dương|Hai Duong,Nam Định|Nam Dinh,Thái Bình|Thai Binh,"
    "Ninh Bình|Ninh Binh,Hà Nam|Ha Nam,Vĩnh Phúc|Vinh Phuc,Phú Thọ|Phu Tho,Yên Bái|Yen Bai,Tuyên Quang|Tuyen Quang,"
    "Thái Nguyên|Thai Nguyen,Bắc Kạn|Bac Kan,Hòa Bình|Hoa Binh,Trà Vinh|Tra Vinh,Hậu Giang|Hau Giang,"
    "Bình Phước|Binh Phuoc,Kon Tum|Kon Tum,Đắk Nông|Dak Nong,Phú Quốc|Phu Quoc,Côn Đảo|Con Dao"
)


def strip_marks(text: str) -> str:
    """Vietnamese text without its diacritics, as English writes names."""
    plain = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(c for c in plain if unicodedata.category(c) != "Mn")


class NameMaker:
    """Names from one random generator; the Chinese ones by the Hán-Việt table."""

    def __init__(self, hanviet: Path, rng: random.Random) -> None:
        self.rng = rng
        self._hanviet = hanviet
        self._kinds: dict[str, Callable[[], tuple[str, str]]] = {
            "VN": self.vietnamese,
            "CN": self.chinese,
            "FN": self.foreign,
        }

    @cached_property
    def pinyin(self) -> dict[str, str]:
        """Sino-Vietnamese syllable → pinyin."""
        table = {}
        with self._hanviet.open(encoding="utf-8") as lines:
            for line in lines:
                columns = unicodedata.normalize("NFC", line.rstrip("\n")).split("\t")
                if len(columns) >= 2 and columns[0] and columns[1]:
                    table[columns[0].strip().capitalize()] = columns[1].split("/")[0].strip().lower()
        table.update(READINGS)
        return table

    @cached_property
    def _chinese_given(self) -> list[str]:
        return [s for s in self.pinyin if s not in ("Vi", "Quan")]

    def make(self, kind: str) -> tuple[str, str]:
        """A name of the kind of a slot: ``VN``, ``CN`` or ``FN``."""
        return self._kinds[kind]()

    def vietnamese(self) -> tuple[str, str]:
        """A Vietnamese name of two to four syllables."""
        pick = self.rng.choice
        parts = [pick(FAMILY)]
        if self.rng.random() < 0.9:
            parts.append(pick(MIDDLE))
        if self.rng.random() < 0.12:
            parts.append(pick(MIDDLE))
        parts.append(pick(GIVEN))
        name = " ".join(parts)
        return name, strip_marks(name)

    def chinese(self) -> tuple[str, str]:
        """A Chinese name: given syllables are written together in pinyin."""
        family = self.rng.choice([s for s in CHINESE_FAMILY if s in self.pinyin])
        frequent = list(READINGS)
        pool = frequent if self.rng.random() < 0.4 else self._chinese_given
        given = self.rng.sample(pool, self.rng.choice([1, 2, 2]))
        pinyin = "".join(self.pinyin[s] for s in given).capitalize()
        return " ".join([family, *given]), f"{self.pinyin[family].capitalize()} {pinyin}"

    def foreign(self) -> tuple[str, str]:
        """A foreign name, the same in both languages; often one nobody bears."""
        kind, pick = self.rng.random(), self.rng.choice
        if kind < 0.45:
            name = f"{pick(FIRST)} {pick(LAST)}"
        elif kind < 0.6:
            name = f"{pick(KOREAN_FAMILY)} {pick(KOREAN)}-{pick(KOREAN).lower()}"
            if self.rng.random() < 0.5:
                name = f"{pick(KOREAN_FAMILY)} {pick(KOREAN)} {pick(KOREAN)}"
        else:
            first = pick(FIRST) if self.rng.random() < 0.4 else self.invented()
            name = f"{first} {self.invented()}"
            if self.rng.random() < 0.12:
                name += f" {self.invented()}"
        return name, name

    def invented(self) -> str:
        """A word of two or three random syllables, capitalised."""
        pick = self.rng.choice
        syllables = [pick(ONSETS) + pick(VOWELS) for _ in range(self.rng.choice([1, 2, 2]))]
        return ("".join(syllables) + pick(ONSETS)[0] + pick(VOWELS)[0] + pick(CODAS)).capitalize()

    def place(self) -> tuple[str, str]:
        """A Vietnamese province or city."""
        source, target = self.rng.choice(PLACES.split(",")).split("|")
        return source, target
