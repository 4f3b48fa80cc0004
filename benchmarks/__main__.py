"""``make bench``: every benchmark that needs nothing from outside the repository."""

from __future__ import annotations

import subprocess
import sys

ALONE = ("translation", "terminology", "names")

for name in ALONE:
    print(f"\n## {name}\n", flush=True)
    subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)
