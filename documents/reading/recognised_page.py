"""A page as its picture shows it: recognised words laid out as lines, with places in the picture as it was given."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from documents.reading.page_furniture import Page
from documents.reading.page_layout import page_lines
from documents.reading.page_lines import Box, Line
from documents.reading.recognition import Recognised, recognise
from documents.reading.row_numbers import mended
from documents.reading.source_text import table_row

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """The page and the mean confidence of its words (0..1)."""

    page: Page
    confidence: float


def recognised_page(image: Image, dpi: float, number: int, seconds: float) -> RecognisedPage:
    """The grey picture of page ``number`` as lines. Raises as :func:`documents.reading.recognition.recognise` does."""
    found = recognise(image, dpi, seconds)
    lines = _with_numbers(page_lines(found.words, found.rules, dpi))
    placed = tuple(line if line.box is None else replace(line, box=_in_original(line.box, found)) for line in lines)
    return RecognisedPage(Page(number, placed, image.height), found.confidence)


def _with_numbers(lines: list[Line]) -> list[Line]:
    """The lines with the numbers of the tables' rows put right."""
    found = list(lines)
    for table in sorted({line.table for line in lines if line.table is not None}):
        at = [i for i, line in enumerate(lines) if line.table == table]
        for i, cells in zip(at, mended([lines[i].cells for i in at]), strict=True):
            if cells != lines[i].cells:
                found[i] = replace(lines[i], text=table_row(cells), cells=cells)
    return found


def _in_original(box: Box, found: Recognised) -> Box:
    """A box of the straightened picture in the picture as it was given."""
    width, height = found.size
    x, y = (box[0] + box[2]) / 2 - width / 2, (box[1] + box[3]) / 2 - height / 2
    turn = math.radians(found.angle)
    # the picture was turned about its middle, counter-clockwise as it is seen (y grows downwards)
    cx, cy = x * math.cos(turn) - y * math.sin(turn) + width / 2, x * math.sin(turn) + y * math.cos(turn) + height / 2
    half_x, half_y = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    back: Box = (cx - half_x, cy - half_y, cx + half_x, cy + half_y)
    for _ in range((4 - found.turns) % 4):
        back = (height - back[3], back[0], height - back[1], back[2])
        width, height = height, width
    return back
