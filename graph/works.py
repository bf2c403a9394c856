"""What texts are about, as kinds of work of the ontology's list: "tập huấn" and "đào tạo ngắn hạn" are one of them."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from documents.text import fold, words
from ontology.namespaces import SKOS
from ontology.turtle import concepts

_AGAIN = 0.3
"""What each further mention adds to the first one's weight of 0.7; two mentions say all there is to say."""


@cache
def work_labels() -> tuple[str, ...]:
    """The kinds of work by name, in the order of the list."""
    return tuple(node.one(SKOS.prefLabel, "vi") or node.local for node in concepts("works"))


@cache
def _phrases() -> tuple[dict[tuple[str, ...], tuple[int, ...]], int]:
    """The phrases as folded words, with the kinds of work that they show, and how many words the longest has."""
    found: dict[tuple[str, ...], set[int]] = {}
    for number, node in enumerate(concepts("works")):
        for phrase in node.all(SKOS.hiddenLabel, "vi"):
            found.setdefault(tuple(words(fold(phrase))), set()).add(number)
    return {phrase: tuple(sorted(kinds)) for phrase, kinds in found.items()}, max(map(len, found))


def works_in(text: str) -> NDArray[np.float32]:
    """How much ``text`` speaks of each kind of work, 0 to 1, in the order of :func:`work_labels`."""
    phrases, longest = _phrases()
    said = words(fold(text))
    counts = np.zeros(len(work_labels()), dtype=np.float32)
    for start in range(len(said)):
        for size in range(1, min(longest, len(said) - start) + 1):
            for kind in phrases.get(tuple(said[start : start + size]), ()):
                counts[kind] += 1
    return np.asarray(np.where(counts > 0, np.minimum(1 - _AGAIN + _AGAIN * (counts - 1), 1.0), 0.0), dtype=np.float32)
