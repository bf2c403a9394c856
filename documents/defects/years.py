"""Dates and years that do not agree: of one cited document, of a yearly plan, of spans, of names that bear a year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.model import Citation, Defect, Header, Task
from documents.structure.item import Item
from documents.text import fold, fold_same_length
from ontology.numbers import number_parts

_YEAR = r"(?:19|20)\d\d"
_LAST_WEEKS = "12-15"
"""A plan for a year is not issued in its last weeks (month and day from which it is noticed)."""
_SPAN = re.compile(rf"(\d{{1,2}}) nam \(?({_YEAR})\s*[-–]\s*({_YEAR})")
_NAMED_YEAR = re.compile(rf"(?<!\w)nam ({_YEAR})(?!\s*[-–]\s*\d)")
_NAME_WORDS = 4
"""What bears a year is told by so many words before it."""


def citation_dates(citation: Citation, header: Header) -> list[Defect]:
    """One document under several dates, a date in another year than the number says, a yearly plan issued at the year's end."""
    found = []
    name = f"{citation.type} {citation.number or ''}".strip()
    if citation.other_dates:
        dates = ", ".join(_shown(d) for d in (citation.date, *citation.other_dates) if d)
        found.append(Defect(citation.lines, "date-conflict", f"{name} được ghi nhiều ngày khác nhau: {dates}."))
    parts = number_parts(citation.number) if citation.number else None
    if parts and parts.year:
        for date in (citation.date, *citation.other_dates):
            if date and not date.startswith(parts.year):
                text = f"{name}: số ghi năm {parts.year} nhưng ngày ghi {_shown(date)}."
                found.append(Defect(citation.lines, "wrong-year", text))
    covers = re.search(rf"năm ({_YEAR})$", citation.title or "")
    plan_year = header.period.start[:4] if header.period else None
    if covers and citation.date and citation.date[:4] == covers[1] != plan_year and citation.date[5:] >= _LAST_WEEKS:
        text = f"{name} ban hành ngày {_shown(citation.date)} mà tên ghi “năm {covers[1]}”."
        found.append(Defect(citation.lines, "wrong-year", text))
    return found


def spans_of_years(items: Sequence[Item]) -> list[Defect]:
    """ "05 năm (2023-2029)": the span is not as long as the words say."""
    found = []
    for item in items:
        for match in _SPAN.finditer(fold_same_length(item.raw)):
            years, first, last = (int(g) for g in match.groups())
            if last - first not in (years, years - 1):
                text = f"“{match[1]} năm ({first}-{last})”: khoảng năm không dài {years} năm."
                found.append(Defect((item.lines[0],), "date-conflict", text))
    return found


def yearly_names(tasks: Sequence[Task], header: Header) -> list[Defect]:
    """In the plan of one year, something that one task names with the year before and another one with the plan's year."""
    if header.period is None or header.period.start[:4] != header.period.end[:4]:
        return []
    year = int(header.period.start[:4])
    places: dict[str, dict[int, Task]] = {}
    for task in tasks:
        folded = fold(task.text)
        for match in _NAMED_YEAR.finditer(folded):
            name = folded[: match.start()].split()[-_NAME_WORDS:]
            if len(name) == _NAME_WORDS and all(word.isalpha() for word in name):
                places.setdefault(" ".join(name), {}).setdefault(int(match[1]), task)
    found = []
    for named in places.values():
        if year in named and year - 1 in named:
            lines = tuple(sorted({named[year - 1].lines[0], named[year].lines[0]}))
            text = f"Cùng một việc khi ghi “năm {year - 1}”, khi ghi “năm {year}”."
            found.append(Defect(lines, "wrong-year", text))
    return list(dict.fromkeys(found))


def _shown(date: str) -> str:
    year, month, day = date.split("-")
    return f"{int(day)}/{int(month)}/{year}"
