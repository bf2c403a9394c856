"""The graph for other systems: all of it or a part, as Turtle, TriG, N-Quads, JSON-LD or GraphML.

The same statements give the same bytes: they are sorted before they are written, and there are no blank nodes and no clock in
them. A part is closed under naming: every node that it mentions has its label and type in it, so it can be read by itself.
Turtle and GraphML know no named graphs and hold the union of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import TypeAlias

import pyoxigraph as ox

from documents.text import fold
from graph import iri
from graph.errors import GraphError
from ontology.namespaces import CANCU, PREFIXES, RDF, RDFS

Node: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
"""What can stand in a statement; subjects and links of ours are named nodes."""

_TYPE = ox.NamedNode(RDF.type)
_LABEL = ox.NamedNode(RDFS.label)
_ABOUT_TERMS = frozenset((RDF.type, RDF.predicate))
"""Properties whose objects are terms of a vocabulary, not nodes of the graph."""

_HUBS = frozenset(("Concept", "Instant"))
"""Local names of the types that join everything with everything (topics, days): shown, but not walked through."""


class UnsupportedFormat(GraphError):
    """A format that the graph is not written in."""

    def __init__(self, form: str) -> None:
        """Name the format ``form`` and those there are."""
        super().__init__(f"Không xuất được định dạng “{form}”. Các định dạng: {', '.join(FORMATS)}.")


class NothingToExport(GraphError):
    """The chosen part of the graph is empty; ``message`` says what was asked for."""


def write(quads: Iterable[ox.Quad], form: str) -> bytes:
    """``quads`` in the format ``form`` (one of :data:`FORMATS`); raises :class:`UnsupportedFormat`."""
    if form not in FORMATS:
        raise UnsupportedFormat(form)
    return FORMATS[form](sorted(set(quads), key=str))


def part_around(quads: Iterable[ox.Quad], nodes: Iterable[str], depth: int = 2) -> list[ox.Quad]:
    """What is said of ``nodes`` (IRIs) and of all nodes at most ``depth`` steps from them, in either direction.

    Raises :class:`NothingToExport` when nothing is said of any of ``nodes``.
    """
    graph = _Indexed(quads)
    wanted = set(nodes)
    reached = {node for node in graph.nodes if _words(node) in wanted}
    if not reached:
        raise NothingToExport("Không có nút nào trong đồ thị ứng với yêu cầu xuất.")
    edge = set(reached)
    for _ in range(depth):
        walked = [node for node in edge if node in reached and not graph.is_hub(node)]
        edge = {near for node in walked for near in graph.next_to(node)} - reached
        reached |= edge
    return graph.closed(
        quad for node in reached for quad in graph.by_subject.get(node, ()) if quad.object in reached or _ends(quad)
    )


def part_of_document(quads: Iterable[ox.Quad], key: str) -> list[ox.Quad]:
    """What the document ``key`` says. Raises :class:`NothingToExport` when it is not in the graph."""
    graph = _Indexed(quads)
    name = ox.NamedNode(iri.graph_iri(key))
    own = [quad for quad in graph.quads if quad.graph_name == name]
    if not own:
        raise NothingToExport(f"Văn bản “{key}” không có trong đồ thị.")
    return graph.closed(own)


def part_of_statements(quads: Iterable[ox.Quad], triples: Iterable[ox.Triple]) -> list[ox.Quad]:
    """The statements ``triples`` (the answer to a CONSTRUCT query), those that the graph has in their named graphs."""
    graph = _Indexed(quads)
    wanted = set(triples)
    found = [quad for quad in graph.quads if quad.triple in wanted]
    made = [ox.Quad(*triple) for triple in wanted - {quad.triple for quad in found}]
    return graph.closed([*found, *made])


def unit_nodes(quads: Iterable[ox.Quad], name: str) -> list[str]:
    """The IRIs of the units called ``name`` (an IRI, or a label without regard to case and accents)."""
    unit = ox.NamedNode(CANCU.Unit)
    graph = _Indexed(quads)
    wanted = " ".join(fold(name).split())
    return sorted(
        _words(node)
        for node in graph.nodes
        if any(quad.predicate == _TYPE and quad.object == unit for quad in graph.by_subject.get(node, ()))
        and (_words(node) == name or any(" ".join(fold(label).split()) == wanted for label in graph.labels(node)))
    )


def _ends(quad: ox.Quad) -> bool:
    """Whether the statement leads to no further node: a literal, a type, a property."""
    return not isinstance(quad.object, ox.NamedNode) or quad.predicate.value in _ABOUT_TERMS


class _Indexed:
    """Statements by subject and by object."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.quads = list(quads)
        self.by_subject: dict[Node, list[ox.Quad]] = defaultdict(list)
        self._by_object: dict[Node, list[ox.Quad]] = defaultdict(list)
        for quad in self.quads:
            self.by_subject[quad.subject].append(quad)
            if not _ends(quad):
                self._by_object[quad.object].append(quad)

    @property
    def nodes(self) -> set[Node]:
        """All nodes that something is said of."""
        return set(self.by_subject)

    def labels(self, node: Node) -> list[str]:
        """The labels of ``node``."""
        return [_words(quad.object) for quad in self.by_subject.get(node, ()) if quad.predicate == _LABEL]

    def is_hub(self, node: Node) -> bool:
        """Whether ``node`` joins everything with everything."""
        types = (_words(quad.object) for quad in self.by_subject.get(node, ()) if quad.predicate == _TYPE)
        return any(kind.replace("/", "#").rpartition("#")[2] in _HUBS for kind in types)

    def next_to(self, node: Node) -> Iterable[Node]:
        """The nodes one step from ``node``."""
        yield from (quad.object for quad in self.by_subject.get(node, ()) if not _ends(quad))
        yield from (quad.subject for quad in self._by_object.get(node, ()))

    def closed(self, quads: Iterable[ox.Quad]) -> list[ox.Quad]:
        """``quads`` and the label and type of every node in them."""
        chosen = set(quads)
        named: set[Node] = {quad.subject for quad in chosen}
        named.update(quad.object for quad in chosen if not _ends(quad))
        for node in named:
            chosen.update(quad for quad in self.by_subject.get(node, ()) if quad.predicate in (_TYPE, _LABEL))
        return sorted(chosen, key=str)


def _words(term: Node) -> str:
    """The IRI of a node or the text of a literal."""
    return str(getattr(term, "value", term))


def _turtle(quads: Sequence[ox.Quad]) -> bytes:
    triples = sorted({quad.triple for quad in quads}, key=str)
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def _trig(quads: Sequence[ox.Quad]) -> bytes:
    ordered = sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad.triple)))
    return ox.serialize(ordered, format=ox.RdfFormat.TRIG, prefixes=PREFIXES) or b""


def _nquads(quads: Sequence[ox.Quad]) -> bytes:
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def _jsonld(quads: Sequence[ox.Quad]) -> bytes:
    ordered = sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad.triple)))
    return (ox.serialize(ordered, format=ox.RdfFormat.JSON_LD) or b"") + b"\n"


def _graphml(quads: Sequence[ox.Quad]) -> bytes:
    """Nodes with their literals as attributes (several values one per line), links as edges named by their property."""
    import networkx as nx

    known = {space: f"{prefix}:" for prefix, space in PREFIXES.items()}

    def short(term: str) -> str:
        space = max((iri for iri in known if term.startswith(iri)), key=len, default=None)
        return known[space] + term[len(space) :] if space else term

    network = nx.MultiDiGraph()
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    links: set[tuple[str, str, str]] = set()
    for quad in quads:
        subject, predicate = _words(quad.subject), quad.predicate.value
        if predicate == RDF.type:
            values[subject]["type"].append(short(_words(quad.object)))
        elif isinstance(quad.object, ox.NamedNode) and not _ends(quad):
            links.add((subject, quad.object.value, short(predicate)))
        else:
            name = "label" if predicate == RDFS.label else short(predicate)
            values[subject][name].append(_words(quad.object))
    for node in sorted(set(values) | {end for link in links for end in link[:2]}):
        network.add_node(node, **{name: "\n".join(sorted(set(said))) for name, said in sorted(values[node].items())})
    for subject, target, name in sorted(links):
        network.add_edge(subject, target, key=name, property=name)
    out = BytesIO()
    nx.write_graphml(network, out, encoding="utf-8", named_key_ids=True)
    return out.getvalue()


FORMATS: dict[str, Callable[[Sequence[ox.Quad]], bytes]] = {
    "turtle": _turtle,
    "trig": _trig,
    "nquads": _nquads,
    "jsonld": _jsonld,
    "graphml": _graphml,
}
"""The formats by the names that the command knows."""
