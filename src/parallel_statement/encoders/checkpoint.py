"""Loading of models, tokenizers and dense layers; the only module that talks to their libraries.

Nothing here reaches the network: every path is a local folder.
"""

from __future__ import annotations

import logging
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

from parallel_statement.encoders.layout import Layout, read_json, weight_files
from parallel_statement.errors import EncoderError

_ACTIVATIONS = {
    "torch.nn.modules.activation.Tanh": torch.nn.Tanh,
    "torch.nn.modules.activation.ReLU": torch.nn.ReLU,
    "torch.nn.modules.activation.GELU": torch.nn.GELU,
    "torch.nn.modules.activation.Sigmoid": torch.nn.Sigmoid,
    "torch.nn.modules.linear.Identity": torch.nn.Identity,
}
_LONGEST = 512
"""Tokens, where neither the folder, the tokenizer nor the model states a limit."""
_LOAD_ERRORS = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    ImportError,
    RuntimeError,
    EOFError,
    SafetensorError,
    pickle.UnpicklingError,
)


def choose_device(name: str) -> torch.device:
    """Return the device called *name*; ``auto`` is a CUDA device where there is one.

    Raises:
        EncoderError: there is no such device here.
    """
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        device = torch.device(name)
        torch.zeros(1, device=device).cpu()
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        reason = next(iter(str(error).splitlines()), "unknown device")
        raise EncoderError(f"the device {name!r} cannot be used here: {reason}") from error
    return device


def normalise(vectors: torch.Tensor) -> torch.Tensor:
    """Return *vectors* with rows of unit length."""
    return torch.nn.functional.normalize(vectors)


def load_model(folder: Path) -> tuple[Any, Any]:
    """Return the tokenizer and the model of *folder*, in single precision, ready for inference.

    Raises:
        EncoderError: its files are broken, incomplete, or need code of their own.
    """
    from transformers import AutoConfig, AutoModel, AutoTokenizer

    options = {"local_files_only": True, "trust_remote_code": False}
    with _quiet(), _plain_errors(folder):
        config = AutoConfig.from_pretrained(folder, **options)
        if config.is_encoder_decoder:
            raise EncoderError(
                f"the model in {folder} ({config.model_type}) is an encoder with a decoder, "
                "which is not supported"
            )
        tokenizer = AutoTokenizer.from_pretrained(folder, **options)
        model, report = AutoModel.from_pretrained(
            folder, config=config, dtype=torch.float32, output_loading_info=True, **options
        )
    absent = sorted(
        key
        for kind in ("missing_keys", "mismatched_keys")
        for key in map(str, report[kind])
        if "pooler" not in key  # a head that neither pooling uses
    )
    if absent:
        raise EncoderError(
            f"the weights in {folder} do not fit its config.json: {len(absent)} tensors are "
            f"missing or of another size, the first is {absent[0]}"
        )
    if tokenizer.pad_token is None:
        raise EncoderError(f"the tokenizer in {folder} has no padding token, so it cannot batch")
    return tokenizer, model.eval()


def max_length(layout: Layout, tokenizer: Any, model: Any) -> int:
    """Return how many tokens the model takes: the least of the limits that are stated."""
    limits = [layout.max_length, tokenizer.model_max_length]
    positions = getattr(model.config, "max_position_embeddings", None)
    if positions is not None:
        # RoBERTa's family counts positions from after the padding token's number.
        table = getattr(getattr(model, "embeddings", None), "position_embeddings", None)
        padding = getattr(table, "padding_idx", None)
        limits.append(positions if padding is None else positions - padding - 1)
    stated = [int(limit) for limit in limits if limit is not None and 0 < limit < 1_000_000]
    return min(stated, default=_LONGEST)


def load_dense(folder: Path) -> torch.nn.Module:
    """Return the dense layer that *folder* describes: a linear map, then its activation.

    Raises:
        EncoderError: it lacks files, or asks for what is not supported.
    """
    config = read_json(folder / "config.json")
    activation = _ACTIVATIONS.get(config.get("activation_function", ""))
    inner = config.get("module_input_name", "sentence_embedding") != "sentence_embedding"
    if activation is None or inner or config.get("use_residual"):
        raise EncoderError(
            f"the dense layer in {folder} is not supported: only one that maps the pooled vector, "
            f"without residual, with one of the activations {', '.join(_ACTIVATIONS)}"
        )
    files = weight_files(folder)
    if not files:
        raise EncoderError(f"the dense layer in {folder} lacks its weights")
    with _plain_errors(folder):
        linear = torch.nn.Linear(
            config["in_features"], config["out_features"], bias=config.get("bias", True)
        )
        weights = _read_weights(files[0])
        linear.load_state_dict({key.removeprefix("linear."): weights[key] for key in weights})
    return torch.nn.Sequential(linear, activation()).eval()


def _read_weights(path: Path) -> dict[str, torch.Tensor]:
    if path.suffix == ".safetensors":
        return load_file(path)
    weights: dict[str, torch.Tensor] = torch.load(path, map_location="cpu", weights_only=True)
    return weights


@contextmanager
def _plain_errors(folder: Path) -> Iterator[None]:
    """Turn what the libraries raise for a broken or foreign model into an `EncoderError`."""
    try:
        yield
    except EncoderError:
        raise
    except Exception as error:
        # The tokenizers library raises bare Exception for a tokenizer.json that it cannot read.
        if type(error) is not Exception and not isinstance(error, _LOAD_ERRORS):
            raise
        if "trust_remote_code" in str(error):
            raise EncoderError(
                f"the model in {folder} needs program code of its own, which is never run here; "
                "choose a model of a kind that transformers knows"
            ) from error
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise EncoderError(f"the model in {folder} cannot be loaded: {reason}") from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep transformers from drawing progress bars and reports: what matters is checked here."""
    switches: Any = import_module("transformers.utils.logging")
    level = switches.get_verbosity()
    bar = switches.is_progress_bar_enabled()
    switches.set_verbosity(logging.ERROR)
    switches.disable_progress_bar()
    try:
        yield
    finally:
        switches.set_verbosity(level)
        if bar:
            switches.enable_progress_bar()
