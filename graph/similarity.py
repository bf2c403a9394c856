"""How alike short texts are by their words: weighted cosine and containment over syllables, pairs of syllables, letters.

Vietnamese is written in syllables; pairs of them stand in for words, and runs of letters forgive misread ones. A term counts by
its rarity among all texts (inverse document frequency), so that "triển khai" binds less than "sao lưu".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from documents.text import fold, words

Terms = Callable[[str], Sequence[str]]
Matrix = NDArray[np.float64]

_LETTERS = 4


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
    """How much each term says among ``texts``; a term that none of them has says the most."""

    def __init__(self, terms: Terms, texts: Iterable[str]) -> None:
        """``terms`` takes a text apart."""
        self._terms = terms
        self._counts: dict[str, Counter[str]] = {}
        listed = [self._count(text) for text in texts]
        self._with = Counter(term for found in listed for term in found)
        self._total = len(listed)

    def _count(self, text: str) -> Counter[str]:
        known = self._counts.get(text)
        if known is None:
            known = self._counts[text] = Counter(self._terms(text))
        return known

    def __call__(self, term: str) -> float:
        """log((N + 1) / (n + ½)): positive unless nearly every text has the term."""
        return max(log((self._total + 1) / (self._with[term] + 0.5)), 0.01)

    def cosine(self, some: Sequence[str], others: Sequence[str]) -> Matrix:
        """The cosine of each of ``some`` with each of ``others``; repeated terms count by the logarithm of how often."""

        def size(text: str) -> float:
            return sqrt(sum(((1 + log(count)) * self(term)) ** 2 for term, count in self._count(text).items()))

        product = self._product(some, others, lambda count: 1 + log(count), 2)
        return product / np.maximum(_outer(np.multiply, size, some, others), 1e-9)

    def contained(self, some: Sequence[str], others: Sequence[str]) -> Matrix:
        """What share of the shorter text (by weight) the longer one has too."""

        def size(text: str) -> float:
            return sum(self(term) for term in self._count(text))

        return self._product(some, others, lambda count: 1.0, 1) / np.maximum(_outer(np.minimum, size, some, others), 1e-9)

    def _product(self, some: Sequence[str], others: Sequence[str], weigh: Callable[[int], float], power: int) -> Matrix:
        """The sum over common terms of both weights by count and the term's rarity to ``power``."""
        mine, theirs = ({term for text in texts for term in self._count(text)} for texts in (some, others))
        column = {term: at for at, term in enumerate(sorted(mine & theirs))}
        rarity = np.array([self(term) for term in column]) ** power
        tables = []
        for texts in (some, others):
            table = np.zeros((len(texts), len(column)))
            for row, text in enumerate(texts):
                for term, count in self._count(text).items():
                    if term in column:
                        table[row, column[term]] = weigh(count)
            tables.append(table)
        return np.asarray((tables[0] * rarity) @ tables[1].T)


def _outer(combine: np.ufunc, size: Callable[[str], float], some: Sequence[str], others: Sequence[str]) -> Matrix:
    sizes = [np.array([size(text) for text in texts], dtype=float) for texts in (some, others)]
    return np.asarray(combine(sizes[0][:, None], sizes[1][None, :]))


def share_of_best(likeness: Matrix) -> tuple[Matrix, Matrix]:
    """How near each pair comes to the best of its row and of its column: the smaller and the larger of the two shares."""
    by_row = likeness / np.maximum(likeness.max(axis=1, keepdims=True, initial=0.0), 1e-9)
    by_column = likeness / np.maximum(likeness.max(axis=0, keepdims=True, initial=0.0), 1e-9)
    return np.minimum(by_row, by_column), np.maximum(by_row, by_column)
