"""Machine translation follows the glossary: with the real model, term by term."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlite_utils import Database

from workbench import machine
from workbench.glossary import Matcher
from workbench.glossary.forms import present
from workbench.glossary.terms import Term
from workbench.machine.engine import Engine
from workbench.machine.models import Steering
from workbench.machine.steering import fitted, looping, translate

TERMS = [
    Term(1, "Vương Nghị", "Wang Yi", "person"),
    Term(2, "Phạm Quang Khải", "Pham Quang Khai", "person"),
    Term(3, "Đảng Cộng sản Việt Nam", "Communist Party of Vietnam", "organization"),
    Term(4, "chuyển giao công nghệ", "technology transfer"),
    Term(5, "nhất trí", "see eye to eye", use="suggest"),
]
SENTENCES = [
    "Bộ trưởng Ngoại giao Trung Quốc Vương Nghị đến Hà Nội.",
    "Ông Phạm Quang Khải khẳng định Đảng Cộng sản Việt Nam luôn coi trọng quan hệ hai nước.",
    "Hai bên nhất trí thúc đẩy chuyển giao công nghệ trong hợp tác công nghiệp.",
]


@pytest.fixture
def repairing(engine: Engine) -> Iterator[Engine]:
    """The engine with repair alone, whatever is best for the model that is shipped."""
    shipped, engine.steering = engine.steering, Steering(inject=False, repair=True)
    yield engine
    engine.steering = shipped


def test_terms_stand_in_the_translation(repairing: Engine) -> None:
    matcher = Matcher(TERMS)
    for sentence, done in zip(
        SENTENCES, translate(repairing, SENTENCES, [matcher.find(s) for s in SENTENCES]), strict=True
    ):
        for match in matcher.find(sentence):
            if match.term.enforced:
                assert present(match.term, done.text), f"{match.term.target}: {done.text}"
        assert done.lost == ()


def test_what_is_lost_is_named(repairing: Engine) -> None:
    repairing.steering = Steering(inject=False, repair=False)
    invented = [Term(1, "Hà Nội", "Thang Long Citadel City", "place")]
    found = Matcher(invented).find(SENTENCES[0])
    [done] = translate(repairing, SENTENCES[:1], [found])
    assert done.lost == (invented[0],)


def test_suggestions_do_not_steer(repairing: Engine) -> None:
    found = [Matcher(TERMS).find(SENTENCES[2])]
    [done] = translate(repairing, SENTENCES[2:], found)
    assert [m.term.id for m in done.matches] == [4]


def test_a_long_sentence_is_translated_in_parts_at_its_semicolons(repairing: Engine) -> None:
    clause = (
        "hai bên tăng cường hợp tác kinh tế, thương mại, đầu tư, du lịch, giáo dục, văn hóa và chuyển giao công nghệ"
    )
    sentence = "; ".join([clause] * 8) + "."
    [done] = translate(repairing, [sentence], [Matcher(TERMS).find(sentence)])
    assert done.text.lower().count("technolog") >= 6
    assert done.lost == ()


def test_as_many_lines_out_as_in(db: Database, engine: Engine) -> None:
    done = machine.translate_text(db, engine, "Xin chào.\n\nHai nước hợp tác. Hai bên nhất trí.\n")
    assert [bool(line) for line in done.text.split("\n")] == [True, False, True, False]
    assert len(done.segments) == 3


@pytest.mark.parametrize(
    ("text", "old", "target", "expected"),
    [
        ("He met the Chinese minister.", "the Chinese minister", "Wang Yi", "the Wang Yi"),
        ("Chinese minister's visit", "minister's", "Wang Yi", "Wang Yi's"),
        ("A official spoke.", "A official", "Envoy", "An Envoy"),
        ("An envoy spoke.", "An envoy", "spokesperson", "A spokesperson"),
        ("trade rose", "trade", "import turnover", "Import turnover"),
    ],
)
def test_an_injected_term_keeps_the_grammar_around_it(text: str, old: str, target: str, expected: str) -> None:
    start = text.index(old)
    assert fitted(target, text, start, start + len(old)) == expected


@pytest.mark.parametrize(
    ("text", "repeats"),
    [
        ("The two Parties and the two countries", False),
        ("support for for the people", True),
        ("self-reliance, self-reliance, self-strengthening", True),
        ("coordinate closely to coordinate closely to act", True),
        ("step by step", False),
    ],
)
def test_loops_are_seen(text: str, repeats: bool) -> None:
    assert bool(looping(text)) is repeats


def test_words_are_aligned_with_their_source(engine: Engine) -> None:
    source = "Bộ trưởng Ngoại giao Lê Hoài Trung đến Hà Nội."
    text = "Foreign Minister Le Hoai Trung arrived in Hanoi."
    start = text.index("Le Hoai Trung")
    span = machine.aligned_words(engine, source, text, start, start + len("Le Hoai Trung"))
    assert span is not None
    assert "Trung" in source[span[0] : span[1]]


def test_two_terms_with_one_target_are_both_satisfied_by_it(repairing: Engine) -> None:
    twins = [TERMS[0], replace(TERMS[0], id=9, source="Ngoại trưởng Vương", target="Wang Yi")]
    sentence = "Ông Vương Nghị và Ngoại trưởng Vương đến Hà Nội."
    [done] = translate(repairing, [sentence], [Matcher(twins).find(sentence)])
    assert done.lost == ()


def test_dashes_of_lists_and_codes_stay_as_they_are(db: Database, engine: Engine) -> None:
    done = machine.translate_text(db, engine, "- Bộ Ngoại giao cảm ơn bạn bè quốc tế\n(TAP) -\ndate 2026-02-04")
    first, agency, day = done.text.split("\n")
    assert first.startswith("- ") and not first.startswith("- -")
    assert (agency, day) == ("(TAP) -", "date 2026-02-04")
