"""What is wrong in the source itself: recorded as a finding, never silently mended.

Each rule is a function of one document's parts and returns findings with the lines that show them; this module gathers them.
Kinds are those of the shared gold schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from documents.citations.citation import Cited
from documents.defects.naming import name_conflicts
from documents.defects.number_form import damaged_numbers, number_forms
from documents.defects.numbering import (
    appendix_numbering,
    bare_rows,
    group_numbering,
    point_lettering,
    row_numbering,
    section_numbering,
)
from documents.defects.page_break import page_breaks
from documents.defects.slips import slips
from documents.defects.spelling import misspellings
from documents.defects.sums import counts, prose_sums, sum_defects
from documents.defects.years import (
    citation_dates,
    impossible_dates,
    own_deadlines,
    past_deadlines,
    past_years,
    spans_of_years,
    yearly_names,
)
from documents.model import Citation, Defect, Header, Section, Task, Unit
from documents.structure.item import Item
from documents.structure.section import Outline
from documents.structure.table import Table
from documents.tasks.unit_names import Headless
from ontology.knowledge import knowledge

_NUMBER_LEFT_BLANK = re.compile(
    r"(?:kèm theo [^()]{3,40}?|(?:Quyết định|Kế hoạch|Công văn|Nghị quyết|Tờ trình|Thông báo|Báo cáo|Chương trình))"
    r"\s+số\s*[._…]*\s*(/[A-ZĐ][\w-]*)"
)
"""A document that is named by its type and the letters of its number, the serial left out."""


def defects(
    items: Sequence[Item],
    outlined: Outline,
    tables: Sequence[Table],
    header: Header,
    cited: Cited,
    tasks: Sequence[Task],
    units: Sequence[Unit],
    headless: Sequence[Headless],
    province: str | None,
    noisy: bool,
) -> tuple[Defect, ...]:
    """All findings of one document, by line. Of a ``noisy`` text, which was recognised badly, only those are reported that no
    misread letter brings about."""
    found = [
        *_blank_number(items, header),
        *_unnumbered_bases(cited.citations, outlined.sections),
        *(d for c in cited.citations for d in (*citation_dates(c, header), *damaged_numbers(c))),
        *section_numbering(items, outlined.sections),
        *appendix_numbering(outlined.sections),
        *point_lettering(items),
        *(d for t in tables for d in (*row_numbering(t), *group_numbering(t), *bare_rows(t, items), *sum_defects(t))),
        *past_years(tasks, header),
        *past_deadlines(tasks, header),
        *impossible_dates(items),
        *own_deadlines(tasks, header),
        *counts(items, tables),
        *prose_sums(items),
        *spans_of_years(items),
    ]
    if not noisy:
        found += [
            *number_forms(items),
            *yearly_names(tasks, header),
            *page_breaks(items, tables, cited.citations),
            *misspellings(items),
            *slips(items),
            *name_conflicts(items, header, province, units, headless),
        ]
    return tuple(sorted(dict.fromkeys(found), key=lambda d: (d.lines, d.kind, d.text)))


def _blank_number(items: Sequence[Item], header: Header) -> list[Defect]:
    """A document without number, and an annex that leaves the number of its document blank."""
    found = []
    if header.number is None and header.type:
        first = items[0].lines[0] if items else 1
        at = header.where("number") or (first, first)
        dated = header.where("date") if header.date is None else None
        lines = tuple(sorted({*range(at[0], at[1] + 1), *(dated or ())}))
        found.append(Defect(lines, "blank-number", " ".join(n for n in (header.number_note, header.date_note) if n)))
    named, title = header.where("number"), header.where("title") or header.where("type")
    if header.number and named and title and named[0] > title[1]:
        text = f"Phần đầu văn bản không có dòng số, ký hiệu; số {header.number} chỉ ghi ở dòng {named[0]}."
        found.append(Defect((title[0],), "blank-number", text))
    for item in items:
        match = _NUMBER_LEFT_BLANK.search(item.raw)
        if match:
            found.append(Defect((item.lines[0],), "blank-number", f"Số của văn bản để trống: “{match[1]}”."))
    return found


def _unnumbered_bases(citations: Sequence[Citation], sections: Sequence[Section]) -> Iterator[Defect]:
    """Documents other than laws that the list of legal bases names without number."""
    bases = [s.lines for s in sections if s.role == "bases"]
    for citation in citations:
        lines = tuple(n for n in citation.lines if any(first <= n <= last for first, last in bases))
        known_by_name = citation.type in knowledge().cues["law-type"] or (citation.issuer or "").startswith("Đại hội")
        if citation.number is None and lines and not known_by_name:
            yield Defect(lines, "blank-number", f"Căn cứ “{citation.as_written[0]}” không ghi số, ký hiệu, ngày ban hành.")
