"""Dates and years that do not agree: of one cited document, of a yearly plan, of spans, of names that bear a year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.model import Citation, Defect, Header, Task
from documents.structure.item import Item
from documents.tasks.deadline import iso_date, parse
from documents.text import fold, fold_same_length
from ontology.numbers import number_parts

_YEAR = r"(?:19|20)\d\d"
_LAST_WEEKS = "12-15"
"""A plan for a year is not issued in its last weeks (month and day from which it is noticed)."""
_SPAN = re.compile(rf"(\d{{1,2}}) nam \(?({_YEAR})\s*[-–]\s*({_YEAR})")
_ALIKE = 3
_MOST = 0.7
"""So many spans, and this share of all, have to count their first year for one that does not to be a mistake."""
_BY_THE_END = re.compile(rf"den (?:het|cuoi) nam ({_YEAR})(?!\s*[-–]\s*\d)")
_IN_FIGURES = r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>(?:19|20)\d\d)(?![\d/])"
_IN_WORDS = r"(?P<d2>\d{1,2}) thang (?P<m2>\d{1,2}) nam (?P<y2>(?:19|20)\d\d)(?!\d)"
_DAY = re.compile(rf"(?<![a-z])(?:ngay|truoc|den|het|tu)\s+(?P<date>{_IN_FIGURES}|{_IN_WORDS})")
_TIME = rf"(?:(?:quy|thang|nam)\s+)?[ivx\d][ivx\d/ ]*(?:\s*[-–]\s*{_YEAR})?"
_OWN_TIME = re.compile(rf"thoi (?:han|gian) (?:hoan thanh|thuc hien)\s*:\s*(?P<time>{_TIME})")
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
    own = int(header.date[:4]) if header.date else header.year
    late = citation.date if citation.date and header.date and citation.date > header.date else None
    if late or (parts and parts.year and own and int(parts.year) > own and not found):
        said = f"ngày {_shown(late)}" if late else f"năm {parts.year if parts else ''}"
        text = f"{name} ghi {said}, sau ngày ban hành của chính văn bản viện dẫn."
        found.append(Defect(citation.lines, "date-conflict", text))
    covers = re.search(rf"năm ({_YEAR})$", citation.title or "")
    plan_year = header.period.start[:4] if header.period else None
    if covers and citation.date and citation.date[:4] == covers[1] != plan_year and citation.date[5:] >= _LAST_WEEKS:
        text = f"{name} ban hành ngày {_shown(citation.date)} mà tên ghi “năm {covers[1]}”."
        found.append(Defect(citation.lines, "wrong-year", text))
    return found


def spans_of_years(items: Sequence[Item]) -> list[Defect]:
    """ "05 năm (2023-2029)": the span is not as long as the words say. A span may count its first year or not, but only where the
    others of the document do not all count it."""
    spans = [
        (item.line_at(match.start()), match[1], int(match[1]), int(match[2]), int(match[3]))
        for item in items
        for match in _SPAN.finditer(fold_same_length(item.text))
    ]
    inclusive = sum(last - first == years - 1 for _, _, years, first, last in spans)
    strict = inclusive >= _ALIKE and inclusive >= _MOST * len(spans)
    found = []
    for line, written, years, first, last in spans:
        if last - first != years - 1 and (strict or last - first != years):
            text = f"“{written} năm ({first}-{last})”: khoảng năm không dài {years} năm."
            found.append(Defect((line,), "date-conflict", text))
    return found


def impossible_dates(items: Sequence[Item]) -> list[Defect]:
    """Days that the calendar lacks ("ngày 31/6/2026"), where the words before them say that a date is meant."""
    found = []
    for item in items:
        for match in _DAY.finditer(fold_same_length(item.text)):
            day, month, year = (int(match[k] or match[f"{k}2"]) for k in ("d", "m", "y"))
            if iso_date(day, month, year) is None:
                written = item.text[match.start("date") : match.end("date")]
                found.append(Defect((item.line_at(match.start()),), "impossible-date", f"Ngày “{written}” không có trong lịch."))
    return found


def past_deadlines(tasks: Sequence[Task], header: Header) -> list[Defect]:
    """Duties to be done by a day in a year that was over before the document was issued and its period began."""
    years = [int(day[:4]) for day in (header.date, header.period.start if header.period else None) if day]
    if not years:
        return []
    found = []
    for task in tasks:
        due = task.deadline
        if due is not None and due.end is not None and due.kind != "range" and int(due.end[:4]) < min(years):
            text = f"Thời hạn “{due.text}” đã qua trước khi văn bản ban hành."
            found.append(Defect((task.lines[0],), "wrong-year", text))
    return found


def past_years(tasks: Sequence[Task], header: Header) -> list[Defect]:
    """In a plan, something to be reached by the end of a year before the plan's first ("đến hết năm 2023" in 2024)."""
    if header.period is None:
        return []
    begins = int(header.period.start[:4])
    found = []
    for task in tasks:
        years = sorted({int(y) for y in _BY_THE_END.findall(fold(task.text))})
        if past := [y for y in years if y < begins]:
            text = f"Kế hoạch bắt đầu từ năm {begins} mà nhiệm vụ ghi mục tiêu “đến hết năm {past[0]}”."
            found.append(Defect((task.lines[0],), "wrong-year", text))
    return found


def own_deadlines(tasks: Sequence[Task], header: Header) -> list[Defect]:
    """Rows of a table whose words state another time for the work than their columns do."""
    year = int(header.period.start[:4]) if header.period else header.year
    found = []
    for task in tasks:
        own = _OWN_TIME.search(fold_same_length(task.text))
        if task.kind == "responsibility" or own is None or task.deadline is None or task.deadline.end is None:
            continue
        said = parse(task.text[own.start("time") : own.end("time")], year)
        if said is not None and said.end is not None and said.end != task.deadline.end:
            text = f"Nội dung ghi “{task.text[own.start() : own.end()].strip()}”, cột thời gian ghi “{task.deadline.text}”."
            found.append(Defect((task.lines[0],), "date-conflict", text))
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
