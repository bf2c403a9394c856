"""Roman numerals that recognition misreads: "III" comes out as "II", "HI" or "IH", "II/2026" as "1/2026".

Strokes that stand side by side run together for a recogniser of whole lines. Where only a Roman numeral can stand (behind
"quý", or in front of a heading or a row), its upright strokes are counted on the picture.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from documents.text import fold

if TYPE_CHECKING:
    from numpy import ndarray

_STROKES = re.compile(r"(?P<before>X{0,2}V?)(?P<strokes>[IlH1|!íìÍÌ]{1,5})(?P<rest>[.)]?|[/⁄].*|[,;:-].*)")
_TAIL = 3
"""A quarter stands so many words behind "quý" at most ("quý I, II và III")."""
_BAND = (0.28, 0.72)
"""The part of a letter's height in which a stroke has no serifs."""
_UPRIGHT = 0.8
"""So much of the band has to be ink for a stroke."""
_MOST = 4
_APART = 0.95
"""Strokes of one numeral stand nearer than this share of their height."""


def numeral(word: str, before: list[str], after: str | None, picture: ndarray[Any, Any]) -> str:
    """The word with its Roman numeral as the strokes of ``picture`` show it; as it is where no such numeral stands.

    ``before`` are the words of the line in front of it, ``after`` is the next one; ``picture`` shows the word in grey.
    """
    found = _STROKES.fullmatch(word)
    if found is None:
        return _first_numeral(word, before, after, picture)
    quarter = any(fold(w).strip("(,") == "quy" for w in before[-_TAIL:])
    if not quarter and (before or not _opens_heading(found, after)):
        return word
    if "1" in found["strokes"] and not (quarter and fold(before[-1]) == "quy"):
        return word
    count = strokes(picture)
    if not 1 <= count <= _MOST or (found["before"] and count > 3):
        return word
    rest = found["rest"].replace("⁄", "/").replace("//", "/")
    if not rest and not before and _is_capital(after):
        rest = "."  # a heading's numeral has a full stop, however faint
    return f"{found['before']}{'I' * count}{rest}"


def _first_numeral(word: str, before: list[str], after: str | None, picture: ndarray[Any, Any]) -> str:
    """ "I." in front of a heading in capitals, where it was read as another letter with one stroke ("L", "[.")."""
    if before or not _is_capital(after) or not re.fullmatch(r"[LJ\[\]{}T][.,]?", word) or strokes(picture) != 1:
        return word
    return "I."


def _is_capital(word: str | None) -> bool:
    """Whether the word is set in capitals."""
    return word is not None and len(word) > 1 and word.isupper()


def numeral_alone(picture: ndarray[Any, Any]) -> str:
    """The numeral of at least two strokes that the picture shows and nothing else ("II", "III"); "" for anything else."""
    import numpy

    count = strokes(picture)
    if not 2 <= count <= 3:
        return ""
    ink = picture < (float(numpy.percentile(picture, 2)) + float(numpy.percentile(picture, 90))) / 2
    shown = numpy.flatnonzero(ink.sum(axis=0) > 1)
    height = int(numpy.flatnonzero(ink.any(axis=1))[-1] - numpy.flatnonzero(ink.any(axis=1))[0] + 1)
    # each stroke with its serifs and the space behind it takes half to two thirds of its height
    return "I" * count if len(shown) and shown[-1] - shown[0] <= (0.62 * count + 0.1) * height else ""


def _opens_heading(found: re.Match[str], after: str | None) -> bool:
    """Whether the word can be the numeral of a heading or of a row: a name follows, or nothing does."""
    if found["rest"] not in ("", ".", ")"):
        return False
    return after is None or after[:1].isupper()


def strokes(picture: ndarray[Any, Any]) -> int:
    """How many upright strokes stand side by side at the left of the grey picture of a word."""
    import numpy

    if picture.size == 0 or min(picture.shape) < 4:
        return 0
    dark, paper = float(numpy.percentile(picture, 2)), float(numpy.percentile(picture, 90))
    if paper - dark < 40:
        return 0
    ink = picture < (dark + paper) / 2
    rows = numpy.flatnonzero(ink[:, : max(4, picture.shape[0])].any(axis=1))
    if len(rows) < 8:
        return 0
    top, height = int(rows[0]), int(rows[-1] - rows[0] + 1)
    band = ink[top + round(_BAND[0] * height) : top + round(_BAND[1] * height)]
    share = band.mean(axis=0)
    columns = numpy.flatnonzero(share >= _UPRIGHT)
    if len(columns) == 0:
        return 0
    runs: list[list[int]] = []
    for column in columns:
        if runs and column - runs[-1][1] <= 2:
            runs[-1][1] = int(column)
        else:
            runs.append([int(column), int(column)])
    count, last = 0, None
    for start, end in runs:
        if end - start > 0.4 * height or (last is not None and start - last > _APART * height):
            break
        between = share[last + 2 : start - 1] if last is not None else share[:0]
        # a slash, a dot or a figure stands between: the numeral is over
        if len(between) and _slanted(band[:, (last or 0) + 2 : start - 1]):
            break
        count, last = count + 1, end
    return count


def _slanted(band: ndarray[Any, Any]) -> bool:
    """Whether ink runs from top to bottom of the band though no column of it is full: a slanted stroke."""
    return bool(band.any(axis=1).mean() > 0.7)
