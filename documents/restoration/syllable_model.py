"""How likely a Vietnamese word is after the two before it: the committed trigram model of the restoration.

The probabilities are those of an interpolated, absolutely discounted n-gram model (Kneser and Ney 1995; back-off form of Katz
1987 as in the ARPA files), counted over syllables in lower case, pruned and rounded to steps of 1/16 nat.
``benchmarks/train_restoration.py`` writes the file; ``documents/restoration/README.md`` is its card.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from documents.text import fold

MODEL_FILE = Path(__file__).parent / "model.npz"

BOUNDARY, NUMBER, OTHER = 0, 1, 2
"""Ids of the marks for the start or end of a sentence, a word with digits, a word outside the list."""

STEP = 16.0
"""Stored logarithms are whole multiples of 1/STEP nat."""

Ids = NDArray[np.int64]
Logs = NDArray[np.float32]


def pack_sorted(keys: Ids) -> dict[str, NDArray[np.uint8]]:
    """Ascending keys as their differences, one plane per byte (they compress to about two bytes each)."""
    steps = np.diff(keys, prepend=np.int64(0)).astype("<u8")
    planes = steps.view(np.uint8).reshape(-1, 8)
    width = max(1, max((i + 1 for i in range(8) if planes[:, i].any()), default=1))
    return {"planes": np.ascontiguousarray(planes[:, :width].T)}


def unpack_sorted(planes: NDArray[np.uint8]) -> Ids:
    """The keys that :func:`pack_sorted` packed."""
    full = np.zeros((planes.shape[1], 8), dtype=np.uint8)
    full[:, : planes.shape[0]] = planes.T
    return np.cumsum(full.view("<u8").ravel().astype(np.int64))


@dataclass(frozen=True)
class SyllableModel:
    """The n-gram tables. Words are ids into ``vocabulary``; keys of pairs are ``u * V + v``, of triples ``pair index * V +
    w``."""

    vocabulary: tuple[str, ...]
    log1: Logs
    back1: Logs
    keys2: Ids
    log2: NDArray[np.uint8]
    back2: NDArray[np.uint8]
    keys3: Ids
    log3: NDArray[np.uint8]
    capital: NDArray[np.uint8]
    """Two rows: how rarely a word bears a capital inside a sentence, how rarely not (negative logarithms in steps)."""

    @cached_property
    def ids(self) -> Mapping[str, int]:
        """Word → id."""
        return {word: i for i, word in enumerate(self.vocabulary)}

    @cached_property
    def by_fold(self) -> Mapping[str, tuple[int, ...]]:
        """Accentless form → ids of the words that have it, likeliest first."""
        found: dict[str, list[int]] = {}
        for i, word in enumerate(self.vocabulary[OTHER + 1 :], OTHER + 1):
            found.setdefault(fold(word), []).append(i)
        return {bare: tuple(sorted(ids, key=lambda i: -self.log1[i])) for bare, ids in found.items()}

    def _find(self, keys: Ids, wanted: Ids) -> tuple[Ids, NDArray[np.bool_]]:
        """Where each wanted key stands, and whether it is there."""
        order = np.argsort(wanted)
        at = np.empty_like(wanted)
        at[order] = np.searchsorted(keys, wanted[order])
        at[at == len(keys)] = 0
        return at, keys[at] == wanted

    def pair(self, u: Ids, v: Ids) -> Logs:
        """log P(v | u) for arrays of ids."""
        at, hit = self._find(self.keys2, u * len(self.vocabulary) + v)
        return np.where(hit, self.log2[at] / -STEP, self.back1[u] + self.log1[v]).astype(np.float32)

    def triple(self, u: Ids, v: Ids, w: Ids) -> Logs:
        """log P(w | u v) for arrays of ids."""
        context, known = self._find(self.keys2, u * len(self.vocabulary) + v)
        at, hit = self._find(self.keys3, context * len(self.vocabulary) + w)
        lower = self.pair(v, w) + np.where(known, self.back2[context] / -STEP, 0.0)
        return np.where(hit & known, self.log3[at] / -STEP, lower).astype(np.float32)


@lru_cache(maxsize=1)
def syllable_model() -> SyllableModel:
    """The committed model, read once per process."""
    return read_model(MODEL_FILE)


def read_model(path: Path) -> SyllableModel:
    """The model in ``path``. Raises ``OSError`` when it is not there."""
    with np.load(path, allow_pickle=False) as held:
        return SyllableModel(
            vocabulary=tuple(bytes(held["vocabulary"]).decode("utf-8").split("\n")),
            log1=held["log1"].astype(np.float32),
            back1=held["back1"].astype(np.float32),
            keys2=unpack_sorted(held["keys2"]),
            log2=held["log2"],
            back2=held["back2"],
            keys3=unpack_sorted(held["keys3"]),
            log3=held["log3"],
            capital=held["capital"],
        )
