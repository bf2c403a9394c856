"""A page as lines: the text around its tables in reading order, and each row of a table as one line.

Words and ruling lines come in the same units, whether the page was typed or recognised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from documents.reading.page_cells import cell_text, column_edges, holds, parted
from documents.reading.page_lines import BLANK, Line, Word, lines_of
from documents.reading.ruling import RuledCell, RuledTable, Rules, ruled_tables
from documents.reading.source_text import table_row

_BORDER = frozenset("|¦")
"""What recognition takes a short border for."""


def page_lines(words: Sequence[Word], rules: Rules, dpi: float) -> list[Line]:
    """The lines of a page in reading order. ``dpi`` are the units per inch in which words and rules are given."""
    tables = [(grid, rows) for grid in ruled_tables(rules, dpi) if (rows := table_rows(grid, words))]
    inside = {id(w) for grid, _ in tables for w in words if _within(w, grid)}
    rest = [w for w in words if id(w) not in inside]
    found: list[Line] = []
    top = float("-inf")
    for n, (grid, rows) in enumerate(tables):
        above = [w for w in rest if top <= _middle(w) < grid.box[1]]
        found += lines_of(above)
        if found and found[-1] is not BLANK:
            found.append(BLANK)
        found += [replace(row, table=n) for row in rows]
        found.append(BLANK)
        top = grid.box[1]
    found += lines_of([w for w in rest if _middle(w) >= top])
    while found and found[-1] is BLANK:
        found.pop()
    return found


def _middle(word: Word) -> float:
    return (word.box[1] + word.box[3]) / 2


def _within(word: Word, grid: RuledTable) -> bool:
    x = (word.box[0] + word.box[2]) / 2
    return grid.box[0] <= x <= grid.box[2] and grid.box[1] <= _middle(word) <= grid.box[3]


def table_rows(table: RuledTable, words: Sequence[Word]) -> list[Line]:
    """The rows of a ruled table with the words in its cells; nothing when fewer than two columns hold any.

    A cell over several columns is given once. One over several rows is repeated beside each row that has words of its own,
    because its words apply to each (who leads several tasks), except among the headings, and where the number of the row spans
    them too.
    """
    inside = [w for w in words if _within(w, table) and w.text not in _BORDER]
    texts = [[""] * table.columns for _ in range(table.rows)]
    filled = [False] * table.rows
    over: list[tuple[RuledCell, str]] = []
    spanned: list[set[int]] = [set() for _ in range(table.rows)]
    for cell in parted(table, inside):
        own = [w for w in inside if holds(cell, w)]
        if cell.rows > 1:
            for row in range(cell.row, cell.row + cell.rows):
                spanned[row].add(cell.column)
        if own:
            texts[cell.row][cell.column] = cell_text(own)
            filled[cell.row] = True
            if cell.rows > 1:
                over.append((cell, texts[cell.row][cell.column]))
    if sum(any(row[j] for row in texts) for j in range(table.columns)) < 2:
        return []
    numbered = {row for cell, _ in over if cell.column == 0 for row in range(cell.row + 1, cell.row + cell.rows)}
    for cell, text in over:
        for row in range(cell.row + 1, cell.row + cell.rows):
            if cell.row > 0 and cell.column > 0 and row not in numbered:
                texts[row][cell.column] = text
    edges = _row_edges(table)
    width = max(1e-6, table.box[2] - table.box[0])
    columns = tuple((x - table.box[0]) / width for x in column_edges(table)[1:-1])
    return [
        Line(
            table_row(row),
            (table.box[0], edges[r], table.box[2], edges[r + 1]),
            tuple(row),
            edges=columns,
            spanned=frozenset(spanned[r]),
        )
        for r, row in enumerate(texts)
        if filled[r]
    ]


def _row_edges(table: RuledTable) -> list[float]:
    found = [table.box[1]] * (table.rows + 1)
    for cell in table.cells:
        found[cell.row], found[cell.row + cell.rows] = cell.box[1], cell.box[3]
    return found
