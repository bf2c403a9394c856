"""Tables in plain text whose columns are set with blanks: their lines become rows with tabs, which the reader of tables knows.

The line with the headings shows where the columns begin: at least three pieces, two blanks or more between them, most of which
name what a column holds. The lines below belong to the table as long as each of their pieces lies under one heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from documents.structure.label import label_name

_ROLES = ("order", "note", "share", "money", "start", "deadline", "support", "coordinate", "lead", "product", "target", "task")
_LEAST_COLUMNS = 3
_LONGEST_HEADING = 40
"""The heading of a column is not longer, in letters."""
_UNDER = 0.6
"""So large a share of a piece has to lie under one heading."""
_PIECE = re.compile(r"\S+(?: \S+)*")


def with_tabs(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines, where those of a table set with blanks have tabs between their cells; as many lines, the same words."""
    out = list(lines)
    n = 0
    while n < len(out):
        starts = _columns(out[n])
        n += 1
        if not starts:
            continue
        out[n - 1] = "\t".join(m.group() for m in _PIECE.finditer(out[n - 1]))
        while n < len(out) and (not out[n].strip() or (row := _row(out[n], starts)) is not None):
            if out[n].strip() and row is not None:
                out[n] = "\t".join(row)
            n += 1
    return tuple(out)


def _columns(line: str) -> list[int]:
    """Where the columns begin under the headings of ``line``; [] when it is no such line."""
    # in a row between bars ("| TT | Thời gian |  |") two blanks are an empty cell
    if "\t" in line or "  " not in line.strip() or line.lstrip().startswith("|"):
        return []
    pieces = list(_PIECE.finditer(line))
    if len(pieces) < _LEAST_COLUMNS or any(len(p.group()) > _LONGEST_HEADING for p in pieces):
        return []
    known = sum(label_name(p.group(), *_ROLES) is not None for p in pieces)
    return [p.start() for p in pieces] if known >= 2 and 2 * known >= len(pieces) else []


def _row(line: str, starts: Sequence[int]) -> list[str] | None:
    """The cells of a line below the headings, or ``None`` when one of its pieces lies under no single heading."""
    spans = [*pairwise(starts), (starts[-1], max(len(line), starts[-1]) + 1)]
    cells = [""] * len(starts)
    pieces = list(_PIECE.finditer(line))
    if len(pieces) < 2 and (not pieces or pieces[0].start() < starts[1] - 1):
        return None  # a line of its own below the table
    for piece in pieces:
        under = [max(0, min(end, piece.end()) - max(start, piece.start())) for start, end in spans]
        best = max(range(len(spans)), key=under.__getitem__)
        if under[best] < _UNDER * len(piece.group()) or cells[best]:
            return None
        cells[best] = piece.group()
    return cells
