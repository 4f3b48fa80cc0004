"""Bytes of a file somebody gave us → text, or an error that says what to do."""

from __future__ import annotations

import codecs
import unicodedata

from workbench.text import nfc
from workbench.wording import N_, Message

# Letters of Vietnamese that Windows-1258 text has and other single-byte text has not.
_VIETNAMESE = set("ăâđêôơưĂÂĐÊÔƠƯ")
_LETTERS = frozenset(
    nfc(vowel + tone) for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in "\u0300\u0301\u0303\u0309\u0323"
) | _VIETNAMESE
_MARKS = frozenset("“”‘’„‚«»–—…•·°§©®™€")
_NO_TEXT = Message("this is not a text file; save the article as UTF-8 text, Markdown, HTML or .docx")
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
        raise UnreadableText(_NO_TEXT)
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
        if _mostly_utf8(data):
            raise UnreadableText(_damaged(error, "UTF-8")) from error
        text = nfc(data.decode("cp1258", errors="replace"))
        if _looks_binary(text):
            raise UnreadableText(_NO_TEXT) from error
        if _looks_vietnamese(text):
            return text
        raise UnreadableText(
            Message(
                "the text is not valid UTF-8 (byte %(n)s) and not Windows-1258 Vietnamese; save it as UTF-8",
                n=error.start + 1,
            )
        ) from error


def _mostly_utf8(data: bytes) -> bool:
    """Whether the bytes above 127 are UTF-8 letters for the most part; those of one-byte text hardly ever are."""
    text = data.decode("utf-8", errors="replace")
    return sum(c > "\x7f" and c != "\ufffd" for c in text) > text.count("\ufffd")


def _looks_vietnamese(text: str) -> bool:
    """Whether the letters above ASCII are those of Vietnamese; other encodings read as this one give any."""
    foreign = sum(c > "\x7f" and c not in _LETTERS and not c.isspace() and c not in _MARKS for c in text)
    vietnamese = sum(c in _LETTERS for c in text)
    return bool(_VIETNAMESE & set(text)) and foreign <= vietnamese / 20


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableText(_damaged(error, encoding)) from error


def _damaged(error: UnicodeDecodeError, encoding: str) -> Message:
    template = N_("the text breaks off or is damaged at byte %(n)s (%(encoding)s)")
    return Message(template, n=error.start + 1, encoding=encoding)


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
