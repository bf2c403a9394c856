"""The words on the picture of a page, recognised by Tesseract 5 with its Vietnamese model (``vie``).

Tesseract runs as a program of its own (through pytesseract), so that it can be ended when a page takes too long. Cells of a ruled
table are recognised on a sheet of their own (:mod:`documents.reading.cell_sheet`).
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

from documents.errors import UnreadableDocument
from documents.letters import CAPITAL
from documents.reading.cell_sheet import cell_sheet
from documents.reading.page_image import straightened, without_rules
from documents.reading.page_lines import Word
from documents.reading.page_marks import closed_up
from documents.reading.roman_numerals import numeral
from documents.reading.ruling import Rule, RuledTable, Rules, ruled_tables, rules_of, scaled
from documents.syllables import is_syllable
from documents.text import nfc

if TYPE_CHECKING:
    from numpy import ndarray
    from PIL.Image import Image

LANGUAGE = "vie"
PACKAGES = "tesseract-ocr tesseract-ocr-vie"
"""What Debian and Ubuntu call the packages."""

_UNSURE = 0.3
"""A sign that is recognised with less and is neither letter nor figure is dirt."""
_SIGNS = frozenset("-–—+*•.,;:/%()[]\"'“”‘’…&≥≤=<>#@_!?|")
"""Signs that stand alone in documents; others are dirt."""
_POOR = 0.72
"""Pages recognised with less on average may stand on their side or upside down."""
_NEAR, _LONG = 0.05, 1.0
"""Inches: so near lines meet; a line so long is no part of a letter."""
_BULLETS = ("-", "–", "+")
_DIRT = re.compile(r"^['`´_|]+(?=\w)|(?<=\w)[`´_|]+$")
"""Specks before and behind a word."""
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
    if lacking := missing():
        raise UnreadableDocument("", "là ảnh, cần nhận dạng chữ.", lacking)
    clock = _Clock(time.monotonic() + seconds, seconds)
    best = _upright(image, 0, dpi, clock)
    if best.confidence < _POOR and (turns := _quarter_turns(image, dpi, clock)):
        turned = _upright(image.rotate(-90 * turns, expand=True), turns, dpi, clock)
        best = max(best, turned, key=lambda found: found.worth)
    return best


@dataclass(frozen=True, slots=True)
class _Clock:
    """When the recognition of a page has to end, and how many seconds it was given."""

    end: float
    seconds: float

    def left(self) -> float:
        """The seconds that are left. Raises :class:`UnreadableDocument` when there are none."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise self.over()
        return left

    def over(self) -> UnreadableDocument:
        """What to say when the time is over."""
        return UnreadableDocument("", f"nhận dạng chữ trên một trang lâu hơn {self.seconds:.0f} giây nên đã bị dừng.")


def _upright(image: Image, turns: int, dpi: float, clock: _Clock) -> Recognised:
    import numpy
    from PIL import Image as images

    level, angle = straightened(image)
    rules = scaled(rules_of(numpy.asarray(level.reduce(2)), dpi / 2), 2)
    grids = ruled_tables(rules, dpi)
    grey = numpy.asarray(level)
    grey = without_rules(grey, _to_erase(rules, dpi), dpi)
    if grids:
        words = _around(grey, grids, dpi, clock)
        for grid in grids:
            words += _in_cells(grey, grid, dpi, clock)
    else:
        words = _words(images.fromarray(closed_up(grey, dpi)), _PAGE, dpi, clock)
    sure = [w.confidence for w in words if any(map(str.isalnum, w.text))]
    return Recognised(tuple(words), rules, turns, angle, (image.width, image.height), fmean(sure) if sure else 0.0)


def _to_erase(rules: Rules, dpi: float) -> Rules:
    """The lines of tables, which meet others, and long ones (below a motto); what else looks like a line may be a row of bold
    capitals."""
    near, long = _NEAR * dpi, _LONG * dpi

    def meets(one: Rule, others: Sequence[Rule]) -> bool:
        return any(
            one.start - near <= other.at <= one.end + near and other.start - near <= one.at <= other.end + near
            for other in others
        )

    return Rules(
        tuple(r for r in rules.across if r.end - r.start >= long or meets(r, rules.down)),
        tuple(r for r in rules.down if r.end - r.start >= long or meets(r, rules.across)),
    )


def _around(grey: ndarray[Any, Any], grids: Sequence[RuledTable], dpi: float, clock: _Clock) -> list[Word]:
    """The words outside the tables."""
    from PIL import Image as images

    rest = grey.copy()
    white = int(rest.max()) if rest.size else 255
    for grid in grids:
        left, top, right, bottom = (round(edge) for edge in grid.box)
        rest[max(0, top - 2) : bottom + 3, max(0, left - 2) : right + 3] = white
    return _words(images.fromarray(closed_up(rest, dpi)), _PAGE, dpi, clock)


def _in_cells(grey: ndarray[Any, Any], table: RuledTable, dpi: float, clock: _Clock) -> list[Word]:
    """The words in the cells of a table."""
    from PIL import Image as images

    sheet = cell_sheet(grey, table, dpi)
    if not sheet.pieces:
        return list(sheet.words)
    return sheet.placed(_words(images.fromarray(sheet.pixels), _BLOCK, dpi, clock))


def _words(image: Image, mode: str, dpi: float, clock: _Clock) -> list[Word]:
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
                timeout=clock.left(),
                output_type=pytesseract.Output.DICT,
            )
        except pytesseract.TesseractError as error:
            raise UnreadableDocument("", f"không nhận dạng được chữ trên ảnh (Tesseract: lỗi {error.status}).") from None
        except RuntimeError:
            raise clock.over() from None
    return _read_words(table, numpy.asarray(image))


def _read_words(table: dict[str, list[Any]], grey: ndarray[Any, Any]) -> list[Word]:
    """The words of Tesseract's table, Roman numerals checked on the picture."""
    lines: dict[tuple[int, int, int], list[Word]] = {}
    for n, text in enumerate(table["text"]):
        word, confidence = nfc(str(text)).strip(), float(table["conf"][n]) / 100
        word = own_letters(_DIRT.sub("", word))
        if not word or confidence < 0 or not (any(map(str.isalnum, word)) or (confidence >= _UNSURE and _SIGNS.issuperset(word))):
            continue
        left, top = int(table["left"][n]), int(table["top"][n])
        box = (left, top, left + int(table["width"][n]), top + int(table["height"][n]))
        line = lines.setdefault((table["block_num"][n], table["par_num"][n], table["line_num"][n]), [])
        line.append(Word(word, box, confidence))
    found: list[Word] = []
    for line in lines.values():
        if len(line) > 1 and line[0].text in _BULLETS and line[1].text in _BULLETS:
            del line[0]  # dirt in the margin
        texts = [one.text for one in line]
        for n, one in enumerate(line):
            left, top, right, bottom = map(round, one.box)
            shown = grey[max(0, top - 2) : bottom + 3, max(0, left - 2) : right + 3]
            found.append(replace(one, text=numeral(one.text, texts[:n], texts[n + 1] if n + 1 < len(texts) else None, shown)))
    return found


def own_letters(word: str) -> str:
    """The word without letters that Vietnamese does not have: "Ñ" is read as its plain letter, or is a second reading of the one
    before it ("NÑQ-CP")."""
    found: list[str] = []
    for char in word:
        if char.isalpha() and not char.isascii() and char.upper() not in CAPITAL:
            plain = unicodedata.normalize("NFD", char)[0]
            if not plain.isascii():
                found.append(char)
            elif not (found and found[-1] == plain):
                found.append(plain)
        else:
            found.append(char)
    return "".join(found)


def _quarter_turns(image: Image, dpi: float, clock: _Clock) -> int:
    """By how many quarter turns to the right the picture has to be turned to stand upright, as far as Tesseract can tell (0)."""
    import pytesseract

    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.pgm"
        image.save(page)
        try:
            said = pytesseract.image_to_osd(
                str(page), config=f"--dpi {max(70, round(dpi))}", timeout=clock.left(), output_type=pytesseract.Output.DICT
            )
        except (pytesseract.TesseractError, RuntimeError, ValueError, KeyError):
            return 0  # too few letters to tell, or the data for orientation is not installed
    return int(said.get("rotate", 0)) // 90 % 4
