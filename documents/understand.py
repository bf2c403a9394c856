"""From lines to a :class:`documents.model.Document`: the order in which the parts are understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from documents.citations.citation import cited
from documents.citations.inner import inner_references
from documents.cue import holds
from documents.defects.defect import defects
from documents.head.closing import closing_index
from documents.head.header import header
from documents.head.issuer import level_of, province_of
from documents.head.title import title_block
from documents.model import Document, Header
from documents.structure.aligned import with_tabs
from documents.structure.item import Item, items
from documents.structure.section import Outline, Reading, outline, paragraphs
from documents.structure.table import joined, tables
from documents.tasks.target import targets
from documents.tasks.task import tasks
from documents.tasks.unit_names import UnitNames
from documents.tasks.unit_names import key as unit_key
from documents.text import fold, nfc
from ontology.knowledge import knowledge

_LEAD_IN = 120
"""The words that lead in to duties stand within so many letters before the colon."""


def understand(
    lines: Sequence[str],
    source: str,
    sha256: str,
    *,
    noisy: bool = False,
    original: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Document:
    """What a text says. ``lines`` are its lines (restored ones where it was a bad scan; then ``original`` are those read).

    Any text gives a valid document, an empty one too; nothing is raised for what a text may hold.
    """
    texts = tuple(nfc(line) for line in lines)
    block = title_block(texts)
    above = items(texts[: block.last])
    found = above + items(with_tabs(texts[block.last :]), block.last + 1)
    start = len(above)
    stop = closing_index(found, start)
    words = "\n".join(item.raw for item in found)
    head = header(block, found, start, stop, words)
    local = head.level != "trung ương"
    cues = knowledge().cues
    led_in = head.type in cues["asking-when-led-in-type"] and _leads_in(found, start, stop)
    asks = head.type in cues["asking-type"] or led_in
    reading = Reading(local, asks, local and head.type in cues["article-role-type"])
    outlined = outline(found, start, stop, reading)
    titled = next((i for i, item in enumerate(above) if block.first and item.lines[1] >= block.first), start)
    body = _body(found, start, stop, outlined)
    found_tables = tables(found, body)
    whole = joined(found, found_tables)
    citations = cited(whole, outlined.section_of, outlined.sections, head, range(titled, body.stop))
    province = province_of(f"{words}\n{head.issuer or ''}", head.place)
    names = UnitNames(_own_names(head, province), noisy, province)
    found_tasks = tasks(found, outlined, found_tables, head, citations, names, body, asks)
    units = names.units()
    document = Document(
        source=source,
        sha256=sha256,
        lines=texts,
        header=head,
        sections=outlined.sections,
        paragraphs=paragraphs(found, outlined),
        citations=citations.citations,
        links=citations.links,
        units=units,
        tasks=found_tasks,
        targets=targets(found, outlined, found_tables, found_tasks, texts),
        defects=defects(found, outlined, found_tables, head, citations, found_tasks, units, names.headless(), province, noisy),
        noisy=noisy,
        original=tuple(original),
        notes=tuple(notes),
    )
    return replace(document, references=inner_references(document))


def _leads_in(found: Sequence[Item], start: int, stop: int | None) -> bool:
    """Whether a paragraph says, before its colon, that duties follow ("Ủy ban nhân dân thành phố yêu cầu:")."""
    paragraphs_ = (item.text for item in found[start:stop] if item.mark is None and item.text.endswith(":"))
    return any(holds("leads-in", fold(text[-_LEAD_IN:])) for text in paragraphs_)


def _body(found: Sequence[Item], start: int, stop: int | None, outlined: Outline) -> range:
    """The indexes of the items that carry content. Recipients and signature lie inside the range where appendices follow; they
    belong to no section and hold neither tasks nor rows."""
    if stop is None or any(outlined.section_of[i] is not None for i in range(stop, len(found))):
        return range(start, len(found))
    return range(start, stop)


def _own_names(head: Header, province: str | None) -> dict[str, str]:
    """Short forms inside one document: "UBND phường" is the ward's committee, "thành phố" the city that the ward belongs to."""
    if not head.issuer:
        return {}
    words = head.issuer.split()
    kinds = knowledge().cues["area"]
    short = {}
    for n in range(2, len(words)):
        piece = " ".join(words[:n])
        if piece.lower().endswith(kinds) or n == len(words) - 1:
            short[unit_key(piece)] = head.issuer
    if province and (words[0] == "Sở" or level_of(head.issuer) == "phường/xã"):
        for kind in ("thành phố", "tỉnh"):
            if province.startswith(kind):
                short[unit_key(kind)] = province[:1].upper() + province[1:]
    return short
