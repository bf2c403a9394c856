"""The cells of a ruled table on one sheet, one below the other, as they are recognised.

Words that stand side by side in the cells of a row would run into one line. On the sheet only the number of a row stands beside
the first line of its next cell, because a figure alone is hard to tell from dirt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from documents.reading.page_lines import Box, Word
from documents.reading.roman_numerals import numeral_alone
from documents.reading.ruling import RuledCell, RuledTable

if TYPE_CHECKING:
    from numpy import ndarray

UNREAD = "…"
"""Stands for the number of a row that shows ink but no letter."""

_SPACE = 0.12
"""Inches between cells on the sheet: more than between the lines of one cell."""
_INSET = 0.012
"""Inches at the edges of a cell that may hold the rest of a ruling line."""
_NUMBER = 0.55
"""Inches that the number of a row is wide at most."""
_MARGIN = 6
"""Pixels of paper around the ink of a cell."""
_INK = 0.62
"""Darker than this share of the paper's brightness is ink."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What a cell shows: where it stands on the sheet, and how far from there it stands on the page."""

    pixels: ndarray[Any, Any]
    left: int
    top: int
    right: int
    down: int
    number: bool = False

    def distance(self, word: Word) -> float:
        """How far the middle of a word on the sheet is from the piece."""
        x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
        height, width = self.pixels.shape
        return max(self.left - x, x - self.left - width, self.top - y, y - self.top - height, 0)

    def on_page(self, box: Box) -> Box:
        """A box of the sheet as a box of the page."""
        return box[0] + self.right, box[1] + self.down, box[2] + self.right, box[3] + self.down


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet, the pieces on it, and the words that are known without recognition (dashes, numerals of nothing but strokes)."""

    pixels: ndarray[Any, Any]
    pieces: tuple[Piece, ...]
    words: tuple[Word, ...]
    space: float

    def placed(self, read: Sequence[Word]) -> list[Word]:
        """The words of the table with their places on the page; ``read`` are those recognised on the sheet."""
        found = list(self.words)
        silent = [piece for piece in self.pieces if piece.number]
        for word in read:
            home = min(self.pieces, key=lambda p: p.distance(word))
            if home.distance(word) < self.space / 2:
                found.append(replace(word, box=home.on_page(word.box)))
                silent = [piece for piece in silent if piece is not home]
        for piece in silent:
            height, width = piece.pixels.shape
            found.append(Word(UNREAD, piece.on_page((piece.left, piece.top, piece.left + width, piece.top + height)), 0.0))
        return found


@dataclass(frozen=True, slots=True)
class _Ink:
    """The ink of a cell and where on the page it begins."""

    pixels: ndarray[Any, Any]
    x: int
    y: int

    @property
    def box(self) -> Box:
        return self.x, self.y, self.x + self.pixels.shape[1], self.y + self.pixels.shape[0]


def cell_sheet(grey: ndarray[Any, Any], table: RuledTable, dpi: float) -> Sheet:
    """The cells of ``table`` on a page (grey, ruling lines taken out) of ``dpi`` pixels per inch."""
    import numpy

    space, number_width = max(8, round(_SPACE * dpi)), round(_NUMBER * dpi)
    pieces: list[Piece] = []
    words: list[Word] = []
    inks = {(cell.row, cell.column): ink for cell in table.cells if (ink := _ink(grey, cell, dpi)) is not None}
    top = space
    for (row, column), ink in inks.items():
        if _is_dash(ink.pixels, dpi):
            words.append(Word("-", ink.box))
            continue
        if column == 0 and ink.pixels.shape[1] < number_width:
            if strokes := numeral_alone(ink.pixels):
                words.append(Word(strokes, ink.box))
                continue
            if (row, 1) in inks:
                continue  # it comes with the next cell
        left, end = space, top
        number = inks.get((row, 0)) if column == 1 else None
        if number is not None and number.pixels.shape[1] < number_width and not numeral_alone(number.pixels):
            level = max(top - space // 2, top + round(_first_line(ink.pixels) - number.pixels.shape[0] / 2))
            pieces.append(Piece(number.pixels, space, level, number.x - space, number.y - level, number=True))
            left, end = 2 * space + number_width, level + number.pixels.shape[0]
        pieces.append(Piece(ink.pixels, left, top, ink.x - left, ink.y - top))
        top = max(end, top + ink.pixels.shape[0]) + space
    white = int(numpy.median(grey)) if grey.size else 255
    wide = max((piece.left + piece.pixels.shape[1] for piece in pieces), default=0)
    sheet = numpy.full((top + space, wide + space), white, dtype=numpy.uint8)
    for piece in pieces:
        height, width = piece.pixels.shape
        sheet[piece.top : piece.top + height, piece.left : piece.left + width] = piece.pixels
    return Sheet(sheet, tuple(pieces), tuple(words), space)


def _ink(grey: ndarray[Any, Any], cell: RuledCell, dpi: float) -> _Ink | None:
    """The ink of a cell with a small margin; ``None`` for an empty cell."""
    import numpy

    inset = max(1, round(_INSET * dpi))
    x0, y0, x1, y1 = (round(edge) for edge in cell.box)
    inside = grey[max(0, y0 + inset) : max(0, y1 - inset), max(0, x0 + inset) : max(0, x1 - inset)]
    if inside.size == 0 or min(inside.shape) < 8:
        return None
    ink = inside < _INK * float(numpy.percentile(inside, 90))
    rows, columns = numpy.flatnonzero(ink.sum(axis=1) > 1), numpy.flatnonzero(ink.sum(axis=0) > 1)
    if len(rows) < 2 or len(columns) < 2:
        return None
    left, above = max(0, int(columns[0]) - _MARGIN), max(0, int(rows[0]) - _MARGIN)
    shown = inside[above : int(rows[-1]) + _MARGIN, left : int(columns[-1]) + _MARGIN]
    return _Ink(shown, max(0, x0 + inset) + left, max(0, y0 + inset) + above)


def _is_dash(pixels: ndarray[Any, Any], dpi: float) -> bool:
    """Whether a cell holds nothing but a dash ("no amount")."""
    height, width = pixels.shape[0] - 2 * _MARGIN, pixels.shape[1] - 2 * _MARGIN
    return height < 0.03 * dpi and 0.02 * dpi < width < 0.2 * dpi and width > 1.6 * height


def _first_line(pixels: ndarray[Any, Any]) -> float:
    """The middle of the first line of words in a cell, from its top."""
    import numpy

    share = (pixels < _INK * float(numpy.percentile(pixels, 90))).mean(axis=1)
    inked = numpy.flatnonzero(share > 0.02)
    if len(inked) == 0:
        return pixels.shape[0] / 2
    ends = numpy.flatnonzero(numpy.diff(inked) > 3)
    end = int(inked[ends[0]]) if len(ends) else int(inked[-1])
    return (int(inked[0]) + end) / 2
