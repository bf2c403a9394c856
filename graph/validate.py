"""Whether a document's graph keeps to the shapes of the ontology (SHACL, by pySHACL)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import ontology
from documents.model import Document
from graph.build import document_graph

if TYPE_CHECKING:
    from rdflib import Graph

_ROOM = Path(ontology.__file__).parent


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One place where a graph does not keep to a shape: the node, the property if one is concerned, the value and the message."""

    node: str
    path: str | None
    value: str | None
    message: str


@cache
def _turtle(name: str) -> Graph:
    from rdflib import Graph

    return Graph().parse(_ROOM / name, format="turtle")


@cache
def _shapes() -> Graph:
    """The shapes, arranged so that pySHACL checks them quickly; what they find is the same.

    pySHACL runs a property shape that stands inside a node shape once for each node, but one with targets of its own once for
    all of them. So the property shapes of a node shape, and of those that it refers to with ``sh:node``, get its targets.
    """
    from rdflib.namespace import SH

    shapes = _turtle("shapes.ttl")
    targets = {
        shape: tuple((p, o) for p in (SH.targetClass, SH.targetSubjectsOf) for o in shapes.objects(shape, p))
        for shape in {*shapes.subjects(SH.targetClass), *shapes.subjects(SH.targetSubjectsOf)}
    }
    for shape, aims in targets.items():
        for holder in (shape, *shapes.transitive_objects(shape, SH.node)):
            for part in shapes.objects(holder, SH.property):
                for predicate, aim in aims:
                    shapes.add((part, predicate, aim))
    shared = {holder for shape in targets for holder in shapes.transitive_objects(shape, SH.node)}
    for holder in shared:
        shapes.remove((holder, SH.property, None))
        shapes.remove((holder, SH.node, None))
    return shapes


def violations(graph: Graph) -> tuple[Violation, ...]:
    """Where ``graph`` does not keep to ``ontology/shapes.ttl``, sorted; subclasses are those of ``ontology/cancu.ttl``."""
    from pyshacl import validate
    from rdflib.namespace import RDF, SH

    _, report, _ = validate(graph, shacl_graph=_shapes(), ont_graph=_turtle("cancu.ttl"), inference="none")
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        values = [report.value(result, name) for name in (SH.focusNode, SH.resultPath, SH.value, SH.resultMessage)]
        node, path, value, message = (None if v is None else str(v) for v in values)
        found.add(Violation(node or "", path, value, message or ""))
    return tuple(sorted(found, key=lambda v: (v.node, v.path or "", v.value or "", v.message)))


def validate_document(document: Document, key: str | None = None) -> tuple[Violation, ...]:
    """Where the graph of ``document`` (under ``key``, by default its own) does not keep to the shapes; empty when it does."""
    return violations(document_graph(document, key))
