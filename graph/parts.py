"""The parts of documents as nodes: those of the document that was read, and those of other documents that it names.

A part has the same IRI whether it was read or only cited ("<document>#dieu-12-khoan-2"): what a plan says of khoản 2 Điều 12 of a
decree hangs at the decree's own clause as soon as that is read, and at a named stub until then.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import pyoxigraph as ox

from documents.model import Citation, Place, Task
from documents.structure.place import above, label
from documents.structure.subdivision import Subdivision, innermost, subdivisions
from graph import iri
from graph.statements import Statements, text, whole

Sections: TypeAlias = dict[int, ox.NamedNode]
"""The innermost section of each line that stands in one."""

_SUBDIVISION = "eli:LegalResourceSubdivision"


def say_parts(graph: Statements) -> Sections:
    """Say the parts of the document, and which of them name which; returns the innermost section of each line."""
    document = graph.document
    found = subdivisions(document)
    nodes = tuple(graph.part(local) for local in iri.part_locals(found))
    section_of: Sections = {}
    paths: list[str] = []
    for position, (node, part) in enumerate(zip(nodes, found, strict=True), 1):
        section = document.sections[part.section] if part.section is not None else None
        parent = paths[part.parent] if part.parent is not None else ""
        paths.append(section.path if section else f"{parent}.{part.number or ''}".strip("."))
        number = f"{part.number}. " if part.number and not part.title.startswith(part.number) else ""
        graph.node(node, f"{number}{part.title}".strip() or paths[-1] or label(part.place), _SUBDIVISION)
        graph.say(node, "eli:is_part_of", graph.here if part.parent is None else nodes[part.parent])
        graph.say(node, "cancu:partOf", graph.here)
        graph.say(node, "eli:number", text(part.number) if part.number else None)
        graph.say(node, "cancu:sectionKind", text(part.kind))
        graph.say(node, "cancu:sectionRole", text(section.role) if section and section.role else None)
        graph.say(node, "cancu:path", text(paths[-1]))
        graph.say(node, "cancu:order", whole(position))
        graph.say(node, "cancu:firstLine", whole(part.lines[0]))
        graph.say(node, "cancu:lastLine", whole(part.lines[1]))
        graph.prove(node, (part.lines[0], part.lines[0]))
        if section:
            section_of.update(dict.fromkeys(range(part.lines[0], part.lines[1] + 1), node))
    _inner_references(graph, found, nodes)
    return section_of


def _inner_references(graph: Statements, found: Sequence[Subdivision], nodes: Sequence[ox.NamedNode]) -> None:
    inside = innermost(found) if graph.document.references else {}
    by_place = {part.place: node for part, node in zip(reversed(found), reversed(nodes), strict=True)}
    header = graph.document.header
    name = " ".join(word for word in (header.type, header.number or header.title) if word) or graph.document.source
    for count, reference in enumerate(graph.document.references, 1):
        here = inside.get(reference.lines[0])
        start = nodes[here] if here is not None else graph.here
        for at, place in enumerate(reference.places, 1):
            end = by_place.get(place) or cited_part(graph, graph.here, name, place)
            if end != start:
                graph.statement(f"R{count:03d}-{at}", reference.text, (start, "cancu:citesPart", end), reference.lines)


def cited_part(graph: Statements, whole_document: ox.NamedNode, name: str, place: Place) -> ox.NamedNode:
    """The node of a part of the document ``whole_document``, which is called ``name``, with the parts above it."""
    node = ox.NamedNode(f"{whole_document.value}#{iri.place_local(place)}")
    if not graph.is_new(node):
        return node
    graph.node(node, f"{label(place)} {name}", _SUBDIVISION)
    higher = above(place)
    inside = higher is not None and higher.steps[-1].kind != "attached"
    graph.say(node, "eli:is_part_of", cited_part(graph, whole_document, name, higher) if inside and higher else whole_document)
    graph.say(node, "cancu:partOf", whole_document)
    return node


def cited_name(citation: Citation) -> str:
    """What a cited document is called behind one of its parts: "Nghị định 85/2016/NĐ-CP"."""
    return " ".join(word for word in (citation.type, citation.number or citation.title) if word) or "văn bản"


def parts_cited_by(task: Task, citation: Citation) -> tuple[Place, ...]:
    """The parts of a cited document that a task's own lines name."""
    first, last = task.lines
    inside = (mention for mention in citation.mentions if first <= mention.lines[0] <= last)
    return tuple(dict.fromkeys(place for mention in inside for place in mention.places))
