"""Under which name changes are kept where nobody gave one."""

from __future__ import annotations

import getpass
import os


def login_name() -> str:
    """WORKBENCH_USER from the environment, else the login name."""
    return os.environ.get("WORKBENCH_USER") or getpass.getuser()
