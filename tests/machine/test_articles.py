"""``a`` and ``an`` by sound, and no article twice."""

from __future__ import annotations

import pytest

from workbench.machine.steering import fitted


@pytest.mark.parametrize(
    ("target", "article"),
    [
        ("European Union official", "A"),
        ("UNESCO chief", "A"),
        ("MoU", "An"),
        ("hour-long talk", "An"),
        ("ASEAN summit", "An"),
        ("NATO summit", "A"),
        ("envoy", "An"),
        ("US envoy", "A"),
    ],
)
def test_the_article_follows_the_sound(target: str, article: str) -> None:
    assert fitted(target, "A word here", 0, len("A word")) == f"{article} {target}"


def test_no_article_stands_twice() -> None:
    text = "leaders of a party met"
    start = text.index("party")
    assert fitted("the Party", text, start, start + len("party")) == "Party"
