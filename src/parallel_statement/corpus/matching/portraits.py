"""What is kept of a document to compare it with thousands of others: a few kilobytes.

The vectors are those of Thompson and Koehn 2020, "Exploiting Sentence Order in Document Alignment"
(EMNLP): means of the sentences' vectors over overlapping parts of the document, a long sentence
counting more than a short one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parallel_statement import formats, languages
from parallel_statement.alignment.units import latin_words, numbers_in
from parallel_statement.corpus.documents import Fault, TextFile
from parallel_statement.encoders.base import Encoder, Vectors
from parallel_statement.errors import ParallelStatementError
from parallel_statement.model import LanguageTag
from parallel_statement.names import ncname
from parallel_statement.segmentation import segment

PARTS = 8
"""Each a normal window over the document, as wide (standard deviation) as it is apart."""
_MOST_SENTENCES = 256
"""That are encoded of a document, spread evenly over it."""
_AT_ONCE = 1024
"""Sentences from which on they are encoded together."""

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Portrait:
    """What is known of a file's text."""

    file: TextFile
    parts: NDArray[np.float16]
    """A vector for each part."""
    numbers: Hashes
    """Numbers and dates, each once, sorted."""
    words: Hashes
    """Words in Latin script, likewise."""
    length: int
    """Characters."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A file before its sentences are encoded."""

    file: TextFile
    sentences: tuple[str, ...]
    places: tuple[float, ...]
    """Where the middle of each sentence lies, from 0 to 1."""
    numbers: Hashes
    words: Hashes
    length: int


def portray(
    files: Iterable[TextFile],
    encoder: Encoder,
    encodings: Mapping[LanguageTag, str] | None = None,
) -> Iterator[Portrait | Fault]:
    """Yield the portraits of *files* in their order, but those that cannot be read at once.

    Args:
        files: As `corpus.find_texts` finds them.
        encoder: Makes the vectors of sentences.
        encodings: Those of text files that are known, by language.
    """
    waiting: list[_Read] = []
    count = 0
    for file in files:
        try:
            waiting.append(_read(file, (encodings or {}).get(file.language)))
        except ParallelStatementError as error:
            yield Fault(ncname(file.name), str(file.path), str(error))
            continue
        count += len(waiting[-1].sentences)
        if count >= _AT_ONCE:
            yield from _encoded(waiting, encoder)
            waiting, count = [], 0
    yield from _encoded(waiting, encoder)


def _read(file: TextFile, encoding: str | None) -> _Read:
    version = segment(formats.read(file.path, file.language, encoding=encoding))
    texts = [version.text(sentence) for sentence in version.sentences]
    ends = np.cumsum([len(text) for text in texts])
    chosen = np.unique(np.linspace(0, len(texts) - 1, min(len(texts), _MOST_SENTENCES)).round())
    kept = [int(number) for number in chosen]
    length = int(ends[-1]) if texts else 0
    return _Read(
        file,
        tuple(texts[number] for number in kept),
        tuple((ends[number] - len(texts[number]) / 2) / max(length, 1) for number in kept),
        _hashes(value for text in texts for value in _values(text, file.language)),
        _hashes(word for text in texts for word in latin_words(text)),
        length,
    )


def _values(text: str, language: LanguageTag) -> Iterator[str]:
    """Yield the digits of numbers, and dates as such: "January 16" is 1月16日."""
    yield from numbers_in(text)
    for quantity in languages.get(language).quantities(text):
        if quantity.kind in ("date", "month"):
            yield quantity.value


def _hashes(words: Iterable[str]) -> Hashes:
    digests = b"".join(
        hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest()
        for word in set(words)
    )
    return np.sort(np.frombuffer(digests, dtype="<u8"))


def _encoded(waiting: Sequence[_Read], encoder: Encoder) -> Iterator[Portrait]:
    if not waiting:
        return
    together = encoder.encode([text for each in waiting for text in each.sentences])
    borders = np.cumsum([len(each.sentences) for each in waiting])
    for each, vectors in zip(waiting, np.split(together, borders[:-1]), strict=True):
        parts = _parts(each, vectors).astype(np.float16)
        yield Portrait(each.file, parts, each.numbers, each.words, each.length)


def _parts(read: _Read, vectors: Vectors) -> Vectors:
    """Return the mean vector of every part, of unit length; zeros if there is no sentence."""
    middles = (np.arange(PARTS) + 0.5) / PARTS
    apart = (np.array(read.places)[None, :] - middles[:, None]) * PARTS
    weights = np.exp(-(apart**2) / 2) * np.sqrt([len(text) for text in read.sentences])
    means = weights.astype(np.float32) @ vectors
    norms = np.linalg.norm(means, axis=1, keepdims=True)
    return np.asarray(means / np.maximum(norms, 1e-9), dtype=np.float32)
