"""From pages to one text: furniture out, tables that go on over pages put together, every line with its page and place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from documents.reading.cleaning import clean_lines
from documents.reading.page_furniture import Page, without_furniture
from documents.reading.page_lines import BLANK, Box, Line
from documents.reading.source_text import SourceText, table_row
from documents.text import fold

_ENDS = (".", ";", ":", "!", "?", "…", ".”")


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
    if last is not None and last.table is not None and lines[0].cells and len(lines[0].cells) == len(last.line.cells):
        lines = _continued(placed, page, lines)
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


def _continued(placed: list[_Placed], page: Page, lines: list[Line]) -> list[Line]:
    """The lines of a page that begins with the rest of the table before, without headings that are repeated; a row that the
    page's end cut is put together with its rest, where it begins."""
    headings = [p.line for p in placed if p.table == placed[-1].table][:2]
    for heading in headings:
        if lines and lines[0].cells and _same(lines[0], heading):
            del lines[0]
        else:
            break
    if lines and lines[0].cells and _is_rest(placed[-1].line.cells, lines[0].cells):
        cells = tuple(f"{a} {b}".strip() for a, b in zip(placed[-1].line.cells, lines[0].cells, strict=True))
        placed[-1].line = replace(placed[-1].line, text=table_row(cells), cells=cells)
        del lines[0]
    return lines


def _same(a: Line, b: Line) -> bool:
    return [fold(c) for c in a.cells] == [fold(c) for c in b.cells]


def _is_rest(above: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether the first row of a page goes on with the last one of the page before: its number stands there, and its words begin
    in the middle of a sentence, or only cells that had words before go on."""
    filled = [j for j, cell in enumerate(cells) if cell]
    if not filled or cells[0] or not above[0]:
        return False
    if any(cells[j][:1].islower() for j in filled):
        return True
    return all(above[j] and not above[j].rstrip().endswith((".", ";")) for j in filled) and len(filled) < len(cells) - 1


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
