"""Rows of a table whose lines a scan ran together: number, words and the value of the last column on one line or on several.

The heading of such a table is left as a line ("STT  Mục tiêu cụ thể ..."). A row begins with a capital letter or a value once the
row before has shown its number or the value of its last column; that value stands at the end of a line. Where the last column
holds words instead (:mod:`documents.structure.side_by_side`), they are its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from documents.cue import opens
from documents.model import Span
from documents.structure.item import wants_more
from documents.structure.markup import cells
from documents.structure.side_by_side import columns_apart, has_columns
from documents.text import collapse, fold

_LAST_COLUMN = re.compile(r"(?P<words>.*?)(?:^|\s)(?P<value>[^\w\s]{0,2}\s?[A-Z]?\d{1,3}(?:[.,]\d+)?\s?%)$")
_TRACES = " ’'|"
"""What is left of the rules around a cell."""

_LEAST_WORDS = 4
"""Fewer letters on a line are the traces of a ruled line, not words."""


@dataclass(frozen=True, slots=True)
class LooseRow:
    """One row: its lines, its words and the value of its last column as written (``None`` where none stands apart)."""

    lines: Span
    text: str
    value: str | None


@dataclass(slots=True)
class _Open:
    first: int
    last: int
    words: list[str] = field(default_factory=list)
    number: bool = False
    value: str | None = None
    columns: bool = False

    @property
    def anchored(self) -> bool:
        return self.number or self.value is not None


def heading_line(lines: Sequence[str], span: Span) -> int | None:
    """The line within ``span`` that is left of the heading of such a table, or ``None``; one in cells is that of a table."""
    for n in range(span[0], span[1] + 1):
        label = opens("label-order", fold(lines[n - 1]).strip())
        if label and len(lines[n - 1].split()) > len(label.split()) and not cells(lines[n - 1]):
            return n
    return None


def loose_rows(lines: Sequence[str], span: Span) -> Iterator[LooseRow]:
    """The rows on the lines ``span`` (1-based, below the heading of the table), in order."""
    row: _Open | None = None
    expected = 1
    for n in range(span[0], span[1] + 1):
        text = collapse(lines[n - 1])
        if not text:
            continue
        numbered = re.match(rf"{expected}(?=[\s|.)])[\s|.)]*", text)
        if numbered:
            text, expected = text[numbered.end() :], expected + 1
        last = _LAST_COLUMN.match(text)
        # a line that is one value and no more, or ends in one behind words that go on, has the last column at its end
        words, value = (last["words"], last["value"].strip()) if last and (numbered or last["words"]) else (text, None)
        words = words if sum(c.isalpha() for c in words) >= _LEAST_WORDS else ""
        begins = words[:1].isupper() or (value is None and words[:1].isdigit())
        if row is None and not begins and not numbered:
            continue  # the rest of the heading
        if row is None or (begins and row.anchored and not (row.words and wants_more(row.words[-1]))):
            if row is not None and row.words:
                yield _closed(row)
            row = _Open(n, n)
        row.last = n
        row.number = row.number or numbered is not None
        row.value = row.value or value
        row.columns = row.columns or has_columns(words)
        if words:
            row.words.append(words)
    if row is not None and row.words:
        yield _closed(row)


def _closed(row: _Open) -> LooseRow:
    lines = row.first, row.last
    if row.columns:
        left, right = columns_apart(row.words)
        return LooseRow(lines, left.strip(_TRACES), right.strip(_TRACES))
    return LooseRow(lines, collapse(" ".join(row.words)).strip(_TRACES), row.value)
