"""The language of the interface: English or Vietnamese, by choice, else by Accept-Language.

Days and times in English are written as in the region that Accept-Language names, else as in the United States.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar, cast

import flask_babel
from flask import Flask, request, session, url_for
from flask_babel import Babel, format_date, format_datetime, format_decimal, get_locale
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from workbench.wording import Message

LANGUAGES = {"en": "English", "vi": "Tiếng Việt"}
# Where English is written with other days and times, but with the same numbers.
_REGIONS = frozenset({"AU", "CA", "GB", "HK", "IE", "MY", "NZ", "SG"})
_NUMBER = re.compile(r"(%\(\w+\))d")
_REMEMBERED = 5_000
Text = TypeVar("Text", bound=str)


def install_babel(app: Flask) -> None:
    Babel(app, locale_selector=_locale)
    environment = app.jinja_env
    environment.globals.update(
        languages=LANGUAGES,
        current_language=lambda: get_locale().language,
        this_page=_this_page,
        _=_template_gettext,
        gettext=_template_gettext,
        ngettext=_template_ngettext,
    )
    environment.filters.update(day=day, moment=moment, number=number, spoken=spoken, check_message=check_message)


def _locale() -> str:
    chosen = session.get("language")
    language = chosen if chosen in LANGUAGES else request.accept_languages.best_match(list(LANGUAGES), "en")
    return _regional_english() if language == "en" else cast(str, language)


def _regional_english() -> str:
    """``en_GB`` where that is the English the browser likes best, ``en`` for that of the United States."""
    accepted = (value.replace("_", "-").partition("-") for value in request.accept_languages.values())
    region = next((region.upper() for language, _dash, region in accepted if language.lower() == "en"), "")
    return f"en_{region}" if region in _REGIONS else "en"


def _this_page() -> str:
    """Where to come back to after a change of language: what was sent by a form cannot be asked for again."""
    return request.full_path.rstrip("?") if request.method == "GET" else url_for("articles.index")


def gettext(template: str, /, **values: Any) -> str:
    """``template`` in the reader's language with ``values`` filled in, large numbers grouped: 12,345 or 12.345."""
    return _filled(_translated(template), values) if values else _translated(template)


def ngettext(singular: str, plural: str, num: int, /, **values: Any) -> str:
    """The same where the words depend on a number, which is ``num`` in the template."""
    return _filled(_plural(singular, plural, num), {"num": num, **values})


def spoken(said: object) -> str:
    """What the domain says (a message, an exception, a check) in the reader's language."""
    if isinstance(said, BaseException):
        said = said.args[0] if len(said.args) == 1 else str(said)
    if isinstance(said, Message):
        return gettext(said.template, **{name: _value(value) for name, value in said.values.items()})
    return str(said)


def check_message(check: Any) -> str:
    """What a check says, from a ``Check`` or from one as ``contract.check`` gives it."""
    found = check if isinstance(check, dict) else {"template": check.template, "params": check.params}
    template: str = found["template"]
    return _filled(_translated(template), dict(found["params"]))


def day(iso: str | None) -> str:
    """``2026-02-04`` in the reader's way: ``Feb 4, 2026``, ``4 thg 2, 2026``."""
    return format_date(date.fromisoformat(iso[:10]), "medium") if iso else ""


def moment(iso: str | None) -> str:
    """A stored UTC time in the reader's way."""
    return format_datetime(datetime.fromisoformat(iso.replace("Z", "+00:00")), "short") if iso else ""


def number(value: int) -> str:
    """``12345`` in the reader's way: ``12,345``, ``12.345``."""
    return str(format_decimal(value))


def _translated(template: str) -> str:
    return _kept_translation(str(get_locale()), template)


@lru_cache(maxsize=_REMEMBERED)
def _kept_translation(_locale: str, template: str) -> str:
    """Kept, as a page of 300 rows says the same words thousands of times."""
    return str(flask_babel.gettext(template))


def _value(value: Any) -> Any:
    return spoken(value) if isinstance(value, Message) else value


def _plural(singular: str, plural: str, num: int) -> str:
    return str(flask_babel.get_translations().ungettext(singular, plural, num))


def _filled(template: Text, values: dict[str, Any]) -> Text:
    large = {n: number(v) for n, v in values.items() if type(v) is int and abs(v) >= 1000}
    if large:
        template = type(template)(_NUMBER.sub(r"\1s", template))
    return cast(Text, template % {**values, **large})


@pass_eval_context
def _template_gettext(evaluated: EvalContext, template: str, /, **values: Any) -> str:
    return _filled(_safe(evaluated, _translated(template)), values)


@pass_eval_context
def _template_ngettext(evaluated: EvalContext, singular: str, plural: str, num: int, /, **values: Any) -> str:
    return _filled(_safe(evaluated, _plural(singular, plural, num)), {"num": num, **values})


def _safe(evaluated: EvalContext, text: str) -> str:
    return Markup(text) if evaluated.autoescape else text
