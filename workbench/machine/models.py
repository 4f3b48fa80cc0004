"""The model packages (``.argosmodel``): the shipped one and those a user installed."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.wording import Message

if TYPE_CHECKING:
    from argostranslate.package import Package

SHIPPED = Path(__file__).parents[2] / "models"
_NEEDED = ("metadata.json", "sentencepiece.model", "model/model.bin")
LARGEST_UNPACKED = 8 * 1024**3
"""No package that a laptop could use has so many bytes."""


class BadModel(ValueError):
    """The file is no translation model that can be used here; the message says why."""


@dataclass(frozen=True, slots=True)
class Steering:
    """Which steps of glossary steering help this model: measured, and kept with it."""

    inject: bool = False
    repair: bool = True


@dataclass(frozen=True, slots=True)
class Model:
    """An unpacked model. ``version`` is its package version (``0.1``)."""

    path: Path
    version: str
    languages: str
    """``vi→en``"""
    steering: Steering
    installed: bool
    """By a user; otherwise it is the shipped one."""

    @property
    def name(self) -> str:
        return f"{self.languages} {self.version}"


def active(data: Path) -> Model:
    """The model to translate with: the one installed last, else the shipped one.

    Raises BadModel when there is none.
    """
    installed = installed_models(data)
    return installed[0] if installed else _shipped(data)


def installed_models(data: Path) -> list[Model]:
    """The models a user installed, newest installation first."""
    folders = [f for f in _folder(data, "installed").glob("*") if (f / "metadata.json").is_file()]
    return [_load(f, installed=True) for f in sorted(folders, key=lambda f: f.stat().st_mtime, reverse=True)]


def install(data: Path, file: Path) -> Model:
    """Install a ``.argosmodel`` into the data folder; it is used from the next start on.

    A package of the same languages and version is replaced. Raises BadModel, and changes nothing then.
    """
    return _unpack(file, _folder(data, "installed"), installed=True)


def package(model: Model) -> Package:
    """The model as Argos Translate's own package object (metadata, tokenizer, path)."""
    # Argos makes its folders as it is imported: in a place of ours, not in the user's home.
    scratch = str(model.path.parent.parent / "argos")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "ARGOS_PACKAGES_DIR"):
        os.environ.setdefault(name, scratch)
    from argostranslate.package import Package

    return Package(model.path)


def _shipped(data: Path) -> Model:
    """The newest model under ``models/``, unpacked once into the data folder (a cache that may be deleted)."""
    files = sorted(SHIPPED.glob("*.argosmodel"), key=_version_key)
    if not files:
        raise BadModel(
            Message("no model in %(folder)s; install one with: workbench model install FILE.argosmodel", folder=SHIPPED)
        )
    stat = files[-1].stat()
    folder = _folder(data, "shipped") / f"{files[-1].stem}-{stat.st_size}-{stat.st_mtime_ns}"
    unpacked = next(iter(folder.glob("*/metadata.json")), None)
    return _load(unpacked.parent, installed=False) if unpacked else _unpack(files[-1], folder, installed=False)


def _version_key(file: Path) -> list[int]:
    return [int(n) for n in file.stem.rpartition("-")[2].split(".") if n.isdigit()]


def _unpack(file: Path, target: Path, *, installed: bool) -> Model:
    """Unpack beside the target first, so that a broken file leaves nothing behind."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        try:
            with zipfile.ZipFile(file) as archive:
                # ``zipfile`` writes no more of a file than the directory of the package says.
                if sum(info.file_size for info in archive.infolist()) > LARGEST_UNPACKED:
                    most = LARGEST_UNPACKED >> 30
                    raise BadModel(Message("%(file)s: unpacked, it has more than %(most)s GB", file=file, most=most))
                archive.extractall(scratch)
        except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
            raise BadModel(f"{file}: not an .argosmodel package ({error})") from error
        root = next((m.parent for m in Path(scratch).glob("*/metadata.json")), None)
        missing = [n for n in _NEEDED if root is None or not (root / n).is_file()]
        if root is None or missing:
            raise BadModel(f"{file}: not an .argosmodel package for this workbench; it lacks {', '.join(missing)}")
        model = _load(root, installed=installed, named=file)
        if model.languages != "vi→en":
            raise BadModel(f"{file}: translates {model.languages}; the workbench needs vi→en")
        if installed:
            _try(model, file)
        place = target / root.name
        if place.exists():
            shutil.rmtree(place)
        root.rename(place)
        os.utime(place)
    return _load(place, installed=installed)


def _try(model: Model, file: Path) -> None:
    """Raise BadModel where the model cannot translate one sentence: it would be in use from the next start on."""
    from workbench.machine.engine import ArgosEngine

    try:
        ArgosEngine(model).translate(["Hai bên hội đàm."])
    except Exception as error:
        raise BadModel(Message("%(file)s: the model in it does not work (%(why)s)", file=file, why=error)) from error


def _load(path: Path, *, installed: bool, named: Path | None = None) -> Model:
    """The unpacked model in ``path``; ``named`` is the file to name when it is none."""
    try:
        metadata: dict[str, Any] = json.loads((path / "metadata.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadModel(
            Message("%(file)s: metadata.json cannot be read (%(why)s)", file=named or path, why=error)
        ) from error
    if not isinstance(metadata, dict) or not isinstance(metadata.get("steering", {}), dict):
        raise BadModel(f"{named or path}: metadata.json is not that of a translation model")
    steering = metadata.get("steering", {})
    return Model(
        path=path,
        version=str(metadata.get("package_version", "?")),
        languages=f"{metadata.get('from_code')}→{metadata.get('to_code')}",
        steering=Steering(bool(steering.get("inject", False)), bool(steering.get("repair", True))),
        installed=installed,
    )


def _folder(data: Path, name: str) -> Path:
    return data / "models" / name
