"""Writing one document's graph: terms, nodes with label and type, evidence, statements that carry their evidence.

What a document says goes through one :class:`Statements`, so that every node gets its label and type, every line span becomes
one evidence node, and the result is the same set of quads for the same document.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import TypeAlias

import pyoxigraph as ox

from documents.identity import Surroundings, expand, surroundings
from documents.model import Document, Span, Unit
from graph import iri
from ontology.knowledge import knowledge
from ontology.namespaces import ALL, concept

Value: TypeAlias = ox.NamedNode | ox.Literal

_LABEL_LENGTH = 120
_SPACES = {space.prefix: space for space in ALL}


@cache
def term(curie: str) -> ox.NamedNode:
    """The declared term written as "prefix:name"; raises ``KeyError`` or ``AttributeError`` for one that is not declared."""
    prefix, _, name = curie.partition(":")
    return ox.NamedNode(getattr(_SPACES[prefix], name))


def text(words: str) -> ox.Literal:
    """A plain literal."""
    return ox.Literal(words)


def whole(number: int) -> ox.Literal:
    """An integer."""
    return ox.Literal(str(number), datatype=term("xsd:integer"))


def decimal(number: float) -> ox.Literal:
    """A decimal, without exponent or superfluous zeros."""
    return ox.Literal(format(Decimal(repr(number)).normalize(), "f"), datatype=term("xsd:decimal"))


def is_day(iso: str) -> bool:
    """Whether the calendar has the day written as ISO date."""
    try:
        return date.fromisoformat(iso).isoformat() == iso
    except ValueError:
        return False


def day(iso: str) -> ox.Literal:
    """A date; a day that no calendar has stays the plain words."""
    return ox.Literal(iso, datatype=term("xsd:date")) if is_day(iso) else ox.Literal(iso)


def shortened(words: str) -> str:
    """``words`` as a label: cut at a word's end where they are long."""
    if len(words) <= _LABEL_LENGTH:
        return words
    return words[:_LABEL_LENGTH].rpartition(" ")[0] + " …"


def lines_label(span: Span) -> str:
    """ "dòng 12" or "dòng 12–14"."""
    return f"dòng {span[0]}" if span[0] == span[1] else f"dòng {span[0]}–{span[1]}"


class Statements:
    """The growing graph of one document."""

    def __init__(self, document: Document, key: str) -> None:
        """Begin the graph of ``document``, which stands under ``key``."""
        self.document = document
        self.key = key
        self.here = ox.NamedNode(iri.document_iri(key))
        self.within: Surroundings = surroundings(document)
        self._graph = ox.NamedNode(iri.graph_iri(key))
        self._triples: dict[tuple[ox.NamedNode, ox.NamedNode, Value], None] = {}
        self._units = _units_by_node(document, self.within)
        self._labels: dict[ox.NamedNode, str] = {}
        self._named: dict[str, ox.NamedNode] = {}

    def quads(self) -> list[ox.Quad]:
        """Everything said so far, each statement once."""
        return [ox.Quad(s, p, o, self._graph) for s, p, o in self._triples]

    def say(self, subject: ox.NamedNode, predicate: str, *values: Value | None) -> None:
        """State ``predicate`` of ``subject`` for each value; ``None`` (the source does not say) states nothing."""
        for value in values:
            if value is not None:
                self._triples[subject, term(predicate), value] = None

    def part(self, local: str) -> ox.NamedNode:
        """The node of a part of the document."""
        return ox.NamedNode(iri.part_iri(self.key, local))

    def node(self, node: ox.NamedNode, label: str, *types: str) -> ox.NamedNode:
        """Give ``node`` its label and types; returns it."""
        self.say(node, "rdf:type", *(term(kind) for kind in types))
        self.say(node, "rdfs:label", text(shortened(label)))
        self._labels[node] = shortened(label)
        return node

    def is_new(self, node: ox.NamedNode) -> bool:
        """Whether ``node`` has no label yet."""
        return node not in self._labels

    def also_called(self, node: ox.NamedNode, name: str) -> None:
        """Give ``node`` another name beside its label."""
        if self._labels.get(node) != shortened(name):
            self.say(node, "skos:altLabel", text(name))

    def evidence(self, span: Span) -> ox.NamedNode:
        """The evidence node of the lines ``span``: where they stand, the words as read, and the restored ones of a bad scan."""
        node = self.part(f"E{span[0]}" if span[0] == span[1] else f"E{span[0]}-{span[1]}")
        self.node(node, f"{self.document.source}, {lines_label(span)}", "cancu:Evidence")
        self.say(node, "oa:hasSource", ox.NamedNode(iri.original_iri(self.document.sha256)))
        read, restored = " ".join(" ".join(self.document.original[span[0] - 1 : span[1]]).split()), self.document.text(span)
        self.say(node, "oa:exact", text(read or restored))
        self.say(node, "cancu:text", text(restored) if read not in ("", restored) else None)
        self.say(node, "cancu:firstLine", whole(span[0]))
        self.say(node, "cancu:lastLine", whole(span[1]))
        page = self.document.page(span[0])
        self.say(node, "cancu:page", whole(page) if page is not None else None)
        return node

    def prove(self, node: ox.NamedNode, *spans: Span) -> None:
        """Give ``node`` its evidence."""
        self.say(node, "cancu:evidence", *(self.evidence(span) for span in spans))

    def statement(
        self, local: str, label: str, triple: tuple[ox.NamedNode, str, Value], *spans: Span, method: str = "explicit"
    ) -> ox.NamedNode:
        """State ``triple`` and a node that speaks of it (RDF reification) and carries its evidence and how it was obtained."""
        subject, predicate, value = triple
        self.say(subject, predicate, value)
        node = self.node(self.part(local), label, "cancu:Statement", "rdf:Statement")
        self.say(node, "rdf:subject", subject)
        self.say(node, "rdf:predicate", term(predicate))
        self.say(node, "rdf:object", value)
        self.say(node, "cancu:method", text(method))
        self.prove(node, *spans)
        return node

    def concept(self, scheme: str, id: str, label: str) -> ox.NamedNode:
        """The entry ``id`` of a controlled list."""
        return self.node(ox.NamedNode(concept(scheme, id)), label, "skos:Concept")

    def instant(self, iso: str) -> ox.NamedNode:
        """The node of a day."""
        node = ox.NamedNode(iri.day_iri(iso))
        self.node(node, "/".join(reversed(iso.split("-"))), "time:Instant")
        self.say(node, "time:inXSDDate", day(iso))
        return node

    def interval(self, node: ox.NamedNode, start: str | None, end: str | None) -> None:
        """Give ``node`` the beginning and the end that are known."""
        self.say(node, "time:hasBeginning", self.instant(start) if start and is_day(start) else None)
        self.say(node, "time:hasEnd", self.instant(end) if end and is_day(end) else None)

    def unit(self, name: str) -> ox.NamedNode:
        """The node of the unit or body called ``name`` in this document, with all that the document says of it."""
        if name not in self._named:
            self._named[name] = self._say_unit(name)
        return self._named[name]

    def _say_unit(self, name: str) -> ox.NamedNode:
        known = knowledge().unit_kind(name)
        listed = next((u for u in self.document.units if u.name == name), None)
        node = unit_node(name, listed.kind if listed else known.label if known else None, self.within)
        unit = self._units.setdefault(node, Unit(name, (), ""))
        inner = "/" in node.value.removeprefix(f"{iri.base()}unit/")
        self.node(node, unit.name, "cancu:Unit", "org:OrganizationalUnit" if inner else "org:Organization")
        self.say(node, "skos:altLabel", *(text(form) for form in (name, *unit.as_written) if form != unit.name))
        kind = next((k for k in knowledge().unit_kinds if k.label == unit.kind), known)
        self.say(node, "cancu:unitKind", self.concept("unit-kinds", kind.id, kind.label) if kind else None)
        if inner and self.document.header.issuer:
            self.say(node, "org:unitOf", self.unit(self.document.header.issuer))
        self.prove(node, *((line, line) for line in unit.lines))
        return node


def _units_by_node(document: Document, within: Surroundings) -> dict[ox.NamedNode, Unit]:
    """The units and issuers that the document names, one per node, under the listed unit's name or the fullest one."""
    issuers = {expand(i) for i in (document.header.issuer, *(c.issuer for c in document.citations)) if i}
    found = {unit_node(name, None, within): Unit(name, (), "") for name in sorted(issuers, key=lambda n: (len(n), n))}
    found |= {unit_node(u.name, u.kind, within): u for u in reversed(document.units)}
    return found


def unit_node(name: str, kind: str | None, within: Surroundings) -> ox.NamedNode:
    """The node of the unit called ``name`` in a document with the given surroundings."""
    return ox.NamedNode(iri.unit_iri(name, kind, within))
