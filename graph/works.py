"""What texts are about, as kinds of work of the ontology's list: "tập huấn" and "đào tạo ngắn hạn" are one of them."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from documents.text import fold, words
from ontology.namespaces import SKOS
from ontology.turtle import concepts

_AGAIN = 0.3
"""What each further mention adds to the first one's weight of 0.7; two mentions say all there is to say."""

_REMEMBERED = 8192
"""Texts whose works are remembered: the reasons of pairs ask for them again."""


@cache
def work_labels() -> tuple[str, ...]:
    """The kinds of work by name, in the order of the list."""
    return tuple(node.one(SKOS.prefLabel, "vi") or node.local for node in concepts("works"))


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], tuple[int, ...]], ...]]:
    """By their first word the phrases as folded words, with the kinds of work that they show."""
    found: dict[tuple[str, ...], set[int]] = {}
    for number, node in enumerate(concepts("works")):
        for label in node.all(SKOS.hiddenLabel, "vi"):
            found.setdefault(tuple(words(fold(label))), set()).add(number)
    by_first: dict[str, list[tuple[tuple[str, ...], tuple[int, ...]]]] = {}
    for phrase, kinds in sorted(found.items()):
        by_first.setdefault(phrase[0], []).append((phrase, tuple(sorted(kinds))))
    return {first: tuple(phrases) for first, phrases in by_first.items()}


@lru_cache(maxsize=_REMEMBERED)
def works_in(text: str) -> NDArray[np.float32]:
    """How much ``text`` speaks of each kind of work, 0 to 1, in the order of :func:`work_labels`; not to be written to."""
    by_first = _phrases()
    said = tuple(words(fold(text)))
    counts = np.zeros(len(work_labels()), dtype=np.float32)
    for start, first in enumerate(said):
        for phrase, kinds in by_first.get(first, ()):
            if said[start : start + len(phrase)] == phrase:
                counts[list(kinds)] += 1
    found = np.where(counts > 0, np.minimum(1 - _AGAIN + _AGAIN * (counts - 1), 1.0), 0.0).astype(np.float32)
    found.setflags(write=False)
    return found
