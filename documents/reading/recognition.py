"""The words on the picture of a page, recognised by Tesseract 5 with its Vietnamese model (``vie``).

Tesseract runs as a program of its own (through pytesseract), so that it can be ended when a page takes too long. Cells of a ruled
table are cut out and recognised one below the other, because lines of words that stand side by side would run into each other.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

from documents.errors import UnreadableDocument
from documents.reading.page_image import straightened, without_rules
from documents.reading.page_lines import Box, Word
from documents.reading.roman_numerals import numeral, numeral_alone
from documents.reading.ruling import RuledCell, RuledTable, Rules, ruled_tables, rules_of, scaled
from documents.syllables import is_syllable
from documents.text import nfc

if TYPE_CHECKING:
    from numpy import ndarray
    from PIL.Image import Image

LANGUAGE = "vie"
PACKAGES = "tesseract-ocr tesseract-ocr-vie"
"""What Debian and Ubuntu call the packages."""

_SHORTEST_SECONDS = 5.0
UNREAD = "…"
"""Stands for the number of a row that shows ink but no letter."""
_UNSURE = 0.3
"""A sign that is recognised with less and is neither letter nor figure is dirt."""
_POOR = 0.72
"""Pages recognised with less on average may stand on their side or upside down."""
_PAGE, _BLOCK, _ORIENTATION = "3", "6", "0"
"""Tesseract's modes of page segmentation: a whole page, one block of text, only the orientation."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised: the words and the ruling lines in pixels of the straightened picture, by how many quarter turns to
    the right and then degrees (counter-clockwise) it was turned, its size after the quarter turns, and the mean confidence."""

    words: tuple[Word, ...]
    rules: Rules
    turns: int
    angle: float
    size: tuple[int, int]
    confidence: float

    @property
    def worth(self) -> float:
        """How much was understood: syllables of Vietnamese, each as far as it is sure."""
        return sum(w.confidence for w in self.words if len(w.text) > 1 and is_syllable(w.text.strip(".,;:()").lower()))


@cache
def missing() -> str:
    """What has to be installed before images can be recognised, said to the officer; "" when nothing is missing."""
    advice = f"Trên Debian/Ubuntu: apt-get install {PACKAGES}."
    if shutil.which("tesseract") is None:
        return f"Máy này chưa cài chương trình nhận dạng chữ Tesseract. {advice}"
    import pytesseract

    try:
        languages = pytesseract.get_languages()
    except (pytesseract.TesseractError, OSError) as error:
        return f"Chương trình Tesseract trên máy này không chạy được ({type(error).__name__}). {advice}"
    if LANGUAGE not in languages:
        return f"Tesseract trên máy này chưa có dữ liệu tiếng Việt (vie). {advice}"
    return ""


def recognise(image: Image, dpi: float, seconds: float) -> Recognised:
    """The words on the grey picture of a page with ``dpi`` pixels per inch.

    Takes at most about ``seconds``. Raises :class:`UnreadableDocument` (without a source) when Tesseract takes longer, fails,
    or is not installed.
    """
    import time

    if lacking := missing():
        raise UnreadableDocument("", "là ảnh, cần nhận dạng chữ.", lacking)
    end = time.monotonic() + seconds

    def left() -> float:
        return max(_SHORTEST_SECONDS, end - time.monotonic())

    best = _upright(image, 0, dpi, left())
    if best.confidence < _POOR and (turns := _quarter_turns(image, dpi, left())):
        turned = _upright(image.rotate(-90 * turns, expand=True), turns, dpi, left())
        best = max(best, turned, key=lambda found: found.worth)
    return best


def _upright(image: Image, turns: int, dpi: float, seconds: float) -> Recognised:
    import numpy
    from PIL import Image as images

    level, angle = straightened(image)
    rules = scaled(rules_of(numpy.asarray(level.reduce(2)), dpi / 2), 2)
    grids = ruled_tables(rules, dpi)
    grey = numpy.asarray(level)
    if grids:
        grey = without_rules(grey, Rules(*(tuple(r for r in part) for part in _of_grids(rules, grids))), dpi)
        words = _around(grey, grids, dpi, seconds)
        for grid in grids:
            words += _in_cells(grey, grid, dpi, seconds)
    else:
        words = _words(images.fromarray(grey), _PAGE, dpi, seconds)
    sure = [w.confidence for w in words if any(map(str.isalnum, w.text))]
    return Recognised(tuple(words), rules, turns, angle, (image.width, image.height), fmean(sure) if sure else 0.0)


def _of_grids(rules: Rules, grids: Sequence[RuledTable]) -> tuple[list[Any], list[Any]]:
    """The ruling lines that tables are made of; others may be strokes under words."""

    def inside(at: float, along: float, across: bool) -> bool:
        x, y = (along, at) if across else (at, along)
        return any(g.box[0] - 9 <= x <= g.box[2] + 9 and g.box[1] - 9 <= y <= g.box[3] + 9 for g in grids)

    return (
        [r for r in rules.across if inside(r.at, (r.start + r.end) / 2, True)],
        [r for r in rules.down if inside(r.at, (r.start + r.end) / 2, False)],
    )


def _around(grey: ndarray[Any, Any], grids: Sequence[RuledTable], dpi: float, seconds: float) -> list[Word]:
    """The words outside the tables."""
    from PIL import Image as images

    rest = grey.copy()
    white = int(rest.max()) if rest.size else 255
    for grid in grids:
        left, top, right, bottom = (round(edge) for edge in grid.box)
        rest[max(0, top - 2) : bottom + 3, max(0, left - 2) : right + 3] = white
    return _words(images.fromarray(rest), _PAGE, dpi, seconds)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of the picture on the sheet: where it stands there, and how far from there it stands on the page."""

    pixels: ndarray[Any, Any]
    left: int
    top: int
    right: int
    down: int


def _in_cells(grey: ndarray[Any, Any], table: RuledTable, dpi: float, seconds: float) -> list[Word]:
    """The words in the cells of a table: the cells stand on one sheet below each other while they are recognised.

    The number of a row stands beside the first line of its next cell, because a figure alone is hard to tell from dirt.
    """
    import numpy
    from PIL import Image as images

    space = max(8, round(_SPACE * dpi))
    pieces: list[_Piece] = []
    found: list[Word] = []
    inked = {(cell.row, cell.column): shown for cell in table.cells if (shown := _piece(grey, cell, dpi)) is not None}
    top = space
    for place, (pixels, x, y) in inked.items():
        if _is_dash(pixels, dpi):
            found.append(Word("-", (x, y, x + pixels.shape[1], y + pixels.shape[0])))
            continue
        beside = inked.get((place[0], 0)) if place[1] == 1 else None
        if place[1] == 0 and (place[0], 1) in inked and pixels.shape[1] < _NUMBER * dpi:
            continue  # it comes with the next cell
        left = space
        if beside is not None and beside[0].shape[1] < _NUMBER * dpi:
            number, its_x, its_y = beside
            if strokes := numeral_alone(number):
                found.append(Word(strokes, (its_x, its_y, its_x + number.shape[1], its_y + number.shape[0])))
                number = number[:0]
            level = top + round(_first_line(pixels) - number.shape[0] / 2)
            pieces.append(
                _Piece(number, space, max(top - space // 2, level), its_x - space, its_y - max(top - space // 2, level))
            )
            left = 2 * space + round(_NUMBER * dpi)
        pieces.append(_Piece(pixels, left, top, x - left, y - top))
        top = max(top + pixels.shape[0], pieces[-1].top + pieces[-1].pixels.shape[0]) + space
    if not pieces:
        return found
    white = int(numpy.median(grey)) if grey.size else 255
    sheet = numpy.full((top + space, max(p.left + p.pixels.shape[1] for p in pieces) + space), white, dtype=numpy.uint8)
    for piece in pieces:
        height, width = piece.pixels.shape
        sheet[piece.top : piece.top + height, piece.left : piece.left + width] = piece.pixels
    silent = {id(piece): piece for piece in pieces if piece.left == space and piece.pixels.shape[1] < _NUMBER * dpi}
    for word in _words(images.fromarray(sheet), _BLOCK, dpi, seconds):
        home = min(pieces, key=lambda p: _distance(p, word))
        if _distance(home, word) < space / 2:
            found.append(replace(word, box=_moved(word.box, home.right, home.down)))
            silent.pop(id(home), None)
    for piece in silent.values():
        height, width = piece.pixels.shape
        box = (piece.left, piece.top, piece.left + width, piece.top + height)
        found.append(Word(UNREAD, _moved(box, piece.right, piece.down), 0.0))
    return found


def _piece(grey: ndarray[Any, Any], cell: RuledCell, dpi: float) -> tuple[ndarray[Any, Any], int, int] | None:
    """The ink of a cell and where it stands on the page; ``None`` for an empty cell."""
    inset = max(1, round(_INSET * dpi))
    x0, y0, x1, y1 = (round(edge) for edge in cell.box)
    inside = grey[y0 + inset : y1 - inset, x0 + inset : x1 - inset]
    ink = _ink_box(inside)
    if ink is None:
        return None
    left, above, right, below = ink
    return inside[above:below, left:right], x0 + inset + left, y0 + inset + above


def _is_dash(pixels: ndarray[Any, Any], dpi: float) -> bool:
    """Whether a cell holds nothing but a dash ("no amount")."""
    height, width = pixels.shape[0] - 2 * _MARGIN, pixels.shape[1] - 2 * _MARGIN
    return height < 0.03 * dpi and 0.02 * dpi < width < 0.2 * dpi and width > 1.6 * height


def _first_line(pixels: ndarray[Any, Any]) -> float:
    """The middle of the first line of words in a cell, from its top."""
    import numpy

    share = (pixels < 0.62 * float(numpy.percentile(pixels, 90))).mean(axis=1)
    inked = numpy.flatnonzero(share > 0.02)
    if len(inked) == 0:
        return pixels.shape[0] / 2
    ends = numpy.flatnonzero(numpy.diff(inked) > 3)
    end = int(inked[ends[0]]) if len(ends) else int(inked[-1])
    return (int(inked[0]) + end) / 2


def _distance(piece: _Piece, word: Word) -> float:
    """How far the middle of a word on the sheet is from a piece of it."""
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    height, width = piece.pixels.shape
    return max(piece.left - x, x - piece.left - width, piece.top - y, y - piece.top - height, 0)


_SPACE = 0.12
"""Inches between cells on the sheet: more than between the lines of one cell."""
_INSET = 0.012
"""Inches at the edges of a cell that may hold the rest of a ruling line."""
_NUMBER = 0.55
"""Inches that the number of a row is wide at most."""
_MARGIN = 6
"""Pixels of paper around the ink of a cell."""


def _moved(box: Box, right: float, down: float) -> Box:
    return box[0] + right, box[1] + down, box[2] + right, box[3] + down


def _ink_box(piece: ndarray[Any, Any]) -> tuple[int, int, int, int] | None:
    """Where the ink stands in a cell, with a small margin; ``None`` for an empty cell."""
    import numpy

    if piece.size == 0 or min(piece.shape) < 8:
        return None
    ink = piece < 0.62 * float(numpy.percentile(piece, 90))
    rows, columns = numpy.flatnonzero(ink.sum(axis=1) > 1), numpy.flatnonzero(ink.sum(axis=0) > 1)
    if len(rows) < 2 or len(columns) < 2:
        return None
    margin = _MARGIN
    return (
        max(0, int(columns[0]) - margin),
        max(0, int(rows[0]) - margin),
        min(piece.shape[1], int(columns[-1]) + margin),
        min(piece.shape[0], int(rows[-1]) + margin),
    )


def _words(image: Image, mode: str, dpi: float, seconds: float) -> list[Word]:
    """What Tesseract reads on a picture."""
    import numpy
    import pytesseract

    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.pgm"  # written as it is: packing a page as PNG takes longer than reading some
        image.save(page)
        try:
            table = pytesseract.image_to_data(
                str(page),
                lang=LANGUAGE,
                config=f"--psm {mode} --dpi {max(70, round(dpi))}",
                timeout=seconds,
                output_type=pytesseract.Output.DICT,
            )
        except pytesseract.TesseractError as error:
            raise UnreadableDocument("", f"không nhận dạng được chữ trên ảnh (Tesseract: lỗi {error.status}).") from None
        except RuntimeError:
            raise UnreadableDocument("", f"nhận dạng chữ trên một trang lâu hơn {seconds:.0f} giây nên đã bị dừng.") from None
    return _read_words(table, numpy.asarray(image))


def _read_words(table: dict[str, list[Any]], grey: ndarray[Any, Any]) -> list[Word]:
    """The words of Tesseract's table, Roman numerals checked on the picture."""
    lines: dict[tuple[int, int, int], list[Word]] = {}
    for n, text in enumerate(table["text"]):
        word, confidence = nfc(str(text)).strip(), float(table["conf"][n]) / 100
        if not word or confidence < 0 or (confidence < _UNSURE and not any(map(str.isalnum, word))):
            continue
        left, top = int(table["left"][n]), int(table["top"][n])
        box = (left, top, left + int(table["width"][n]), top + int(table["height"][n]))
        line = lines.setdefault((table["block_num"][n], table["par_num"][n], table["line_num"][n]), [])
        line.append(Word(word, box, confidence))
    found: list[Word] = []
    for line in lines.values():
        texts = [one.text for one in line]
        for n, one in enumerate(line):
            left, top, right, bottom = map(round, one.box)
            shown = grey[max(0, top - 2) : bottom + 3, max(0, left - 2) : right + 3]
            found.append(replace(one, text=numeral(one.text, texts[:n], texts[n + 1] if n + 1 < len(texts) else None, shown)))
    return found


def _quarter_turns(image: Image, dpi: float, seconds: float) -> int:
    """By how many quarter turns to the right the picture has to be turned to stand upright, as far as Tesseract can tell (0)."""
    import pytesseract

    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.pgm"
        image.save(page)
        try:
            said = pytesseract.image_to_osd(
                str(page), config=f"--dpi {max(70, round(dpi))}", timeout=seconds, output_type=pytesseract.Output.DICT
            )
        except (pytesseract.TesseractError, RuntimeError, ValueError, KeyError):
            return 0  # too few letters to tell, or the data for orientation is not installed
    return int(said.get("rotate", 0)) // 90 % 4
