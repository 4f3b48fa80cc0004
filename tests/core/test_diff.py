"""The word diff: both texts come out of it again, and no text takes long."""

from __future__ import annotations

import random

import pytest

from workbench import diff


def rebuilt(runs: list[tuple[str, str]], left_out: str) -> str:
    return "".join(text for operation, text in runs if operation != left_out)


def checked(before: str, after: str) -> list[tuple[str, str]]:
    """The diff, from which both texts can be made again."""
    runs = diff.words(before, after)
    assert rebuilt(runs, "insert") == before
    assert rebuilt(runs, "delete") == after
    assert all(text and operation in ("equal", "insert", "delete") for operation, text in runs)
    return runs


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        ("", "", []),
        ("same words", "same words", [("equal", "same words")]),
        ("", "new", [("insert", "new")]),
        ("old", "", [("delete", "old")]),
        ("the land border", "the border", [("equal", "the "), ("delete", "land "), ("equal", "border")]),
        (
            "Mr. Trung’s talks, today",
            "Mr. Le’s talks; today",
            [
                ("equal", "Mr. "),
                ("delete", "Trung’s"),
                ("insert", "Le’s"),
                ("equal", " talks"),
                ("delete", ","),
                ("insert", ";"),
                ("equal", " today"),
            ],
        ),
    ],
)
def test_what_changed(before: str, after: str, runs: list[tuple[str, str]]) -> None:
    assert checked(before, after) == runs


def test_any_two_texts() -> None:
    chance = random.Random(7)
    for _ in range(500):
        before, after = ("".join(chance.choices("ab’ ,.\n", k=chance.randrange(80))) for _ in range(2))
        checked(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b " * 1_000, "b a " * 1_000),
        # Minutes, where the longest common passage is looked for again and again.
        ("a b " * 1_000, "a b c " * 666),
        (" ".join(f"x{n}" for n in range(1_500)), " ".join(f"y{n}" for n in range(1_500))),
        (" ".join(f"w{n}" for n in range(1_500)), " ".join(f"w{n - n % 2}" for n in range(1_500))),
    ],
    ids=["turned round", "one word more", "all other words", "each second word"],
)
def test_long_texts_that_repeat(before: str, after: str) -> None:
    runs = checked(before, after)
    assert sum(len(text) for operation, text in runs if operation == "equal") > 1_000, "what is the same is found"


def test_texts_too_long_for_words_keep_their_common_ends() -> None:
    before, after = "Begin " + ". , " * 5_000 + "end", "Begin " + "; : " * 5_000 + "end"
    assert [operation for operation, _ in checked(before, after)] == ["equal", "delete", "insert", "equal"]
