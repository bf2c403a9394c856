"""Which statements an export takes: all, or what one of its options chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.backend import Selection
from api.errors import unusable

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import Quad

    from graph.corpus import Corpus
    from graph.document_graph import DocumentGraph

CONSTRUCT_SECONDS = 60.0
CONSTRUCT_ROWS = 1_000_000
"""An export may take longer and be larger than an answer on a screen."""


def chosen_quads(corpus: Corpus, selection: Selection, graph: Callable[[], DocumentGraph]) -> list[Quad]:
    """The statements that ``selection`` chooses; ``graph`` gives the graph of documents, needed for numbers and phrases.

    Raises:
        Refused: several ways to choose at once, or a query that gives no statements.
        UnknownDocument, StartNotFound, GraphError: what is to be exported is not there.
    """
    from graph.export import part_around, part_of_document, unit_nodes

    given = [name for name in ("around", "document", "unit", "query") if getattr(selection, name)]
    if len(given) > 1:
        raise unusable(f"Chỉ chọn được một cách xuất: {', '.join('--' + name for name in given)}.")
    quads = list(corpus.store.quads())
    if selection.document:
        return part_of_document(quads, corpus.entry(selection.document).key or "")
    if selection.unit:
        return part_around(quads, unit_nodes(quads, selection.unit), 1)
    if selection.around:
        return part_around(quads, [node_called(selection.around, quads, graph)], selection.depth)
    if selection.query:
        return constructed(corpus, quads, selection.query)
    return quads


def node_called(what: str, quads: list[Quad], graph: Callable[[], DocumentGraph]) -> str:
    """The IRI that ``what`` means: itself where something is said of it, else what a trace would start from."""
    from graph.find_start import find_start
    from graph.iri import document_iri

    if any(str(quad.subject) == f"<{what}>" for quad in quads):
        return what
    return document_iri(find_start(graph(), what).node)


def constructed(corpus: Corpus, quads: list[Quad], query: str) -> list[Quad]:
    """The statements that a CONSTRUCT or DESCRIBE query gives."""
    import pyoxigraph as ox

    from graph.export import part_of_statements

    result = corpus.sparql(query, CONSTRUCT_SECONDS, CONSTRUCT_ROWS)
    if result.ntriples is None:
        raise unusable("Câu truy vấn để xuất phải là CONSTRUCT hoặc DESCRIBE.")
    if result.truncated:
        raise unusable(f"Câu truy vấn cho quá {CONSTRUCT_ROWS:,} bộ ba.".replace(",", "."), "Thu hẹp truy vấn.")
    return part_of_statements(quads, [quad.triple for quad in ox.parse(result.ntriples, format=ox.RdfFormat.N_TRIPLES)])
