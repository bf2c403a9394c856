"""What a document holds one below the other, paragraphs and tables, put down as lines.

A blank line stands between two paragraphs, as in a text file; the lines that a break parts inside a paragraph follow each other.
"""

from __future__ import annotations

from collections.abc import Sequence

from documents.reading.grid import Grid
from documents.reading.limits import Limits
from documents.reading.source_text import SourceText, marked, one_line

_COLUMN_GAP = "    "
"""What a tab inside a line leaves: wide enough to be seen as the gap between two columns (letterheads are set so)."""


class Flow:
    """Takes paragraphs and tables in order and gives the lines with their pages."""

    def __init__(self, limits: Limits) -> None:
        """An empty flow, which stops taking lines at the ``limits``."""
        self._limits = limits
        self._lines: list[str] = []
        self._pages: list[int] = []
        self._tables: list[tuple[int, int]] = []
        self._page = 1
        self._paged = False
        self.full = False
        """Whether lines were left out because there are too many."""

    def turn_page(self) -> None:
        """What follows stands on the next page."""
        self._page, self._paged = self._page + 1, True

    def paragraph(self, lines: Sequence[str], *, level: int = 0, bold: bool = False) -> None:
        """A paragraph of one or more lines; ``level`` is that of a heading (0: none)."""
        shown = [_COLUMN_GAP.join(part for piece in line.split("\t") if (part := one_line(piece))) for line in lines]
        shown = [line for line in shown if line]
        if not shown:
            return
        self._gap()
        for n, line in enumerate(shown):
            if _COLUMN_GAP in line:
                self._put(line)
            else:
                self._put(marked(line, level=level if n == 0 else 0, bold=bold))

    def table(self, grid: Grid) -> None:
        """A table; one that only sets columns side by side gives its columns one below the other."""
        if grid.is_layout():
            for lines in grid.columns_in_turn():
                self.paragraph(lines)
            return
        rows = grid.lines()
        if rows:
            self._gap()
            first = len(self._lines) + 1
            for row in rows:
                self._put(row)
            self._tables.append((first, len(self._lines)))

    def text(self, format_id: str, *, apart: Sequence[str] = (), notes: Sequence[str] = ()) -> SourceText:
        """Everything taken so far as the text of a file in that format."""
        said = list(notes)
        if self.full:
            said.append(f"Chỉ đọc {self._limits.lines} dòng đầu của tệp.")
        return SourceText(
            lines=tuple(self._lines),
            format=format_id,
            pages=tuple(self._pages) if self._paged else (),
            tables=tuple(self._tables),
            apart=tuple(dict.fromkeys(apart)),
            notes=tuple(said),
        )

    def _gap(self) -> None:
        if self._lines:
            self._put("")

    def _put(self, line: str) -> None:
        if len(self._lines) >= self._limits.lines:
            self.full = True
            return
        self._lines.append(line)
        self._pages.append(self._page)
