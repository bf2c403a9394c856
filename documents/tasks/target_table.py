"""Targets in tables of indicators: a column names the indicator, another its unit, others hold the value, one for each year or
level of government."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.cue import holds, pattern
from documents.structure.table import Row, Table
from documents.tasks.measure import SIGNS, Value, comparator, figure, values
from documents.text import collapse, fold, fold_same_length

_YEAR = re.compile(r"(?:19|20)\d\d")
_SIGN = r"(?P<sign>≥|≤|>=|<=|=>|=<|>|<)?\s*"
_FIGURE = re.compile(
    rf"{_SIGN}(?<![\d.,/-])(?P<n>\d{{1,3}}(?:\.\d{{3}})+|\d+(?:[,.]\d+)?)(?:\s*[-–]\s*\d[\d.,]*)?\s*(?P<percent>%)?"
)
_NAMED = ("order", "lead", "coordinate", "support", "deadline", "start", "note")
_LONGEST_VALUE = 60
"""A cell with a value has so many letters at most; a longer one is a sentence."""


@dataclass(frozen=True, slots=True)
class RowTarget:
    """One value of a row: the row, the words that name the indicator, and the value."""

    row: Row
    text: str
    value: Value


def row_targets(table: Table) -> Iterator[RowTarget]:
    """The targets of a table of indicators: of each row the values of all columns of the plan's years, or the last value, which
    is the document's own where a table gives those of two levels. Nothing where the rows are tasks."""
    if not table.has("target") or table.has("task"):
        return
    columns = _value_columns(table)
    for row in table.rows:
        said = table.cell(row, "target")
        if row.kind != "data" or not said:
            continue
        of_unit = _unit(table, row)
        own = row.cells[columns[-1]] if columns and columns[-1] < len(row.cells) else ""
        if says_anew(own, said):
            yield from (RowTarget(row, own, value) for value in values(own))
            continue
        found = [v for j in columns if j < len(row.cells) for v in _in_cell(row.cells[j], of_unit)]
        for value in found or list(values(" ".join(c for c in row.cells[1:] if c)))[-1:]:
            yield RowTarget(row, said, _compared(value, said))


def says_anew(cell: str, indicator: str) -> bool:
    """Whether the cell of the document's own level states the whole indicator again, with its value ("100% hệ thống của phường từ
    cấp độ 1 trở lên ..." beside what the city sets itself)."""
    if len(cell) <= _LONGEST_VALUE or next(values(cell), None) is None:
        return False
    words, others = fold(cell).split(), set(fold(indicator).split())
    return 2 * sum(word in others for word in words) >= len(words)


def _value_columns(table: Table) -> list[int]:
    """The columns that hold what is to be reached. Of columns for several years those that say what was reached are left out; of
    other ones the last counts."""
    first = next(j for j, c in enumerate(table.columns) if c.role == "target")  # another one is "Mục tiêu 2026"
    free = [
        j for j, c in enumerate(table.columns) if j != first and c.role not in _NAMED and not holds("label-unit", fold(c.heading))
    ]
    filled = [j for j in free if _mostly_values(table, j)]
    planned = [j for j in filled if not _is_past(table.columns[j].heading)] or filled
    yearly = [j for j in planned if _YEAR.search(table.columns[j].heading)]
    return yearly if len(yearly) > 1 else planned[-1:]


def _is_past(heading: str) -> bool:
    folded = fold(heading)
    return holds("past-column", folded) and not holds("goal-column", folded)


def _mostly_values(table: Table, j: int) -> bool:
    cells = [r.cells[j] for r in table.rows if r.kind == "data" and j < len(r.cells) and r.cells[j]]
    return bool(cells) and 2 * sum(len(c) <= _LONGEST_VALUE and _FIGURE.search(c) is not None for c in cells) >= len(cells)


def _unit(table: Table, row: Row) -> str | None:
    column = next((j for j, c in enumerate(table.columns) if holds("label-unit", fold(c.heading))), None)
    written = row.cells[column].strip() if column is not None and column < len(row.cells) else ""
    return "%" if written.startswith("%") else written or None


def _in_cell(cell: str, of_unit: str | None) -> Iterator[Value]:
    """The values of a cell, one for each part of it; a date or words without figure have none."""
    for part in re.split(r";\s+", cell):
        match = _FIGURE.search(part)
        if match is None or len(part) > _LONGEST_VALUE or re.search(r"\d/\d", part):
            continue
        sign = SIGNS.get(match["sign"] or "") or comparator(fold_same_length(part), match.start("n"), match.end())
        unit = "%" if match["percent"] else of_unit or _word_behind(part, match)
        yield Value(sign, figure(match["n"]), unit or "", collapse(part), match.start())


def _word_behind(part: str, match: re.Match[str]) -> str | None:
    rest = part[match.end() :].strip()
    if not rest or not rest[0].isalpha() or pattern("comparator-ge-after").match(fold(rest)):
        return None
    return rest.split()[0].strip(".,;")


def _compared(value: Value, said: str) -> Value:
    """The value with the comparison that the words of the indicator make, where its own cell makes none."""
    if value.comparator != "=":
        return value
    same = next((v for v in values(said, counts=True) if v.value == value.value and v.comparator != "="), None)
    return Value(same.comparator, value.value, value.unit, value.text, value.at) if same else value
