"""Bytes of a file somebody gave us → text, or an error that says what to do."""

from __future__ import annotations

import codecs
import unicodedata

from workbench.text import nfc

# Letters of Vietnamese that Windows-1258 text has and other single-byte text has not.
_VIETNAMESE = set("ăâđêôơưĂÂĐÊÔƠƯ")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class UnreadableText(ValueError):
    """The bytes are no text, or in an encoding that is not known."""


def decode(data: bytes) -> str:
    """``data`` as NFC text with ``\\n`` line ends.

    Read are UTF-8 and UTF-16 (with or without byte order mark), UTF-32 with one,
    and Windows-1258, whose tone marks are separate letters and are composed.

    Raises UnreadableText for binary data and for text in none of these.
    """
    text = _decoded(data)
    if _looks_binary(text):
        raise UnreadableText("this is not a text file; save the article as UTF-8 text, Markdown, HTML or .docx")
    return nfc(text.replace("\r\n", "\n").replace("\r", "\n"))


def _decoded(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding)
    utf16 = _utf16_without_bom(data)
    if utf16:
        return _strict(data, utf16)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _strict(data, "cp1258")
        if _VIETNAMESE & set(text) and not _looks_binary(text):
            return text
        raise UnreadableText(
            f"the text is not valid UTF-8 (byte {error.start + 1}) and not Windows-1258 Vietnamese; save it as UTF-8"
        ) from error


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableText(f"the text breaks off or is damaged at byte {error.start + 1} ({encoding})") from error


def _utf16_without_bom(data: bytes) -> str | None:
    """Blanks of UTF-16 text are ``20 00`` or ``00 20``; no UTF-8 text has a zero byte."""
    little, big = data[:4000:2].count(0x20), data[1:4000:2].count(0x20)
    if b"\0" not in data[:4000] or len(data) % 2:
        return None
    if little > big and data[1:4000:2].count(0) > len(data[:4000]) / 20:
        return "utf-16-le"
    if big > little and data[:4000:2].count(0) > len(data[:4000]) / 20:
        return "utf-16-be"
    return None


def _looks_binary(text: str) -> bool:
    sample = text[:20000]
    control = sum(unicodedata.category(c) == "Cc" and c not in "\n\r\t\f\v" for c in sample)
    return control > len(sample) / 200
