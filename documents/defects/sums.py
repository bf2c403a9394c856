"""Totals that are not the sum of what they count: of a column, of a group of rows, of the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import takewhile

from documents.model import Defect
from documents.structure.item import Item
from documents.structure.table import Row, Table
from documents.tasks.money import number

_ROUNDING = Decimal("0.5")
"""Half a unit of the table may be lost by rounding."""
_MONEY = re.compile(
    r"(?<![\d.,])(?P<n>\d{1,3}(?:\.\d{3})*(?:,\d+)?|\d+(?:,\d+)?)\s*(?P<unit>tỷ|tỉ|triệu|nghìn|ngàn)?\s*đồng(?!\w)", re.I
)
_OF_WHICH = re.compile(_MONEY.pattern + r"\s*[,;:(]?\s*(?:\(?\s*trong đó)\s*:?", re.I)
_SENTENCE_END = re.compile(r"\.(?=\s|$)")
_UNITS = {"": Decimal(1), "nghìn": Decimal(10**3), "ngàn": Decimal(10**3), "triệu": Decimal(10**6)} | {
    unit: Decimal(10**9) for unit in ("tỷ", "tỉ")
}
_NEARLY_ALL = Decimal("0.1")
"""Parts that leave less than this share of the whole open are meant to be all of it."""
_COUNT = re.compile(r"\(\s*0*(\d{1,3})\s+(?:nhiệm vụ|dự án|công việc)\s*\)")


def sum_defects(table: Table) -> list[Defect]:
    """Totals that are neither the sum of the group rows above them nor that of the data rows; group rows whose amount is not the
    sum of the rows below them. One finding for a row."""
    money = [j for j, column in enumerate(table.columns) if column.role == "money"]
    found = []
    for n, row in enumerate(table.rows):
        said = [text for j in money if (text := _mismatch(table, n, j))]
        if said:
            found.append(Defect((row.lines[0],), "sum-mismatch", " ".join(said)))
    return found


def _mismatch(table: Table, n: int, j: int) -> str | None:
    """What is wrong with the amount of row ``n`` in column ``j``, or ``None``."""
    row, heading = table.rows[n], table.columns[j].heading
    stated = _value(row, j) if row.kind in ("total", "group") else None
    if stated is None or any(_unreadable(r, j) for r in table.rows[:n] if row.kind == "total"):
        return None
    if row.kind == "total":
        sums = {s for kind in ("group", "data") if (s := _sum(table.rows[:n], j, kind))}
        if not sums or any(abs(s - stated) <= _ROUNDING for s in sums):
            return None
        shown = " hoặc ".join(_shown(s) for s in sorted(sums))
        return f"Cột “{heading}”: dòng tổng ghi {row.cells[j]}, cộng các dòng được {shown}."
    members = list(takewhile(lambda r: r.kind == "data", table.rows[n + 1 :]))
    total = _sum(members, j, "data")
    amounts = [_value(r, j) or Decimal(0) for r in members]
    whole = all(amount == amount.to_integral_value() for amount in (*amounts, stated))
    if not members or abs(total - stated) <= (0 if whole else _ROUNDING * len(members)):
        return None
    return f"Cột “{heading}”: nhóm ghi {row.cells[j]}, cộng các dòng của nhóm được {_shown(total)}."


def prose_sums(items: Sequence[Item]) -> list[Defect]:
    """Sums of money in a sentence ("3 tỷ đồng, trong đó 2.300 triệu đồng ... 1.250 triệu đồng ...") whose parts are more than the
    whole, or miss it by little; parts that leave much of it open may be some of many."""
    found = []
    for item in items:
        for said in _OF_WHICH.finditer(item.text):
            end = _SENTENCE_END.search(item.text, said.end())
            rest = item.text[said.end() : end.start() if end else len(item.text)]
            parts = [_amount(m) for m in _MONEY.finditer(re.split(r"\btrong đó\b", rest)[0])]
            whole, total = _amount(said), sum(parts, Decimal(0))
            if len(parts) > 1 and whole and total != whole and total > whole * (1 - _NEARLY_ALL):
                text = f"Tổng ghi {_shown(whole)} đồng, cộng các khoản “trong đó” được {_shown(total)} đồng."
                found.append(Defect((item.line_at(said.start()),), "sum-mismatch", text))
    return found


def _amount(match: re.Match[str]) -> Decimal:
    return (number(match["n"]) or Decimal(0)) * _UNITS[(match["unit"] or "").lower()]


def counts(items: Sequence[Item], tables: Sequence[Table]) -> list[Defect]:
    """Headings that state how many tasks a table has ("(39 nhiệm vụ)") where it has another number of rows."""
    found = []
    for table in tables:
        above = [i for i in range(table.rows[0].items[0] - 1, -1, -1) if not items[i].row][:2] if table.rows else []
        stated = next(((i, int(m[1])) for i in above if (m := _COUNT.search(items[i].text))), None)
        rows = sum(r.kind == "data" for r in table.rows)
        if stated and stated[1] != rows:
            text = f"Tiêu đề ghi {stated[1]} nhiệm vụ nhưng bảng có {rows} dòng."
            found.append(Defect((items[stated[0]].lines[0],), "sum-mismatch", text))
    return found


def _shown(amount: Decimal) -> str:
    whole, _, rest = f"{amount:,f}".partition(".")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def _sum(rows: Sequence[Row], j: int, kind: str) -> Decimal:
    return sum((_value(r, j) or Decimal(0) for r in rows if r.kind == kind), Decimal(0))


def _unreadable(row: Row, j: int) -> bool:
    """Whether a cell has several figures, so that no sum can be told."""
    shown = row.cells[j] if j < len(row.cells) else ""
    return _value(row, j) is None and len(re.findall(r"\d[\d.,]*", shown)) > 1


def _value(row: Row, j: int) -> Decimal | None:
    shown = row.cells[j].strip("* ") if j < len(row.cells) else ""
    return number(shown) if re.fullmatch(r"\d{1,3}(?:\.\d{3})*(?:,\d+)?|\d+", shown) else None
