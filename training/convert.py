"""From a checkpoint to a CTranslate2 model, through its specification API.

Weights are stored in int8, in the range -63…63: processors with AVX2 but without VNNI add two products of a weight and
an activation in 16 bits, which the full range overflows. (0.3 lost 1 in 100 copied terms and 1.5 in 100 numbers to that
on an AMD EPYC; with the small range it does as well as in float32, there and elsewhere: EXPERIMENTS.md, 20.)
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece as spm
import torch
from ctranslate2.specs import TransformerSpec, common_spec
from torch import Tensor

from training.model import MAX_POSITIONS, sinusoids

Weights = dict[str, Tensor]
LARGEST = 63.0


def _put_matrix(spec: Any, weight: Tensor) -> None:
    """Store a matrix in int8, with what each row was multiplied by."""
    values = weight.numpy()
    largest = np.abs(values).max(1)
    scale = LARGEST / np.where(largest > 0, largest, LARGEST)
    spec.weight = np.rint(values * scale[:, None]).astype(np.int8)
    spec.weight_scale = scale.astype(np.float32)


def _linear(spec: Any, w: Weights, name: str) -> None:
    _put_matrix(spec, w[f"{name}.weight"])
    spec.bias = w[f"{name}.bias"].numpy()


def _norm(spec: Any, w: Weights, name: str) -> None:
    spec.gamma = w[f"{name}.weight"].numpy()
    spec.beta = w[f"{name}.bias"].numpy()


def _self_attention(spec: Any, w: Weights, name: str, norm: str) -> None:
    _norm(spec.layer_norm, w, norm)
    _put_matrix(spec.linear[0], torch.cat([w[f"{name}.q.weight"], w[f"{name}.kv.weight"]]))
    spec.linear[0].bias = torch.cat([w[f"{name}.q.bias"], w[f"{name}.kv.bias"]]).numpy()
    _linear(spec.linear[1], w, f"{name}.o")


def _cross_attention(spec: Any, w: Weights, name: str, norm: str) -> None:
    _norm(spec.layer_norm, w, norm)
    for part, piece in zip(spec.linear, ("q", "kv", "o"), strict=True):
        _linear(part, w, f"{name}.{piece}")


def _feed_forward(spec: Any, w: Weights, name: str, norm: str) -> None:
    _norm(spec.layer_norm, w, norm)
    _linear(spec.linear_0, w, f"{name}.a")
    _linear(spec.linear_1, w, f"{name}.b")


def build_spec(w: Weights, config: dict[str, Any], pieces: list[str]) -> TransformerSpec:
    """The CTranslate2 specification filled with a checkpoint's weights."""
    spec = TransformerSpec.from_config(
        (config["encoder_layers"], config["decoder_layers"]),
        config["heads"],
        pre_norm=True,
        activation=common_spec.Activation.RELU,
    )
    positions = sinusoids(MAX_POSITIONS, config["width"]).numpy()
    spec.encoder.scale_embeddings = spec.decoder.scale_embeddings = True
    for tied in (spec.encoder.embeddings[0], spec.decoder.embeddings, spec.decoder.projection):
        _put_matrix(tied, w["emb.weight"])
    spec.encoder.position_encodings.encodings = positions
    spec.decoder.position_encodings.encodings = positions
    _norm(spec.encoder.layer_norm, w, "ne")
    _norm(spec.decoder.layer_norm, w, "nd")
    for i, layer in enumerate(spec.encoder.layer):
        _self_attention(layer.self_attention, w, f"enc.{i}.sa", f"enc.{i}.n1")
        _feed_forward(layer.ffn, w, f"enc.{i}.ff", f"enc.{i}.n2")
    for i, layer in enumerate(spec.decoder.layer):
        _self_attention(layer.self_attention, w, f"dec.{i}.sa", f"dec.{i}.n1")
        _cross_attention(layer.attention, w, f"dec.{i}.ca", f"dec.{i}.n2")
        _feed_forward(layer.ffn, w, f"dec.{i}.ff", f"dec.{i}.n3")
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.add_source_bos = False
    spec.config.add_source_eos = True
    spec.config.decoder_start_token = spec.config.bos_token = "<s>"
    spec.config.eos_token = "</s>"
    spec.config.unk_token = "<unk>"
    spec.config.layer_norm_epsilon = 1e-5
    return spec


def convert(checkpoint: Path, spm_path: Path, out: Path) -> Path:
    """Write a folder with ``model/`` and ``sentencepiece.model`` from a checkpoint."""
    saved = torch.load(checkpoint, weights_only=False)
    weights = {name: value.float() for name, value in saved["model"].items()}
    processor = spm.SentencePieceProcessor(model_file=str(spm_path))
    pieces = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    spec = build_spec(weights, saved["config"], pieces)
    spec.validate()
    # Stores the three tied matrices once.
    spec.optimize()
    shutil.rmtree(out / "model", ignore_errors=True)
    (out / "model").mkdir(parents=True)
    spec.save(str(out / "model"))
    shutil.copyfile(spm_path, out / "sentencepiece.model")
    return out
