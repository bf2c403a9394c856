"""The header of a document: type, title, issuer, number, date, signer, and the days a plan covers.

Form of administrative documents: Nghị định 30/2020/NĐ-CP, Article 8 and appendix I. Real files lose parts of it (letterhead cut
off, number blank), so each field is looked for where the form puts it and then where the text itself says it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.citations.reference import Reference, numbered
from documents.cue import opens
from documents.head import issuing
from documents.head.closing import signer
from documents.head.issuer import level_of, province_of
from documents.head.issuing import Surroundings, surroundings
from documents.head.letterhead import Letterhead, letterhead
from documents.head.page_facts import PageFacts, page_facts
from documents.head.title import TitleBlock
from documents.model import Header, Period, Span
from documents.structure.item import Item
from documents.tasks.deadline import iso_date, period
from documents.text import fold
from ontology.knowledge import knowledge
from ontology.numbers import number_parts

_LONGEST_NOTE = 260
"""The note that ties an annex to its document is not longer, in letters."""
_ADOPTED = re.compile(r"thông qua ngày\s+(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s+năm\s+(?P<y>(?:19|20)\d\d)")
_PAGE = 4000
"""Within so many letters at the top a page of a collection tells facts by name."""
_OPENING = 12
"""So many items of the body may say who issued the document."""


def header(block: TitleBlock, items: Sequence[Item], start: int, stop: int | None, text: str) -> Header:
    """The header. ``items`` are all items of the document, ``start`` the first of the body, ``stop`` the first of its closing
    part (or ``None``), ``text`` the words of the whole document. What nothing states is ``None``."""
    lines: dict[str, Span] = {}
    head = letterhead(block.above)
    if block.first:
        lines["type"] = (block.first, block.first)
    if block.title:
        lines["title"] = (block.first, block.last)
    number, date, year = head.number, head.date, head.year
    for name, line in (("number", head.number_line), ("date", head.date_line), ("place", head.date_line if head.place else None)):
        if line:
            lines[name] = (line, line)
    accompanying = _accompanying(items, block.type)
    if accompanying and number is None and accompanying[0].number:
        number, lines["number"] = accompanying[0].number, accompanying[1].lines
    if accompanying and date is None and accompanying[0].date:
        date, lines["date"] = accompanying[0].date, accompanying[1].lines
    closing = items[stop:] if stop is not None else ()
    if date is None and (adopted := _adopted(items, block.type)):
        date, lines["date"] = adopted
    around = surroundings(block.title, head.place, text, province_of(text, head.place), block.type, block.issued_by)
    facts = page_facts(text[:_PAGE].split("\n"))
    number, date = number or facts.number, date or facts.date
    issuer = _issuer(head, items[start : start + _OPENING], closing, around, accompanying, facts, lines)
    if signed := signer(closing):
        lines["signer"] = signed[1]
    covers = period(block.title or "")
    return Header(
        type=block.type or head.type or facts.type or _type_by_number(number or _blank(head.number_blank)),
        number=number,
        number_note=None if number else _number_note(head, items),
        title=block.title,
        issuer=issuer,
        level=level_of(issuer),
        date=date,
        date_note=None if date else _date_note(head),
        year=int(date[:4]) if date else year or (int(covers[0][:4]) if covers else None),
        place=head.place,
        signer=signed[0] if signed else None,
        period=Period(*covers) if covers else None,
        lines=tuple(sorted(lines.items())),
    )


def _blank(written: str | None) -> str | None:
    """A number whose serial was left blank ("Số: /KH-SKHCN") with one in its place, so that its codes can be read."""
    code = re.search(r"[-/]\s*[A-ZĐ].*$", written or "")
    return f"1{code.group()}" if code else None


def _type_by_number(number: str | None) -> str | None:
    parts = number_parts(number) if number else None
    if parts is None:
        return None
    return next((t.label for t in knowledge().document_types if parts.type_code in t.codes), "Công văn")


def _number_note(head: Letterhead, items: Sequence[Item]) -> str | None:
    if head.number_blank:
        return f"Số để trống: “{head.number_blank}” (dòng {head.number_line})."
    return f"Văn bản không có dòng số, ký hiệu (mở đầu ở dòng {items[0].lines[0]})." if items else None


def _date_note(head: Letterhead) -> str | None:
    return f"Ngày ban hành không đầy đủ: “{head.date_blank}” (dòng {head.date_line})." if head.date_blank else None


def _accompanying(items: Sequence[Item], kind: str | None) -> tuple[Reference, Item] | None:
    """The reference in an annex's "(Ban hành kèm theo Kế hoạch số ... của ...)", with its item; it names the document itself."""
    for item in items:
        if len(item.raw) < _LONGEST_NOTE and opens("accompanying", fold(item.raw).lstrip(" (*_-")):
            for reference in numbered(item.text):
                if kind is None or reference.type == kind:
                    return reference, item
    return None


def _adopted(items: Sequence[Item], kind: str | None) -> tuple[str, Span] | None:
    """The day on which a law was passed, with its lines; its last sentence tells it ("thông qua ngày 09 tháng 4 năm 2016")."""
    if kind not in knowledge().cues["law-type"]:
        return None
    for item in items:
        if (said := _ADOPTED.search(item.text)) and (date := iso_date(int(said["d"]), int(said["m"]), int(said["y"]))):
            return date, item.lines
    return None


def _issuer(
    head: Letterhead,
    opening: Sequence[Item],
    closing: Sequence[Item],
    around: Surroundings,
    accompanying: tuple[Reference, Item] | None,
    facts: PageFacts,
    lines: dict[str, Span],
) -> str | None:
    """The issuer by the first source that names one; its lines are added to ``lines``."""
    found: tuple[str, Span | None] | None = issuing.from_letterhead(head, opening, closing, around)
    if found is None and accompanying and (named := issuing.from_annex(accompanying[0], around)):
        found = named, accompanying[1].lines
    found = found or issuing.from_office(opening, around)
    if found is None and facts.issuer:
        return issuing.from_page(facts, around)
    found = (
        found
        or issuing.from_words(opening, around)
        or issuing.from_number(head, lines.get("number"), around)
        or issuing.from_signature(closing, around)
    )
    if found is None:
        return None
    if found[1]:
        lines["issuer"] = found[1]
    return found[0]
