"""The words of a PDF page as its text layer gives them, with their places as the page is seen.

PDFium gives characters in the order of the file with boxes in the page's own axes (ISO 32000-1, 8.3); here they become words with
boxes in points from the upper left corner of the page as shown: turned with the page, and turned upright where a whole page of
text stands on its side.
"""

from __future__ import annotations

import math
from collections import Counter
from ctypes import byref, c_double
from dataclasses import dataclass
from typing import Any

from documents.reading.page_lines import Word
from documents.text import nfc

MAX_CHARACTERS = 60_000
"""A page with more characters is no page of a document; the rest of it is left out."""

_LINE_END_HYPHENS = (0x02, 0xFFFE)
"""What PDFium gives for a hyphen at the end of a line, which it takes for a sign of hyphenation; Vietnamese is not hyphenated."""

_GAP = 0.22
"""Two letters farther apart than this share of the font's size belong to two words."""


@dataclass(frozen=True, slots=True)
class TextLayer:
    """The words of a page with their places (points), the share of characters that PDFium could not map to Unicode, and by how
    many quarter turns to the right the page has to be turned to stand upright."""

    words: tuple[Word, ...]
    unmapped: float
    turns: int
    cut: bool


@dataclass(slots=True)
class _Open:
    """A word under way."""

    letters: list[str]
    box: list[float]


def text_layer(page: Any, width: float, height: float) -> TextLayer:
    """The text layer of a ``pypdfium2.PdfPage`` that is shown ``width`` by ``height`` points large."""
    import pypdfium2.raw as pdfium

    layer = page.get_textpage()
    try:
        count = pdfium.FPDFText_CountChars(layer)
        found: list[tuple[str, tuple[float, float, float, float], int]] = []
        unmapped = 0
        place = _Place(page)
        for i in range(min(count, MAX_CHARACTERS)):
            code = pdfium.FPDFText_GetUnicode(layer, i)
            generated = pdfium.FPDFText_IsGenerated(layer, i) == 1
            if not generated and pdfium.FPDFText_HasUnicodeMapError(layer, i) == 1:
                unmapped += 1
            if code in _LINE_END_HYPHENS:
                code = ord("-")
            char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
            if generated or not char or char.isspace():
                found.append((" ", (0, 0, 0, 0), 0))
                continue
            angle = pdfium.FPDFText_GetCharAngle(layer, i)
            found.append((char, place.of(layer, i), round(angle / (math.pi / 2)) % 4))
    finally:
        layer.close()
    # PDFium tells clockwise by how much a letter is turned, and pages are turned clockwise too
    turned = Counter(-(turn + place.rotation) % 4 for char, _, turn in found if char != " ")
    main = turned.most_common(1)[0][0] if turned else 0
    words = _words([(c, box) for c, box, turn in found if c == " " or -(turn + place.rotation) % 4 == main], main, width, height)
    return TextLayer(words, unmapped / max(1, len(found)), main, count > MAX_CHARACTERS)


class _Place:
    """Where a character stands on the page as shown."""

    def __init__(self, page: Any) -> None:
        left, bottom, right, top = page.get_cropbox(fallback_ok=True)
        self.left, self.bottom = min(left, right), min(bottom, top)
        self.width, self.height = abs(right - left), abs(top - bottom)
        self.rotation = page.get_rotation() // 90 % 4
        self._numbers = tuple(c_double() for _ in range(4))

    def of(self, layer: Any, index: int) -> tuple[float, float, float, float]:
        """The box of a character, in points of the page as shown."""
        import pypdfium2.raw as pdfium

        left, right, bottom, top = self._numbers
        pdfium.FPDFText_GetCharBox(layer, index, byref(left), byref(right), byref(bottom), byref(top))
        x0, x1 = left.value - self.left, right.value - self.left
        y0, y1 = self.height - (top.value - self.bottom), self.height - (bottom.value - self.bottom)
        return quarter_turned((x0, y0, x1, y1), self.rotation, self.width, self.height)


def quarter_turned(
    box: tuple[float, float, float, float], turns: int, width: float, height: float
) -> tuple[float, float, float, float]:
    """The box on a ``width`` by ``height`` page after ``turns`` quarter turns of the page to the right."""
    for _ in range(turns % 4):
        x0, y0, x1, y1 = box
        box = (height - y1, x0, height - y0, x1)
        width, height = height, width
    return box


def _words(
    chars: list[tuple[str, tuple[float, float, float, float]]], turns: int, width: float, height: float
) -> tuple[Word, ...]:
    """Characters put together to words; ``turns`` tells how the text stands on the page as shown."""
    words: list[Word] = []
    current: _Open | None = None

    def close() -> None:
        nonlocal current
        if current is not None:
            text = nfc("".join(current.letters)).strip()
            if text:
                words.append(Word(text, (current.box[0], current.box[1], current.box[2], current.box[3])))
        current = None

    for char, place in chars:
        if char == " ":
            close()
            continue
        x0, y0, x1, y1 = quarter_turned(place, turns, width, height) if turns else place
        if current is not None:
            size = max(current.box[3] - current.box[1], y1 - y0, 1.0)
            same_line = min(y1, current.box[3]) - max(y0, current.box[1]) > -0.6 * size
            if not same_line or x0 - current.box[2] > _GAP * 2 * size or x1 < current.box[0] - size:
                close()
        if current is None:
            current = _Open([char], [x0, y0, x1, y1])
        else:
            current.letters.append(char)
            box = current.box
            current.box = [min(box[0], x0), min(box[1], y0), max(box[2], x1), max(box[3], y1)]
    close()
    return tuple(words)
