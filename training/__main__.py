"""The command line of the pipeline: ``python -m training STEP``."""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from training.prepare import Recipe

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "training"
VERSION = "0.6"


def parser() -> argparse.ArgumentParser:
    """The parser of all steps and their options."""
    main = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    main.add_argument("--run", type=Path, default=ROOT / "training-run", help="folder of checkpoints and logs")
    main.add_argument("--spm", type=Path, help="SentencePiece model (default: RUN/sentencepiece.model)")
    main.add_argument("--corpus", type=Path, default=HERE / "corpus")
    main.add_argument("--glossary", type=Path, default=ROOT / "glossary")
    main.add_argument("--public", type=Path, help="folder of the public sets")
    main.add_argument("--seed", type=int, default=1)
    steps = main.add_subparsers(dest="step", required=True, metavar="STEP")

    steps.add_parser("lint", help="check the corpus")
    steps.add_parser("vocabulary", help="train the SentencePiece model").add_argument("--size", type=int, default=9000)
    prepare = steps.add_parser("prepare", help="write one round of training text")
    prepare.add_argument("--round", type=int, default=0)
    for name, text in (("train", "train, or go on training"), ("make", "all steps, from the corpus to the package")):
        step = steps.add_parser(name, help=text)
        step.add_argument("--minutes", type=float, default=90)
        step.add_argument("--init", type=Path, help="checkpoint (may be smaller) or .argosmodel to start from")
        step.add_argument("--rate", type=float, default=1e-3)
        step.add_argument("--width", type=int, default=256)
        step.add_argument("--heads", type=int, default=4)
        step.add_argument("--encoder-layers", type=int, default=6)
        step.add_argument("--decoder-layers", type=int, default=3)
        step.add_argument("--batch-pieces", type=int, default=5000)
        step.add_argument("--dev", type=Path, nargs="*", default=[], help="sets for chrF on the way, PREFIX.vi/.en")
        if name == "make":
            add_package_options(step)
    steps.add_parser("average", help="average the last checkpoints").add_argument("--last", type=int, default=3)
    convert = steps.add_parser("convert", help="checkpoint to CTranslate2")
    convert.add_argument("--checkpoint", type=Path, help="default: RUN/averaged.pt")
    evaluate = steps.add_parser("evaluate", help="measure packages on the development sets")
    evaluate.add_argument("packages", nargs="+", type=Path, help=".argosmodel files or folders")
    evaluate.add_argument("--dev", type=Path, nargs="*", default=[], help="sets given as PREFIX.vi and PREFIX.en")
    evaluate.add_argument("--limit", type=int, help="only the first N segments of each set")
    evaluate.add_argument("--out", type=Path, help="folder for outputs and scores.json")
    evaluate.add_argument("--terms-everywhere", action="store_true", help="inject terms in the --dev sets too")
    evaluate.add_argument("--card", type=Path, help="model card whose table of measurements to replace")
    add_package_options(steps.add_parser("package", help="write the .argosmodel"))
    steps.add_parser("plot", help="draw the training log")
    return main


def add_package_options(step: argparse.ArgumentParser) -> None:
    """Options of the packaging step."""
    step.add_argument("--version", default=VERSION)
    step.add_argument("--card", type=Path, default=ROOT / "models" / "MODEL_CARD.md")
    step.add_argument("--out", type=Path, default=ROOT / "models")
    step.add_argument("--inject", action=argparse.BooleanOptionalAction, default=True, help="steering: inject terms")
    step.add_argument("--repair", action=argparse.BooleanOptionalAction, default=True, help="steering: repair terms")


def recipe(options: argparse.Namespace) -> Recipe:
    """The recipe of the training text from the options."""
    from training.prepare import Recipe

    return Recipe(corpus=options.corpus, public=options.public, glossary=options.glossary)


def run_lint(options: argparse.Namespace) -> int:
    """Print what the linter finds; 1 when there is anything."""
    from training.corpus import lint

    count, findings = lint(options.corpus)
    for f in findings:
        print(f"{f.file}:{f.line}: {f.check}: {f.message}")
    kinds = ", ".join(f"{n} {check}" for check, n in Counter(f.check for f in findings).most_common())
    print(f"{count} pairs, {len(findings)} findings{': ' + kinds if kinds else ''}", file=sys.stderr)
    return 1 if findings else 0


def run_vocabulary(options: argparse.Namespace) -> int:
    """Train the shared SentencePiece model on one round of plain text."""
    import sentencepiece as spm

    from training.prepare import Preparer

    options.run.mkdir(parents=True, exist_ok=True)
    rows = Preparer(recipe(options), options.seed, options.run / "aligner.pickle").rows()
    random.Random(options.seed).shuffle(rows)
    spm.SentencePieceTrainer.train(
        sentence_iterator=iter([text for row in rows[:120_000] for text in row]),
        model_prefix=str(options.spm.with_suffix("")),
        vocab_size=options.size,
        character_coverage=0.9999,
        unk_id=0,
        bos_id=1,
        eos_id=2,
        pad_id=3,
        split_digits=True,
        num_threads=2,
        minloglevel=1,
    )
    return 0


def run_prepare(options: argparse.Namespace) -> int:
    """Write one round of training text and a preview of it."""
    from training.prepare import prepare_round

    options.run.mkdir(parents=True, exist_ok=True)
    path = options.run / f"round-{options.round:03}.npz"
    seed = options.seed * 1000 + options.round
    count = prepare_round(recipe(options), options.spm, path, seed, options.run / "aligner.pickle", 2000)
    print(f"{path}: {count} pairs, a preview in {path.with_suffix('.txt').name}")
    return 0


def run_train(options: argparse.Namespace) -> int:
    """Train until the time is spent."""
    import sentencepiece as spm

    from training.model import ModelConfig
    from training.train import TrainSettings, ensure_speed, train

    ensure_speed(sys.argv[1:])
    init = options.init
    if init and init.suffix == ".argosmodel":
        init = thawed(init, options)
    processor = spm.SentencePieceProcessor(model_file=str(options.spm))
    model = ModelConfig(
        vocab=processor.get_piece_size(),
        width=options.width,
        heads=options.heads,
        encoder_layers=options.encoder_layers,
        decoder_layers=options.decoder_layers,
        pad=processor.pad_id(),
    )
    train(
        TrainSettings(
            run=options.run,
            spm=options.spm,
            recipe=recipe(options),
            minutes=options.minutes,
            init=init,
            model=model,
            rate=options.rate,
            batch_pieces=options.batch_pieces,
            seed=options.seed,
            dev=tuple(options.dev),
        )
    )
    return 0


def thawed(package: Path, options: argparse.Namespace) -> Path:
    """A package as a checkpoint of the run, with its vocabulary where the run has none."""
    from training.evaluate import unpacked
    from training.thaw import thaw

    options.run.mkdir(parents=True, exist_ok=True)
    with unpacked(package) as folder:
        vocabulary = folder / "sentencepiece.model"
        if not options.spm.exists():
            shutil.copyfile(vocabulary, options.spm)
        elif options.spm.read_bytes() != vocabulary.read_bytes():
            sys.exit(f"{options.spm} is not the vocabulary of {package}: give another --run, or remove the file")
        return thaw(folder, options.run / "init.pt", options.heads)


def run_average(options: argparse.Namespace) -> int:
    """Average the last checkpoints of the run."""
    from training.average import average, last_checkpoints

    chosen = last_checkpoints(options.run, getattr(options, "last", 3))
    path = average(chosen, options.run / "averaged.pt")
    print(f"{path}: mean of {', '.join(p.name for p in chosen)}")
    return 0


def run_convert(options: argparse.Namespace) -> int:
    """Convert a checkpoint to CTranslate2."""
    from training.convert import convert

    checkpoint = getattr(options, "checkpoint", None) or options.run / "averaged.pt"
    print(convert(checkpoint, options.spm, options.run / "converted"))
    return 0


def run_evaluate(options: argparse.Namespace) -> int:
    """Measure packages side by side and print the table."""
    from training import evaluate

    needed = [*options.packages, *(Path(f"{prefix}.{side}") for prefix in options.dev for side in ("vi", "en"))]
    if missing := [str(path) for path in needed if not path.exists()]:
        sys.exit(f"no such file: {', '.join(missing)}")
    held_out = evaluate.held_out_sets(options.corpus, HERE / "hanviet.tsv")
    sets = held_out | {prefix.name: evaluate.public_set(prefix) for prefix in options.dev}
    sets = {name: segments[: options.limit] for name, segments in sets.items()}
    packages = {p.stem.removeprefix("translate-"): p for p in options.packages}
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
    plain = frozenset() if options.terms_everywhere else frozenset(sets) - frozenset(held_out)
    results = evaluate.evaluate(packages, sets, options.glossary, options.out, plain)
    text = evaluate.table(results)
    if options.out:
        (options.out / "scores.md").write_text(text, encoding="utf-8")
    if options.card:
        card = options.card.read_text(encoding="utf-8")
        options.card.write_text(evaluate.put_table(card, text), encoding="utf-8")
    print(text)
    return 0


def run_package(options: argparse.Namespace) -> int:
    """Write the package."""
    from training.package import package

    steering = {"inject": options.inject, "repair": options.repair}
    card = options.card if options.card and options.card.exists() else None
    path = package(options.run / "converted", options.out, options.version, card, steering)
    print(json.dumps({"package": str(path), "bytes": path.stat().st_size, "steering": steering}))
    return 0


def run_plot(options: argparse.Namespace) -> int:
    """Draw the log of the run."""
    from training.plot import plot

    print(plot(options.run, options.run / "training.png"))
    return 0


def run_make(options: argparse.Namespace) -> int:
    """Everything: vocabulary (if there is none), training, averaging, package."""
    if not options.spm.exists() and not (options.init and options.init.suffix == ".argosmodel"):
        options.size = 9000
        run_vocabulary(options)
    for step in (run_train, run_average, run_convert, run_plot, run_package):
        step(options)
    return 0


STEPS = {
    "lint": run_lint, "vocabulary": run_vocabulary, "prepare": run_prepare, "train": run_train,
    "average": run_average, "convert": run_convert, "evaluate": run_evaluate, "package": run_package,
    "plot": run_plot, "make": run_make,
}  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Run one step; returns the exit status."""
    options = parser().parse_args(arguments)
    if options.spm is None:
        options.spm = options.run / "sentencepiece.model"
    return STEPS[options.step](options)


if __name__ == "__main__":
    sys.exit(main())
