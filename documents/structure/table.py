"""Tables: columns by what their headings say, rows put together again where a page break cut them, group rows and totals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from documents.cue import spelled
from documents.model import Span
from documents.structure.item import Item
from documents.structure.label import label_name
from documents.structure.mark import roman_value
from documents.tasks.unit import starts_with_unit
from documents.text import collapse, fold, tone_marks

ROLES = ("order", "note", "share", "money", "start", "deadline", "support", "coordinate", "lead", "product", "target", "task")

_LONGEST_HEADING = 90
"""The heading of a column is not longer, in letters."""
_LONGEST_TOTAL = 40
"""The name of a row of totals is shorter, in letters."""
_FIGURE = re.compile(r"\d{1,3}(?:\.\d{3})*(?:,\d+)?|\d+(?:,\d+)?|[-–]")
_GROUP_MARK = re.compile(r"(?:[A-ZĐ]|[IVX]{1,5})[.)/]\s*\w")
_YEAR_HEADING = re.compile(r"(?:[^\W\d]+\s+){0,4}(?:19|20)\d\d", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d|[-–]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading as written and what it holds (one of :data:`ROLES`, or ``None``)."""

    heading: str
    role: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its cells in the order of the columns. ``kind``: "data", "group" or "total"; ``group`` is the text of the
    group row above it; ``items`` are the indexes of the items it was put together from."""

    lines: Span
    cells: tuple[str, ...]
    kind: str
    group: str | None
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns and rows, headings left out."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def cell(self, row: Row, role: str) -> str:
        """The words of the first column with that role in a row; "" when there is none."""
        return next((row.cells[j] for j, c in enumerate(self.columns) if c.role == role and j < len(row.cells)), "")

    def has(self, role: str) -> bool:
        """Whether a column holds that."""
        return any(c.role == role for c in self.columns)


def tables(items: Sequence[Item], body: range) -> tuple[Table, ...]:
    """The tables among the items: runs of rows that begin with a row of headings; runs without one are left as they are."""
    found: list[Table] = []
    run: list[int] = []
    for i in [*body, -1]:
        if i >= 0 and items[i].row:
            run.append(i)
            continue
        if run:
            found.extend(_split(items, run))
        run = []
    return tuple(found)


def _split(items: Sequence[Item], run: list[int]) -> list[Table]:
    """A run of rows may hold several tables, each with headings of its own."""
    marked = [_heading_roles(items[i].cells) for i in run]
    # a second row of headings ("", "Bắt đầu", "Hoàn thành") belongs to the one above it
    starts = [n for n, i in enumerate(run) if marked[n] and not (n and marked[n - 1] and not items[i].cells[0])]
    if not starts:
        return []
    found: list[Table] = []
    at = starts[0]
    while at < len(run):
        columns, size = _columns(items, run, at)
        first = [fold(c) for c in items[run[at]].cells]
        end = next((n for n in starts if n >= at + size and [fold(c) for c in items[run[n]].cells] != first), len(run))
        rows = _rows(items, run[at:end], columns, size, first)
        found.append(Table(_by_content(columns, rows), rows))
        at = end
    return found


def _heading_roles(cells: Sequence[str]) -> bool:
    """Whether the cells are headings: at least two of them, and most of the filled ones, say what a column holds."""
    filled = [c for c in cells if c]
    if len(filled) < 2 or re.fullmatch(r"\d+[.)]?", filled[0]):
        return False
    known = sum(1 for c in filled if len(c) <= _LONGEST_HEADING and label_name(c, *ROLES))
    years = sum(1 for c in filled if _YEAR_HEADING.fullmatch(c))
    return known >= 2 and known + years >= 0.5 * len(filled)


def _columns(items: Sequence[Item], run: list[int], at: int) -> tuple[tuple[Column, ...], int]:
    """The columns from the heading row at ``run[at]`` and how many rows the headings take (a second row may split columns)."""
    top = list(items[run[at]].cells)
    size = 1
    if at + 1 < len(run):
        below = items[run[at + 1]].cells
        said = [c for c in below if c]
        years = [c for c in said if _YEAR_HEADING.fullmatch(c)]
        if (
            not (below[0] if below else "")
            and sum(bool(label_name(c, *ROLES)) for c in said) + len(years) >= max(1, len(said) // 2)
            and not any(re.search(r"\d", c) for c in said if c not in years)
        ):
            size = 2
            width = max(len(top), len(below))
            top += [""] * (width - len(top))
            under = [*below, *[""] * (width - len(below))]
            top = [f"{t} {u}" if u in years else u or t for t, u in zip(_spread(top), under, strict=True)]
    return tuple(Column(collapse(h), label_name(h, *ROLES) if h else None) for h in top), size


def _spread(headings: Sequence[str]) -> list[str]:
    """Headings above others: an empty one is covered by the one to its left ("Mục tiêu" over "2026" and "2030")."""
    out: list[str] = []
    for heading in headings:
        out.append(heading or (out[-1] if out else ""))
    return out


def _rows(items: Sequence[Item], run: Sequence[int], columns: Sequence[Column], size: int, first: list[str]) -> tuple[Row, ...]:
    rows: list[Row] = []
    group: str | None = None
    skip = size
    broken = False
    for n, i in enumerate(run):
        item = items[i]
        below = items[run[n + 1]].cells if n + 1 < len(run) else ()
        if n and [fold(c) for c in item.cells] == first:
            skip, broken = size, True
        if skip:
            skip -= 1
            continue
        cells = tuple([*item.cells, *[""] * (len(columns) - len(item.cells))][: max(len(columns), len(item.cells))])
        kind = _kind(cells, columns, item, broken)
        if kind == "rest" and rows:
            rows[-1] = _append(rows[-1], cells, item, i)
            if rows[-1].kind == "group":
                group = _name(rows[-1].cells, columns)
        else:
            kind = "data" if kind == "rest" else kind
            if kind == "data" and _heads_numbers(cells, below, columns):
                kind = "group"
            if kind == "group":
                group = _name(cells, columns)
            rows.append(Row(item.lines, cells, kind, group if kind == "data" else None, (i,)))
        broken = False
    return tuple(rows)


def _heads_numbers(cells: Sequence[str], below: Sequence[str], columns: Sequence[Column]) -> bool:
    """Whether a row is nothing but a number and a name above rows with that number's parts ("2" above "2.1")."""
    order = next((j for j, c in enumerate(columns) if c.role == "order"), None)
    if order is None or order >= len(below) or sum(map(bool, cells)) != 2 or not cells[order]:
        return False
    return below[order].startswith(f"{cells[order].strip(' .)')}.") and not below[order].endswith(".")


def _name(cells: Sequence[str], columns: Sequence[Column]) -> str:
    for j, column in enumerate(columns):
        if column.role in ("task", "target") and j < len(cells) and cells[j]:
            return cells[j]
    return max(cells, key=len)


def _kind(cells: Sequence[str], columns: Sequence[Column], item: Item, broken: bool) -> str:
    """ "data", "group", "total" or "rest" (the row goes on where a page break cut the one before)."""
    order = next((cells[j] for j, c in enumerate(columns) if c.role == "order" and j < len(cells)), None)
    name = _name(cells, columns)
    number = (order or "").strip(" .)")
    if not number and (_is_total(name) or re.fullmatch(r"(?:[A-Z]\s*\+\s*)+[A-Z]", name)):
        return "total"
    filled = [j for j, c in enumerate(cells) if c and columns[j : j + 1] and columns[j].role not in ("order",)]
    only_name_and_money = all(columns[j].role in ("task", "target", "money", "share", None) for j in filled if j < len(columns))
    if number and (roman_value(number.upper()) or re.fullmatch(r"[A-ZĐ]", number)) and only_name_and_money:
        return "group"
    if order is None:
        alone = len(filled) == 1 and name and (item.bold or _GROUP_MARK.match(name) is not None)
        return "group" if alone and not broken else "data" if name and len(filled) > 1 else "rest"
    if number:
        return "data"
    if broken or not name or not name[:1].isupper():
        return "rest"
    if item.bold or (only_name_and_money and any(columns[j].role == "money" for j in filled)):
        return "group"
    return "rest"


def _is_total(name: str) -> bool:
    match = re.match(spelled("total-row"), tone_marks(name)) if len(name) < _LONGEST_TOTAL else None
    rest = name[match.end() :].strip() if match else ""
    # "Tổng cộng các mục" is a total, "Tổng hợp báo cáo" is a task
    return match is not None and (not rest or rest[0] in ":(" or " " in match.group().strip())


def _by_content(columns: tuple[Column, ...], rows: Sequence[Row]) -> tuple[Column, ...]:
    """The columns, with those told by what they hold: nothing but figures beside columns of money are money too ("Chuyển nguồn từ
    2023"); units beside tasks, where no column says who leads, are those who lead ("Đơn vị")."""
    roles = {c.role for c in columns}
    out = list(columns)
    for j, column in enumerate(columns):
        filled = [r.cells[j] for r in rows if j < len(r.cells) and r.cells[j]]
        if column.role is not None or not filled:
            continue
        if "money" in roles and all(map(_FIGURE.fullmatch, filled)) and not all(map(_YEAR.fullmatch, filled)):
            out[j] = Column(column.heading, "money")
        elif "task" in roles and "lead" not in roles and all(starts_with_unit(c) for c in filled):
            out[j] = Column(column.heading, "lead")
            roles.add("lead")
    return tuple(out)


def _append(row: Row, cells: Sequence[str], item: Item, index: int) -> Row:
    """The row with the words of its rest, cell by cell."""
    width = max(len(row.cells), len(cells))
    old, new = [*row.cells, *[""] * (width - len(row.cells))], [*cells, *[""] * (width - len(cells))]
    joined = tuple(collapse(f"{a} {b}") for a, b in zip(old, new, strict=True))
    return Row((row.lines[0], item.lines[1]), joined, row.kind, row.group, (*row.items, index))


def joined(items: Sequence[Item], tables: Sequence[Table]) -> tuple[Item, ...]:
    """The items, where a row that a page break cut stands whole in its first item (its cells one behind the other, each with the
    lines of its parts) and the items of its rest are empty."""
    out = list(items)
    for table in tables:
        for row in table.rows:
            if len(row.items) > 1:
                whole = _whole([items[i] for i in row.items])
                for i in row.items:
                    out[i] = replace(items[i], text="", raw="", cells=("",), offsets=((0, items[i].lines[0]),))
                out[row.items[0]] = whole
    return tuple(out)


def _whole(parts: Sequence[Item]) -> Item:
    text, offsets = "", []
    for cell in zip_longest(*(p.cells for p in parts), fillvalue=""):
        if any(cell):
            text += " | " if text else ""
            for part, words in zip(parts, cell, strict=True):
                if words:
                    text += " " if text and not text.endswith(" ") else ""
                    offsets.append((len(text), part.lines[0]))
                    text += words
    first = parts[0]
    return replace(first, text=text, raw=text, lines=(first.lines[0], parts[-1].lines[1]), offsets=tuple(offsets))
