"""What the domain says to people: English, with template and values kept apart, so that a page can translate it."""

from __future__ import annotations

from typing import Any


def N_(text: str) -> str:
    """Marks ``text`` for translation where it stands; it is translated where it is shown."""
    return text


class Message(str):
    """English text that remembers how it was made.

    ``Message("there is no segment %(id)s", id=7)`` is ``"there is no segment 7"`` everywhere; the pages
    look up ``template`` in the reader's language. An exception carries it as ``error.args[0]``
    (``str(error)`` is plain text).
    """

    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Message:
        message = super().__new__(cls, template % values)
        message.template, message.values = template, values
        return message


def message_of(error: BaseException) -> str:
    """The message of an exception, still translatable where it was made so."""
    return error.args[0] if len(error.args) == 1 and isinstance(error.args[0], str) else str(error)
