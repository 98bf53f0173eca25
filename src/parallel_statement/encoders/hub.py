"""Models of the Hugging Face hub: the local copy of one, fetched if it must be."""

from __future__ import annotations

from pathlib import Path

from parallel_statement.encoders.layout import weight_files
from parallel_statement.errors import EncoderError

_PLAIN = ("*.json", "*.txt", "*.model", "*.spm")
_SAFE = "*.safetensors"
_PICKLED = "*pytorch_model*.bin"
_OTHER_RUNTIMES = ("onnx/*", "openvino/*", "coreml/*", "gguf/*")


def fetch(name: str) -> Path:
    """Return the folder that holds the model with the hub id *name*; its name is the commit.

    Safetensors weights are preferred; pickled ones are fetched only where there are no others.
    Without a network the copy in the local cache is used.

    Raises:
        EncoderError: the model is unknown, not free, or neither cached nor to be had.
    """
    folder = _snapshot(name, [*_PLAIN, _SAFE])
    if not weight_files(folder) and not list(folder.glob("*/" + _SAFE)):
        folder = _snapshot(name, [*_PLAIN, _SAFE, _PICKLED])
    return folder


def _snapshot(name: str, patterns: list[str]) -> Path:
    from huggingface_hub import errors, snapshot_download

    try:
        return Path(
            snapshot_download(name, allow_patterns=patterns, ignore_patterns=list(_OTHER_RUNTIMES))
        )
    except errors.GatedRepoError as error:
        raise EncoderError(
            f"the encoder {name!r} is given only to those who have accepted its terms; "
            "accept them on its page of the Hugging Face hub and log in with: hf auth login"
        ) from error
    except errors.RepositoryNotFoundError as error:
        raise EncoderError(
            f"the Hugging Face hub has no model {name!r} that can be read without a login, and "
            "there is no folder of this name either; check the spelling"
        ) from error
    except (OSError, errors.HFValidationError) as error:
        raise EncoderError(
            f"the encoder {name!r} is no folder, is not complete in the local cache of the Hugging "
            "Face hub, and cannot be fetched now; fetch it once with a network, or copy its folder "
            f"here and give the path. The hub's client says: {_first_line(error)}"
        ) from error


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
