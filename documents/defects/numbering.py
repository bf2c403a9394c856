"""Running numbers that are doubled, missing or out of place: of sections and of the rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from documents.model import Defect, Section
from documents.structure.item import Item
from documents.structure.mark import roman_value
from documents.structure.table import Table

_ALPHABETS = ("abcdđeghiklmnopqrstuvxy", "abcdeghiklmnopqrstuvxy", "abcdefghijklmnopqrstuvwxyz")
"""The orders in which offices letter points; many leave "đ" out."""
_FILLED = 3
"""A row with words in so many cells is one of its own and not the rest of the row above."""
_LONGEST_TITLE = 60
"""So many letters of a heading are quoted."""


def section_numbering(items: Sequence[Item], sections: Sequence[Section]) -> list[Defect]:
    """Headings of one parent whose Roman or plain numbers repeat, or jump over one that no item between them bears."""
    found = []
    last: dict[tuple[int | None, str], tuple[int, ...]] = {}  # the numbers that may follow
    lines: dict[tuple[int | None, str], int] = {}
    numbered = [(item.lines[0], item.mark.number) for item in items if item.mark is not None and item.mark.number]
    for section in sections:
        if not section.number or section.kind in ("appendix", "article"):
            continue
        style = "roman" if roman_value(section.number) else "number" if section.number.isdigit() else None
        if style is None:
            continue
        value = roman_value(section.number) or int(section.number)
        expected = last.get((section.parent, style))
        if expected is not None and value > max(expected):
            # a number with its text beside it is no heading, yet it counts
            between = {n for line, n in numbered if lines[section.parent, style] < line < section.lines[0]}
            while max(expected) < value and str(max(expected)) in between:
                expected = (max(expected) + 1,)
        if expected is None or value in expected:
            last[section.parent, style] = (value + 1,)
        else:
            right = expected[-1]
            said = "trùng số" if value < right else "nhảy số"
            named = f"{section.number}. {section.title[:_LONGEST_TITLE]}"
            text = f"Mục “{named}” {said}: sau mục {right - 1} phải là {right}."
            found.append(Defect((section.lines[0],), "numbering", text))
            # the next one may go on from this number or from the one that it should have been
            last[section.parent, style] = (value + 1, max(value, right) + 1)
        lines[section.parent, style] = section.lines[0]
    return found


def point_lettering(items: Sequence[Item]) -> list[Defect]:
    """Points whose letters jump over one or repeat ("a)", "b)", "d)"); the Vietnamese and English alphabets are both in use."""
    found = []
    before: str | None = None
    for item in items:
        if item.mark is None or item.mark.bullet:
            continue
        letter = item.mark.number.lower() if item.mark.kind == "point" and item.mark.number else None
        if letter and before and letter != "a" and all(letter != _after(before, order) for order in _ALPHABETS):
            text = f"Điểm {letter}) đứng sau điểm {before}): nhảy hoặc trùng chữ cái."
            found.append(Defect((item.lines[0],), "numbering", text))
        before = letter
    return found


def _after(letter: str, order: str) -> str | None:
    at = order.find(letter)
    return order[at + 1] if 0 <= at < len(order) - 1 else None


def appendix_numbering(sections: Sequence[Section]) -> list[Defect]:
    """Appendices of one document of which some have Roman and some plain numbers ("Phụ lục I", "Phụ lục 2")."""
    numbered = [s for s in sections if s.kind == "appendix" and s.number and (roman_value(s.number) or s.number.isdigit())]
    for first, other in pairwise(numbered):
        if first.number and other.number and first.number.isdigit() != other.number.isdigit():
            text = f"Phụ lục đánh số không thống nhất: “Phụ lục {first.number}”, “Phụ lục {other.number}”."
            return [Defect((first.lines[0], other.lines[0]), "numbering", text)]
    return []


def group_numbering(table: Table) -> list[Defect]:
    """Group rows without number among group rows that have one."""
    column = next((j for j, c in enumerate(table.columns) if c.role == "order"), None)
    groups = [r for r in table.rows if r.kind == "group"] if column is not None else []
    bare = [r for r in groups if column is not None and not r.cells[column].strip(" .)")]
    if not bare or 2 * len(bare) >= len(groups):
        return []
    named = ", ".join(f"“{max(r.cells, key=len).strip('* ')}”" for r in bare)
    return [Defect(tuple(r.lines[0] for r in bare), "numbering", f"Dòng nhóm không có số thứ tự: {named}.")]


def bare_rows(table: Table, items: Sequence[Item]) -> list[Defect]:
    """Rows without number between two rows whose numbers follow on one another; one finding for a table. The table has them as
    parts of the row above: a part on the next line with words of its own in most cells is more than the rest of that row."""
    column = next((j for j, c in enumerate(table.columns) if c.role == "order"), None)
    if column is None:
        return []
    lines = []
    for row, after in pairwise(r for r in table.rows if r.kind == "data"):
        number, following = (r.cells[column].strip(" .)*") for r in (row, after))
        if number.isdigit() and following.isdigit() and int(following) == int(number) + 1 and row.group == after.group:
            lines += [
                items[i].lines[0]
                for before, i in pairwise(row.items)
                if i == before + 1 and sum(cell[:1].isupper() or cell[:1].isdigit() for cell in items[i].cells) >= _FILLED
            ]
    return [Defect(tuple(lines), "numbering", "Dòng không có số thứ tự giữa các dòng có số.")] if lines else []


def row_numbering(table: Table) -> list[Defect]:
    """Rows of a table whose running numbers are missing, repeated or out of place; each group may begin with 1 again."""
    column = next((j for j, c in enumerate(table.columns) if c.role == "order"), None)
    if column is None:
        return []
    found: list[Defect] = []
    numbered = ((r.cells[column].strip(" .)"), r) for r in table.rows if r.kind == "data")
    rows = [(int(cell), r.lines[0], r.group) for cell, r in numbered if cell.isdigit()]
    numbers = {n for n, _, _ in rows}
    taken: set[int] = set()
    expected, group = 1, rows[0][2] if rows else None
    for at, (value, line, own) in enumerate(rows):
        if own != group and value == 1:
            expected, taken, group = 1, set(), own
        while expected in taken:
            expected += 1
        before = rows[at - 1][1] if at else line
        after = rows[at + 1][1] if at + 1 < len(rows) else line
        if value > expected and expected in numbers:
            text = f"Số thứ tự {value} trong bảng đứng sai chỗ (cần {expected})."
            found.append(Defect((line, after), "numbering", text))
            taken.add(value)
        elif value > expected:
            missing = str(expected) if value == expected + 1 else f"{expected}–{value - 1}"
            found.append(Defect((before, line), "numbering", f"Bảng thiếu số thứ tự {missing} (trước {value})."))
            expected = value + 1
        elif value == expected:
            expected += 1
        else:
            text = f"Số thứ tự {value} trong bảng lặp lại hoặc đứng sai chỗ (cần {expected})."
            found.append(Defect((line,), "numbering", text))
    return found
