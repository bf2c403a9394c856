"""Sums of money over the tasks that fit, with their addends and what the document states itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from questions.catalogue import Catalogue
from questions.evidence import Item, readable
from questions.fields import amounts, number_text, row_of, same_unit
from questions.listing import tasks_that_fit
from questions.model import Found, Question, Row
from questions.words import pairs, tokens


def summed(question: Question, catalogue: Catalogue) -> Found:
    """The sum of one column of money over the tasks that fit, with its addends."""
    tasks = [item for item in tasks_that_fit(question, catalogue) if amounts(item.task)]
    column = _column(question, tasks)
    in_column = [(item, [m for m in amounts(item.task) if tokens(m.label)[: len(column)] == column]) for item in tasks]
    addends = [(item, amounts[0]) for item, amounts in in_column if amounts]
    if not addends:
        return Found(refusal="không có số tiền nào để cộng")
    total = sum(money.amount_vnd or 0 for _, money in addends)
    unit = addends[0][1].unit or "đồng"
    shown = f"{number_text(_in_unit(total, unit))} {unit}"
    parts = " + ".join(money.as_written for _, money in addends)
    parts = parts if len(addends) <= _SHOWN else f"{addends[0][1].as_written} + … + {addends[-1][1].as_written}"
    rows = [row_of(item, 1.0) for item, _ in addends]
    note = f"{parts} = {shown} ({addends[0][1].label})"
    if stated := _stated(catalogue, _in_unit(total, unit), addends[0][0].document, question.units):
        rows.insert(0, stated[1])
        note += f"; nguồn ghi {stated[0]} {unit} (dòng {stated[1].lines[0]})"
    columns = tuple(sorted({money.label for _, money in addends}))
    return Found(tuple(rows), (shown, str(len(addends))), support=1.0, note=note, columns=columns)


_SHOWN = 30
"""Addends that an answer writes out; the rows behind it hold all."""
_ROUNDED = 0.0005
"""How far a total that a document states may be from the sum of its rows, which it rounds."""
_TOTAL = re.compile(r"(?:tong(?: cong| so)?|cong|[a-e](?: [a-e])+)$")


def _stated(catalogue: Catalogue, total: float, document: str, units: Sequence[str]) -> tuple[str, Row] | None:
    """The row of totals, or of the unit, in which the document states the sum itself, and how it writes it."""
    paragraphs = catalogue.cards[document].document.paragraphs
    for paragraph in paragraphs:
        if paragraph.kind != "row" or not any(_names_total(cell, units) for cell in paragraph.cells):
            continue
        for cell in paragraph.cells:
            if re.fullmatch(r"\d{1,3}(?:\.\d{3})*(?:,\d+)?", cell) and abs(_figure(cell) - total) <= _ROUNDED * total:
                text = readable(paragraph.text)
                return cell, Row(document, catalogue.cards[document].document.source, paragraph.lines, text, (), 1.0)
    return None


def _names_total(cell: str, units: Sequence[str]) -> bool:
    """Whether a cell says that its row is the total, or that of one of ``units`` (not always its first cell)."""
    return bool(_TOTAL.match(" ".join(tokens(cell)))) or any(same_unit(cell, unit) for unit in units)


def _figure(written: str) -> float:
    """A figure as Vietnamese tables write it: 1.234,5."""
    return float(written.replace(".", "").replace(",", "."))


def _in_unit(amount: int, unit: str) -> float:
    factors = (("triệu", 1_000_000), ("tỷ", 1_000_000_000), ("tỉ", 1_000_000_000), ("nghìn", 1_000))
    return amount / next((factor for word, factor in factors if word in unit.lower()), 1)


def _column(question: Question, tasks: Sequence[Item]) -> tuple[str, ...]:
    """The column of money that the question names, by shared words; the most frequent one when it names none.

    Columns of several tables that begin alike ("... năm 2024", "... năm 2024 (đợt 1)") are one.
    """
    said = tokens(question.expanded)
    asked = {*said, *pairs(said)}
    labels = Counter(tokens(m.label) for item in tasks for m in amounts(item.task))
    if not labels:
        return ()

    def fit(label: tuple[str, ...]) -> float:
        words = [word for word in label if not word.isdigit()]
        return sum(pair in asked for pair in pairs(words)) + 0.2 * sum(word in asked for word in words) / (len(words) or 1)

    best = max(labels, key=lambda label: (fit(label), labels[label], -len(label)))
    if not fit(best):
        return ()
    same = [label for label in labels if label[: len(best)] == best or best[: len(label)] == label]
    return min(same, key=len)
