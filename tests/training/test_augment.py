"""What augmentation adds says the same on both sides."""

from __future__ import annotations

import random
import re
from pathlib import Path

from training import augment, figures
from training.corpus import Pair, clean_public, read_countries, read_training, right_way
from training.prepare import Preparer, Recipe


def test_datelines_keep_their_capitals() -> None:
    made = {augment.dateline(("x", "x"), ("Hà Nội", "Hanoi"), random.Random(seed)) for seed in range(40)}
    assert {english for _, english in made} == {"HANOI – x", "Hanoi – x"}
    assert all(vietnamese.startswith("HÀ NỘI") == english.startswith("HANOI") for vietnamese, english in made)


def test_relations_name_both_countries_in_order() -> None:
    for seed in range(60):
        source, target = augment.relation(("Việt Nam", "Vietnam"), ("Fiji", "Fiji"), random.Random(seed))
        assert re.search("Việt Nam ?[-–] ?Fiji", source)
        assert "Vietnam–Fiji" in target


def test_compounds_share_one_word() -> None:
    for seed in range(60):
        items = augment.compounds(random.Random(seed))
        assert len({english.rsplit(" ", 1)[0] for _, english in items}) == 1
        assert len(set(items)) == len(items) >= 3


def test_figures_stand_beside_a_sentence_on_both_sides() -> None:
    source, target = figures.beside(("Ông đến.", "He came."), random.Random(1))
    assert source.startswith("Ông đến. (") and target.startswith("He came. (")


def test_public_pairs_are_turned_and_cleaned() -> None:
    english, vietnamese = "It will stop supporting the browser.", "Nó sẽ ngừng hỗ trợ trình duyệt ấy vào năm tới."
    assert right_way(Pair(english, vietnamese, "public", "x", 1)).target == english
    assert right_way(Pair(vietnamese, english, "public", "x", 1)).target == english
    assert clean_public(r"oxygen\xa0is") == "oxygen is"


def test_countries_have_two_names() -> None:
    assert ("Lào", "Laos") in read_countries()


def test_what_a_held_out_pair_says_is_not_trained_on(tmp_path: Path) -> None:
    sentence = "Hai bên nhất trí sớm mở lại đường bay thẳng giữa hai thủ đô"
    english = "The two sides agreed to soon reopen the direct air route between the two capitals"
    topics = {
        "heldout": [f"{sentence}.\t{english}."],
        "talks": [f"{sentence} nhé.\t{english} again.", f"{sentence}.\tAnother English.", "Xin chào.\tHello."],
    }
    for topic, lines in topics.items():
        (tmp_path / topic).mkdir()
        (tmp_path / topic / "001.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert [pair.source for pair in read_training(tmp_path)] == ["Xin chào."]


def test_frames_stand_around_whole_sentences_only(tmp_path: Path) -> None:
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "001.tsv").write_text("Xin chào.\tHello.\n", encoding="utf-8")
    preparer = Preparer(Recipe(corpus=tmp_path, dateline=1.0, figure_after=0.0), 1)
    assert preparer._framed(("mở cửa", "open the door")) == ("mở cửa", "open the door")
    already = "HÀ NỘI - Ông đến.", "HANOI – He came."
    assert preparer._framed(already) == already
    assert preparer._framed(("Ông đến.", "He came."))[1].endswith(" – He came.")
