"""A text of any length with vectors of its own, to measure time and memory.

The documents of the corpora stand one after the other; every language lost some blocks. When they
are used up they come again in another cipher, the same for all languages: the letters and digits of
every script are permuted, and the vectors turned by a random rotation. So lengths, shared names and
numbers, and the cosines between translations are as in real texts, but no passage is like another.
"""

from __future__ import annotations

import random
import tempfile
import unicodedata
import weakref
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from parallel_statement.encoders.base import Encoder, Progress, Vectors

LOST = 0.05
Blocks = Sequence[Mapping[str, Sequence[str]]]
"""The sentences of every language, block by block."""


@dataclass(frozen=True)
class LongText:
    """One language's sentences, where its paragraphs start, and its vectors."""

    sentences: list[str]
    starts: list[int]
    vectors: Vectors


def compose(
    blocks: Blocks, encoder: Encoder, size: int, languages: Sequence[str]
) -> dict[str, LongText]:
    """Return texts of about *size* sentences in every language."""
    known = {
        text: vector
        for language in languages
        for texts in [[s for block in blocks for s in block[language]]]
        for text, vector in zip(texts, encoder.encode(texts), strict=True)
    }
    chances = {language: random.Random(f"long {language}") for language in languages}
    characters = {c for block in blocks for texts in block.values() for text in texts for c in text}
    lists: dict[str, list[list[str]]] = {language: [] for language in languages}
    rows: dict[str, list[Vectors]] = {language: [] for language in languages}
    counts = dict.fromkeys(languages, 0)
    for k in range(10**9):
        turn, at = divmod(k, len(blocks))
        if at == 0:
            cipher, rotation = (
                _cipher(turn, characters),
                _rotation(turn, len(next(iter(known.values())))),
            )
        for language in languages:
            sentences = blocks[at][language]
            if sentences and chances[language].random() >= LOST:
                lists[language].append([text.translate(cipher) for text in sentences])
                rows[language].append(np.stack([known[text] for text in sentences]) @ rotation)
                counts[language] += len(sentences)
        if min(counts.values()) >= size:
            break
    return {
        language: LongText(
            [text for texts in lists[language] for text in texts],
            [0, *accumulate(map(len, lists[language]))][:-1],
            np.concatenate(rows[language]).astype(np.float32),
        )
        for language in languages
    }


def _cipher(turn: int, characters: Collection[str]) -> dict[int, str]:
    """A permutation of the letters and digits of every script; none in the first turn."""
    chance = random.Random(f"cipher {turn}")
    alphabets: dict[str, list[str]] = {}
    for character in sorted(characters):
        if character.isalnum():
            script = unicodedata.name(character, "").split(" ")[0]
            kind = f"{script} {unicodedata.category(character)}"
            alphabets.setdefault(kind, []).append(character)
    return {
        ord(plain): secret if turn else plain
        for letters in alphabets.values()
        for plain, secret in zip(letters, chance.sample(letters, len(letters)), strict=True)
    }


def _rotation(turn: int, size: int) -> NDArray[np.float32]:
    if not turn:
        return np.eye(size, dtype=np.float32)
    noise = np.random.default_rng(turn).standard_normal((size, size))
    return np.asarray(np.linalg.qr(noise)[0], dtype=np.float32)


class Given:
    """An encoder that knows the sentences of a long text; of joined ones it adds the vectors.

    The vectors lie in a file, so that they do not count as memory of whoever asks for them.
    """

    name = "given"
    KEY = 6

    def __init__(self, texts: Mapping[str, LongText], fingerprint: str) -> None:
        self.fingerprint = fingerprint
        self._rows: dict[str, int] = {}
        self._begins: dict[str, list[str]] = {}
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the encoder
        weakref.finalize(self, self._file.close)
        for text in texts.values():
            for sentence, vector in zip(text.sentences, text.vectors, strict=True):
                self._rows[sentence] = self._file.tell() // vector.nbytes
                self._file.write(vector.tobytes())
            self._size = text.vectors.shape[1]
        for sentence in self._rows:
            self._begins.setdefault(sentence[: self.KEY], []).append(sentence)
        for known in self._begins.values():
            known.sort(key=len, reverse=True)
        self.characters = 0
        """How much an aligner asked for."""

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return one unit vector for each of *texts*, in order."""
        if progress is not None:
            progress(len(texts), len(texts))
        self.characters += sum(map(len, texts))
        found = np.empty((len(texts), self._size), dtype=np.float32)
        for k, text in enumerate(texts):
            row = self._rows.get(text)
            found[k] = self._sum(text) if row is None else self._vector(row)
        return found

    def _vector(self, row: int) -> Vectors:
        self._file.seek(row * self._size * 4)
        return np.frombuffer(self._file.read(self._size * 4), dtype=np.float32)

    def _sum(self, text: str) -> Vectors:
        total = np.zeros(self._size, dtype=np.float32)
        while text := text.lstrip():
            starts = self._begins.get(text[: self.KEY], ())
            sentence = next((s for s in starts if text.startswith(s)), text[:1])
            if sentence in self._rows:
                total += self._vector(self._rows[sentence])
            text = text[len(sentence) :]
        return np.asarray(total / max(1e-9, float(np.linalg.norm(total))))
