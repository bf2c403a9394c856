"""Which words a badly recognised word may stand for: the channel of a noisy-channel model (Kernighan, Church and Gale 1990).

Each letter of the true word was read as a piece of zero to three characters, independently, with probabilities learned from pages
that were rendered and recognised as English (``benchmarks/recognise_pages.py``). The words of the syllable model stand in a tree of
letters; the tree is walked along the pieces that the reading can be cut into.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from documents.syllable_model import MODEL_FILE, OTHER, syllable_model

Pieces = Mapping[str, tuple[tuple[str, float], ...]]
"""Piece as read → letters that it may stand for, each with its cost (negative logarithm of the probability)."""

MAX_COST = 13.0
"""A reading less likely than exp(-MAX_COST) is given up."""

SPREAD = 8.0
"""Candidates this much worse than the best one are dropped."""

LIMIT = 20
"""Most candidates for a word."""

_END = ""
"""Key of a word's id in a node of the tree."""

Node = dict[str, "Node | int"]


def word_tree(vocabulary: Sequence[str], first: int) -> Node:
    """The words from index ``first`` on as a tree of letters."""
    root: Node = {}
    for i in range(first, len(vocabulary)):
        node = root
        for letter in vocabulary[i]:
            child = node.setdefault(letter, {})
            assert isinstance(child, dict)
            node = child
        node[_END] = i
    return root


class Channel:
    """Candidates for words as read, by the piece table and the tree of a vocabulary."""

    def __init__(self, pieces: Pieces, vocabulary: Sequence[str], log1: Sequence[float], first: int) -> None:
        self._pieces = pieces
        self._tree = word_tree(vocabulary, first)
        self._log1 = log1
        self._known: dict[tuple[str, str], tuple[tuple[int, float], ...]] = {}

    def candidates(self, read: str, case: str) -> tuple[tuple[int, float], ...]:
        """Word ids with their costs, the best first.

        ``case`` says how the true word was printed: "lower", "title" (first letter capital) or "upper".
        """
        key = (read, case)
        if key not in self._known:
            self._known[key] = self._search(read, case)
        return self._known[key]

    def _search(self, read: str, case: str) -> tuple[tuple[int, float], ...]:
        """Walks tree and reading together, cheapest state first, until the states are too costly."""
        pieces, length = self._pieces, len(read)
        best: dict[tuple[int, int], float] = {}
        found: dict[int, float] = {}
        limit = MAX_COST
        queue: list[tuple[float, int, int, Node]] = [(0.0, 0, 0, self._tree)]
        pushed = 0
        while queue and pushed < 6000:
            cost, at, _, node = heapq.heappop(queue)
            if cost > limit:
                break
            if at == length and _END in node:
                word = node[_END]
                assert isinstance(word, int)
                if word not in found:
                    found[word] = cost
                    limit = min(limit, found[next(iter(found))] + SPREAD)
                    if len(found) >= 3 * LIMIT:
                        break
            upper = case == "upper" or (case == "title" and node is self._tree)
            for width in range(min(3, length - at) + 1):
                for letter, step in pieces.get(read[at : at + width], ()):
                    child = node.get(_lowered(letter) if upper else letter) if upper == letter.isupper() else None
                    if isinstance(child, dict) and (total := cost + step) <= limit:
                        state = (id(child), at + width)
                        if total < best.get(state, 1e9):
                            best[state] = total
                            pushed += 1
                            heapq.heappush(queue, (total, at + width, pushed, child))
        ranked = sorted(found.items(), key=lambda pair: pair[1] - 0.5 * self._log1[pair[0]])
        return tuple(ranked[:LIMIT])


@lru_cache(maxsize=1024)
def _lowered(letter: str) -> str:
    return letter.lower()


def pieces_of_costs(costs: Mapping[tuple[str, str], float]) -> Pieces:
    """(letter, piece) → cost, turned round for the walk."""
    table: dict[str, list[tuple[str, float]]] = {}
    for (letter, piece), cost in costs.items():
        table.setdefault(piece, []).append((letter, cost))
    return {piece: tuple(sorted(letters, key=lambda pair: pair[1])) for piece, letters in table.items()}


@lru_cache(maxsize=1)
def recognition_channel() -> Channel:
    """The committed channel over the committed vocabulary."""
    model = syllable_model()
    with np.load(MODEL_FILE, allow_pickle=False) as held:
        rows = bytes(held["channel"]).decode("utf-8").split("\n")
    costs = {(letter, piece): int(cost) / 16 for letter, piece, cost in (row.split("\t") for row in rows)}
    return Channel(pieces_of_costs(costs), model.vocabulary, model.log1.tolist(), OTHER + 1)
