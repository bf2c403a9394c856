"""How alike short texts are by their words: weighted cosine and containment over syllables, pairs of syllables, letters.

Vietnamese is written in syllables; pairs of them stand in for words, and runs of letters forgive misread ones. A term counts by
its rarity among all texts (inverse document frequency), so that "triển khai" binds less than "sao lưu".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import numpy as np
from numpy.typing import NDArray

from documents.text import fold, words
from embeddings.model import EmbeddingModel

Terms = Callable[[str], Sequence[str]]
Matrix = NDArray[np.float64]

_LETTERS = 4
_LEAST = 0.01
"""The weight of a term that nearly every text has."""


@dataclass(frozen=True, slots=True)
class _Vector:
    """The terms of a text by number, and how much each counts."""

    terms: NDArray[np.int64]
    counts: NDArray[np.float64]


def syllables(text: str) -> list[str]:
    """The syllables without accents."""
    return words(fold(text))


def pairs(text: str) -> list[str]:
    """Neighbouring syllables, two by two."""
    return [f"{one} {other}" for one, other in pairwise(syllables(text))]


def letters(text: str) -> list[str]:
    """All runs of four letters (blanks between syllables count), the whole text where it is shorter."""
    plain = " ".join(syllables(text))
    return [plain[at : at + _LETTERS] for at in range(max(1, len(plain) - _LETTERS + 1))]


class Rarity:
    """How much each term says among ``texts``: log((N + 1) / (n + ½)), the most for a term that none of them has."""

    def __init__(self, terms: Terms, texts: Iterable[str]) -> None:
        """``terms`` takes a text apart."""
        self._terms = terms
        self._number: dict[str, int] = {}
        self._known: dict[str, _Vector] = {}
        listed = list(texts)
        each = [self._vector(text) for text in listed]
        with_term = np.bincount(np.concatenate([one.terms for one in each] or [np.zeros(0, int)]), minlength=1)
        self._weight = np.maximum(np.log((len(listed) + 1) / (with_term + 0.5)), _LEAST)
        self._unseen = max(log(2 * (len(listed) + 1)), _LEAST)

    def _vector(self, text: str) -> _Vector:
        known = self._known.get(text)
        if known is None:
            count = Counter(self._terms(text))
            numbers = np.array([self._number.setdefault(term, len(self._number)) for term in count], dtype=np.int64)
            known = self._known[text] = _Vector(numbers, 1 + np.log(np.array(list(count.values()), dtype=float)))
        return known

    def _rarity(self, terms: NDArray[np.int64]) -> Matrix:
        """The weight of each term; terms that came later than the texts are in none of them."""
        known = np.minimum(terms, len(self._weight) - 1)
        return np.where(terms < len(self._weight), self._weight[known], self._unseen)

    def cosine(self, some: Sequence[str], others: Sequence[str]) -> Matrix:
        """The cosine of each of ``some`` with each of ``others``; repeated terms count by the logarithm of how often."""
        tables, sizes = [], []
        for texts in (some, others):
            vectors = [self._vector(text) for text in texts]
            tables.append([_Vector(one.terms, one.counts * self._rarity(one.terms)) for one in vectors])
            sizes.append(np.array([np.sqrt((one.counts**2).sum()) for one in tables[-1]]))
        return _product(*tables) / np.maximum(sizes[0][:, None] * sizes[1][None, :], 1e-9)

    def contained(self, some: Sequence[str], others: Sequence[str]) -> Matrix:
        """What share of the shorter text (by weight) the longer one has too."""
        tables, sizes = [], []
        for texts in (some, others):
            vectors = [self._vector(text) for text in texts]
            tables.append([_Vector(one.terms, np.sqrt(self._rarity(one.terms))) for one in vectors])
            sizes.append(np.array([self._rarity(one.terms).sum() for one in vectors]))
        return _product(*tables) / np.maximum(np.minimum(sizes[0][:, None], sizes[1][None, :]), 1e-9)


def _product(some: Sequence[_Vector], others: Sequence[_Vector]) -> Matrix:
    """The scalar products of sparse vectors, over the terms that both sides have."""
    none = [np.zeros(0, dtype=np.int64)]
    mine, theirs = (np.concatenate([one.terms for one in side] or none) for side in (some, others))
    common = np.intersect1d(mine, theirs)
    tables = []
    for side in (some, others):
        table = np.zeros((len(side), len(common)))
        for row, one in enumerate(side):
            at = np.searchsorted(common, one.terms)
            here = at < len(common)
            here[here] = common[at[here]] == one.terms[here]
            table[row, at[here]] = one.counts[here]
        tables.append(table)
    return np.asarray(tables[0] @ tables[1].T)


class Meaning:
    """How near texts are by the vectors of an embedding model; each text is encoded once."""

    def __init__(self, model: EmbeddingModel) -> None:
        """``model`` gives the vectors."""
        self._model = model
        self._known: dict[str, Matrix] = {}

    def cosine(self, some: Sequence[str], others: Sequence[str]) -> Matrix:
        """The cosine of each of ``some`` with each of ``others``; 0 where a text has no vector."""
        new = list(dict.fromkeys(text for text in (*some, *others) if text not in self._known))
        for text, vector in zip(new, self._model.encode(new) if new else (), strict=True):
            self._known[text] = np.asarray(vector, dtype=float)
        if not some or not others:
            return np.zeros((len(some), len(others)))
        a, b = (np.stack([self._known[text] for text in texts]) for texts in (some, others))
        return np.asarray(a @ b.T)


def share_of_best(likeness: Matrix) -> tuple[Matrix, Matrix]:
    """How near each pair comes to the best of its row and of its column: the smaller and the larger of the two shares."""
    by_row = likeness / np.maximum(likeness.max(axis=1, keepdims=True, initial=0.0), 1e-9)
    by_column = likeness / np.maximum(likeness.max(axis=0, keepdims=True, initial=0.0), 1e-9)
    return np.minimum(by_row, by_column), np.maximum(by_row, by_column)
