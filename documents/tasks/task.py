"""Tasks: the duties that a document lays on someone, with who leads, who helps, until when, for how much and with what result.

Conventions are those of the shared gold schema: a block of labels serves all bullets of its section that have none of their own;
in "Tổ chức thực hiện" the heading says who has the duties below it; a row of an appendix table is a task.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from documents.citations.citation import Cited
from documents.cue import alternatives, holds, opens
from documents.model import Header, Section, Task
from documents.structure.item import Item
from documents.structure.label import labels_in, trailing_labels
from documents.structure.section import Outline
from documents.structure.table import Table
from documents.tasks import deadline, topic
from documents.tasks.draft import Draft, apply_labels
from documents.tasks.duty import after_asking, is_formula, leading_units, own_words, responsible
from documents.tasks.money import is_unit_note
from documents.tasks.task_row import from_tables
from documents.tasks.unit_names import UnitNames
from documents.text import collapse, fold

_KIND = {"tasks": "task", "solutions": "task", "responsibilities": "responsibility"}


def tasks(
    items: Sequence[Item],
    outlined: Outline,
    found_tables: Sequence[Table],
    header: Header,
    citations: Cited,
    names: UnitNames,
    body: range,
    asks: bool = False,
) -> tuple[Task, ...]:
    """The tasks of a document in order; ``names`` learns the units that they name. ``body`` are the indexes of the items that
    carry content; ``asks`` says that a numbered item outside every part lays its duty on the units that it begins with."""
    year = int(header.period.start[:4]) if header.period else header.year
    drafts = [*_from_text(items, outlined, names, body, year, asks), *from_tables(items, outlined, found_tables, names, year)]
    drafts.sort(key=lambda d: d.lines)
    return tuple(_task(n, draft, outlined.sections, citations, names) for n, draft in enumerate(drafts, 1))


def _task(n: int, draft: Draft, sections: Sequence[Section], citations: Cited, names: UnitNames) -> Task:
    section = sections[draft.section] if draft.section is not None else None
    units = {role: tuple(dict.fromkeys(names.name(k) for k in keys)) for role, keys in draft.units.items()}
    return Task(
        id=f"T{n:03d}",
        lines=draft.lines,
        kind=draft.kind,
        section=section.path if section else None,
        section_title=section.title if section else None,
        topic=topic.of_duty(draft.text, draft.kind, draft.section, draft.group, sections, units["lead"]),
        text=draft.text,
        lead=units["lead"],
        coordinate=tuple(name for name in units["coordinate"] if name not in units["lead"]),
        support=units["support"],
        deadline=draft.deadline,
        product=draft.product,
        budget=draft.budget,
        cites=citations.numbers_in(draft.items),
    )


def _from_text(
    items: Sequence[Item], outlined: Outline, names: UnitNames, body: range, year: int | None, asks: bool
) -> list[Draft]:
    drafts: list[Draft] = []
    by_section: dict[int | None, list[Draft]] = {}
    served: list[Draft] = []  # the tasks that the block of labels being read belongs to
    for i in body:
        item, index = items[i], outlined.section_of[i]
        section = outlined.sections[index] if index is not None else None
        labels = labels_in(item.text)
        here = by_section.setdefault(index, [])
        if labels and here and not item.row:
            served = served or list(itertools.takewhile(lambda d: not d.blocked, reversed(here)))
            apply_labels(labels, served, names, item.lines[0], year)
            here[-1].carry_on(i, item.lines[1])
            continue
        for draft in served:
            draft.blocked = True
        served = []
        gives = outlined.heading[i] and _gives_work(item)
        if item.row or (outlined.heading[i] and not gives):
            continue
        role = section.role if section else None
        if gives or (role is None and asks and _asks_here(item, section)):
            role = "responsibilities"
        if role not in _KIND or _not_a_task(items, i, role):
            continue
        if here and not here[-1].blocked and _is_part_of(item, items[here[-1].items[0]]):
            here[-1].text = collapse(f"{here[-1].text} {item.text}")
            here[-1].deadline = here[-1].deadline or deadline.in_text(item.text, year)
            here[-1].carry_on(i, item.lines[1])
            continue
        if item.mark is None and here and _speaks_of(item, items[here[-1].items[0]], here[-1]):
            here[-1].text = collapse(f"{here[-1].text} {item.text}")
            here[-1].carry_on(i, item.lines[1])
            continue
        text, trailing = trailing_labels(item.text)
        draft = Draft([i], item.lines, _KIND[role], index, text, deadline=deadline.in_text(text, year))
        if draft.kind == "responsibility":
            responsible(draft, item, outlined.sections, names)
        else:
            own_words(draft, item, outlined.sections, names)
        if trailing:
            apply_labels(trailing, [draft], names, item.lines[0], year)
            draft.blocked = True
        drafts.append(draft)
        here.append(draft)
    return drafts


def _is_part_of(item: Item, first: Item) -> bool:
    """Whether an item is a part of the task that begins with ``first``: a plus below another bullet, a bullet below a number or
    letter whose words lead in to it ("đ) Sửa đổi Luật ... để:" / "- Tháo gỡ ...")."""
    if item.mark is None or not item.mark.bullet:
        return False
    if first.mark is None or first.mark.bullet:
        return item.mark.kind == "plus" and (first.mark is None or first.mark.kind != "plus")
    return item.mark.kind == "plus" or first.text.rstrip().endswith(":")


def _speaks_of(item: Item, first: Item, draft: Draft) -> bool:
    """Whether a paragraph only says how the document has to be that the paragraph above gives to write ("... ban hành Kế hoạch
    hưởng ứng ..." / "Kế hoạch triển khai bảo đảm tiết kiệm ...")."""
    made = re.match(
        rf"(?P<type>{alternatives('made-document')})(?:\s+\w+){{0,3}}?\s+{alternatives('how-it-must-be')}", fold(item.text)
    )
    if made is None or first.mark is not None or draft.blocked:
        return False
    return re.search(rf"{alternatives('making')}\s+{re.escape(made['type'])}", fold(draft.text)) is not None


def _gives_work(item: Item) -> bool:
    """Whether an article gives work to the units that it begins with ("Điều 2. Giao Sở Tài chính chủ trì ..."); that they are to
    carry out the decision itself is a formula."""
    if item.mark is None or item.mark.kind != "article" or not opens("asks", fold(item.text)):
        return False
    _, at = leading_units(after_asking(item.text))
    return at > 0 and not holds("carries-out", fold(item.text))


def _asks_here(item: Item, section: Section | None) -> bool:
    """Whether an item of a document that only asks, in no part with a purpose of its own, lays a duty on the units that it begins
    with: numbered ("3. Sở Tài chính bố trí ..."), below a heading ("2. Về chuyển đổi số" / "- Sở ... tham mưu ..."), or the
    closing words ("Giao Văn phòng ... đôn đốc ..."). The paragraphs before the first number tell, they do not ask."""
    begins = opens("asks", fold(item.text)) is not None
    if item.mark is None and section is None:
        asked = after_asking(item.text)
        at = leading_units(asked)[1] if begins else 0
        formula = re.fullmatch(rf",?\s*{alternatives('only-carries-out')}(?: [^.;,]{{0,40}} nay)?[./\s]*", fold(asked[at:]))
        return at > 0 and formula is None
    if holds("takes-note", fold(item.text)):
        return False
    return (begins and item.mark is not None) or leading_units(after_asking(item.text))[1] > 0


def _not_a_task(items: Sequence[Item], i: int, role: str) -> bool:
    """Whether an item of a part with tasks is none: a remark, the words that only lead in to what stands below, a formula."""
    item = items[i]
    text = item.text.strip("*_ ")
    if re.fullmatch(r"\(.*\)\.?", text) or len(text.split()) < 3 or opens("remark", fold(text)) or is_unit_note(text):
        return True
    following = items[i + 1] if i + 1 < len(items) else None
    if text.endswith(":") and following is not None and not following.row:
        if item.mark is None:
            return True
        if following.mark is not None and following.mark.rank == item.mark.rank + 1:
            return False
    return role == "responsibilities" and is_formula(item)
