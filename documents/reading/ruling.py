"""Ruling lines on the picture of a page, and the grids that they make.

A line is a long thin run of dark pixels: the picture is opened with a long flat window (morphological opening, Serra 1982), in
which letters vanish and lines stay. Text pages are judged by their picture too, so that it does not matter how a program drew its
borders.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import ndarray

Box = tuple[float, float, float, float]
"""Left, top, right, bottom from the upper left corner of the page."""

_DARK = 0.72
"""A pixel is ink below this share of the paper's brightness; thin lines of a scan are grey."""
_FILLED = 0.93
"""So much of the window has to be ink; the rest are gaps that scanning makes."""
_SHORTEST = 0.3
"""Inches: no stroke of a letter is as long."""
_THICKEST = 0.07
"""Inches: thicker ink is a bar or a picture."""
_BESIDE = (0.025, 0.055)
"""Inches from a line within which other ink is looked for."""
_CROWDED = 0.4
"""With more ink than this beside it, what looks like a line is a row of bold letters that ran together."""
_MEETS = 0.06
"""Inches within which ends of lines meet."""
_SPANS = 0.6
"""A border counts for a cell when it runs along so much of it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line: ``at`` is its place across its direction (y of a horizontal one), from ``start`` to ``end`` along it."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Rules:
    """The ruling lines of a page."""

    across: tuple[Rule, ...]
    down: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell of a grid: its box, its first row and column, and how many of them it spans."""

    box: Box
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A ruled table: its box, the number of rows and columns, and its cells from left to right and top to bottom."""

    box: Box
    rows: int
    columns: int
    cells: tuple[RuledCell, ...]


def rules_of(grey: ndarray[Any, Any], dpi: float) -> Rules:
    """The ruling lines in a grey picture (0 black to 255) of the given resolution, in its pixels."""
    import numpy

    if grey.size == 0:
        return Rules((), ())
    paper = float(numpy.percentile(grey[::4, ::4], 80))
    ink = grey < _DARK * paper
    return Rules(_runs(ink, dpi), _runs(ink.T, dpi))


def _runs(ink: ndarray[Any, Any], dpi: float) -> tuple[Rule, ...]:
    """The long thin runs along the rows of ``ink``."""
    import numpy

    window = max(8, round(_SHORTEST * dpi))
    if ink.shape[1] <= window:
        return ()
    thick = ink.copy()  # a line that is not quite straight steps from row to row
    thick[1:] |= ink[:-1]
    thick[:-1] |= ink[1:]
    sums = numpy.zeros((ink.shape[0], ink.shape[1] + 1), dtype=numpy.int32)
    numpy.cumsum(thick, axis=1, out=sums[:, 1:])
    full = (sums[:, window:] - sums[:, :-window]) >= _FILLED * window
    found: list[list[float]] = []
    for y in numpy.flatnonzero(full.any(axis=1)):
        steps = numpy.diff(numpy.concatenate(([0], full[y].astype(numpy.int8), [0])))
        for start, end in zip(numpy.flatnonzero(steps == 1), numpy.flatnonzero(steps == -1), strict=True):
            found.append([float(y), float(start), float(end - 1 + window)])
    return tuple(rule for rule in _thin(found, dpi) if _alone(ink, rule, dpi))


def _thin(runs: Sequence[Sequence[float]], dpi: float) -> list[Rule]:
    """Runs in neighbouring rows put together; what is thicker than a line is left out."""
    groups: list[list[float]] = []  # top, bottom, start, end
    open_groups: list[list[float]] = []
    for y, start, end in runs:
        open_groups = [g for g in open_groups if y - g[1] <= 2]
        home = next((g for g in open_groups if start < g[3] and end > g[2]), None)
        if home is None:
            home = [y, y, start, end]
            groups.append(home)
            open_groups.append(home)
        home[1] = y
        home[2], home[3] = min(home[2], start), max(home[3], end)
    return [Rule((g[0] + g[1]) / 2, g[2], g[3]) for g in groups if g[1] - g[0] <= _THICKEST * dpi + 2]


def _alone(ink: ndarray[Any, Any], rule: Rule, dpi: float) -> bool:
    """Whether the paper on both sides of a line is mostly empty."""
    near, far = (max(2, round(inches * dpi)) for inches in _BESIDE)
    at, start, end = round(rule.at), int(rule.start), int(rule.end)
    sides = (ink[max(0, at - far) : max(0, at - near), start:end], ink[at + near : at + far, start:end])
    return all(side.size == 0 or float(side.mean()) < _CROWDED for side in sides)


def ruled_tables(rules: Rules, dpi: float) -> tuple[RuledTable, ...]:
    """The ruled tables of at least two columns and two rows (or one row of at least three cells), from top to bottom."""
    near = _MEETS * dpi
    found = [grid for across, down in _connected(rules, near) if (grid := _grid(across, down, near)) is not None]
    return tuple(sorted(found, key=lambda g: (g.box[1], g.box[0])))


def _connected(rules: Rules, near: float) -> list[tuple[list[Rule], list[Rule]]]:
    """The lines in groups that touch each other."""
    lines = [*((r, True) for r in rules.across), *((r, False) for r in rules.down)]
    parent = list(range(len(lines)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, across in enumerate(rules.across):
        for j, down in enumerate(rules.down, len(rules.across)):
            if (
                across.start - near <= down.at <= across.end + near
                and down.start - near <= across.at <= down.end + near
                and root(i) != root(j)
            ):
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, (rule, horizontal) in enumerate(lines):
        groups.setdefault(root(i), ([], []))[0 if horizontal else 1].append(rule)
    return [group for group in groups.values() if group[0] and group[1]]


def _edges(rules: Iterable[Rule], near: float) -> list[float]:
    """The distinct places of lines."""
    found: list[list[float]] = []
    for at in sorted(rule.at for rule in rules):
        if found and at - found[-1][-1] <= near:
            found[-1].append(at)
        else:
            found.append([at])
    return [sum(group) / len(group) for group in found]


def _grid(across: Sequence[Rule], down: Sequence[Rule], near: float) -> RuledTable | None:
    ys, xs = _edges(across, near), _edges(down, near)
    # a table without lines at its sides is as wide as its lines across
    left, right = min(r.start for r in across), max(r.end for r in across)
    if xs and xs[0] - left > 4 * near:
        xs.insert(0, left)
    if xs and right - xs[-1] > 4 * near:
        xs.append(right)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 2 or rows * columns < 3:
        return None
    cells = _cells(xs, ys, across, down, near)
    if len(cells) < 3:
        return None
    return RuledTable((xs[0], ys[0], xs[-1], ys[-1]), rows, columns, cells)


def _covered(rules: Iterable[Rule], at: float, start: float, end: float, near: float) -> bool:
    """Whether lines at ``at`` run along most of the way from ``start`` to ``end``."""
    along = sum(max(0.0, min(r.end, end) - max(r.start, start)) for r in rules if abs(r.at - at) <= near)
    return along >= _SPANS * (end - start)


def _cells(
    xs: Sequence[float], ys: Sequence[float], across: Sequence[Rule], down: Sequence[Rule], near: float
) -> tuple[RuledCell, ...]:
    """The cells: squares of the grid between which no line runs are one cell."""
    rows, columns = len(ys) - 1, len(xs) - 1
    walls = [[_covered(down, xs[c + 1], ys[r], ys[r + 1], near) for c in range(columns - 1)] for r in range(rows)]
    floors = [[_covered(across, ys[r + 1], xs[c], xs[c + 1], near) for c in range(columns)] for r in range(rows - 1)]
    taken = [[False] * columns for _ in range(rows)]
    found: list[RuledCell] = []
    for r in range(rows):
        for c in range(columns):
            if taken[r][c]:
                continue
            wide = 1
            while c + wide < columns and not taken[r][c + wide] and not walls[r][c + wide - 1]:
                wide += 1
            high = 1
            while r + high < rows and not any(floors[r + high - 1][c : c + wide]) and not any(taken[r + high][c : c + wide]):
                high += 1
            for i in range(r, r + high):
                taken[i][c : c + wide] = [True] * wide
            found.append(RuledCell((xs[c], ys[r], xs[c + wide], ys[r + high]), r, c, high, wide))
    return tuple(found)


def scaled(rules: Rules, by: float) -> Rules:
    """The lines in other units: every place times ``by``."""
    across, down = (tuple(Rule(r.at * by, r.start * by, r.end * by) for r in part) for part in (rules.across, rules.down))
    return Rules(across, down)
