"""The two waits an editor could see: the command line's first answer, an article's machine translation.

    python -m benchmarks.translation [--segments 30]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.common import seconds, table
from benchmarks.terminology import segments, shipped_terms
from workbench.glossary import Matcher
from workbench.machine import load
from workbench.machine.models import Steering
from workbench.machine.steering import translate

ROOT = Path(__file__).parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--segments", type=int, default=30)
    count = parser.parse_args().segments
    workbench = str(Path(sys.executable).with_name("workbench"))
    rows = [
        [
            "workbench --help",
            f"{seconds(lambda: subprocess.run([workbench, '--help'], check=True, capture_output=True)):.2f} s",
            "0.4 s",
        ]
    ]
    with tempfile.TemporaryDirectory() as scratch:
        engine = load(Path(scratch))
        matcher = Matcher(shipped_terms())
        sources = segments(ROOT / "seeds")[:count]
        matches = [matcher.find(s) for s in sources]
        own = engine.steering
        rows.append([f"{len(sources)} segments, as shipped ({own})", _time(engine, sources, matches), "5 s"])
        engine.steering = Steering(inject=False, repair=False)
        rows.append([f"{len(sources)} segments, without steering", _time(engine, sources, matches), ""])
    print(table(["what", "median", "bound"], rows))


def _time(engine, sources, matches) -> str:  # type: ignore[no-untyped-def]
    return f"{seconds(lambda: translate(engine, sources, matches), runs=3):.2f} s"


if __name__ == "__main__":
    main()
