"""Allowed and forbidden forms of a term in English."""

import time

import pytest

from workbench.glossary.forms import find_forbidden, find_forms, present
from workbench.glossary.terms import Term


def term(target: str, category: str = "phrase", **more: object) -> Term:
    return Term(1, "nguồn", target, category, **more)  # type: ignore[arg-type]


FOREIGN_MINISTER = term("Foreign Minister", "title")
COC = term("Code of Conduct in the East Sea", "document", target_variants=("COC",))


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        (FOREIGN_MINISTER, "the two Foreign Ministers agreed"),
        (FOREIGN_MINISTER, "The foreign minister's visit"),
        (FOREIGN_MINISTER, "Foreign Ministers’ meeting"),
        (term("Party", "organization"), "the two Parties"),
        (term("hold talks"), "after holding talks"),
        (term("hold talks"), "Talks were held"),
        (term("express confidence"), "expressed confidence"),
        (term("the East Sea", "place"), "in the East Sea"),
        (term("East Sea", "place"), "East Sea issue"),
        (term("standard-gauge railway"), "three standard gauge railways"),
        (term("Vietnam–China relations"), "Vietnam-China relations"),
        (term('the "six mores" orientation'), "along the “six mores” orientation"),
        (term("multilateralization and diversification"), "multilateralisation and diversification"),
        (term("labor market"), "the labour market"),
        (term("Ministry of National Defense", "organization"), "Ministry of National Defence"),
        (COC, "the Code of Conduct in the East Sea (COC)"),
        (COC, "the Code of Conduct (COC) in the East Sea"),
        (COC, "a substantive COC"),
        (term("Hoang Sa (Paracel) archipelago", "place"), "the Hoang Sa archipelago"),
        (term("four goods"), "the 4 goods"),
        (term("14th National Congress", "event"), "the Fourteenth National Congress"),
        (term("United Nations", "organization"), "at the UN"),
        (term("Politburo member", "title"), "a member of the Politburo"),
        (term("Ministry of Finance", "organization"), "the Finance Ministry"),
        (term("Spain", "place"), "the Spanish Ambassador"),
        (term("technology transfer"), "transferring technology"),
        (term("independence and self-reliance"), "a policy of independence, self-reliance and peace"),
        (
            term("Secretary of the provincial Party Committee", "title"),
            "Secretary of the Quang Ninh provincial Party Committee",
        ),
        (term("Chargé d'affaires", "title"), "the Charge d’affaires"),
        (term("U.S.", "place"), "the U.S. side"),
        (term("N.T.H", "person"), "N.T.H. said"),
        (term("N.T.H", "person"), "Patient N.T.H, 32, said"),
    ],
)
def test_allowed(wanted: Term, text: str) -> None:
    assert present(wanted, text)


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        (FOREIGN_MINISTER, "the Foreign Ministry"),
        (FOREIGN_MINISTER, "The issue is foreign. Minister Trung spoke"),
        (term("US", "place"), "let us go"),
        (COC, "the coc"),
        (term("Hue", "place"), "a hue of red"),
        (term("Le Hoai Trung", "person"), "Le Minh Trung"),
        (term("comprehensive strategic cooperative partnership"), "comprehensive strategic partnership"),
        (term("United Nations", "organization"), "the united nation"),
        (term("Poland", "place"), "Portugal"),
    ],
)
def test_not_allowed(wanted: Term, text: str) -> None:
    assert not present(wanted, text)


def test_spans_are_code_points_without_article_and_possessive() -> None:
    text = "In Hà Nội the Foreign Minister's remarks; Foreign Ministers met."
    assert [text[a:b] for a, b in find_forms(FOREIGN_MINISTER, text)] == ["Foreign Minister", "Foreign Ministers"]


@pytest.mark.parametrize(
    ("target", "text", "found"),
    [
        ("N.T.H", "Doctors visited N.T.H.", "N.T.H"),
        ("N.T.H", "N.T.H. was discharged.", "N.T.H"),
        ("U.S.", "the U.S. side", "U.S."),
        ("U.S.", "He visited the U.S.", "U.S"),
    ],
)
def test_the_point_of_a_sentence_is_no_part_of_the_span(target: str, text: str, found: str) -> None:
    assert [text[start:end] for start, end in find_forms(term(target, "place"), text)] == [found]


def test_shorter_term_inside_a_longer_one_is_found() -> None:
    assert find_forms(FOREIGN_MINISTER, "Deputy Foreign Minister Vu") == [(7, 23)]


def test_case_sensitive_term() -> None:
    party = term("the Party", "organization", case_sensitive=True)
    assert present(party, "leaders of the Party")
    assert not present(party, "leaders of the party")
    march = term("march", case_sensitive=True)
    assert present(march, "March began. They")
    assert (
        not present(
            march,
            "March began",
        )
        or find_forms(march, "in March", sentence_start=False) == []
    )


def test_forbidden() -> None:
    sea = term("East Sea", "place", forbidden=("South China Sea",))
    assert find_forbidden(sea, "in the South China Sea") == [(7, 22, "South China Sea")]
    assert find_forbidden(sea, "in the East Sea") == []


def test_forbidden_inside_an_allowed_form() -> None:
    president = term("State President", "title", forbidden=("President",))
    assert find_forbidden(president, "the State President") == []
    assert find_forbidden(president, "the President") == [(4, 13, "President")]


def test_forbidden_by_spelling_only() -> None:
    ministry = term("Ministry of Defense", "organization", forbidden=("Ministry of Defence",))
    assert find_forbidden(ministry, "the Ministry of Defence") == [(4, 23, "Ministry of Defence")]
    assert find_forbidden(ministry, "the Ministry of Defense") == []
    assert not present(ministry, "the Ministry of Defence")


def test_a_term_that_is_not_there_is_cheap() -> None:
    text = "The two sides agreed to strengthen cooperation in trade, investment, education and tourism. " * 3
    terms = [Term(n, "x", f"Council of {n}th Regional Observers and Delegates", "organization") for n in range(200)]
    for each in terms:
        present(each, text)
    start = time.perf_counter()
    for each in terms:
        present(each, text)
    assert (time.perf_counter() - start) / len(terms) < 500e-6
