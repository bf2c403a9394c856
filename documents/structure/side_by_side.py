"""Two cells whose lines stand beside each other, read line by line, taken apart again.

On some lines the rule between the cells was read as "|"; on the others the words themselves say how many of them belong to the
left cell. No line of a cell is much longer than its longest one beside a bar; and the words of a cell follow each other, so the
parting is taken with which both cells read best (pairs of words, the best path over the lines: Viterbi 1967).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from documents.text import collapse, tone_marks

_BAR = re.compile(r"(?<=\w )\|(?= ?\S*[^\W_]\S* \S*[^\W_])")
_LETTERS = re.compile(r"\S*[^\W\d_]\S*")
_WORD = re.compile(r"[^\W_]+")
_MOST_LINES = 40
"""A run of more lines is no row."""

_LONGER = 1.3
"""Lines of a cell differ so much in length."""

Words = tuple[int, ...]
Follows = Callable[[int, int], float]


def has_columns(line: str) -> bool:
    """Whether a "|" stands between the words of ``line``: those of two cells."""
    return bool(column_bars(line))


def column_bars(line: str) -> tuple[int, ...]:
    """Where a "|" stands between the words of ``line``, words on both sides of it: not the one behind the number of a row."""
    return tuple(bar.start() for bar in _BAR.finditer(line) if _LETTERS.search(line, 0, bar.start()))


def columns_apart(lines: Sequence[str]) -> tuple[str, str]:
    """The words of the left and of the right cell. ``lines``: the lines of the row, without its number; with more than a row has,
    all words are the left cell's."""
    if len(lines) > _MOST_LINES:
        return collapse(" ".join(lines)), ""
    from documents.restoration.syllable_model import BOUNDARY

    read, follows = _reader()
    widths = _widths(lines)
    # by the last words of both cells: how well they read so far, and what they say
    best: dict[tuple[int, int], tuple[float, str, str]] = {(BOUNDARY, BOUNDARY): (0.0, "", "")}
    for line in lines:
        after: dict[tuple[int, int], tuple[float, str, str]] = {}
        for left, right in _partings(line, widths):
            first, second = read(left), read(right)
            inside = sum(follows(a, b) for words in (first, second) for a, b in pairwise(words))
            for (last_left, last_right), (so_far, all_left, all_right) in best.items():
                score = so_far + inside
                score += follows(last_left, first[0]) if first else 0.0
                score += follows(last_right, second[0]) if second else 0.0
                ends = first[-1] if first else last_left, second[-1] if second else last_right
                if ends not in after or score > after[ends][0]:
                    after[ends] = score, f"{all_left} {left}", f"{all_right} {right}"
        best = after
    ended = [(follows(a, BOUNDARY) + follows(b, BOUNDARY) + found[0], found) for (a, b), found in best.items()]
    _, (_, left, right) = max(ended, key=lambda pair: pair[0])
    return collapse(left), collapse(right)


def _widths(lines: Sequence[str]) -> tuple[float, float]:
    """How long the lines of the left and of the right cell may be."""
    parted = [(bars[0], len(line) - bars[0] - 1) for line in lines if (bars := column_bars(line))]
    left, right = (max(side, default=0) * _LONGER for side in zip(*parted, strict=True)) if parted else (0.0, 0.0)
    return left, right


def _partings(line: str, widths: tuple[float, float]) -> list[tuple[str, str]]:
    """The ways to part a line: at its bar, or before any of its words or behind the last, where both parts are narrow enough."""
    if bars := column_bars(line):
        return [(line[: bars[0]].strip(), line[bars[0] + 1 :].strip())]
    words = line.split()
    ways = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(len(words), -1, -1)]
    return [way for way in ways if all(len(part) <= width for part, width in zip(way, widths, strict=True))] or ways


def _reader() -> tuple[Callable[[str], Words], Follows]:
    """What reads a text as words of the syllable model, and what says how likely one word follows another (logarithm)."""
    import numpy as np

    from documents.restoration.syllable_model import NUMBER, OTHER, syllable_model

    model = syllable_model()
    known: dict[tuple[int, int], float] = {}

    def read(text: str) -> Words:
        return tuple(model.ids.get(w, NUMBER if w.isdigit() else OTHER) for w in _WORD.findall(tone_marks(text.lower())))

    def follows(a: int, b: int) -> float:
        if (a, b) not in known:
            known[a, b] = float(model.pair(np.array([a]), np.array([b]))[0])
        return known[a, b]

    return read, follows
