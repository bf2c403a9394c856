"""Targets: the values that a plan sets itself, with comparator and unit, in its targets part, its tables and its tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from documents.model import Span, Target, Task
from documents.structure.item import Item
from documents.structure.run_together import heading_line, loose_rows
from documents.structure.section import Outline
from documents.structure.table import Table
from documents.tasks import topic
from documents.tasks.measure import Value, events, values
from documents.tasks.target_table import row_targets


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
