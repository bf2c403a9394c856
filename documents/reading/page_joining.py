"""From pages to one text: furniture out, tables that go on over pages put together, every line with its page and place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from documents.reading.cleaning import clean_lines
from documents.reading.page_furniture import Page, without_furniture
from documents.reading.page_lines import BLANK, Box, Line
from documents.reading.row_numbers import mended
from documents.reading.source_text import SourceText, table_row
from documents.text import fold

_ENDS = (".", ";", ":", "!", "?", "…", ".”")
_SAME_EDGE = 0.015
"""Edges of columns on two pages are the same within this share of the table's width."""
_HEADINGS = 3
"""So many rows at most are headings."""
_ALIKE = 0.75
"""Share of common words from which rows are the same headings; recognition misreads some."""


@dataclass(slots=True)
class _Placed:
    """A line of the text and its page."""

    line: Line
    page: int
    table: tuple[int, int] | None = None


def source_text(
    pages: Sequence[Page], format_id: str, *, recognised: Sequence[int] = (), notes: Sequence[str] = ()
) -> SourceText:
    """The text of the pages. ``recognised`` are the numbers of those that were recognised from pictures."""
    kept, apart = without_furniture(pages)
    placed: list[_Placed] = []
    for page in kept:
        _add(placed, page)
    while placed and placed[-1].line is BLANK:
        placed.pop()
    _number_rows(placed, frozenset(recognised))
    lines, cleaned = clean_lines(p.line.text for p in placed)
    return SourceText(
        lines=tuple(lines),
        format=format_id,
        pages=tuple(p.page for p in placed),
        regions=tuple(_rounded(p.line.box) for p in placed),
        tables=tuple(_tables(placed)),
        recognised=tuple(recognised),
        apart=tuple(apart),
        notes=(*notes, *cleaned),
    )


def _rounded(box: Box | None) -> Box | None:
    return None if box is None else (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))


def _add(placed: list[_Placed], page: Page) -> None:
    """Add the lines of a page; what it begins with may go on from the page before."""
    lines = list(page.lines)
    if not lines:
        return
    last = placed[-1] if placed else None
    if last is not None and last.table is not None and lines[0].cells and _on_one_grid(placed, lines):
        lines = _continued(placed, lines)
        table = last.table
    else:
        table = None
        if last is not None and (lines[0].cells or last.line.text.rstrip().endswith(_ENDS)):
            placed.append(_Placed(BLANK, page.number))
    first = lines[0].table if lines else None
    for line in lines:
        if not line.cells or line.table is None:
            placed.append(_Placed(line, page.number))
        elif table is not None and line.table == first:
            placed.append(_Placed(line, page.number, table))
        else:
            placed.append(_Placed(line, page.number, (page.number, line.table)))


def _on_one_grid(placed: list[_Placed], lines: list[Line]) -> bool:
    """Whether the table that the page begins with has the columns of the one before, or where one of the two lacks some of them
    (its part shows only merged cells there), gets the rows of that one onto the columns of the other."""
    above = [n for n, p in enumerate(placed) if p.table == placed[-1].table]
    here = [n for n, line in enumerate(lines) if line.cells and line.table == lines[0].table]
    old, new = placed[-1].line, lines[0]
    if len(old.cells) == len(new.cells):
        return True
    if not old.edges or not new.edges or old.box is None or new.box is None:
        return False
    if len(old.cells) < len(new.cells):
        wider = _columns_in(old.edges, new.edges)
        if wider is not None:
            for n in above:
                placed[n].line = _moved(placed[n].line, wider, new)
    else:
        wider = _columns_in(new.edges, old.edges)
        if wider is not None:
            for n in here:
                lines[n] = _moved(lines[n], wider, old)
    return wider is not None


def _columns_in(few: Sequence[float], many: Sequence[float]) -> list[int] | None:
    """The column among ``many`` edges in which each column between the ``few`` edges begins; ``None`` when one of the few is
    not among the many."""
    found = [0]
    for edge in few:
        near = min(range(len(many)), key=lambda n: abs(many[n] - edge))
        if abs(many[near] - edge) > _SAME_EDGE or near + 1 <= found[-1]:
            return None
        found.append(near + 1)
    return found


def _moved(line: Line, columns: Sequence[int], like: Line) -> Line:
    cells = [""] * len(like.cells)
    for cell, column in zip(line.cells, columns, strict=True):
        cells[column] = cell
    spanned = frozenset(columns[n] for n in line.spanned)
    return replace(line, text=table_row(cells), cells=tuple(cells), edges=like.edges, spanned=spanned)


def _continued(placed: list[_Placed], lines: list[Line]) -> list[Line]:
    """The lines of a page that begins with the rest of the table before: without headings that are repeated, a row that the
    page's end cut put together with its rest, and cells that reach over the page's end given to the rows that they go on to."""
    del lines[: _repeated_headings([p.line for p in placed if p.table == placed[-1].table], lines)]
    if lines and lines[0].cells and _is_rest(placed[-1].line.cells, lines[0].cells):
        cells = tuple(f"{a} {b}".strip() for a, b in zip(placed[-1].line.cells, lines[0].cells, strict=True))
        placed[-1].line = replace(placed[-1].line, text=table_row(cells), cells=cells)
        del lines[0]
    return _carried(placed[-1].line, lines)


def _repeated_headings(above: Sequence[Line], lines: Sequence[Line]) -> int:
    """How many lines at the start of a page repeat the headings of the table that began on a page before. Their words are
    compared over the whole row, because the borders of a low row are not found on every page."""
    headings = [above[0], *takewhile(lambda line: line.cells and not line.cells[0], above[1:_HEADINGS])]
    rows = list(takewhile(lambda line: line.cells and line.table == lines[0].table, lines[: len(headings)]))
    if not rows or _shared(above[0], rows[0]) < _ALIKE:
        return 0
    left = sum((_words(line) for line in headings), Counter())
    count = 0
    for row in rows:
        words = _words(row)
        if (row.cells[0] and count) or (words & left).total() < _ALIKE * words.total():
            break
        left -= words
        count += 1
    return count


def _words(line: Line) -> Counter[str]:
    return Counter(word for cell in line.cells for word in fold(cell).split())


def _shared(a: Line, b: Line) -> float:
    """The share of the words of two rows that stand in both."""
    one, other = _words(a), _words(b)
    return (one & other).total() / max(1, one.total(), other.total())


def _carried(last: Line, lines: list[Line]) -> list[Line]:
    """The rows with the words of cells that began on the page before: an empty cell over several rows at the top of a page goes
    on with the one above it."""
    found = list(lines)
    for column in range(1, len(last.cells)):
        if not last.cells[column]:
            continue
        for n, line in enumerate(found):
            if not line.cells or line.table != lines[0].table or column not in line.spanned or line.cells[column]:
                break
            if 0 not in line.spanned:
                cells = (*line.cells[:column], last.cells[column], *line.cells[column + 1 :])
                found[n] = replace(line, text=table_row(cells), cells=cells)
    return found


def _is_rest(above: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether the first row of a page goes on with the last one of the page before: its number stands there, and its words begin
    in the middle of a sentence, or only cells that had words before go on."""
    filled = [j for j, cell in enumerate(cells) if cell]
    if not filled or cells[0] or not above[0]:
        return False
    if any(cells[j][:1].islower() for j in filled):
        return True
    return all(above[j] and not above[j].rstrip().endswith((".", ";")) for j in filled) and len(filled) < len(cells) - 1


def _number_rows(placed: Sequence[_Placed], recognised: frozenset[int]) -> None:
    """Put the numbers of the rows of recognised tables right, which those on the page before tell too."""
    for table in dict.fromkeys(p.table for p in placed if p.table is not None and p.page in recognised):
        rows = [p for p in placed if p.table == table]
        for one, cells in zip(rows, mended([p.line.cells for p in rows]), strict=True):
            if one.page in recognised and cells != one.line.cells:
                one.line = replace(one.line, text=table_row(cells), cells=cells)


def _tables(placed: Sequence[_Placed]) -> list[tuple[int, int]]:
    found: list[tuple[tuple[int, int], list[int]]] = []
    for n, one in enumerate(placed, 1):
        if one.table is None:
            continue
        if found and found[-1][0] == one.table:
            found[-1][1][1] = n
        else:
            found.append((one.table, [n, n]))
    return [(lines[0], lines[1]) for _, lines in found]
