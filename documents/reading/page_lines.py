"""From words with places to lines in reading order: columns one after the other, each from top to bottom.

Letterhead, recipients and signature stand in two columns beside each other (Nghị định 30/2020/NĐ-CP, appendix I); everything
else runs over the whole width. A gutter is a strip that no line of several crosses; the left column is read before the right one.
A number or bullet that hangs left of its paragraph is no column: it belongs to the words on its right.
All measures are relative to the height of the lines, so points and pixels serve alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from unicodedata import category

from documents.structure.mark import mark_of

Box = tuple[float, float, float, float]
"""Left, top, right, bottom from the upper left corner of the page."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, where it stands, and how sure its recognition is (1 for one that was typed)."""

    text: str
    box: Box
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page; ``box`` is ``None`` for a blank one between paragraphs. ``cells`` are those of a row of a table, whose
    grid is the ``table``-th of the page; ``edges`` are the inner edges of its columns, as shares of the table's width, and
    ``spanned`` the columns whose cell reaches over several rows here."""

    text: str
    box: Box | None = None
    cells: tuple[str, ...] = ()
    table: int | None = None
    edges: tuple[float, ...] = ()
    spanned: frozenset[int] = frozenset()


BLANK = Line("")

_WIDE_GAP = 2.2
"""Words farther apart, in line heights, stand in different columns or are spread by blanks."""
_GUTTER = 0.9
"""A line alone keeps so far, in line heights, from the column that it does not stand in."""
_NARROWEST = 0.55
"""A gutter is at least so wide, in line heights: a blank is narrower."""
_SAME_LINE = 0.5
"""Words whose heights overlap by this share stand on one line."""
_PARAGRAPH = 1.25
"""A step to the next line longer by this factor than the usual one parts paragraphs."""
_FAR = 1.9
"""After such a step, in usual ones, a line on one side of a gutter no longer belongs to the columns."""
_VERY_FAR = 5.0
"""After such a step two pieces beside each other begin new columns."""
_LEAST_COLUMN = 2.6
"""The widest line of a column has so many line heights at least: numbers of paragraphs, also misread ones, are narrower."""
_HANGS = 0.9
"""So many line heights lie between a hanging mark and its paragraph at least; a blank is narrower."""
_HANGING = frozenset(("letter", "roman", "article", "number", "number2", "number3", "point", "dash", "plus"))
"""Kinds of marks that stand left of their paragraph, with a tab or a hanging indent behind them."""


def union(boxes: Sequence[Box]) -> Box:
    """The smallest box around the boxes (at least one)."""
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def line_height(words: Sequence[Word]) -> float:
    """The usual height of the words; 0 where there are none."""
    heights = [w.box[3] - w.box[1] for w in words if any(map(str.isalnum, w.text))] or [w.box[3] - w.box[1] for w in words]
    return median(heights) if heights else 0.0


def rows_of(words: Sequence[Word]) -> list[list[Word]]:
    """The words of each printed line across the whole width, from top to bottom, each from left to right."""
    rows: list[list[Word]] = []
    bands: list[tuple[float, float]] = []
    usual = line_height(words)
    for word in sorted(words, key=lambda w: ((w.box[1] + w.box[3]) / 2, w.box[0])):
        top, bottom = word.box[1], word.box[3]
        centre = (top + bottom) / 2
        best = None
        for i in range(len(rows) - 1, max(-1, len(rows) - 6), -1):
            above, below = bands[i]
            shared = min(below, bottom) - max(above, top)
            if (
                shared >= _SAME_LINE * max(1e-6, min(below - above, bottom - top))
                and abs(centre - (above + below) / 2) <= 0.6 * usual
            ):
                best = i
                break
        if best is None:
            rows.append([word])
            bands.append((top, bottom))
        else:
            rows[best].append(word)
            spans = [w.box for w in rows[best]]
            bands[best] = (median(b[1] for b in spans), median(b[3] for b in spans))
    order = sorted(range(len(rows)), key=lambda i: sum(bands[i]))
    return [sorted(rows[i], key=lambda w: w.box[0]) for i in order]


def joined(words: Sequence[Word]) -> str:
    """The words of one line with a blank between them, however wide the gap is."""
    return " ".join(word.text for word in words)


@dataclass(slots=True)
class _Row:
    """A printed line as pieces that wide gaps part."""

    pieces: list[list[Word]]
    box: Box

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2


def _is_sign(letter: str) -> bool:
    """Whether it is no letter and no figure; an accent that stands alone is none either."""
    return not letter.isalnum() or category(letter) == "Lm"


def _is_mark(words: Sequence[Word]) -> bool:
    """Whether the words are nothing but the mark of a paragraph ("II.", "1.2.", "a)", "-", a bullet of a symbol font)."""
    text = joined(words)
    if len(text) == 1 and _is_sign(text) and text not in "_.,:;/|…":
        return True
    mark, rest = mark_of(f"{text} A")
    return mark is not None and mark.kind in _HANGING and rest == "A"


def _with_mark(row: list[Word], height: float) -> list[Word]:
    """A printed line whose hanging mark is written as marks are: a sign alone in front of a gap is a bullet, whatever recognition
    or a symbol font takes it for, and behind a number there stands a stop, no comma."""
    if len(row) < 2 or row[1].box[0] - row[0].box[2] < _HANGS * height:
        return row
    first = row[0]
    if len(first.text) == 1 and _is_sign(first.text) and first.text not in "-–+•*_|":
        return [replace(first, text="-"), *row[1:]]
    if len(first.text) <= 3 and first.text[:-1].isdecimal() and first.text.endswith(","):
        return [replace(first, text=f"{first.text[:-1]}."), *row[1:]]
    return row


def _pieces(row: Sequence[Word], height: float) -> _Row:
    pieces = [[row[0]]]
    for word in row[1:]:
        wide = word.box[0] - max(w.box[2] for w in pieces[-1]) > _WIDE_GAP * height
        if wide and not _is_mark(pieces[-1]):
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return _Row(pieces, union([w.box for w in row]))


def lines_of(words: Sequence[Word]) -> list[Line]:
    """The lines of a page or a part of it that holds no table, in reading order, with blank ones between paragraphs."""
    height = line_height(words)
    if not words or height <= 0:
        return []
    rows = [_pieces(_with_mark(row, height), height) for row in rows_of(words)]
    step = _usual_step(rows, height)
    body = union([r.box for r in rows])
    found: list[Line] = []
    at = 0
    while at < len(rows):
        columns = _columns(rows, at, height, step, body)
        if columns is None:
            if found and rows[at].middle - rows[at - 1].middle > _PARAGRAPH * step and found[-1] is not BLANK:
                found.append(BLANK)
            words_of_row = [w for piece in rows[at].pieces for w in piece]
            found.append(Line(joined(words_of_row), rows[at].box))
            at += 1
            continue
        end, gutter = columns
        for side in _sides(rows[at:end], gutter):
            if found and found[-1] is not BLANK:
                found.append(BLANK)
            found.extend(_column(side, step))
        if end < len(rows):
            found.append(BLANK)
        at = end
    return found


def _usual_step(rows: Sequence[_Row], height: float) -> float:
    """From one line to the next within a paragraph."""
    steps = sorted(b.middle - a.middle for a, b in pairwise(rows) if b.middle - a.middle > 0.5 * height)
    within = [s for s in steps if s <= 2.2 * height]
    return median(within) if within else 1.3 * height


def _gaps(row: _Row) -> list[tuple[float, float]]:
    return [(max(w.box[2] for w in left), min(w.box[0] for w in right)) for left, right in pairwise(row.pieces)]


def _columns(rows: Sequence[_Row], at: int, height: float, step: float, body: Box) -> tuple[int, tuple[float, float]] | None:
    """Where the columns that begin at row ``at`` end, and their gutter; ``None`` when no columns begin here.

    They begin with a line in two pieces, or with lines on one side of its gutter right above it.
    """
    first = next((i for i in range(at, min(at + 4, len(rows))) if len(rows[i].pieces) > 1), None)
    if first is None:
        return None
    gutter = max(_gaps(rows[first]), key=lambda g: (g[1] - g[0], -g[0]))
    # a line right above or below whose columns nearly meet is parted where the gutter of the others is
    for i in range(at, first):
        _part(rows[i], gutter, height)
        narrowed = _narrowed(rows[i], gutter)
        if len(rows[i].pieces) > 1 and narrowed is not None and narrowed[1] - narrowed[0] >= _NARROWEST * height:
            return _columns(rows, i, height, step, body) if i == at else None
    for i in range(at, first):
        if not _beside(rows[i], gutter, height, body) or rows[i + 1].middle - rows[i].middle > _FAR * step:
            return None
        # a line that ends a paragraph of the text above is no part of a column
        if i == at and i > 0 and rows[i].middle - rows[i - 1].middle <= _PARAGRAPH * step and rows[i].box[0] <= body[0] + height:
            return None
    end = first + 1
    while end < len(rows):
        row = rows[end]
        far = row.middle - rows[end - 1].middle
        _part(row, gutter, height)
        narrowed = _narrowed(row, gutter)
        if narrowed is None or narrowed[1] - narrowed[0] < _NARROWEST * height:
            break
        if far > (_VERY_FAR if len(row.pieces) > 1 else _FAR) * step:
            break
        if len(row.pieces) == 1 and not _beside(row, gutter, height, body):
            break
        gutter = narrowed
        end += 1
    if any(_widest(side) < _LEAST_COLUMN * height for side in _sides(rows[at:end], gutter)):
        return None
    return end, gutter


def _widest(side: Sequence[Sequence[Word]]) -> float:
    boxes = [union([w.box for w in words]) for words in side]
    return max(box[2] - box[0] for box in boxes)


def _part(row: _Row, gutter: tuple[float, float], height: float) -> None:
    """Part a line in one piece at a gap within the gutter that is wider than its blanks."""
    if len(row.pieces) != 1:
        return
    words = row.pieces[0]
    gaps = [(b.box[0] - max(w.box[2] for w in words[: n + 1]), n + 1) for n, b in enumerate(words[1:])]
    inside = [
        (wide, n)
        for wide, n in gaps
        if wide >= _NARROWEST * height
        and gutter[0] - height <= words[n - 1].box[2]
        and words[n].box[0] <= gutter[1] + height
        and not _is_mark(words[:n])
    ]
    if not inside:
        return
    wide, at = max(inside)
    others = sorted(gap for gap, n in gaps if n != at)
    if not others or wide >= 1.6 * others[len(others) // 2]:
        row.pieces[:] = [words[:at], words[at:]]


def _beside(row: _Row, gutter: tuple[float, float], height: float, body: Box) -> bool:
    """Whether a line stands on one side of the gutter and is not set in the middle of the page."""
    left, right = row.box[2] <= gutter[1] - _GUTTER * height, row.box[0] >= gutter[0] + _GUTTER * height
    if not left and not right:
        return False
    centre, page = (row.box[0] + row.box[2]) / 2, (body[0] + body[2]) / 2
    column = (body[0] + gutter[0]) / 2 if left else (gutter[1] + body[2]) / 2
    return abs(centre - page) > min(height, abs(centre - column))


def _narrowed(row: _Row, gutter: tuple[float, float]) -> tuple[float, float] | None:
    """What is left of the gutter when the line stands beside it; ``None`` when a piece of it crosses."""
    low, high = gutter
    middle = (low + high) / 2
    for piece in row.pieces:
        left, right = min(w.box[0] for w in piece), max(w.box[2] for w in piece)
        if left < middle < right:
            # a piece that only reaches into the gutter leaves the rest of it
            if right < high and left < low:
                low = max(low, right)
            elif left > low and right > high:
                high = min(high, left)
            else:
                return None
        elif right <= middle:
            low = max(low, right)
        else:
            high = min(high, left)
    return (low, high) if low < high else None


def _sides(rows: Sequence[_Row], gutter: tuple[float, float]) -> list[list[list[Word]]]:
    """The lines left and right of the gutter."""
    middle = (gutter[0] + gutter[1]) / 2
    sides: list[list[list[Word]]] = [[], []]
    for row in rows:
        for n in (0, 1):
            words = [w for piece in row.pieces for w in piece if ((w.box[0] + w.box[2]) / 2 > middle) == bool(n)]
            if words:
                sides[n].append(words)
    return [side for side in sides if side]


def _column(side: Sequence[Sequence[Word]], step: float) -> list[Line]:
    found: list[Line] = []
    before: Box | None = None
    for words in side:
        box = union([w.box for w in words])
        if before is not None and (box[1] + box[3]) / 2 - (before[1] + before[3]) / 2 > _FAR * step:
            found.append(BLANK)
        found.append(Line(joined(words), box))
        before = box
    return found
