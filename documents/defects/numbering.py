"""Running numbers that are doubled, missing or out of place: of sections and of the rows of a table."""

from __future__ import annotations

from collections.abc import Sequence

from documents.model import Defect, Section
from documents.structure.mark import roman_value
from documents.structure.table import Table

_LONGEST_TITLE = 60
"""So many letters of a heading are quoted."""


def section_numbering(sections: Sequence[Section]) -> list[Defect]:
    """Headings of one parent whose Roman or plain numbers repeat or jump."""
    found = []
    last: dict[tuple[int | None, str], int] = {}
    for section in sections:
        if not section.number or section.kind in ("appendix", "article"):
            continue
        style = "roman" if roman_value(section.number) else "number" if section.number.isdigit() else None
        if style is None:
            continue
        value = roman_value(section.number) or int(section.number)
        before = last.get((section.parent, style))
        if before is not None and value != before + 1:
            said = "trùng số" if value <= before else "nhảy số"
            named = f"{section.number}. {section.title[:_LONGEST_TITLE]}"
            text = f"Mục “{named}” {said}: sau mục {before} phải là {before + 1}."
            found.append(Defect((section.lines[0],), "numbering", text))
            value = max(value, before + 1)
        last[(section.parent, style)] = value
    return found


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
