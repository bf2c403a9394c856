"""Which words a badly recognised word may stand for: the channel of a noisy-channel model (Kernighan, Church and Gale 1990).

Each letter of the true word was read as a piece of zero to three characters, independently, with probabilities learned from pages
that were rendered and recognised as English (``benchmarks/recognise_pages.py``). The words of the syllable model stand in a
tree of letters; the tree is walked along the pieces that the reading can be cut into.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from heapq import heappop, heappush
from typing import cast

import numpy as np

from documents.restoration.syllable_model import MODEL_FILE, OTHER, syllable_model
from documents.syllables import is_syllable

Pieces = Mapping[str, Mapping[str, float]]
"""Piece as read → small letters that it may stand for, each with its cost (negative logarithm of the probability)."""

ANY_SIGN = 5.5
"""Cost of a letter read as a sign that it was never seen to be read as."""

ADDED_SIGN = 5.2
"""Cost of a sign that stands for no letter."""

DOUBTFUL = 4.0
"""Where the best candidate costs more, unseen misreadings are tried as well."""

LONGEST_GUESS = 8
"""Longer words are not guessed at: a syllable has at most seven letters."""

MAX_COST = 10.5
"""A reading less likely than exp(-MAX_COST) is given up."""

SPREAD = 6.0
"""Candidates this much worse than the best one are dropped."""

LIMIT = 20
"""Most candidates for a word."""

MAX_STATES = 4000
"""A word that leads to more states of the walk (a long string of signs) is given up."""

_NOTHING: Mapping[str, float] = {}

_END = ""
"""Key of a word's id in a node of the tree."""

Node = dict[str, "Node | int"]


def word_tree(vocabulary: Sequence[str], first: int) -> Node:
    """The words from index ``first`` on as a tree of letters; empty ones are left out."""
    root: Node = {}
    for i in range(first, len(vocabulary)):
        if not vocabulary[i]:
            continue
        node = root
        for letter in vocabulary[i]:
            node = cast(Node, node.setdefault(letter, {}))
        node[_END] = i
    return root


class Channel:
    """Candidates for words as read, by the piece table and the tree of a vocabulary."""

    def __init__(
        self, costs: Mapping[tuple[str, str], float], vocabulary: Sequence[str], log1: Sequence[float], first: int
    ) -> None:
        """``costs``: (letter, piece as read) → cost; ``log1``: log probability of each word; words from ``first`` on are used."""
        self._small = _pieces({pair: cost for pair, cost in costs.items() if not pair[0].isupper()})
        self._capital = _pieces({pair: cost for pair, cost in costs.items() if pair[0].isupper()})
        self._least_small = {piece: min(letters.values()) for piece, letters in self._small.items()}
        self._least_capital = {piece: min(letters.values()) for piece, letters in self._capital.items()}
        self._tree = word_tree([word if is_syllable(word) else "" for word in vocabulary], first)
        self._log1 = log1
        self._known: dict[tuple[str, str], tuple[tuple[int, float], ...]] = {}
        self._guessed: dict[tuple[str, str], tuple[tuple[int, float], ...]] = {}

    def candidates(self, read: str, case: str, guess: bool = True) -> tuple[tuple[int, float], ...]:
        """Word ids with their costs, the best first.

        ``case`` says how the true word was printed: "lower", "title" (first letter capital) or "upper". With ``guess``, where
        what was learned does not explain the reading well, misreadings that were never seen are tried as well.
        """
        key = (read, case)
        if key not in self._known:
            self._known[key] = self._search(read, case, strict=True)
        found = self._known[key]
        if guess and len(read) <= LONGEST_GUESS and (not found or min(cost for _, cost in found) > DOUBTFUL):
            if key not in self._guessed:
                self._guessed[key] = self._search(read, case, strict=False)
            found = self._guessed[key]
        return found

    def cost(self, word: str, read: str, case: str) -> float | None:
        """What it costs to read ``word`` (small letters) as ``read``; ``None`` where that was never seen."""
        row: dict[int, float] = {0: 0.0}
        for i, letter in enumerate(word):
            pieces = self._capital if case == "upper" or (case == "title" and i == 0) else self._small
            after: dict[int, float] = {}
            for at, so_far in row.items():
                for width in range(min(3, len(read) - at) + 1):
                    step = pieces.get(read[at : at + width], _NOTHING).get(letter)
                    if step is not None and so_far + step < after.get(at + width, MAX_COST):
                        after[at + width] = so_far + step
            row = after
        return row.get(len(read))

    def _search(self, read: str, case: str, strict: bool) -> tuple[tuple[int, float], ...]:
        """Walks tree and reading together, the states first that may end cheapest (A*: what the rest of the reading costs at
        least is known), until the states are too costly.

        Unless ``strict``, a letter may be read as any sign, and a sign may stand for nothing.
        """
        length = len(read)
        rest = self._rest(read, case, strict)
        best: dict[tuple[int, int], float] = {}
        found: dict[int, float] = {}
        limit = MAX_COST
        queue: list[tuple[float, int, int, float, Node]] = [(rest[0], 0, 0, 0.0, self._tree)]
        pushed = 0
        root = self._tree
        while queue and pushed < MAX_STATES:
            least, at, _, cost, node = heappop(queue)
            if least > limit:
                break
            if best.get((id(node), at), cost) < cost:
                continue
            if at == length and _END in node:
                word = cast(int, node[_END])
                if not found:
                    limit = min(limit, cost + SPREAD)
                found.setdefault(word, cost)
                if len(found) >= 2 * LIMIT:
                    break
            pieces = self._capital if case == "upper" or (case == "title" and node is root) else self._small
            if not strict and at < length and limit - cost >= ADDED_SIGN:
                seen = pieces.get(read[at], _NOTHING)
                total = cost + ADDED_SIGN
                if node is not root and total + rest[at + 1] <= limit and total < best.get((id(node), at + 1), 1e9):
                    best[id(node), at + 1] = total
                    pushed += 1
                    heappush(queue, (total + rest[at + 1], at + 1, pushed, total, node))
                total = cost + ANY_SIGN
                for letter in node if total + rest[at + 1] <= limit else ():
                    if letter is not _END and seen.get(letter, 99.0) > ANY_SIGN:
                        child = cast(Node, node[letter])
                        if total < best.get((id(child), at + 1), 1e9):
                            best[id(child), at + 1] = total
                            pushed += 1
                            heappush(queue, (total + rest[at + 1], at + 1, pushed, total, child))
            for width in range(min(3, length - at) + 1):
                steps = pieces.get(read[at : at + width])
                if steps is None:
                    continue
                left = limit - cost - rest[at + width]
                if left < 0:
                    continue
                for letter in node if len(node) < len(steps) else steps:
                    step = steps.get(letter)
                    if step is None or step > left or letter not in node:
                        continue
                    child = cast(Node, node[letter])
                    total = cost + step
                    state = (id(child), at + width)
                    if total < best.get(state, 1e9):
                        best[state] = total
                        pushed += 1
                        heappush(queue, (total + rest[at + width], at + width, pushed, total, child))
        ranked = sorted(found.items(), key=lambda pair: pair[1] - 0.5 * self._log1[pair[0]])
        return tuple(ranked[:LIMIT])

    def _rest(self, read: str, case: str, strict: bool) -> list[float]:
        """What the reading from each place on costs at least, whatever the letters."""
        length = len(read)
        rest = [0.0] * (length + 1)
        for at in range(length - 1, -1, -1):
            tables = [self._least_capital] if case == "upper" else [self._least_small]
            if case == "title" and at == 0:
                tables.append(self._least_capital)
            costs = [
                least[read[at : at + width]] + rest[at + width]
                for width in range(1, min(3, length - at) + 1)
                for least in tables
                if read[at : at + width] in least
            ]
            if not strict:
                costs.append(min(ADDED_SIGN, ANY_SIGN) + rest[at + 1])
            rest[at] = min(costs, default=MAX_COST + 1)
        return rest


def _pieces(costs: Mapping[tuple[str, str], float]) -> Pieces:
    """The costs turned round: piece → small letter → cost."""
    table: dict[str, dict[str, float]] = {}
    for (letter, piece), cost in costs.items():
        table.setdefault(piece, {})[letter.lower()] = cost
    return table


@lru_cache(maxsize=1)
def recognition_channel() -> Channel:
    """The committed channel of text recognised as English."""
    return _committed("channel")


@lru_cache(maxsize=1)
def light_channel() -> Channel:
    """The committed channel of text recognised as Vietnamese: most letters are right."""
    return _committed("light")


def _committed(name: str) -> Channel:
    model = syllable_model()
    with np.load(MODEL_FILE, allow_pickle=False) as held:
        rows = bytes(held[name]).decode("utf-8").split("\n")
    costs = {(letter, piece): int(cost) / 16 for letter, piece, cost in (row.split("\t") for row in rows)}
    return Channel(costs, model.vocabulary, model.log1.tolist(), OTHER + 1)
