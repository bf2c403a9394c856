"""The text of a file as a reader gives it: lines, and where on the pages they stand.

Whatever the format, what follows (:mod:`documents.understand`) works on lines. A row of a table is one line in Markdown's form
(``| a | b |``, see :func:`table_row`), a heading and a paragraph set wholly in bold bear Markdown's marks (see :func:`marked`),
because that is what a text file would say. Lines are 1-based where they are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from documents.model import Region


@dataclass(frozen=True, slots=True)
class SourceText:
    """What a reader returns.

    ``lines`` are the lines of the text; ``format`` is the id of the format (:mod:`documents.reading.format`). ``pages`` and
    ``regions`` say for each line its page (from 1) and place, and are empty where the format has none (or, for a line,
    ``None``). ``tables`` are the first and last line of each table (its rows are lines of their own). ``recognised`` are the
    pages whose words were recognised from an image, so that letters may be wrong; empty where all text is as the author typed
    it. ``apart`` are the lines that every page repeats (headers, footers, page numbers), and signature and stamp texts, left
    out of ``lines``. ``notes`` are remarks for the officer, in Vietnamese.
    """

    lines: tuple[str, ...]
    format: str
    pages: tuple[int | None, ...] = ()
    regions: tuple[Region | None, ...] = ()
    tables: tuple[tuple[int, int], ...] = ()
    recognised: tuple[int, ...] = ()
    apart: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raises ``ValueError`` where pages or regions are given for some lines only."""
        for name in ("pages", "regions"):
            given = getattr(self, name)
            if given and len(given) != len(self.lines):
                raise ValueError(f"{len(given)} {name} for {len(self.lines)} lines")


_BREAKS = re.compile(r"[\s\v\f\x1c-\x1f\x85\u2028\u2029]+")


def one_line(text: str) -> str:
    """``text`` on one line: line breaks, tabs and runs of blanks are one blank."""
    return _BREAKS.sub(" ", text).strip()


def table_row(cells: Iterable[str]) -> str:
    """A row of a table as one line: ``| a | b |``. Breaks in a cell become blanks, "|" in its words is escaped as Markdown does.

    :func:`documents.structure.markup.cells` reads it back. A cell that spans columns is given once, followed by empty ones; one
    that spans rows is repeated in each of them by the reader where its words apply to each (a unit that leads several tasks).
    """
    found = [one_line(cell).replace("|", "\\|") for cell in cells]
    return "| " + " | ".join([*found, *[""] * (2 - len(found))]) + " |"


def marked(text: str, *, level: int = 0, bold: bool = False) -> str:
    """A line with Markdown's marks: ``level`` of a heading (1..6; 0: none), else ``**`` around what is wholly ``bold``."""
    words = one_line(text)
    if level and words:
        return f"{'#' * min(level, 6)} {words}"
    if bold and any(map(str.isalnum, words)) and "**" not in words:
        return f"**{words}**"
    return words
