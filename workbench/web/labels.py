"""Names of what the domain knows by a stable English word: checks, and why a name is proposed."""

from __future__ import annotations

import re

from flask import Flask

from workbench.web.language import gettext
from workbench.wording import N_

# The stable names of the checks are their English names as well.
_CHECKS = frozenset(
    (
        N_("term-missing"),
        N_("term-forbidden"),
        N_("number-mismatch"),
        N_("name-mismatch"),
        N_("untranslated"),
        N_("vietnamese-left"),
        N_("repetition"),
        N_("empty"),
        N_("length-ratio"),
        N_("punctuation"),
        N_("quotes"),
        N_("double-space"),
        N_("inconsistent"),
    )
)
_EVIDENCE = frozenset(
    (
        N_("Chinese surname"),
        N_("Vietnamese name"),
        N_("well-known name"),
        N_("foreign name"),
        N_("foreign name spelled by sound"),
        N_("by-line"),
        N_("photo credit"),
        N_("introduced by a title"),
        N_("introduced by a title or a verb of speech"),
        N_("shape of a Vietnamese or Chinese name"),
        N_("a title without a country"),
        N_("composed from its parts"),
        N_("country"),
        N_("list of places"),
        N_("named elsewhere in the article"),
    )
)
_WITH_WORDS = {
    re.compile(r"after “(?P<words>.+)”"): N_("after “%(words)s”"),
    re.compile(r"(?P<words>.+) nearby"): N_("%(words)s nearby"),
}


def install_labels(app: Flask) -> None:
    app.jinja_env.filters.update(check_name=check_name, evidence=evidence)


def check_name(check: str) -> str:
    """``term-missing`` as people call it."""
    return gettext(check) if check in _CHECKS else check


def evidence(reasons: str) -> str:
    """Why a name is proposed, ``Chinese surname, Trung Quốc nearby``, in the reader's language."""
    return ", ".join(map(_reason, reasons.split(", ")))


def _reason(said: str) -> str:
    if said in _EVIDENCE:
        return gettext(said)
    for pattern, template in _WITH_WORDS.items():
        if found := pattern.fullmatch(said):
            return gettext(template, words=found["words"])
    return said
