"""The learned weights as a data file: read, and written by the training command."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from parallel_statement.alignment.evidence import FEATURES, GAP_FEATURES, SIZES, Weights

PATH = Path(__file__).with_name("weights.json")


@cache
def load() -> tuple[Weights, Weights, str]:
    """Return the weights without and with other versions' support, and the file's fingerprint."""
    data = PATH.read_bytes()
    content = json.loads(data)
    return _read(content["pair"]), _read(content["joint"]), hashlib.sha256(data).hexdigest()[:12]


@cache
def encoder_fingerprint() -> str:
    """Return the fingerprint of the encoder that the weights were learned with."""
    return str(json.loads(PATH.read_bytes())["encoder_fingerprint"])


def save(
    pair: Weights,
    joint: Weights,
    encoder: str,
    encoder_fingerprint: str,
    trained_on: str,
    path: Path | None = None,
) -> None:
    """Write both sets of weights, with what they were learned from."""
    content = {
        "encoder": encoder,
        "encoder_fingerprint": encoder_fingerprint,
        "trained_on": trained_on,
        "pair": _written(pair),
        "joint": _written(joint),
    }
    (path or PATH).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _read(content: dict[str, Any]) -> Weights:
    return Weights(
        {(m, n): float(content["bias"][f"{min(m, n)}-{max(m, n)}"]) for m, n in SIZES},
        np.array([content["features"][name] for name in FEATURES]),
        np.array([content["growth"][name] for name in FEATURES]),
        float(content["gap_bias"]),
        np.array([content["gap_features"][name] for name in GAP_FEATURES]),
    )


def _written(weights: Weights) -> dict[str, Any]:
    return {
        "bias": {f"{m}-{n}": round(bias, 4) for (m, n), bias in weights.bias.items() if m <= n},
        "features": _named(FEATURES, weights.features),
        "growth": _named(FEATURES, weights.growth),
        "gap_bias": round(weights.gap_bias, 4),
        "gap_features": _named(GAP_FEATURES, weights.gap_features),
    }


def _named(names: tuple[str, ...], values: Any) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}
