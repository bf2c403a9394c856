"""Targets: the values that a plan sets itself, with comparator and unit, in its targets part, its tables and its tasks.

A bare percentage means "="; "trên" is ">", "tối thiểu", "trở lên" and "≥" are ">=", "trong vòng" and "không quá" are "<="
(conventions of the gold).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from documents.cue import alternatives, listed, pattern
from documents.model import Span, Target, Task
from documents.structure.item import Item
from documents.structure.run_together import heading_line, loose_rows
from documents.structure.section import Outline
from documents.structure.table import Table
from documents.tasks import topic
from documents.tasks.money import number
from documents.text import collapse, fold_same_length

_SIGNS = {"≥": ">=", ">=": ">=", "≤": "<=", "<=": "<=", ">": ">", "<": "<"}
_NUMBER = r"(?P<n>\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?|\d+\.\d+)"
_VALUE = re.compile(rf"(?P<sign>≥|≤|>=|<=|>|<)?\s*(?<![\d.,/-]){_NUMBER}\s*(?P<unit>%)")


@dataclass(frozen=True, slots=True)
class Value:
    """One value in a text: comparator, number, unit, and the clause that states it (offsets of the value: ``at``)."""

    comparator: str
    value: float
    unit: str
    text: str
    at: int


def targets(
    items: Sequence[Item], outlined: Outline, tables: Sequence[Table], tasks: Sequence[Task], lines: Sequence[str]
) -> tuple[Target, ...]:
    """The targets of a document (``lines`` is its text) in order of place: of its targets part, of the tables of targets, and
    inside its tasks."""
    run_together = {  # by the line of the heading, so that of two sections around a table the inner one has it
        at: section
        for section in outlined.sections
        if section.role == "targets" and (at := heading_line(lines, section.lines)) is not None
    }
    spans = {(at + 1, section.lines[1]): section.path for at, section in run_together.items()}
    placed = [
        *_in_text(items, outlined, tuple(spans)),
        *(found for span, path in spans.items() for found in _in_loose_rows(lines, span, path)),
        *(found for table in tables for found in _in_table(table)),
        *(found for task in tasks for found in _in_task(task)),
    ]
    placed.sort(key=lambda found: (found[0].lines, found[1]))
    return tuple(replace(target, id=f"G{n:03d}") for n, (target, _) in enumerate(placed, 1))


def _in_text(items: Sequence[Item], outlined: Outline, tables: Sequence[Span]) -> Iterator[tuple[Target, int]]:
    for i, item in enumerate(items):
        index = outlined.section_of[i]
        section = outlined.sections[index] if index is not None else None
        if section is None or section.role != "targets" or outlined.heading[i] or item.row:
            continue
        if any(first - 1 <= item.lines[1] and item.lines[0] <= last for first, last in tables):
            continue
        for value in values(item.text, counts=True):
            about = topic.of_heading(section.title) or topic.of_text(item.text)
            yield _target(item.lines, item.text, value, about, section.path), value.at


def _in_loose_rows(lines: Sequence[str], span: Span, section: str) -> Iterator[tuple[Target, int]]:
    """One target for each row of a table whose lines were run together: the value of its last column, compared as its words
    say."""
    for row in loose_rows(lines, span):
        said = list(values(row.text))
        last = list(values(row.value)) if row.value else said
        if not last:
            continue
        value = last[-1]
        same = next((v for v in said if v.value == value.value and v.comparator != "="), value)
        yield _target(row.lines, row.text, same, topic.of_text(row.text), section), 0


def _in_table(table: Table) -> Iterator[tuple[Target, int]]:
    """One target for each row: the last value of the row, which is the document's own where a table gives those of two levels."""
    if not table.has("target") or table.has("lead"):
        return
    for row in table.rows:
        said = table.cell(row, "target")
        if row.kind == "data" and (found := list(values(" ".join(c for c in row.cells[1:] if c)))):
            yield _target(row.lines, said, found[-1], topic.of_text(said), None), 0


def _in_task(task: Task) -> Iterator[tuple[Target, int]]:
    said = [*values(task.text), *_events(task.text)]
    known = {(v.comparator, v.value, v.unit) for v in said}
    # a product mostly says again what the task's words say
    for value in (*said, *(v for v in values(task.product or "") if (v.comparator, v.value, v.unit) not in known)):
        yield _target(task.lines, value.text, value, task.topic, task.section), value.at


def _target(lines: Span, text: str, value: Value, about: str, section: str | None) -> Target:
    return Target("", lines, text, value.comparator, value.value, value.unit, about, section)


def values(text: str, counts: bool = False) -> Iterator[Value]:
    """The values that ``text`` sets; with ``counts`` also numbers of things ("tối thiểu 03 hệ thống")."""
    folded = fold_same_length(text)
    for match in _VALUE.finditer(text):
        comparator = _SIGNS.get(match["sign"] or "") or _comparator(folded, match.start(), match.end())
        begin = match.start("n") if match["sign"] is None else match.start("sign")
        yield Value(comparator, _value(match["n"]), "%", _clause(text, begin, match.end()), match.start())
    for match in _within().finditer(folded):
        unit = text[match.start("unit") : match.end("unit")]
        yield Value("<=", _plain(float(match["n"])), unit, _clause(text, match.start(), match.end()), match.start())
    for match in _count().finditer(folded) if counts else ():
        if not re.match(r"\s*%", folded[match.end("n") :]):
            unit = text[match.start("unit") : match.end("unit")]
            yield Value(">=", _plain(float(number(match["n"]))), unit, _clause(text, match.start(), match.end()), match.start())


def _events(text: str) -> Iterator[Value]:
    """What a duty makes so many times at least ("Tổ chức tối thiểu 01 cuộc diễn tập"): the number stands right behind the verb
    and is no frequency ("tối thiểu 1 lần/tuần")."""
    folded = fold_same_length(text)
    for match in _event().finditer(folded):
        unit = text[match.start("unit") : match.end("unit")]
        yield Value(">=", _plain(float(number(match["n"]))), unit, _clause(text, match.start(), match.end()), match.start())


@cache
def _event() -> re.Pattern[str]:
    least = alternatives("at-least")
    return re.compile(
        rf"{alternatives('duty-verb')}\s+(?:duoc\s+)?{least}\s+(?P<n>\d+(?:\.\d{{3}})*)\s+(?P<unit>(?!lan\b)[a-z]+)"
    )


@cache
def _within() -> re.Pattern[str]:
    return re.compile(rf"{alternatives('within')}\s+(?P<n>\d+)\s+(?P<unit>{alternatives('time-unit')})")


@cache
def _count() -> re.Pattern[str]:
    return re.compile(rf"{alternatives('at-least')}\s+(?P<n>\d+(?:\.\d{{3}})*)\s+(?P<unit>[a-z]+(?:\s+[a-z]+)?)")


def _value(figure: str) -> float:
    """The value of a figure: "1.200" are thousands, "72,5" and "72.5" decimals."""
    thousands = "," in figure or re.fullmatch(r"\d{1,3}(?:\.\d{3})+", figure)
    return _plain(float(number(figure)) if thousands else float(figure))


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value


def _comparator(folded: str, start: int, end: int) -> str:
    after = folded[end : end + 20].lstrip()
    if pattern("comparator-ge-after").match(after):
        return ">="
    before = re.sub(r"\s(?:phai dat|dat|la|bang)$", "", folded[max(0, start - 36) : start].rstrip())
    for name, sign in (("comparator-le", "<="), ("comparator-ge", ">="), ("comparator-gt", ">"), ("comparator-lt", "<")):
        for match in pattern(name).finditer(before):
            if match.end() == len(before) and match.group() != "tu":
                return sign
    return "="


def _clause(text: str, start: int, end: int) -> str:
    """The clause around a value: back to the last stop, on to the next."""
    left = max((m.end() for m in _clause_start().finditer(text[:start])), default=0)
    right = re.search(r"[;.](?:\s|$)", text[end:])
    return collapse(text[left : end + right.start() if right else len(text)]).strip(" ,;")


@cache
def _clause_start() -> re.Pattern[str]:
    return re.compile(rf"[;.:]\s|,\s+(?={listed('clause-goal')})")
