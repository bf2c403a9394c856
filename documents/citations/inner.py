"""Where a document names its own parts: "khoản 2 Điều này", "Điều 9 Nghị định này", "điểm a khoản này", "Phụ lục I Quy chế này".

A document does not cite itself; these references lead from one of its parts to another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from documents.citations.place import UNIT, Named, kind_of_unit, parts, run, unit_of
from documents.model import Document, InnerReference, Paragraph, Place, Step
from documents.structure.subdivision import innermost, subdivisions
from documents.text import collapse, fold
from ontology.knowledge import knowledge

_WINDOW = 300
_OWN_PART = re.compile(rf"{UNIT}\s+này(?!\w)", re.I)
_TIE = re.compile(r"\s*(?:(?:của|tại|trong|thuộc|theo|(?:ban hành\s+)?kèm theo)\s+)?", re.I)


@cache
def _own_document() -> re.Pattern[str]:
    """The document itself by its type: "Nghị định này", "Quy chế này"."""
    names = {name for kind in knowledge().document_types for name in (kind.label, *kind.aliases)}
    longest = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?P<type>{'|'.join(map(re.escape, longest))})\s+này(?!\w)", re.I)


def inner_references(document: Document) -> tuple[InnerReference, ...]:
    """The places where ``document`` names its own parts, in order; each with the words, their lines and the parts."""
    speaking = [paragraph for paragraph in document.paragraphs if " này" in paragraph.text]
    if not speaking:
        return ()
    tree = subdivisions(document)
    at = innermost(tree)
    found: list[InnerReference] = []
    for paragraph in speaking:
        here = at.get(paragraph.lines[0])
        found.extend(_in_paragraph(document, paragraph, tree[here].place.steps if here is not None else ()))
    return tuple(dict.fromkeys(found))


def _in_paragraph(document: Document, paragraph: Paragraph, steps: tuple[Step, ...]) -> Iterator[InnerReference]:
    text = paragraph.text
    for match in _own_document().finditer(text):
        own = fold(match["type"]) == fold(document.header.type or match["type"])
        inside = steps[:1] if steps and steps[0].kind == "attached" else ()
        if own or inside:
            yield from _reference(text, paragraph, match, () if own else inside)
    for match in _OWN_PART.finditer(text):
        kind = kind_of_unit(unit_of(match))
        at = next((i for i in range(len(steps) - 1, -1, -1) if steps[i].kind == kind), None)
        if at is not None:
            yield from _reference(text, paragraph, match, steps[: at + 1])


def _reference(text: str, paragraph: Paragraph, match: re.Match[str], within: tuple[Step, ...]) -> Iterator[InnerReference]:
    named: list[Named] = run(text, max(0, match.start() - _WINDOW), match.start())
    if named and _TIE.fullmatch(text, named[-1].end, match.start()):
        places: tuple[Place, ...] = parts(named, within)
        yield InnerReference(collapse(text[named[0].start : match.end()]), paragraph.lines, places)
