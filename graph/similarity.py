"""How alike the texts of two documents are: by words, by meaning, by the kind of work, whole and clause by clause.

How much a word says is learned from the two documents alone (inverse document frequency among their texts): "chuyển đổi số" says
nothing where every task has it. So the likeness of two documents stays as it is whatever else the corpus holds, and the pairs
of a new document can be found without looking again at those of the others. Vietnamese is written in syllables; pairs of them
stand in for words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from documents.text import fold, words
from embeddings.model import EmbeddingModel
from graph.works import works_in

Matrix = NDArray[np.float64]

_SYLLABLES, _PAIRS = 1024, 7168
"""Places of the hash tables for syllables and for pairs of them."""
_SYLLABLE_WEIGHT = 0.5
_LEAST_WORD, _LEAST_WORK, _MOST_WORK = 0.05, 0.3, 6.0
"""Bounds for how much a word or a kind of work says."""
_CLAUSE = re.compile(r"(?<=[.;])\s+(?=[A-ZĐÀ-Ỹ-])|;\s")
_CLAUSE_WORDS = 3
"""What has no more words than this is no clause of its own."""
_OPENING_END = re.compile(r"[;.:]\s")
_OPENING_WORDS = 14


@dataclass(frozen=True, slots=True)
class Terms:
    """The syllables and pairs of some texts: which text, which place in the table, how much (1 + log of how often)."""

    count: int
    row: NDArray[np.int64]
    place: NDArray[np.int64]
    weight: NDArray[np.float64]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Terms:
        """The terms of ``texts``; accents do not count."""
        rows, places, weights = [], [], []
        for number, text in enumerate(texts):
            said = words(fold(text))
            table: Counter[int] = Counter(crc32(one.encode()) % _SYLLABLES for one in said)
            table.update(_SYLLABLES + crc32(f"{one} {other}".encode()) % _PAIRS for one, other in pairwise(said))
            for place, often in sorted(table.items()):
                rows.append(number)
                places.append(place)
                weights.append(1 + np.log(often))
        return cls(len(texts), np.array(rows, np.int64), np.array(places, np.int64), np.array(weights, float))

    def frequency(self) -> NDArray[np.int64]:
        """In how many of the texts each place of the table is taken."""
        return np.bincount(self.place, minlength=_SYLLABLES + _PAIRS)


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts of one document, described once: their words, meanings, kinds of work, clauses and openings."""

    count: int
    terms: Terms
    meaning: Matrix
    works: Matrix
    opening_works: Matrix
    lengths: Matrix
    clause_starts: NDArray[np.int64]
    clause_terms: Terms
    clause_meaning: Matrix
    clause_lengths: Matrix


def describe(texts: Sequence[str], model: EmbeddingModel) -> Texts:
    """Describe ``texts`` for :func:`likeness`; ``model`` gives the meanings."""
    clauses = [clauses_of(text) for text in texts]
    flat = [clause for part in clauses for clause in part]
    encoded = np.asarray(model.encode([*texts, *flat]), dtype=float)
    starts = np.cumsum([0, *(len(part) for part in clauses)])[:-1]
    return Texts(
        len(texts),
        Terms.of(texts),
        encoded[: len(texts)],
        _stack([works_in(text) for text in texts]),
        _stack([works_in(opening(text)) for text in texts]),
        np.log([len(words(text)) + 3 for text in texts]),
        starts.astype(np.int64),
        Terms.of(flat),
        encoded[len(texts) :],
        np.array([len(words(clause)) for clause in flat], dtype=float),
    )


def _stack(rows: Sequence[NDArray[np.float32]]) -> Matrix:
    return np.stack(rows).astype(float) if rows else np.zeros((0, len(works_in(""))))


def clauses_of(text: str) -> list[str]:
    """The sentences and the parts between semicolons; the text itself where it has none."""
    return [part for part in (one.strip(" -.;") for one in _CLAUSE.split(text)) if len(words(part)) > _CLAUSE_WORDS] or [text]


def opening(text: str) -> str:
    """The first words of the first clause: the duty's verb and object."""
    return " ".join(words(_OPENING_END.split(text)[0])[:_OPENING_WORDS])


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike each text of one document (rows) is to each of another (columns), by names of features.

    ``words``, ``meaning`` and ``works`` compare whole texts; ``clause`` is the best pair of clauses, ``covered`` the share of
    both texts that the clauses of the other repeat; ``shared works`` is how much all shared kinds of work say, ``rarest work``
    how much the rarest one does; ``opening works`` compares the openings; ``length`` is how much longer one text is. ``alike`` is
    the mean of words, meaning, works and covered.
    """

    features: dict[str, Matrix]

    def __getitem__(self, name: str) -> Matrix:
        return self.features[name]


def likeness(a: Texts, b: Texts) -> Likeness:
    """Compare the texts ``a`` with ``b``; the same object twice for the texts of one document among themselves."""
    within = a is b
    texts = a.count if within else a.count + b.count
    frequency = a.terms.frequency() if within else a.terms.frequency() + b.terms.frequency()
    rarity = np.maximum(np.log(max(texts, 1) / (frequency + 0.5)), _LEAST_WORD)
    rarity[:_SYLLABLES] *= _SYLLABLE_WEIGHT
    work_frequency = (a.works > 0).sum(axis=0) + (0 if within else (b.works > 0).sum(axis=0))
    work_rarity = np.clip(np.log(max(texts, 1) / (work_frequency + 0.5)), _LEAST_WORK, _MOST_WORK)
    said = _word_cosine(a.terms, b.terms, rarity)
    meaning, works = a.meaning @ b.meaning.T, _cosine(a.works * work_rarity, b.works * work_rarity)
    clause, covered = _by_clause(a, b, rarity)
    found = {
        "words": said,
        "meaning": meaning,
        "works": works,
        "opening works": _cosine(a.opening_works * work_rarity, b.opening_works * work_rarity),
        "shared works": np.sqrt((a.works * work_rarity) @ b.works.T),
        "rarest work": _rarest(a.works, b.works, work_rarity),
        "clause": clause,
        "covered": covered,
        "length": np.abs(a.lengths[:, None] - b.lengths[None, :]),
        "alike": (said + meaning + works + covered) / 4,
    }
    if within:
        for matrix in found.values():
            np.fill_diagonal(matrix, 0.0)
    return Likeness(found)


def _word_cosine(a: Terms, b: Terms, rarity: Matrix) -> Matrix:
    """The cosine of texts by their words; only places that both sides take are multiplied."""
    shared = np.flatnonzero((np.bincount(a.place, minlength=len(rarity)) > 0) & (np.bincount(b.place, minlength=len(rarity)) > 0))
    column = np.full(len(rarity), -1)
    column[shared] = np.arange(len(shared))
    tables, sizes = [], []
    for side in (a, b):
        value = side.weight * rarity[side.place]
        sizes.append(np.sqrt(np.bincount(side.row, value**2, minlength=side.count)))
        here = column[side.place] >= 0
        table = np.zeros((side.count, len(shared)))
        table[side.row[here], column[side.place[here]]] = value[here]
        tables.append(table)
    return np.asarray(tables[0] @ tables[1].T / np.maximum(sizes[0][:, None] * sizes[1][None, :], 1e-9))


def _cosine(a: Matrix, b: Matrix) -> Matrix:
    sizes = np.linalg.norm(a, axis=1)[:, None] * np.linalg.norm(b, axis=1)[None, :]
    return np.asarray(a @ b.T / np.maximum(sizes, 1e-9))


def _rarest(a: Matrix, b: Matrix, rarity: Matrix) -> Matrix:
    """For each pair how much the rarest kind of work says that both speak of; 0 where there is none."""
    found = np.zeros((len(a), len(b)))
    for kind in np.flatnonzero((a > 0).any(axis=0) & (b > 0).any(axis=0)):
        np.maximum(found, rarity[kind] * np.outer(a[:, kind] > 0, b[:, kind] > 0), out=found)
    return found


def _by_clause(a: Texts, b: Texts, rarity: Matrix) -> tuple[Matrix, Matrix]:
    """The best pair of clauses, and the mean share of each text that the clauses of the other repeat."""
    if not a.count or not b.count:
        return np.zeros((a.count, b.count)), np.zeros((a.count, b.count))
    pairs = (a.clause_meaning @ b.clause_meaning.T + _word_cosine(a.clause_terms, b.clause_terms, rarity)) / 2
    by_column = np.maximum.reduceat(pairs, b.clause_starts, axis=1)
    by_row = np.maximum.reduceat(pairs, a.clause_starts, axis=0)
    best = np.maximum.reduceat(by_column, a.clause_starts, axis=0)
    of_a = np.add.reduceat(by_column * a.clause_lengths[:, None], a.clause_starts, axis=0)
    of_b = np.add.reduceat(by_row * b.clause_lengths[None, :], b.clause_starts, axis=1)
    of_a /= np.maximum(np.add.reduceat(a.clause_lengths, a.clause_starts), 1)[:, None]
    of_b /= np.maximum(np.add.reduceat(b.clause_lengths, b.clause_starts), 1)[None, :]
    return best, (of_a + of_b) / 2


def share_of_best(matrix: Matrix) -> Matrix:
    """How near each pair comes to the best of its row and of its column: the smaller of the two shares."""
    by_row = matrix / np.maximum(matrix.max(axis=1, keepdims=True, initial=0.0), 1e-9)
    by_column = matrix / np.maximum(matrix.max(axis=0, keepdims=True, initial=0.0), 1e-9)
    return np.minimum(by_row, by_column)
