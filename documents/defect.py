"""What is wrong in the source itself: recorded as a finding, never silently mended.

Each rule is a function of one document's parts and returns findings with the lines that show them. Kinds are those of the shared
gold schema.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.citation import Cited
from documents.item import Item
from documents.model import Citation, Defect, Header
from documents.numbering import row_numbering, section_numbering
from documents.section import Outline
from documents.sums import sum_defects
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
        *section_numbering(outlined.sections),
        *(d for t in tables for d in (*row_numbering(t), *sum_defects(t))),
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
