"""The shipped corpus is sound, and what measures the model is kept from its training."""

from __future__ import annotations

from pathlib import Path

from training.corpus import lint, read_corpus

CORPUS = Path(__file__).resolve().parents[2] / "training" / "corpus"


def test_the_linter_finds_nothing() -> None:
    count, findings = lint(CORPUS)
    assert count > 46_000
    assert findings == []


def test_held_out_topics_are_no_training_text(tmp_path: Path) -> None:
    for topic, pair in (("talks", "hội đàm\ttalks"), ("heldout", "chào\tgreet"), ("heldout2", "tiễn\tsee off")):
        (tmp_path / topic).mkdir()
        (tmp_path / topic / "001.tsv").write_text(pair + "\n", encoding="utf-8")
    assert [pair.topic for pair in read_corpus(tmp_path)] == ["talks"]
    assert [pair.topic for pair in read_corpus(tmp_path, held_out=True)] == ["heldout", "heldout2"]
