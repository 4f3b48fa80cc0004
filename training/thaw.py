"""From a package back to a checkpoint, so that a run can go on from what ships.

Reads CTranslate2's binary model (format version 6, as ``ModelSpec._serialize``
of ctranslate2 4 writes it). Weights in int8 come back with the rounding they
were stored with: about 0.4% of each row's largest value.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

TYPES = ("float32", "int8", "int16", "int32", "float16")
FORMAT = 6
Arrays = dict[str, npt.NDArray[np.float32]]


def _number(stream: BinaryIO, form: str) -> int:
    (value,) = struct.unpack(form, stream.read(struct.calcsize(form)))
    return int(value)


def _text(stream: BinaryIO) -> str:
    return stream.read(_number(stream, "H")).rstrip(b"\0").decode()


def read_variables(model: Path) -> Arrays:
    """All variables of a ``model.bin`` in float32, int8 rows divided by their scales.

    Raises ValueError for a file of another format version.
    """
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    with model.open("rb") as stream:
        version = _number(stream, "I")
        if version != FORMAT:
            raise ValueError(f"{model} has format version {version}, this reads version {FORMAT}")
        _text(stream), _number(stream, "I")
        for _ in range(_number(stream, "I")):
            name = _text(stream)
            shape = [_number(stream, "I") for _ in range(_number(stream, "B"))]
            kind = TYPES[_number(stream, "B")]
            arrays[name] = np.frombuffer(stream.read(_number(stream, "I")), kind).reshape(shape)
        for _ in range(_number(stream, "I")):
            alias, name = _text(stream), _text(stream)
            arrays[alias] = arrays[name]
    return {name: _plain(name, arrays) for name in arrays}


def _plain(name: str, arrays: dict[str, npt.NDArray[np.generic]]) -> npt.NDArray[np.float32]:
    array = arrays[name].astype(np.float32)
    scale = arrays.get(f"{name}_scale")
    if scale is None:
        return array
    return array / scale.astype(np.float32).reshape(-1, *[1] * (array.ndim - 1))


def _names(encoder_layers: int, decoder_layers: int) -> dict[str, str]:
    """Parameter of the checkpoint → variable of the model, for what is stored under one name."""
    names = {"ne": "encoder/layer_norm", "nd": "decoder/layer_norm"}
    for i in range(encoder_layers):
        at = f"encoder/layer_{i}"
        names |= {f"enc.{i}.n1": f"{at}/self_attention/layer_norm", f"enc.{i}.sa.o": f"{at}/self_attention/linear_1"}
        names |= {f"enc.{i}.n2": f"{at}/ffn/layer_norm"}
        names |= {f"enc.{i}.ff.a": f"{at}/ffn/linear_0", f"enc.{i}.ff.b": f"{at}/ffn/linear_1"}
    for i in range(decoder_layers):
        at = f"decoder/layer_{i}"
        names |= {f"dec.{i}.n1": f"{at}/self_attention/layer_norm", f"dec.{i}.sa.o": f"{at}/self_attention/linear_1"}
        names |= {f"dec.{i}.n2": f"{at}/attention/layer_norm"}
        names |= {f"dec.{i}.ca.{part}": f"{at}/attention/linear_{n}" for n, part in enumerate(("q", "kv", "o"))}
        names |= {f"dec.{i}.n3": f"{at}/ffn/layer_norm"}
        names |= {f"dec.{i}.ff.a": f"{at}/ffn/linear_0", f"dec.{i}.ff.b": f"{at}/ffn/linear_1"}
    return names


def thaw(folder: Path, out: Path, heads: int = 4) -> Path:
    """Write a checkpoint for ``train --init`` from an unpacked package's folder."""
    arrays = read_variables(folder / "model" / "model.bin")
    layers = [len({n.split("/")[1] for n in arrays if n.startswith(f"{side}/layer_")} - {"layer_norm"})
              for side in ("encoder", "decoder")]  # fmt: skip
    embedding = arrays["decoder/embeddings/weight"]
    weights: dict[str, Tensor] = {"emb.weight": torch.from_numpy(embedding)}
    width = embedding.shape[1]
    for mine, theirs in _names(layers[0], layers[1]).items():
        norm = theirs.endswith("layer_norm")
        for part, variable in (("weight", "gamma" if norm else "weight"), ("bias", "beta" if norm else "bias")):
            weights[f"{mine}.{part}"] = torch.from_numpy(arrays[f"{theirs}/{variable}"])
    for side, name, count in (("encoder", "enc", layers[0]), ("decoder", "dec", layers[1])):
        for i in range(count):
            for part in ("weight", "bias"):
                joined = torch.from_numpy(arrays[f"{side}/layer_{i}/self_attention/linear_0/{part}"])
                weights[f"{name}.{i}.sa.q.{part}"] = joined[:width].clone()
                weights[f"{name}.{i}.sa.kv.{part}"] = joined[width:].clone()
    config = {"vocab": embedding.shape[0], "width": width, "heads": heads,
              "encoder_layers": layers[0], "decoder_layers": layers[1]}  # fmt: skip
    torch.save({"model": weights, "config": config, "step": 0}, out)
    return out
