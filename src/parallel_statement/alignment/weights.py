"""The learned weights as a data file: read, and written by the training command."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np

from parallel_statement.alignment.evidence import FEATURES, GAP_FEATURES, Weights
from parallel_statement.alignment.features import SIZES
from parallel_statement.errors import InputError

PATH = Path(__file__).with_name("weights.json")


@dataclass(frozen=True)
class Learned:
    """What was learned from texts whose alignment is known."""

    first: Weights
    """Of a first look at a pair."""
    pair: Weights
    """Of a second look, where there are two versions."""
    joint: Weights
    """What further versions add to `pair`, as far as they can be trusted."""
    encoder: str
    """Fingerprint of the encoder whose vectors they are for."""
    fingerprint: str

    def second(self, trust: float) -> Weights:
        """Return the weights of a second look with so much `consensus.trust` in the others."""
        return Weights(
            {size: bias + trust * self.joint.bias[size] for size, bias in self.pair.bias.items()},
            self.pair.features + trust * self.joint.features,
            self.pair.growth + trust * self.joint.growth,
            self.pair.gap_bias + trust * self.joint.gap_bias,
            self.pair.gap_features + trust * self.joint.gap_features,
        )


@cache
def load(path: Path = PATH) -> Learned:
    """Return the weights in *path*; those of the embedded encoder without it.

    Raises:
        InputError: the file cannot be read or holds no weights of this version.
    """
    try:
        data = path.read_bytes()
        content = json.loads(data)
        first, pair, joint = (_read(content[name]) for name in ("first", "pair", "joint"))
        encoder = str(content["encoder_fingerprint"])
        return Learned(first, pair, joint, encoder, hashlib.sha256(data).hexdigest()[:12])
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise InputError(
            path, "holds no weights that this version can use; learn them anew"
        ) from error


def save(
    first: Weights, pair: Weights, joint: Weights, encoder: Mapping[str, str], path: Path = PATH
) -> None:
    """Write all weights, with the name and fingerprint of the *encoder* and what they come from."""
    sets = {"first": first, "pair": pair, "joint": joint}
    content = dict(encoder) | {name: _written(weights) for name, weights in sets.items()}
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _read(content: dict[str, Any]) -> Weights:
    return Weights(
        {(m, n): _number(content["bias"][f"{min(m, n)}-{max(m, n)}"]) for m, n in SIZES},
        np.array([_number(content["features"][name]) for name in FEATURES]),
        np.array([_number(content["growth"][name]) for name in FEATURES]),
        _number(content["gap_bias"]),
        np.array([_number(content["gap_features"][name]) for name in GAP_FEATURES]),
    )


def _number(value: object) -> float:
    if not isinstance(value, int | float) or not isfinite(value):
        raise ValueError(value)
    return float(value)


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
