"""Numbers and bullets that hang left of their paragraph on the picture of a page.

Recognition drops or misreads a mark that stands alone in the margin ("1.", "-"); moved to where a blank's width lies between it
and its line, it is read as part of that.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import ndarray

_INK = 0.62
"""Darker than this share of the paper's brightness is ink."""
_LOW, _HIGH = 0.06, 0.4
"""Inches between which printed lines are high."""
_GAP, _FAR = 0.14, 0.9
"""Inches of a gap between a hanging mark and its line; a blank is narrower, columns stand farther apart."""
_MARK = 0.45
"""Inches that a mark is wide at most."""
_LINE = 0.5
"""Inches that the line behind it is wide at least."""
_BLANK = 0.07
"""Inches of a blank."""


def closed_up(grey: ndarray[Any, Any], dpi: float) -> ndarray[Any, Any]:
    """The grey picture of a straight page with ``dpi`` pixels per inch, with hanging marks moved close to their lines."""
    import numpy

    if grey.size == 0:
        return grey
    paper = float(numpy.percentile(grey[::4, ::4], 80))
    ink = grey < _INK * paper
    found = grey.copy()
    for top, bottom in _runs(numpy.asarray(ink.any(axis=1)), 1):
        if not _LOW * dpi <= bottom - top <= _HIGH * dpi:
            continue
        parts = _runs(numpy.asarray(ink[top:bottom].any(axis=0)), round(_GAP * dpi))
        if len(parts) < 2:
            continue
        (left, right), (begin, end) = parts[0], parts[1]
        if right - left > _MARK * dpi or begin - right > _FAR * dpi or end - begin < _LINE * dpi:
            continue
        by = begin - right - round(_BLANK * dpi)
        mark = found[top:bottom, left:right].copy()
        found[top:bottom, left:right] = round(paper)
        found[top:bottom, left + by : right + by] = mark
    return found


def _runs(filled: ndarray[Any, Any], gap: int) -> list[tuple[int, int]]:
    """Where ink begins and ends along a direction; gaps up to ``gap`` do not part it."""
    import numpy

    at = numpy.flatnonzero(filled)
    if not at.size:
        return []
    breaks = [n for n, (a, b) in enumerate(pairwise(at.tolist()), 1) if b - a > gap + 1]
    return [(int(part[0]), int(part[-1]) + 1) for part in numpy.split(at, breaks)]
