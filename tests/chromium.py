"""Chromium for the browser tests: found, or installed from Debian's package when run as root.

The headless shell first: the same engine without windows opens a page with half the work.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium-headless-shell", "fonts-liberation")
# No sandbox inside a container's root; no calls home, which a closed network refuses one by one.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find() -> str | None:
    """The path of an installed Chromium or Chrome (CHROMIUM in the environment goes first)."""
    return os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


def ensure() -> str:
    """``find``, after installing Debian's packages where that is allowed. Exits with what to do otherwise."""
    path = find()
    if path is None and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *PACKAGES]):
            subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
        path = find()
    if path is None:
        sys.exit(f"The browser tests need Chromium: sudo apt-get install {PACKAGES[0]} (or set CHROMIUM=/path/to/it).")
    return path


if __name__ == "__main__":
    print(ensure())
