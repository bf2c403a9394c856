"""Tasks: the duties that a document lays on someone, with who leads, who helps, until when, for how much and with what result.

Conventions are those of the shared gold schema: a block of labels serves all bullets of its section that have none of their own;
in "Tổ chức thực hiện" the heading says who has the duties below it; a row of an appendix table is a task.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from documents import deadline, topic
from documents.citation import Cited
from documents.cue import holds, opens
from documents.item import Item
from documents.label import Label, labels_in, trailing_labels
from documents.model import Deadline, Header, Money, Section, Task
from documents.money import cell as money_cell
from documents.money import unit_in
from documents.section import Outline
from documents.table import Row, Table
from documents.text import collapse, fold, fold_same_length
from documents.unit import UnitNames, canonical, partners, split_units, starts_with_unit, verb_behind_units

_KIND = {"tasks": "task", "solutions": "task", "responsibilities": "responsibility"}


@dataclass(slots=True)
class _Draft:
    """A task being put together; units are keys of :class:`UnitNames` until all names are known."""

    items: list[int]
    lines: list[int]
    kind: str
    section: int | None
    text: str
    lead: list[str] = field(default_factory=list)
    coordinate: list[str] = field(default_factory=list)
    support: list[str] = field(default_factory=list)
    deadline: Deadline | None = None
    product: str | None = None
    budget: list[Money] = field(default_factory=list)
    blocked: bool = False
    group: str | None = None


def tasks(
    items: Sequence[Item],
    outlined: Outline,
    found_tables: Sequence[Table],
    header: Header,
    citations: Cited,
    names: UnitNames,
    body: range,
) -> tuple[tuple[Task, ...], UnitNames]:
    """The tasks of a document in order, and the names of its units as learned from them."""
    year = int(header.period.start[:4]) if header.period else header.year
    drafts = _from_text(items, outlined, names, body, year) + _from_tables(items, outlined, found_tables, names, year)
    drafts.sort(key=lambda d: (d.lines[0], d.lines[1]))
    out = []
    for n, draft in enumerate(drafts, 1):
        section = outlined.sections[draft.section] if draft.section is not None else None
        out.append(
            Task(
                id=f"T{n:03d}",
                lines=(draft.lines[0], draft.lines[1]),
                kind=draft.kind,
                section=section.path if section else None,
                section_title=section.title if section else None,
                topic=_topic(draft, outlined.sections),
                text=draft.text,
                lead=tuple(dict.fromkeys(names.name(k) for k in draft.lead)),
                coordinate=tuple(
                    n
                    for n in dict.fromkeys(names.name(k) for k in draft.coordinate)
                    if n not in {names.name(k) for k in draft.lead}
                ),
                support=tuple(dict.fromkeys(names.name(k) for k in draft.support)),
                deadline=draft.deadline,
                product=draft.product,
                budget=tuple(draft.budget),
                cites=citations.numbers_in(draft.items),
            )
        )
    return tuple(out), names


def _from_text(items: Sequence[Item], outlined: Outline, names: UnitNames, body: range, year: int | None) -> list[_Draft]:
    drafts: list[_Draft] = []
    by_section: dict[int | None, list[_Draft]] = {}
    served: list[_Draft] = []  # the tasks that the block of labels being read belongs to
    for i in body:
        item, index = items[i], outlined.section_of[i]
        section = outlined.sections[index] if index is not None else None
        labels = labels_in(item.text)
        here = by_section.setdefault(index, [])
        if labels and here and not item.row:
            served = served or list(itertools.takewhile(lambda d: not d.blocked, reversed(here)))
            _apply(labels, served, names, item, year)
            here[-1].lines[1] = item.lines[1]
            here[-1].items.append(i)
            continue
        for draft in served:
            draft.blocked = True
        served = []
        if item.row or outlined.heading[i] or section is None or section.role not in _KIND:
            continue
        if _not_a_task(items, i, section):
            continue
        if item.mark and item.mark.kind == "plus" and here and not here[-1].blocked and _under_dash(items, here[-1]):
            here[-1].text = collapse(f"{here[-1].text} {item.text}")
            here[-1].lines[1] = item.lines[1]
            here[-1].items.append(i)
            continue
        text, trailing = trailing_labels(item.text)
        draft = _Draft([i], [item.lines[0], item.lines[1]], _KIND[section.role], index, text)
        draft.deadline = deadline.in_text(text, year)
        if draft.kind == "responsibility":
            _responsible(draft, item, outlined.sections, names)
        else:
            _own_words(draft, item, names)
        if trailing:
            _apply(trailing, [draft], names, item, year)
            draft.blocked = True
        drafts.append(draft)
        here.append(draft)
    return drafts


def _apply(labels: Sequence[Label], served: Sequence[_Draft], names: UnitNames, item: Item, year: int | None) -> None:
    for label in labels:
        if label.name in ("lead", "coordinate", "support"):
            keys = [names.learn(u, (item.lines[0],)) for u in split_units(label.value)]
            for draft in served:
                setattr(draft, label.name, list(keys))
        elif label.name == "deadline":
            parsed = deadline.parse(label.value, year)
            for draft in served:
                draft.deadline = parsed
        elif label.name == "product":
            for draft in served:
                draft.product = label.value or None


def _under_dash(items: Sequence[Item], draft: _Draft) -> bool:
    first = items[draft.items[0]]
    return first.mark is None or first.mark.kind != "plus"


def _not_a_task(items: Sequence[Item], i: int, section: Section) -> bool:
    item = items[i]
    text = item.text.strip("*_ ")
    if re.fullmatch(r"\(.*\)\.?", text) or len(text.split()) < 3:
        return True
    folded = fold(text)
    if re.match(r"(?:don vi tinh|ghi chu)\b", folded):
        return True
    following = items[i + 1] if i + 1 < len(items) else None
    leads_in = text.endswith(":") and following is not None and not following.row
    if leads_in and item.mark is None:
        return True
    if (
        leads_in
        and item.mark is not None
        and following is not None
        and following.mark is not None
        and following.mark.rank == item.mark.rank + 1
    ):
        return False
    if section.role == "responsibilities" and item.mark is None:
        return bool(
            re.match(
                r"(?:(?:ke hoach|nghi quyet|quyet dinh|chi thi|chuong trinh|quy che|van ban) nay (?:thay the|co hieu luc|duoc)|trong qua trinh|tren day la (?!.*(?:de nghi|yeu cau))|uy ban nhan dan \S+ \S+ (?:chi dao|de nghi)$)",
                folded,
            )
        )
    return False


_ASKS = re.compile(r"(?:yeu cau|de nghi|giao)\s+")


def _responsible(draft: _Draft, item: Item, sections: Sequence[Section], names: UnitNames) -> None:
    folded = fold_same_length(item.text)
    asked = _ASKS.search(folded)
    closing = item.mark is None and (opens("closing", folded) or (asked and asked.start() < 90 and starts_with_unit(item.text)))
    if closing and asked:
        rest = item.text[asked.end() :]
        _, at = _leading_units(rest)
        if at:
            line = item.line_at(asked.start())
            draft.lead = [names.learn(u, (line,)) for u in split_units(rest[:at])]
            if opens("closing", folded):
                draft.text, draft.lines[0] = item.text[asked.start() :], line
            return
    prefix = re.match(r"(?P<who>[^:;.]{4,220}?)\s*(?:\([^)]*\))?\s*:\s", item.text)
    heading = _section_units(draft.section, sections)
    if heading:
        draft.lead = [names.learn(u, (line,)) for u, line in heading]
    elif prefix and starts_with_unit(prefix["who"]):
        draft.lead = [names.learn(u, (item.lines[0],)) for u in split_units(prefix["who"])]
    else:
        units, at = _leading_units(item.text)
        draft.lead = [names.learn(u, (item.lines[0],)) for u in units] if at else []
    draft.coordinate = [names.learn(u, (item.lines[0],)) for u in partners(item.text)]


def _own_words(draft: _Draft, item: Item, names: UnitNames) -> None:
    """Lead and co-ordinating units that a task without a block names itself."""
    units, at = _leading_units(item.text)
    if at and re.match(
        r"(?:chu tri|tham muu|phoi hop|co trach nhiem|chiu trach nhiem|lam dau moi|ban hanh|xay dung|to chuc|ra soat|nghien cuu|chu dong)",
        fold(item.text[at:]).strip(),
    ):
        draft.lead = [names.learn(u, (item.lines[0],)) for u in units]
    draft.coordinate = [names.learn(u, (item.lines[0],)) for u in partners(item.text)]


def _leading_units(text: str) -> tuple[tuple[str, ...], int]:
    """The units with which a sentence begins and where its verb stands; ((), 0) when it begins with no unit."""
    if not starts_with_unit(text):
        return (), 0
    at = verb_behind_units(text)
    if not at or re.search(r"[.;:]", text[:at]):
        return (), 0
    return split_units(text[:at]), at


def _section_units(index: int | None, sections: Sequence[Section]) -> list[tuple[str, int]]:
    """The units that the nearest heading above names, with the heading's line."""
    while index is not None and sections[index].role == "responsibilities":
        section = sections[index]
        if holds("role-responsibilities", fold(section.title)):
            break
        title = re.sub(r"^(?:Đề nghị|Yêu cầu|Giao|Trách nhiệm (?:của )?)\s*", "", section.title)
        if starts_with_unit(canonical(title)):
            return [
                (u, section.lines[0]) for u in split_units(canonical(title) if "," not in title and ";" not in title else title)
            ]
        index = section.parent
    return []


def _from_tables(
    items: Sequence[Item], outlined: Outline, found: Sequence[Table], names: UnitNames, year: int | None
) -> list[_Draft]:
    drafts = []
    for table in found:
        if not table.has("task") or not (
            table.has("lead") or table.has("deadline") or table.has("money") or table.has("product")
        ):
            continue
        unit = _money_unit(items, table)
        for row in table.rows:
            text = collapse(table.cell(row, "task")).strip()
            if row.kind != "data" or len(text.split()) < 2:
                continue
            drafts.append(_from_row(table, row, text, unit, outlined.section_of[row.items[0]], names, year))
    return drafts


def _from_row(
    table: Table, row: Row, text: str, unit: str | None, section: int | None, names: UnitNames, year: int | None
) -> _Draft:
    kind = "project" if table.has("money") else "appendix"
    draft = _Draft(list(row.items), [row.lines[0], row.lines[1]], kind, section, text, group=row.group)
    for role in ("lead", "coordinate", "support"):
        setattr(draft, role, [names.learn(u, (row.lines[0],)) for u in split_units(table.cell(row, role))])
    if not draft.lead and not table.has("lead") and row.group and starts_with_unit(row.group):
        draft.lead = [names.learn(u, (row.lines[0],)) for u in split_units(row.group)]
    if table.has("start"):
        draft.deadline = deadline.between(table.cell(row, "start"), table.cell(row, "deadline"), year)
    else:
        draft.deadline = deadline.parse(table.cell(row, "deadline"), year)
    draft.product = collapse(table.cell(row, "product")).strip() or None
    for j, column in enumerate(table.columns):
        if (
            column.role == "money"
            and j < len(row.cells)
            and (amount := money_cell(column.heading, row.cells[j], unit_in(column.heading) or unit))
        ):
            draft.budget.append(amount)
    return draft


def _money_unit(items: Sequence[Item], table: Table) -> str | None:
    """The unit of money that stands in the few items above a table ("Đơn vị tính: Triệu đồng")."""
    first = table.rows[0].items[0] if table.rows else 0
    above = [i for i in range(first - 1, -1, -1) if not items[i].row][:3]
    return next((u for i in above if "don vi" in fold(items[i].text) and (u := unit_in(items[i].text))), None)


def _topic(draft: _Draft, sections: Sequence[Section]) -> str:
    index = draft.section
    if index is not None and draft.kind == "responsibility" and not starts_with_unit(canonical(sections[index].title)):
        if not holds("role-responsibilities", fold(sections[index].title)) and (found := topic.of_heading(sections[index].title)):
            return found
    while index is not None and draft.kind == "task":
        section = sections[index]
        if (
            section.role == "tasks"
            and not re.search(r"nhiem vu|noi dung|giai phap", fold(section.title))
            and (found := topic.of_heading(section.title))
        ):
            return found
        index = section.parent
    if draft.group and not starts_with_unit(draft.group) and (found := topic.of_heading(draft.group)):
        return found
    return topic.of_text(draft.text)
