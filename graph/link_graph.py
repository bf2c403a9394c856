"""The graph of inferred links: a named graph beside those of the documents; each link says method, confidence and reason.

The links themselves are plain triples (``?task cancu:sameDutyAs ?other``). The node beside each says which documents are at its
ends, so that it goes when one of them goes, and what it was derived from: the two parts, each of which has its evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph import iri
from graph.link import Kind, Link
from graph.neighbours import Standing, is_above
from graph.statements import decimal, term, text

if TYPE_CHECKING:
    from graph.document_graph import DocumentGraph, TaskPair
    from graph.store import GraphStore

KEY = "lien-ket"
"""The key under which the graph of links stands; documents have longer ones."""

METHOD = "aligned"
PROPERTY: dict[Kind, str] = {
    "same": "cancu:sameDutyAs",
    "part": "cancu:sharesDutyWith",
    "article": "cancu:carriesOutDutyOf",
}
_READ = ("rdf:subject", "rdf:predicate", "rdf:object", "cancu:confidence", "cancu:reason")
_LABEL: dict[Kind, str] = {
    "same": "cùng một nhiệm vụ",
    "part": "có phần việc chung",
    "article": "thực hiện trách nhiệm nêu tại",
}


def graph_name() -> ox.NamedNode:
    """The name of the graph of links."""
    return ox.NamedNode(iri.graph_iri(KEY))


def head(version: str) -> list[ox.Quad]:
    """What the graph says of itself; ``version`` is that of the model."""
    name = graph_name()
    said: tuple[tuple[str, ox.NamedNode | ox.Literal], ...] = (
        ("rdf:type", term("prov:Entity")),
        ("rdfs:label", text("Liên kết suy ra giữa các nhiệm vụ và điều khoản")),
        ("cancu:modelVersion", text(version)),
    )
    return [ox.Quad(name, term(predicate), value, name) for predicate, value in said]


def link_quads(links: Iterable[Link]) -> Iterator[ox.Quad]:
    """The quads of ``links``."""
    name = graph_name()
    for link in links:
        start, end = (ox.NamedNode(iri.base() + node) for node in (link.start, link.end))
        node = link_node(link)
        said: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
            (start, PROPERTY[link.kind], end),
            (node, "rdf:type", term("cancu:Statement")),
            (node, "rdf:type", term("rdf:Statement")),
            (node, "rdfs:label", text(f"{_part(link.start)} {_LABEL[link.kind]} {_part(link.end)}")),
            (node, "rdf:subject", start),
            (node, "rdf:predicate", term(PROPERTY[link.kind])),
            (node, "rdf:object", end),
            (node, "cancu:method", text(METHOD)),
            (node, "cancu:confidence", decimal(link.confidence)),
            (node, "cancu:reason", text(link.reason)),
            (node, "cancu:derivedFrom", start),
            (node, "cancu:derivedFrom", end),
        ]
        said += [(node, "cancu:between", ox.NamedNode(iri.document_iri(key))) for key in link.documents]
        for subject, predicate, value in said:
            yield ox.Quad(subject, term(predicate), value, name)


def _part(node: str) -> str:
    key, _, local = node.partition("#")
    return f"{local} ({key})"


def link_node(link: Link) -> ox.NamedNode:
    """The node that speaks of ``link``."""
    digest = sha256(f"{link.start}\n{link.kind}\n{link.end}".encode()).hexdigest()[:20]
    return ox.NamedNode(f"{iri.base()}{KEY}/{digest}")


def links_of(store: GraphStore, key: str) -> list[Link]:
    """The stored links that have the document ``key`` at an end, sorted."""
    found = (read_link(store, node) for node in nodes_of(store, key))
    return sorted(found, key=lambda link: (link.start, link.end, link.kind))


def links_at(store: GraphStore, node: str) -> list[Link]:
    """The stored links of one task or article, surest first."""
    here, name = ox.NamedNode(iri.base() + node), graph_name()
    nodes = {one for side in ("rdf:subject", "rdf:object") for one in store.subjects(term(side), here, name)}
    found = (read_link(store, one) for one in sorted(nodes, key=str))
    return sorted(found, key=lambda link: (-link.confidence, link.start, link.end))


def nodes_of(store: GraphStore, key: str) -> list[ox.NamedNode]:
    """The nodes of the links that have the document ``key`` at an end, sorted."""
    return store.subjects(term("cancu:between"), ox.NamedNode(iri.document_iri(key)), graph_name())


def read_link(store: GraphStore, node: ox.NamedNode) -> Link:
    """The link that ``node`` speaks of."""
    values = {quad.predicate: quad.object for quad in store.about(node, graph_name())}
    said = {name: str(getattr(values[term(name)], "value", "")) for name in _READ}
    kinds = {term(name).value: kind for kind, name in PROPERTY.items()}
    start, end = (said["rdf:subject"].removeprefix(iri.base()), said["rdf:object"].removeprefix(iri.base()))
    return Link(start, end, kinds[said["rdf:predicate"]], float(said["cancu:confidence"]), said["cancu:reason"])


def quads_about(store: GraphStore, node: ox.NamedNode) -> list[ox.Quad]:
    """All quads of one stored link: its node's and the plain triple."""
    return [*store.about(node, graph_name()), *(quad for quad in link_quads([read_link(store, node)]) if quad.subject != node)]


def tasks_above(store: GraphStore, graph: DocumentGraph, node: str) -> list[TaskPair]:
    """The pairs of the task ``node`` with the tasks of higher levels that the stored links say are the same duty, surest first.

    Documents of another province, plans that begin after the task's own plan has ended, and documents of unknown level gave no
    cause for it and are left out.
    """
    from graph.document_graph import TaskPair

    own = Standing.of(graph.documents[node.partition("#")[0]])
    found = []
    for link in links_at(store, node):
        other = link.end if link.start == node else link.start
        upper = graph.documents.get(other.partition("#")[0])
        if link.kind == "same" and upper is not None and is_above(Standing.of(upper), own):
            found.append(TaskPair(node, other, link.confidence, 2))
    return sorted(found, key=lambda pair: (-pair.score, pair.b))
