"""Targets: the values that a plan sets itself, with comparator and unit, in its targets part, its tables and its tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from documents.model import Span, Target, Task
from documents.structure.item import Item
from documents.structure.run_together import LooseRow, heading_line, loose_rows
from documents.structure.section import Outline
from documents.structure.table import Table
from documents.tasks import topic
from documents.tasks.measure import Value, events, values
from documents.tasks.target_table import row_targets, says_anew


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
    say; where the last column states the indicator anew, the values of that statement."""
    rows = list(loose_rows(lines, span))
    at_least = any(_sign_lost(row) for row in rows)
    for row in rows:
        if row.value and says_anew(row.value, row.text):
            yield from (_loose(row, row.value, value, section) for value in values(row.value))
            continue
        said = list(values(row.text))
        last = list(values(row.value)) if row.value else said
        if not last:
            continue
        value = last[-1]
        same = next((v for v in said if v.value == value.value and v.comparator != "="), value)
        if same is value and value.comparator == ">" and at_least:
            same = replace(value, comparator=">=")
        yield _loose(row, row.text, same, section)


def _loose(row: LooseRow, text: str, value: Value, section: str) -> tuple[Target, int]:
    return _target(row.lines, text, value, topic.of_text(text), section), 0


def _sign_lost(row: LooseRow) -> bool:
    """Whether the words of the row say "at least" of a value before which another sign stands than "≥": then the recognition did
    not know that sign, and ">" elsewhere in the column is what it made of it."""
    sign = row.value[0] if row.value else ""
    if not sign or sign.isdigit() or sign == "≥" or says_anew(row.value or "", row.text):
        return False
    value = next(values(row.value or ""), None)
    return value is not None and any(v.value == value.value and v.comparator == ">=" for v in values(row.text))


def _in_table(table: Table) -> Iterator[tuple[Target, int]]:
    for found in row_targets(table):
        about = (topic.of_heading(found.row.group) if found.row.group else None) or topic.of_text(found.text)
        yield _target(found.row.lines, found.text, found.value, about, None), 0


def _in_task(task: Task) -> Iterator[tuple[Target, int]]:
    said = [*values(task.text), *events(task.text)]
    known = {(v.comparator, v.value, v.unit) for v in said}
    # a product mostly says again what the task's words say
    for value in (*said, *(v for v in values(task.product or "") if (v.comparator, v.value, v.unit) not in known)):
        yield _target(task.lines, value.text, value, task.topic, task.section), value.at


def _target(lines: Span, text: str, value: Value, about: str, section: str | None) -> Target:
    return Target("", lines, text, value.comparator, value.value, value.unit, about, section)
