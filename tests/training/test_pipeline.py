"""The whole pipeline in small: corpus → vocabulary → training → package → Argos Translate."""

from __future__ import annotations

import importlib
import io
import json
import os
import subprocess
import sys
import zipfile
from contextlib import redirect_stdout
from pathlib import Path

import pytest
import torch

from training.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
TOPICS = ("visits", "phrases1")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small slice of the corpus."""
    folder = tmp_path_factory.mktemp("pipeline")
    for topic in TOPICS:
        target = folder / "corpus" / topic
        target.mkdir(parents=True)
        source = ROOT / "training" / "corpus" / topic / "001.tsv"
        lines = source.read_text(encoding="utf-8").splitlines()[:80]
        (target / "001.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    held_out = folder / "corpus" / "heldout"
    held_out.mkdir()
    lines = (ROOT / "training" / "corpus" / "talks" / "001.tsv").read_text(encoding="utf-8").splitlines()[:6]
    (held_out / "001.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def step(folder: Path, *arguments: str) -> str:
    """Run a step of the pipeline; returns what it printed. Training, which starts itself anew, has its own process."""
    given = ["--run", str(folder / "run"), "--corpus", str(folder / "corpus"), *arguments]
    if "train" not in arguments:
        with redirect_stdout(io.StringIO()) as printed:
            assert main(given) == 0
        return printed.getvalue()
    done = subprocess.run(
        [sys.executable, "-m", "training", *given], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def package(small: Path) -> Path:
    """The package of a tiny model, trained for a few seconds."""
    step(small, "vocabulary", "--size", "420")
    step(
        small, "train", "--minutes", "0.05", "--width", "32", "--heads", "2",
        "--encoder-layers", "1", "--decoder-layers", "1", "--batch-pieces", "400",
    )  # fmt: skip
    step(small, "average", "--last", "2")
    step(small, "convert")
    answer = json.loads(step(small, "package", "--version", "0.0.1", "--out", str(small / "models"), "--no-inject"))
    assert answer["steering"] == {"inject": False, "repair": True}
    return Path(answer["package"])


def test_training_leaves_a_log_and_resumes(small: Path, package: Path) -> None:
    log = small / "run" / "log.jsonl"
    before = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert any(record.get("event") == "saved" and record["dev_loss"] > 0 for record in before)
    minutes = before[-1]["minutes"] + 0.03
    step(
        small, "train", "--minutes", str(minutes), "--width", "32", "--heads", "2",
        "--encoder-layers", "1", "--decoder-layers", "1", "--batch-pieces", "400",
    )  # fmt: skip
    after = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert any(record.get("event") == "resumed" for record in after[len(before) :])
    assert after[-1]["step"] > before[-1]["step"]
    assert Path(step(small, "plot").strip()).stat().st_size > 1000


def test_package_holds_what_argos_wants(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        names = archive.namelist()
        root = names[0].split("/")[0]
        metadata = json.loads(archive.read(f"{root}/metadata.json"))
    assert {f"{root}/model/model.bin", f"{root}/sentencepiece.model", f"{root}/metadata.json"} <= set(names)
    assert (metadata["from_code"], metadata["to_code"]) == ("vi", "en")
    assert set(metadata["steering"]) == {"inject", "repair"}


def test_a_package_can_be_trained_on(small: Path, package: Path) -> None:
    """``--init`` takes a package; its weights come back but for the rounding to int8."""
    from training.evaluate import unpacked
    from training.thaw import thaw

    with unpacked(package) as folder:
        thawed = torch.load(thaw(folder, small / "thawed.pt"), weights_only=False)
    before = torch.load(small / "run" / "averaged.pt", weights_only=False)
    assert thawed["model"].keys() == before["model"].keys()
    for name, weights in before["model"].items():
        largest = weights.float().abs().max()
        assert (thawed["model"][name] - weights.float()).abs().max() <= 0.01 * largest + 1e-6, name
    other = small / "again"
    step(
        small, "--run", str(other), "train", "--minutes", "0.02", "--width", "32", "--heads", "2",
        "--encoder-layers", "1", "--decoder-layers", "1", "--batch-pieces", "400", "--init", str(package),
    )  # fmt: skip
    log = [json.loads(line) for line in (other / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert log[0]["event"] == "init"
    assert log[0]["new_parameters"] == 0


def test_muon_makes_updates_orthogonal() -> None:
    from training.muon import orthogonal

    torch.manual_seed(1)
    turned = orthogonal(torch.randn(3, 8, 20))
    values = torch.linalg.svdvals(turned)
    assert values.min() > 0.5
    assert values.max() < 1.3


class WholeText:
    """Stands in for Argos' sentence splitter, whose model would be downloaded."""

    def __init__(self, package: object) -> None:
        pass

    def split_sentences(self, text: str) -> list[str]:
        return [text]


def test_stock_argos_translates_with_it(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Installs in stock Argos Translate and translates a sentence, offline."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "ARGOS_PACKAGES_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    for module in [m for m in sys.modules if m.split(".")[0] == "argostranslate"]:
        monkeypatch.delitem(sys.modules, module)
    argos_package = importlib.import_module("argostranslate.package")
    argos_translate = importlib.import_module("argostranslate.translate")
    monkeypatch.setattr(argos_translate, "MiniSBDSentencizer", WholeText)
    argos_package.install_from_path(package)
    (installed,) = argos_package.get_installed_packages()
    assert (installed.from_code, installed.to_code, installed.package_version) == ("vi", "en", "0.0.1")
    assert str(tmp_path) in os.fspath(installed.package_path)
    translation = argos_translate.get_translation_from_codes("vi", "en")
    assert isinstance(translation.translate("Hai bên hội đàm."), str)
    assert len(translation.hypotheses("Hai bên hội đàm.", 2)) == 2
