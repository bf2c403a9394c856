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

MEANING = 0.5
"""Weight of the cosine against the word score (1 for the best text)."""

HEADING = 0.8
"""Factor for headings: they name a topic but say nothing about it."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts; 0 switches it off."""

    words: float = 1.0
    meaning: float = MEANING


FUSED = Weights()
WORDS_ONLY = Weights(1.0, 0.0)
MEANING_ONLY = Weights(0.0, 1.0)


def fuse(words: Scores, cosines: Scores, weights: Weights = FUSED) -> Scores:
    """The fused score of each text from its word score and its cosine; negative cosines count as none."""
    best = float(words.max(initial=0.0))
    relative = words / best if best > 0 else np.zeros_like(words)
    return np.asarray(weights.words * relative + weights.meaning * np.maximum(cosines, 0.0), dtype=np.float32)
