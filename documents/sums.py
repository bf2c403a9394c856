"""Totals of a table that are not the sum of its rows."""

from __future__ import annotations

import re
from decimal import Decimal

from documents.model import Defect
from documents.money import number
from documents.table import Row, Table

_ROUNDING = Decimal("0.5")
"""Half a unit of the table may be lost by rounding."""


def sum_defects(table: Table) -> list[Defect]:
    """Totals that are neither the sum of the group rows above them nor that of the data rows."""
    found = []
    for j, column in enumerate(table.columns):
        if column.role != "money":
            continue
        for n, row in enumerate(table.rows):
            total = _value(row, j) if row.kind == "total" else None
            if total is None:
                continue
            sums = {s for kind in ("group", "data") if (s := _sum(table.rows[:n], j, kind))}
            if sums and all(abs(s - total) > _ROUNDING for s in sums):
                shown = " hoặc ".join(f"{int(s):,}".replace(",", ".") for s in sorted(sums))
                text = f"Cột “{column.heading}”: dòng tổng ghi {row.cells[j]}, cộng các dòng được {shown}."
                found.append(Defect((row.lines[0],), "sum-mismatch", text))
    return found


def _sum(rows: tuple[Row, ...], j: int, kind: str) -> Decimal:
    return sum((_value(r, j) or Decimal(0) for r in rows if r.kind == kind), Decimal(0))


def _value(row: Row, j: int) -> Decimal | None:
    shown = row.cells[j].strip("* ") if j < len(row.cells) else ""
    return number(shown) if re.fullmatch(r"\d{1,3}(?:\.\d{3})*(?:,\d+)?|\d+", shown) else None
