"""From a converted model to the ``.argosmodel`` that Argos Translate installs."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

PARTS = ("model", "sentencepiece.model", "metadata.json", "README.md")
# A fixed time in the archive: the same model gives the same file.
ZIP_TIME = (2026, 1, 1, 0, 0, 0)


def metadata(version: str, steering: dict[str, bool]) -> dict[str, Any]:
    """What Argos Translate reads, and how the workbench shall steer this model."""
    return {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": "vi",
        "from_name": "Vietnamese",
        "to_code": "en",
        "to_name": "English",
        "steering": steering,
    }


def package(converted: Path, out: Path, version: str, card: Path | None, steering: dict[str, bool]) -> Path:
    """Write ``translate-vi_en-VERSION.argosmodel`` with the model card inside."""
    root = f"translate-vi_en-{version.replace('.', '_')}"
    (converted / "metadata.json").write_text(json.dumps(metadata(version, steering), indent=1) + "\n", encoding="utf-8")
    if card:
        (converted / "README.md").write_text(card.read_text(encoding="utf-8"), encoding="utf-8")
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"translate-vi_en-{version}.argosmodel"
    files = sorted(p for part in PARTS for p in [converted / part, *(converted / part).rglob("*")] if p.is_file())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            info = zipfile.ZipInfo(f"{root}/{file.relative_to(converted)}", ZIP_TIME)
            info.external_attr = 0o644 << 16
            archive.writestr(info, file.read_bytes(), zipfile.ZIP_DEFLATED)
    return path
