"""Excel workbooks (.xlsx): each visible sheet as a table, its values as Excel shows them.

openpyxl reads the cells row by row, so that the size a sheet claims to have costs nothing. Merged cells stand in the sheet's
part and are read from it; rows above the table (the name of the appendix, the issuer) are paragraphs. Hidden sheets, rows and
columns are told and left out.
"""

from __future__ import annotations

import datetime
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from documents.errors import UnreadableDocument
from documents.reading.archive import SAVE_AGAIN, Package
from documents.reading.flow import Flow
from documents.reading.grid import Cell, Grid
from documents.reading.limits import Limits
from documents.reading.source_text import SourceText

_PROGRESS = 2_000
_EMPTY_ROWS = 1_000
"""After so many rows without words a sheet is taken to be over."""
_MERGES = 50_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RANGE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6}):([A-Z]{1,3})([1-9]\d{0,6})")

_DAMAGE = (
    zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, AttributeError, SyntaxError, EOFError, OSError,
    AssertionError,
)  # fmt: skip
"""What openpyxl raises over a damaged workbook: it has no error of its own for that."""

_LAST_COLUMN = 16_384
"""The last column of a sheet."""
Merges = dict[tuple[int, int], tuple[int, int]]
"""Row and column (from 1) of a merged cell's upper left corner → how many rows and columns it spans."""


def read_xlsx(path: Path, limits: Limits) -> SourceText:
    """The text of a workbook. Raises :class:`UnreadableDocument` where it is damaged, protected or too large."""
    from openpyxl.utils.exceptions import InvalidFileException

    with Package(path, limits) as package:
        package.refuse_entities()
        parts = package.relations("xl/workbook.xml")
        catalogue = package.xml("xl/workbook.xml")
        if catalogue is None:
            main = next((target for kind, target in package.relations("").values() if kind == "officeDocument"), "")
            parts, catalogue = package.relations(main), package.xml(main)
        if catalogue is None:
            raise UnreadableDocument(path.name, "tệp Excel thiếu danh mục trang tính.", SAVE_AGAIN)
        names: dict[str, str] = {}
        for sheet in catalogue.iter(_MAIN + "sheet"):
            link = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
            names[str(sheet.get("name"))] = parts.get(str(link), ("", ""))[1]
        layouts = {name: _layout(package, part, limits) for name, part in names.items()}
    flow = Flow(limits)
    notes: list[str] = []
    # opened here: openpyxl refuses files by the ending of their name
    with path.open("rb") as file:
        try:
            _sheets(file, layouts, flow, notes, limits)
        except (*_DAMAGE, InvalidFileException):
            raise UnreadableDocument(path.name, "tệp Excel bị hỏng.", SAVE_AGAIN) from None
    return flow.text("xlsx", notes=notes)


def _sheets(file: BinaryIO, layouts: dict[str, _Layout], flow: Flow, notes: list[str], limits: Limits) -> None:
    """Put the visible sheets of a workbook into the flow, each on a page of its own."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl leaves out (charts, conditional formats) holds no text
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if len(shown) < len(book.worksheets):
        notes.append(f"Bỏ qua {len(book.worksheets) - len(shown)} trang tính ẩn.")
    for number, sheet in enumerate(shown, 1):
        limits.progress(number)
        if len(shown) > 1:
            if number > 1:
                flow.turn_page()
            flow.paragraph([sheet.title], bold=True)
        layout = layouts.get(sheet.title, _Layout())
        notes += layout.notes(sheet.title)
        if _sheet(sheet, layout, flow, limits):
            notes.append(f"Trang tính {sheet.title}: chỉ đọc {limits.rows} dòng và {limits.columns} cột đầu.")


@dataclass(slots=True)
class _Layout:
    """What a sheet says of its cells besides their values: merged ones, hidden rows and columns (from 1), and whether a filter
    hides rows (ECMA-376 part 1, 18.3.1.73, 18.3.1.13, 18.3.1.2)."""

    merges: Merges = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    filtered: bool = False

    def is_left_out(self, row: int) -> bool:
        """Whether a row was hidden by hand; one that a filter hides for the moment is part of the table."""
        return row in self.rows and not self.filtered

    def notes(self, title: str) -> list[str]:
        """What the officer is told."""
        found = []
        if self.rows and self.filtered:
            found.append(f"Trang tính {title}: đã đọc cả {len(self.rows)} dòng đang bị bộ lọc ẩn đi.")
        elif self.rows:
            found.append(f"Trang tính {title}: bỏ qua {len(self.rows)} dòng ẩn.")
        if self.columns:
            found.append(f"Trang tính {title}: bỏ qua {len(self.columns)} cột ẩn.")
        return found

    def take(self, node: Any, limits: Limits) -> None:
        """Take note of an element of the sheet."""
        name, is_hidden = node.tag.removeprefix(_MAIN), node.get("hidden") in ("1", "true")
        if name == "row" and is_hidden and len(node) and node.get("r", "").isdecimal() and len(self.rows) < limits.rows:
            self.rows.add(int(node.get("r")))
        elif name == "col" and is_hidden:
            first, last = (int(node.get(end, "0")) for end in ("min", "max"))
            if last < _LAST_COLUMN:  # all to the right of the table are no columns of it
                self.columns |= set(range(first, min(last, limits.columns) + 1))
        elif name == "filterColumn":
            self.filtered = True


def _layout(package: Package, part: str, limits: Limits) -> _Layout:
    """The layout of a sheet; one that is damaged has none (its cells are read by openpyxl, which then says so)."""
    from lxml import etree

    layout = _Layout()
    found = layout.merges
    if part not in package.names:
        return layout
    try:
        with package.open(part) as file:
            tags = [_MAIN + name for name in ("row", "mergeCell", "col", "filterColumn")]
            for _, node in etree.iterparse(
                file, tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
            ):
                layout.take(node, limits)
                match = _RANGE.fullmatch(node.get("ref", "").replace("$", "")) if node.tag == tags[1] else None
                if match and len(found) < _MERGES:
                    top, bottom, left, right = int(match[2]), int(match[4]), _column(match[1]), _column(match[3])
                    if bottom >= top and right >= left:
                        found[top, left] = (bottom - top + 1, right - left + 1)
                node.clear()
                while node.tag == tags[0] and node.getprevious() is not None:
                    del node.getparent()[0]
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError, ValueError):
        return layout
    return layout


def _column(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - ord("A") + 1
    return value


def _sheet(sheet: Any, layout: _Layout, flow: Flow, limits: Limits) -> bool:
    """Put a sheet into the flow; returns whether rows or columns were left out."""
    rows: list[tuple[int, list[Cell]]] = []
    cut = False
    merges = layout.merges
    sheet.reset_dimensions()
    empty = 0
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if number % _PROGRESS == 0:
            limits.progress(number // _PROGRESS)
        if len(rows) >= limits.rows:
            cut = True
            break
        cut = cut or any(cell.value not in (None, "") for cell in cells[limits.columns :])
        if layout.is_left_out(number):
            continue
        found = [Cell() if at in layout.columns else _cell(cell) for at, cell in enumerate(cells[: limits.columns], 1)]
        if any(cell.lines for cell in found):
            rows.append((number, found))
            empty = 0
        else:
            empty += 1
            if empty > _EMPTY_ROWS:
                break
    for block in _blocks(rows, merges):
        if len(block) == 1 or _is_text(block):
            for _, cells in block:
                texts = [cell.text for cell in cells if cell.lines]
                bold = all(cell.bold for cell in cells if cell.lines)
                flow.paragraph(["\t".join(texts)], bold=bold)
        else:
            flow.table(_grid(block, merges))
    return cut


def _cell(cell: Any) -> Cell:
    text = shown_value(cell.value, cell.number_format if cell.value is not None else "General")
    return Cell(lines=text.split("\n") if text else [], bold=bool(text) and bool(cell.font and cell.font.b))


def _blocks(rows: Sequence[tuple[int, list[Cell]]], merges: Merges) -> Iterator[list[tuple[int, list[Cell]]]]:
    """Rows that belong together: those above and below the table that have words in one place or two only, and the table
    itself.
    """
    widths = [sum(1 for cell in cells if cell.lines) for _, cells in rows]
    inside = [n for n, width in enumerate(widths) if width >= 3]
    first, last = (inside[0], inside[-1]) if inside else (len(rows), -1)
    # a row that a cell of the headings spans into belongs to the table
    while (
        0 < first < len(rows)
        and widths[first - 1] == 2
        and rows[first - 1][0] == rows[first][0] - 1
        and not _is_letterhead(rows[first - 1][1])
    ):
        first -= 1
    # the rest of the table below its last full row: rows that follow it without a gap
    while (
        0 <= last < len(rows) - 1
        and rows[last + 1][0] == rows[last][0] + 1
        and widths[last + 1] == 2
        and not _is_letterhead(rows[last + 1][1])
    ):
        last += 1
    for row in rows[:first]:
        yield [row]
    if first <= last:
        yield list(rows[first : last + 1])
    for row in rows[max(first, last + 1) :]:
        yield [row]


def _is_letterhead(cells: Sequence[Cell]) -> bool:
    """Whether the cells are those of a letterhead or a signature."""
    return Grid([list(cells[:4])]).is_layout()


def _is_text(block: Sequence[tuple[int, list[Cell]]]) -> bool:
    return all(sum(1 for cell in cells if cell.lines) == 1 for _, cells in block)


def _grid(block: Sequence[tuple[int, list[Cell]]], merges: Merges) -> Grid:
    """The rows as a grid without the columns that stand empty in all of them; merged cells span."""
    width = max(len(cells) for _, cells in block)
    kept = [j for j in range(width) if any(j < len(cells) and cells[j].lines for _, cells in block)]
    numbers = [number for number, _ in block]
    covered: set[tuple[int, int]] = set()
    grid: list[list[Cell]] = []
    for number, cells in block:
        row: list[Cell] = []
        for j in kept:
            if (number, j) in covered:
                continue
            cell = cells[j] if j < len(cells) else Cell()
            high, wide = merges.get((number, j + 1), (1, 1))
            if (high, wide) != (1, 1):
                below = [n for n in numbers if number <= n < number + high]
                beside = [c for c in kept if j <= c < j + wide]
                cell = Cell(cell.lines, len(beside), len(below), cell.bold)
                covered |= {(n, c) for n in below for c in beside}
            row.append(cell)
        grid.append(row)
    return Grid(grid)


def shown_value(value: object, number_format: str) -> str:
    """A value as a Vietnamese Excel shows it: "31/12/2026", "85%", "1.250.000", "12,5"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        if value.time() == datetime.time():
            return _date(value, number_format)
        return f"{_date(value, number_format)} {value.hour:02d}:{value.minute:02d}"
    if isinstance(value, datetime.date):
        return _date(value, number_format)
    if isinstance(value, datetime.time):
        return f"{value.hour:02d}:{value.minute:02d}"
    if isinstance(value, int | float):
        return _number(value, number_format or "General")
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _date(value: datetime.date, number_format: str) -> str:
    """A date by what its format shows: day, month, year; or month and year."""
    folded = re.sub(r"\[[^\]]*\]|\"[^\"]*\"|\\.", "", number_format).lower()
    if "d" not in folded and "m" in folded and "y" in folded:
        return f"{value.month}/{value.year}"
    if "m" not in folded and "d" not in folded and "y" in folded:
        return str(value.year)
    return f"{value.day}/{value.month}/{value.year}"


def _number(value: float, number_format: str) -> str:
    """A number with as many decimals, and dots between thousands, as its format says."""
    section = re.sub(r"\[[^\]]*\]|\"[^\"]*\"|\\.|[_*].", "", number_format.split(";")[0])
    percent = "%" in section
    if percent:
        value *= 100
    digits = re.search(r"[0#?,]*[0#?](?:\.([0#?]+))?", section)
    if section.strip() in ("", "General", "@") or digits is None:
        text = f"{value:.10g}" if abs(value) < 1e15 else f"{value:.0f}"
        if "e" in text:
            text = f"{value:.10f}".rstrip("0").rstrip(".")
    else:
        places = len(digits[1] or "")
        text = f"{value:,.{places}f}" if "," in digits[0] else f"{value:.{places}f}"
        if digits[1] and "0" not in digits[1]:
            text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,")) + ("%" if percent else "")
