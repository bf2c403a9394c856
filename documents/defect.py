"""What is wrong in the source itself: recorded as a finding, never silently mended.

Each rule is a function of one document's parts and returns findings with the lines that show them. Kinds are those of the shared gold
schema.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.citation import Cited
from documents.item import Item
from documents.mark import roman_value
from documents.model import Citation, Defect, Header
from documents.money import number as figure
from documents.section import Outline
from documents.table import Table
from documents.text import fold
from ontology.knowledge import normal_number
from ontology.numbers import number_parts


def defects(
    items: Sequence[Item], outlined: Outline, tables: Sequence[Table], header: Header, cited: Cited, first_line: int
) -> tuple[Defect, ...]:
    """All findings of one document, by line."""
    found = [
        *_blank_number(items, header, first_line),
        *(d for c in cited.citations for d in _citation(c)),
        *_numbering(outlined),
        *(d for t in tables for d in (*_table_numbering(t), *_sums(t))),
        *_years_of_service(items),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda d: (d.lines, d.kind, d.text)))


def _blank_number(items: Sequence[Item], header: Header, first_line: int) -> list[Defect]:
    found = []
    if header.number is None and header.type:
        at = header.where("number") or (first_line, first_line)
        dated = header.where("date") if header.date is None else None
        lines = tuple(sorted({*range(at[0], at[1] + 1), *(dated or ())}))
        found.append(Defect(lines, "blank-number", " ".join(n for n in (header.number_note, header.date_note) if n)))
    for item in items:
        match = re.search(r"(?:ban hành )?kèm theo [^()]{3,40}? số\s*[._…]*\s*(/[A-ZĐ][\w-]*)", item.raw)
        if match:
            found.append(Defect((item.lines[0],), "blank-number", f"Số của văn bản để trống: “{match[1]}”."))
    return found


def _citation(citation: Citation) -> list[Defect]:
    found = []
    name = f"{citation.type} {citation.number or ''}".strip()
    if citation.other_dates:
        dates = ", ".join(_shown(d) for d in (citation.date, *citation.other_dates) if d)
        found.append(Defect(citation.lines, "date-conflict", f"{name} được ghi nhiều ngày khác nhau: {dates}."))
    parts = number_parts(citation.number) if citation.number else None
    if parts and parts.year:
        for date in (citation.date, *citation.other_dates):
            if date and not date.startswith(parts.year):
                found.append(
                    Defect(citation.lines, "wrong-year", f"{name}: số ghi năm {parts.year} nhưng ngày ghi {_shown(date)}.")
                )
    damaged = [m for m in citation.mentions if (n := _number_in(m.text)) and n != normal_number(n) and not _only_zero(n)]
    if damaged:
        lines = tuple(sorted({m.lines[0] for m in damaged}))
        official = normal_number(_number_in(damaged[0].text) or "")
        found.append(
            Defect(lines, "number-form", f"“{damaged[0].text}” không đúng thể thức số, ký hiệu; dạng đúng là {official}.")
        )
    return found


def _number_in(text: str) -> str | None:
    match = re.search(r"\d[\w/–&-]*[-/][A-ZĐ][\w/–&-]*", text.replace(" ", ""))
    return re.sub("[–—]", "-", match.group()) if match else None


def _only_zero(number: str) -> bool:
    """Whether the number differs from the official form only in a leading zero, which offices use as they like."""
    return number.lstrip("0") == normal_number(number).lstrip("0")


def _numbering(outlined: Outline) -> list[Defect]:
    found = []
    last: dict[tuple[int | None, str], tuple[int, int]] = {}
    for section in outlined.sections:
        if not section.number or section.kind in ("appendix", "article"):
            continue
        style = "roman" if roman_value(section.number) else "number" if section.number.isdigit() else None
        if style is None:
            continue
        value = roman_value(section.number) or int(section.number)
        before = last.get((section.parent, style))
        expected = before[0] + 1 if before else None
        if expected is not None and value != expected:
            said = "trùng số" if value <= expected - 1 else "nhảy số"
            found.append(
                Defect(
                    (section.lines[0],),
                    "numbering",
                    f"Mục “{section.number}. {section.title[:60]}” {said}: sau mục {before[0] if before else ''} phải là {expected}.",
                )
            )
            value = max(value, expected) if value < expected else value
        last[(section.parent, style)] = (value, section.lines[0])
    return found


def _table_numbering(table: Table) -> list[Defect]:
    if not table.has("order"):
        return []
    column = next(j for j, c in enumerate(table.columns) if c.role == "order")
    found: list[Defect] = []
    rows = [
        (int(c), r.lines[0], r.group) for r in table.rows if r.kind == "data" and (c := r.cells[column].strip(" .)")).isdigit()
    ]
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
            found.append(Defect((line, after), "numbering", f"Số thứ tự {value} trong bảng đứng sai chỗ (cần {expected})."))
            taken.add(value)
        elif value > expected:
            missing = str(expected) if value == expected + 1 else f"{expected}–{value - 1}"
            found.append(Defect((before, line), "numbering", f"Bảng thiếu số thứ tự {missing} (trước {value})."))
            expected = value + 1
        elif value == expected:
            expected += 1
        else:
            found.append(
                Defect((line,), "numbering", f"Số thứ tự {value} trong bảng lặp lại hoặc đứng sai chỗ (cần {expected}).")
            )
    return found


def _sums(table: Table) -> list[Defect]:
    """Totals that are not the sum of the group rows above them, nor of the data rows."""
    found = []
    for j, column in enumerate(table.columns):
        if column.role != "money":
            continue
        for n, row in enumerate(table.rows):
            if row.kind != "total" or j >= len(row.cells) or (total := _value(row.cells[j])) is None:
                continue
            above = table.rows[:n]
            sums = {
                sum(v for r in above if r.kind == kind and j < len(r.cells) and (v := _value(r.cells[j])))
                for kind in ("group", "data")
            }
            sums.discard(0)
            if sums and all(abs(float(s) - float(total)) > 0.5 for s in sums):
                shown = " hoặc ".join(f"{int(s):,}".replace(",", ".") for s in sorted(sums))
                found.append(
                    Defect(
                        (row.lines[0],),
                        "sum-mismatch",
                        f"Cột “{column.heading}”: dòng tổng ghi {row.cells[j]}, cộng các dòng được {shown}.",
                    )
                )
    return found


def _value(text: str):  # type: ignore[no-untyped-def]
    shown = text.strip("* ")
    return figure(shown) if re.fullmatch(r"\d{1,3}(?:\.\d{3})*(?:,\d+)?|\d+", shown) else None


def _years_of_service(items: Sequence[Item]) -> list[Defect]:
    """ "05 năm (2023-2029)": the span is not as long as the words say."""
    found = []
    for item in items:
        for match in re.finditer(r"(\d{1,2}) nam \(?((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)", fold(item.raw)):
            years, first, last = (int(g) for g in match.groups())
            if last - first not in (years, years - 1):
                found.append(
                    Defect(
                        (item.lines[0],), "date-conflict", f"“{match[1]} năm ({first}-{last})”: khoảng năm không dài {years} năm."
                    )
                )
    return found


def _shown(date: str) -> str:
    year, month, day = date.split("-")
    return f"{int(day)}/{int(month)}/{year}"
