"""Tasks that stand in the rows of a table, with their units, time, product and money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from documents.model import Money
from documents.structure.item import Item
from documents.structure.section import Outline
from documents.structure.table import Row, Table
from documents.tasks import deadline
from documents.tasks.draft import ROLES, Draft
from documents.tasks.money import cell, unit_in, unit_note
from documents.tasks.unit import split_units, starts_with_unit
from documents.tasks.unit_names import UnitNames
from documents.tasks.wording import roles_in_list
from documents.text import collapse

_BULLET = re.compile(r"^[-–+•]\s+(?=\w)")
"""The bullet of a cell that is a list of one."""
_NOTE_ABOVE = 3
"""The note on the unit of a table's money stands in one of so many items above it."""


def from_tables(
    items: Sequence[Item], outlined: Outline, found: Sequence[Table], names: UnitNames, year: int | None
) -> Iterator[Draft]:
    """The tasks of the tables that have a column for tasks and one for who, when, how much or with what result."""
    for table in found:
        if not table.has("task") or not any(table.has(role) for role in ("lead", "deadline", "money", "product")):
            continue
        unit = _money_unit(items, table)
        owned = not table.has("lead") and _groups_own(table)
        for row in table.rows:
            text = _BULLET.sub("", collapse(table.cell(row, "task")))
            if row.kind == "data" and len(text.split()) >= 2:
                draft = _from_row(table, row, text, unit, outlined.section_of[row.items[0]], names, year)
                if owned and row.group and not draft.units["lead"]:
                    draft.give("lead", split_units(row.group), names, row.lines[0])
                yield draft


def _groups_own(table: Table) -> bool:
    """Whether the group rows of a table name the units whose tasks stand below them: half of them or more begin like units, the
    others are then units too ("Báo Hải Phòng")."""
    groups = {row.group for row in table.rows if row.group}
    return bool(groups) and 2 * sum(starts_with_unit(group) for group in groups) >= len(groups)


def _from_row(
    table: Table, row: Row, text: str, unit: str | None, section: int | None, names: UnitNames, year: int | None
) -> Draft:
    kind = "project" if table.has("money") else "appendix"
    draft = Draft(list(row.items), row.lines, kind, section, text, group=row.group)
    for role in ROLES:
        draft.give(role, split_units(table.cell(row, role)), names, row.lines[0])
    if both := roles_in_list(table.cell(row, "lead")):
        draft.give("lead", both[0], names, row.lines[0])
        draft.give("coordinate", (*both[1], *split_units(table.cell(row, "coordinate"))), names, row.lines[0])
    if table.has("start"):
        draft.deadline = deadline.between(table.cell(row, "start"), table.cell(row, "deadline"), year)
    else:
        draft.deadline = deadline.parse(table.cell(row, "deadline"), year)
    draft.product = collapse(table.cell(row, "product")).strip(" -–—") or None
    draft.budget = tuple(_amounts(table, row, unit))
    return draft


def _amounts(table: Table, row: Row, unit: str | None) -> Iterator[Money]:
    for column, written in zip(table.columns, row.cells, strict=False):
        if column.role == "money" and (amount := cell(column.heading, written, unit_in(column.heading) or unit)):
            yield amount


def _money_unit(items: Sequence[Item], table: Table) -> str | None:
    """The unit of money that a note beside a table names ("Đơn vị tính: Triệu đồng"): in one of its headings, or in the few items
    above it."""
    if told := next((u for column in table.columns if column.role == "money" and (u := unit_in(column.heading))), None):
        return told
    first = table.rows[0].items[0] if table.rows else 0
    above = [i for i in range(first - 1, -1, -1) if not items[i].row][:_NOTE_ABOVE]
    near = range(first - 1, max(-1, (above[-1] if above else first) - 1), -1)
    return next((u for i in near if (u := unit_note(items[i].text))), None)
