"""Names and citations that a page break cut in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from documents.citations.reference import numbered
from documents.model import Citation, Defect
from documents.structure.item import Item
from documents.structure.table import Row, Table
from documents.text import collapse

_KIND = "page-break"
_UNITS = ("lead", "coordinate", "support", "agency")
"""The columns of a table that hold names of units."""
_FEW = 0.1
"""Where more items stand on lines with blank ones between, the text is set so and nothing was cut."""


def page_breaks(items: Sequence[Item], tables: Sequence[Table], citations: Sequence[Citation]) -> list[Defect]:
    """Rows of tables that go on behind a repeated heading, and titles of cited documents cut by blank lines."""
    return [*_rows(items, tables), *_titles(items, citations)]


def _rows(items: Sequence[Item], tables: Sequence[Table]) -> Iterator[Defect]:
    for table in tables:
        for row in table.rows:
            if any(after - before > 1 for before, after in pairwise(row.items)) and _cuts_a_name(items, table, row):
                shown = ", ".join(f"“{name}”" for name in _cut_columns(items, table, row) if name)
                yield Defect(row.lines, _KIND, f"Dòng bảng bị ngắt trang ở cột {shown}." if shown else "Dòng bảng bị ngắt trang.")


def _cuts_a_name(items: Sequence[Item], table: Table, row: Row) -> bool:
    """Whether the break goes through the names of units, or through what a task cites; running text that goes on is no harm."""
    parts = [items[i].cells for i in row.items]
    for j, column in enumerate(table.columns):
        written = [cells[j] for cells in parts if j < len(cells) and cells[j]]
        if len(written) > 1 and (column.role in _UNITS or any(_ends_in_citation(text) for text in written[:-1])):
            return True
    return False


def _ends_in_citation(text: str) -> bool:
    """Whether no sentence ends between the last document that a text cites and the end of the text."""
    cited = numbered(text)
    return bool(cited) and re.search(r"[.;](?:\s|$)", text[cited[-1].end :]) is None


def _cut_columns(items: Sequence[Item], table: Table, row: Row) -> tuple[str, ...]:
    """The headings of the columns of which more than one part of the row has words."""
    parts = [items[i].cells for i in row.items]
    return tuple(
        column.heading for j, column in enumerate(table.columns) if sum(j < len(cells) and bool(cells[j]) for cells in parts) > 1
    )


def _titles(items: Sequence[Item], citations: Sequence[Citation]) -> Iterator[Defect]:
    cut = {i: gaps for i, item in enumerate(items) if (gaps := _gaps(item))}
    if len(cut) > _FEW * len(items):
        return
    titles = [c.title for c in citations if c.title]
    for i, gaps in cut.items():
        text = items[i].text
        for title in titles:
            at = collapse(text).find(title)
            if at >= 0 and any(at < gap < at + len(title) for gap in gaps):
                yield Defect(items[i].lines, _KIND, f"Tên văn bản viện dẫn bị ngắt trang: “{title}”.")
                break


def _gaps(item: Item) -> tuple[int, ...]:
    """The offsets in the text of an item before which blank lines or a page number stand."""
    return tuple(at for (_, before), (at, after) in pairwise(item.offsets) if after - before > 1) if not item.row else ()
