"""Fusion: one score out of words, meaning and frame.

Scores are fused, not ranks: the word score, as a part of the query's best, plus the cosine times ``MEANING``. Reciprocal rank
fusion was measured too and is worse than words alone on every set (docs/search.md), because it forgets by how much the first
text is better than the tenth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

MEANING = 1.1
"""Weight of the cosine against the word score (1 for the best text)."""

PAIRS = 0.4
"""Weight of the part of the query's pairs of syllables that the text has, wherever and however often."""

LENGTH = 0.03
"""What a text loses for each time that it is e times as long: long texts hold the words of many questions."""

HEADING = 0.8
"""Factor for headings: they name a topic but say nothing about it."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts; 0 switches it off."""

    words: float = 1.0
    meaning: float = MEANING
    pairs: float = PAIRS
    length: float = LENGTH


FUSED = Weights()
WORDS_ONLY = Weights(1.0, 0.0, 0.0, 0.0)
MEANING_ONLY = Weights(0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Candidates for a query: their places, in order, and for each what speaks for it.

    ``words`` is the BM25 score, ``cosines`` the best cosine among the parts, ``pairs`` the part of the query's pairs that it has,
    ``lengths`` its number of tokens.
    """

    places: list[int]
    words: Scores
    cosines: Scores
    pairs: Scores
    lengths: Scores


def fuse(found: Evidence, weights: Weights = FUSED) -> Scores:
    """The fused score of each candidate; negative cosines count as none."""
    best = float(found.words.max(initial=0.0))
    relative = found.words / best if best > 0 else np.zeros_like(found.words)
    score = weights.words * relative + weights.meaning * np.maximum(found.cosines, 0.0) + weights.pairs * found.pairs
    return np.asarray(score - weights.length * np.log1p(found.lengths), dtype=np.float32)
