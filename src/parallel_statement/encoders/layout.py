"""What the files of a model folder say about how to use the model; torch is not needed here.

A folder as transformers writes it holds ``config.json``, weights and a tokenizer. One as
sentence-transformers writes it adds ``modules.json``, which lists the steps after the model::

    .            Transformer   token vectors
    1_Pooling    Pooling       -> one vector a text
    2_Dense      Dense         -> another space (LaBSE)
    3_Normalize  Normalize     -> unit length
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from parallel_statement.errors import EncoderError

Pooling = Literal["mean", "cls"]
POOLINGS: tuple[Pooling, ...] = ("mean", "cls")
Step = Path | Literal["normalize"]
"""A step after pooling: the folder of a dense layer, or the scaling to unit length."""

_KINDS = ("Transformer", "Pooling", "Dense", "Normalize")
_WEIGHTS = (
    "model.safetensors",
    "model.safetensors.index.json",
    "pytorch_model.bin",
    "pytorch_model.bin.index.json",
)
_TOKENIZERS = ("tokenizer.json", "vocab.txt", "vocab.json", "*.model", "*.spm")
_POOLING_KEYS = {
    "pooling_mode_cls_token": "cls",
    "pooling_mode_mean_tokens": "mean",
    "pooling_mode_max_tokens": "max",
    "pooling_mode_mean_sqrt_len_tokens": "mean_sqrt_len_tokens",
    "pooling_mode_weightedmean_tokens": "weightedmean",
    "pooling_mode_lasttoken": "lasttoken",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """How a model's folder wants to be used."""

    transformer: Path
    """The folder of the model itself and its tokenizer."""
    pooling: Pooling
    steps: tuple[Step, ...]
    prefix: str
    max_length: int | None
    """In tokens; None where the folder does not say."""
    lower_case: bool


def read_layout(folder: Path, pooling: str | None = None, prefix: str | None = None) -> Layout:
    """Return how to use the model in *folder*; *pooling* and *prefix* go before its own word.

    Raises:
        EncoderError: a file is missing or broken, or asks for what is not supported.
    """
    modules = _modules(folder)
    transformer = folder / modules[0][1]
    _require_model(transformer)
    limits = read_json(transformer / "sentence_bert_config.json")
    said_prefix = _default_prompt(folder)
    chosen_prefix = said_prefix if prefix is None else prefix
    return Layout(
        transformer=transformer,
        pooling=_pooling(folder / modules[1][1], pooling, bool(chosen_prefix)),
        steps=tuple(
            "normalize" if kind == "Normalize" else folder / path for kind, path in modules[2:]
        ),
        prefix=chosen_prefix,
        max_length=limits.get("max_seq_length"),
        lower_case=bool(limits.get("do_lower_case")),
    )


def weight_files(folder: Path) -> tuple[Path, ...]:
    """Return the weight files of a model folder, sorted: the safetensors where there are any."""
    files = [path for path in folder.glob("*") if path.is_file()]
    kinds = ("model*.safetensors", "pytorch_model*.bin")
    for kind in kinds:
        found = tuple(sorted(path for path in files if path.match(kind)))
        if found:
            return found
    return ()


def _modules(folder: Path) -> tuple[tuple[str, str], ...]:
    """Return kind and subfolder of every step: transformer and pooling first, then the others."""
    listed = read_json(folder / "modules.json", empty=[])
    if not listed:
        return ("Transformer", ""), ("Pooling", "1_Pooling")
    try:
        types = [(str(module["type"]), str(module["path"])) for module in listed]
    except (TypeError, KeyError) as error:
        raise EncoderError(f"{folder / 'modules.json'} is not a list of modules") from error
    modules = tuple((_kind(folder, name), path) for name, path in types)
    kinds = [kind for kind, _ in modules]
    if kinds[:2] != ["Transformer", "Pooling"] or {*kinds[:2]} & {*kinds[2:]}:
        raise EncoderError(
            f"the model in {folder} lists the modules {', '.join(kinds)}; "
            "supported is one Transformer, then one Pooling, then any of Dense and Normalize"
        )
    return modules


def _kind(folder: Path, name: str) -> str:
    """Return the last part of a module's class *name*, if it is one that we have."""
    package, _, kind = name.rpartition(".")
    if package.split(".")[0] != "sentence_transformers" or kind not in _KINDS:
        raise EncoderError(
            f"the model in {folder} uses the module {name}, which is not supported; "
            f"supported are {', '.join(_KINDS)} of sentence_transformers"
        )
    return kind


def _require_model(folder: Path) -> None:
    missing = []
    if not (folder / "config.json").is_file():
        missing.append("config.json")
    if not any((folder / name).is_file() for name in _WEIGHTS):
        missing.append("weights (model.safetensors or pytorch_model.bin)")
    if not any(True for pattern in _TOKENIZERS for _ in folder.glob(pattern)):
        missing.append("a tokenizer (tokenizer.json, vocab.txt or the like)")
    if missing:
        raise EncoderError(
            f"the encoder folder {folder} lacks {' and '.join(missing)}; "
            "give a folder that transformers' save_pretrained wrote, or a complete copy of one "
            "from the Hugging Face hub"
        )


def _pooling(folder: Path, chosen: str | None, has_prefix: bool) -> Pooling:
    """Return the pooling to use, from the caller or from the folder of the pooling module."""
    config = read_json(folder / "config.json")
    if has_prefix and config.get("include_prompt") is False:
        raise EncoderError(
            f"the model in {folder.parent} leaves its prompt out of the pooling, "
            "which is not supported; set an empty prefix"
        )
    modes = config.get("pooling_mode") or [m for key, m in _POOLING_KEYS.items() if config.get(key)]
    wanted = [modes] if isinstance(modes, str) else list(modes)
    if chosen is not None:
        wanted = [chosen]
    for known in POOLINGS:
        if wanted == [known] or (not wanted and known == "mean"):
            return known
    source = f"the model in {folder.parent} pools by" if chosen is None else "the pooling asked is"
    raise EncoderError(f"{source} {' and '.join(map(str, wanted))}; supported are mean and cls")


def _default_prompt(folder: Path) -> str:
    """Return the prompt that the model's own settings put before a text by default."""
    settings = read_json(folder / "config_sentence_transformers.json")
    prompts = settings.get("prompts") or {}
    return str(prompts.get(settings.get("default_prompt_name"), ""))


def read_json(path: Path, empty: Any = None) -> Any:
    """Return what a JSON file says; an empty value of the same type where there is no file."""
    fallback: Any = {} if empty is None else empty
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return fallback
    except (OSError, ValueError) as error:
        raise EncoderError(f"{path} cannot be read as JSON: {error}") from error
    if not isinstance(value, type(fallback)):
        raise EncoderError(f"{path} is not a JSON {'list' if fallback == [] else 'object'}")
    return value
