"""Encoders: models that turn texts of any language into comparable vectors."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from parallel_statement.errors import EncoderError, UnknownNameError

if TYPE_CHECKING:
    from parallel_statement.encoders.base import Encoder

FOLDER = "FOLDER"
HUB_ID = "OWNER/NAME"

ENCODERS: dict[str, tuple[str, str]] = {
    "use": (
        "parallel_statement.encoders.use",
        "universal sentence encoder, multilingual, version 3: 16 languages, embedded",
    ),
    FOLDER: (
        "parallel_statement.encoders.transformer",
        "a local folder with a Hugging Face model; needs the extra `torch`",
    ),
    HUB_ID: (
        "parallel_statement.encoders.transformer",
        "a model of the Hugging Face hub by its id; needs the extra `torch`, and a network once",
    ),
}
"""Name, or form of a name -> module, one line on it."""

_KNOWN = (
    "use",
    "a folder that holds a Hugging Face model",
    "the id of a model on the Hugging Face hub, such as sentence-transformers/LaBSE",
)
_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*", re.ASCII)


def load(
    name: str = "use",
    *,
    pooling: str | None = None,
    prefix: str | None = None,
    device: str = "auto",
    batch_size: int = 32,
) -> Encoder:
    """Return the encoder called *name*, ready to encode.

    Args:
        name: ``use`` for the embedded one, a folder, or an id of the Hugging Face hub.
        pooling: ``mean`` or ``cls``; None takes what the model's own files say, else ``mean``.
        prefix: Put before every text; None takes the model's default prompt, if it has one.
        device: ``auto`` (a CUDA device if there is one), ``cpu``, ``cuda``, ``cuda:1``, ...
        batch_size: Texts encoded at once; the embedded encoder chooses its own.

    Raises:
        UnknownNameError: *name* is none of the three.
        EncoderError: the model cannot be found, loaded or used as asked.
        MissingExtraError: the model needs torch, which is not installed.
    """
    if name == "use":
        if pooling is not None or prefix or device not in ("auto", "cpu"):
            raise EncoderError(
                "the embedded encoder 'use' runs on the CPU and has one pooling and no prefix; "
                "leave these options out, or name another encoder"
            )
        return cast("Encoder", import_module(ENCODERS[name][0]).load())
    form = _form(name)
    module = import_module(ENCODERS[form][0])
    options = {"pooling": pooling, "prefix": prefix, "device": device, "batch_size": batch_size}
    return cast("Encoder", module.load(name, folder=form == FOLDER, **options))


def _form(name: str) -> str:
    """Return which row of the table *name* belongs to."""
    if name and Path(name).is_dir():
        return FOLDER
    if Path(name).is_file():
        raise EncoderError(f"the encoder {name!r} is a file; give the folder that holds the model")
    if name.startswith((".", "~")) or Path(name).is_absolute():
        raise EncoderError(f"the encoder {name!r} does not exist: there is no such folder")
    if _HUB_ID.fullmatch(name):
        return HUB_ID
    raise UnknownNameError("encoder", name, _KNOWN)
