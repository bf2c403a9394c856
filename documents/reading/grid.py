"""A table of an office file or a web page: cells that span columns and rows, and what lines it gives.

A table without lines that holds a letterhead or a signature is no table to a reader: its columns come one below the other. A
cell that spans rows is repeated beside each row that has words of its own (a unit that leads several tasks); beside a row that
only goes on with the one above (its number spans both) it stays empty, so that the two rows are put together again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from documents.cue import opens, phrases
from documents.reading.source_text import one_line, table_row
from documents.text import fold
from ontology.knowledge import knowledge

_LAYOUT_ROWS = 8
_LAYOUT_COLUMNS = 4
_MARK = re.compile(r"((?:[IVXL]{1,6}|[A-HĐ]|\d{1,2}(?:\.\d{1,2}){0,3})[.)]?)\s+(?=\S)")
_ORDER = re.compile(r"(?:[IVXLivxl]{1,6}|[A-Za-zĐđ]|\d{1,3}(?:\.\d{1,3}){0,3})[.)]?")
_BULLET = re.compile(r"^\s*[-–—+•*▪●]\s+")
_GOES_ON = re.compile(r"(?:[,;:(/&–-]|\s(?:và|cùng|với|của|thuộc))\s*$", re.I)
"""How a line ends that the next one goes on with, or that parts itself from it."""
_SIGNED_FOR = re.compile(r"(?:\*\*)?(?:T/?M|KT|TL|TUQ|Q)\.\s*[A-ZĐ]{2}")


@dataclass(slots=True)
class Cell:
    """A cell with its lines of words, the columns and rows that it spans, and whether all its words are bold.

    ``continued`` says that it only goes on with the cell above it (Word's form of spanning rows).
    """

    lines: list[str] = field(default_factory=list)
    columns: int = 1
    rows: int = 1
    bold: bool = False
    continued: bool = False

    @property
    def text(self) -> str:
        """The words on one line; units that stand each on a line of its own are parted by "; "."""
        return one_line(_joined([line for line in self.lines if line.strip()]))


@dataclass(slots=True)
class Grid:
    """The cells of a table, row by row, as they are written; ``ruled`` says that lines are drawn between them."""

    rows: list[list[Cell]]
    ruled: bool = True

    def is_layout(self) -> bool:
        """Whether the table only sets columns side by side: letterhead or signature, or a frame of one cell."""
        width = max((sum(cell.columns for cell in row) for row in self.rows), default=0)
        if width <= 1:
            return True
        if len(self.rows) > _LAYOUT_ROWS or width > _LAYOUT_COLUMNS:
            return False
        cells = [cell for row in self.rows for cell in row]
        return any(_official(cell) for cell in cells)

    def columns_in_turn(self) -> list[list[str]]:
        """The lines of each cell, row by row from the left; the cells of a letterhead or signature as paragraphs."""
        return [cell.lines for row in self.rows for cell in row if any(line.strip() for line in cell.lines)]

    def lines(self) -> list[str]:
        """The table as lines, one row each (rows without words are left out)."""
        placed = _placed(self.rows)
        width = max((len(row) for row in placed), default=0)
        found = []
        for number, row in enumerate(placed):
            texts = _texts(row, number, placed, width)
            if any(texts):
                found.append(table_row([*texts, *[""] * (width - len(texts))]))
        return found


@dataclass(slots=True)
class _Place:
    """What stands in one place of the grid: a cell, where it begins, and whether this place is its first in column and row."""

    cell: Cell
    row: int
    first_column: bool
    first_row: bool


def _placed(rows: Sequence[Sequence[Cell]]) -> list[list[_Place | None]]:
    """The rows with every place filled: by a cell, or by one that spans it from the left or from above."""
    found: list[list[_Place | None]] = []
    hanging: dict[int, tuple[_Place, int]] = {}  # column → the place above that spans rows, and how many more
    for number, row in enumerate(rows):
        places: list[_Place | None] = []
        below: dict[int, tuple[_Place, int]] = {}
        waiting = list(row)
        while waiting or len(places) in hanging:
            if len(places) in hanging:
                place, left = hanging[len(places)]
                if left > 1:
                    below[len(places)] = (place, left - 1)
                places.append(_Place(place.cell, place.row, place.first_column, False))
                continue
            cell = waiting.pop(0)
            above = found[-1][len(places)] if cell.continued and found and len(places) < len(found[-1]) else None
            for n in range(max(1, cell.columns)):
                place = _Place(above.cell if above else cell, above.row if above else number, n == 0, above is None)
                if cell.rows > 1:
                    below[len(places)] = (place, cell.rows - 1)
                places.append(place)
        hanging = below
        found.append(places)
    return found


def _texts(row: Sequence[_Place | None], number: int, placed: Sequence[Sequence[_Place | None]], width: int) -> list[str]:
    """The words of each place of one row."""
    own = [place for place in row if place and place.first_row and place.first_column and place.cell.text]
    if len(own) == 1 and width >= 3 and sum(place is not None and place.cell is own[0].cell for place in row) >= width:
        return _group(own[0].cell)
    # below the headings nothing is repeated; nor beside the rest of a row whose number spans it
    goes_on = any(place and not place.first_row and place.first_column and _ORDER.fullmatch(place.cell.text) for place in row[:2])
    texts = []
    for place in row:
        if place is None or not place.first_column:
            texts.append("")
        elif place.first_row or (place.row > 0 and not goes_on):
            texts.append(_emphasised(place.cell))
        else:
            texts.append("")
    return texts


def _group(cell: Cell) -> list[str]:
    """A cell over the whole width names what follows: its number goes to the first column, its name to the second, in bold."""
    text = cell.text
    mark = _MARK.match(text)
    name = text[mark.end() :] if mark else text
    return [mark[1] if mark else "", f"**{name}**" if "**" not in name else name]


def _joined(lines: Sequence[str]) -> str:
    """The lines of a cell one behind the other.

    A line may only go on with the one before ("Phòng Kinh tế," / "Hạ tầng và Đô thị"), or be an entry of its own. It is one where
    it begins like the name of a unit and the line before is such a name in full.
    """
    found = lines[0] if lines else ""
    entry = found  # the lines since the last "; "
    for line in lines[1:]:
        if _is_unit(entry) and _is_unit(line) and _is_whole(entry, line):
            entry = _BULLET.sub("", line)
            found = f"{_BULLET.sub('', found).rstrip(' .')}; {entry}"
        else:
            entry, found = f"{entry} {line}", f"{found} {line}"
    return found


def _is_unit(line: str) -> bool:
    """Whether a line begins like the name of a unit."""
    from documents.tasks.unit import starts_with_unit

    words = _words(line)
    return bool(words) and (words[0].isupper() or opens("small-unit", fold(words[:40])) is not None) and starts_with_unit(words)


def _is_whole(entry: str, following: str) -> bool:
    """Whether a name of a unit is told in full: "Văn phòng" / "HĐND và UBND phường" and "Công an" / "các phường" go on."""
    if _GOES_ON.search(entry):
        return False
    head = fold(_words(entry))
    if head not in _heads():
        return True
    below = _words(following)
    longer = any(other.startswith(f"{head} ") for other in _heads())
    return not longer and below[0].isupper() and opens("area", fold(below)) is None


def _words(line: str) -> str:
    return _BULLET.sub("", line).strip("* .;,")


@cache
def _heads() -> frozenset[str]:
    """The head words of units' names, folded."""
    return frozenset(fold(word) for kind in knowledge().unit_kinds for word in kind.head_words)


def _emphasised(cell: Cell) -> str:
    text = cell.text
    return f"**{text}**" if cell.bold and any(map(str.isalnum, text)) and "**" not in text else text


def _official(cell: Cell) -> bool:
    """Whether the cell holds the motto, the recipients or the office that signs."""
    for line in cell.lines:
        folded = fold(line.strip("* "))
        if any(folded.startswith(motto) for motto in phrases("motto")) or opens("recipients", folded[:40]) is not None:
            return True
        if _SIGNED_FOR.match(line.strip()):
            return True
    return False
