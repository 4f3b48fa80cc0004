"""Model packages: the shipped one, installing another, refusing what is none."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from workbench.machine import BadModel, models
from workbench.machine.models import SHIPPED, active, install, installed_models

(PACKAGE,) = sorted(SHIPPED.glob("*.argosmodel"))[-1:]


def repacked(target: Path, *, drop: tuple[str, ...] = (), replace: dict[str, bytes] | None = None, **metadata) -> Path:
    """The shipped package with other metadata, without some members or with others."""
    with zipfile.ZipFile(PACKAGE) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            inner = name.partition("/")[2]
            content = old.read(name)
            if inner in drop:
                continue
            if inner == "metadata.json":
                content = json.dumps({**json.loads(content), **metadata}).encode()
            new.writestr(name, (replace or {}).get(inner, content))
    return target


def test_the_shipped_model_is_used_when_none_is_installed(data) -> None:
    model = active(data)
    assert (model.languages, model.installed) == ("vi→en", False)
    assert active(data) == model and installed_models(data) == []


def test_an_installed_model_goes_before_the_shipped_one(data, tmp_path) -> None:
    file = repacked(tmp_path / "x.argosmodel", package_version="9.9", steering={"inject": True, "repair": False})
    model = install(data, file)
    assert (model.name, model.installed) == ("vi→en 9.9", True)
    assert (model.steering.inject, model.steering.repair) == (True, False)
    assert active(data) == model
    assert install(data, file) == model, "the same package again replaces itself"
    assert installed_models(data) == [model]


def bad_packages(folder: Path) -> dict[str, Path]:
    text = folder / "text.argosmodel"
    text.write_text("no zip")
    cut = folder / "cut.argosmodel"
    cut.write_bytes(PACKAGE.read_bytes()[:100_000])
    other = folder / "other.argosmodel"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a/readme.txt", "x")
    missing = repacked(folder / "missing.argosmodel", drop=("sentencepiece.model",))
    return {
        "not an .argosmodel package": text,
        "not an .argosmodel package (": cut,
        "it lacks metadata.json": other,
        "it lacks sentencepiece.model": missing,
        "translates en→vi; the workbench needs vi→en": repacked(folder / "en.argosmodel", from_code="en", to_code="vi"),
        "metadata.json cannot be read": repacked(folder / "meta.argosmodel", replace={"metadata.json": b"{"}),
        "not that of a translation model": repacked(folder / "list.argosmodel", replace={"metadata.json": b"[]"}),
        "does not work": repacked(folder / "bin.argosmodel", replace={"model/model.bin": b"broken"}),
    }


def test_broken_packages_are_named_and_leave_everything_as_it_was(data, tmp_path, model_folder) -> None:
    data.mkdir()
    for says, file in bad_packages(tmp_path).items():
        with pytest.raises(BadModel) as error:
            install(data, file)
        assert says in str(error.value) and file.name in str(error.value)
        assert installed_models(data) == [], says
        assert not any((data / "models").glob("tmp*")), "nothing half unpacked is left"


def test_a_package_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(data, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(models, "LARGEST_UNPACKED", 2**30)
    file = tmp_path / "bomb.argosmodel"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a/model/model.bin", b"small")
    # Each file's size stands in the directory of the ZIP, 24 bytes after its mark.
    packed = bytearray(file.read_bytes())
    at = packed.index(b"PK\x01\x02") + 24
    packed[at : at + 4] = (2**30 + 1).to_bytes(4, "little")
    file.write_bytes(packed)
    with pytest.raises(BadModel, match=r"bomb\.argosmodel: unpacked, it has more than 1 GB"):
        install(data, file)
    assert installed_models(data) == []


def test_no_model_at_all_says_how_to_get_one(data, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(models, "SHIPPED", tmp_path)
    with pytest.raises(BadModel, match="workbench model install"):
        active(data)
