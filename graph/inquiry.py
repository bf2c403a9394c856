"""What the doors ask of a data folder about chains, pairs, coverage, comparison, deadlines, faults and exports, as JSON values.

Thin: it takes the documents of the corpus, asks the module whose affair it is, and gives the answer its form. The graph of
documents is kept until the corpus changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pyoxigraph as ox

from graph import iri
from graph.align import align, duplicates
from graph.article_alignment import align_articles
from graph.check import check
from graph.compare import compare
from graph.corpus import Corpus
from graph.coverage import coverage
from graph.document_graph import DocumentGraph, TaskPair, document_graph
from graph.due import SOON, due
from graph.errors import GraphError
from graph.export import NothingToExport, part_around, part_of_document, part_of_statements, unit_nodes, write
from graph.find_start import find_start
from graph.link_graph import links_of, tasks_above
from graph.trace import trace, trace_record

_HITS = 20
"""Passages looked at to find the task that a phrase means."""


class Inquiry:
    """Questions about one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        """``corpus`` stays open for as long as this is used."""
        self._corpus = corpus
        self._kept: tuple[str, DocumentGraph] | None = None

    @property
    def graph(self) -> DocumentGraph:
        """The graph of documents as they are now."""
        generation = self._corpus.generation
        if self._kept is None or self._kept[0] != generation:
            self._kept = (generation, document_graph(self._corpus.documents()))
        return self._kept[1]

    def _tasks_for(self, phrase: str) -> Sequence[str]:
        """The tasks among the best passages for ``phrase``, as nodes of the graph."""
        found = []
        for hit in self._corpus.search(phrase, _HITS, {"kind": "task"}):
            key, _, local = hit.passage.id.partition("#")
            found.append(f"{key}#{local.partition('.')[0]}")
        return list(dict.fromkeys(found))

    def _tasks_above(self, graph: DocumentGraph, node: str) -> Sequence[TaskPair]:
        """The tasks of higher levels that the kept links say are the same duty."""
        return tasks_above(self._corpus.store, graph, node)

    def trace(self, what: str, down: bool = False, limit: int = 50) -> dict[str, Any]:
        """The chains from or to ``what``; raises what :func:`graph.find_start.find_start` raises."""
        found = trace(self.graph, what, down=down, limit=limit, search=self._tasks_for, above=self._tasks_above)
        return trace_record(found, self.graph)

    def align(self, within: bool = False, articles: bool = False) -> list[dict[str, Any]]:
        """Pairs of tasks of different plans, inside a plan (``within``), or of tasks and articles (``articles``)."""
        documents = self._corpus.documents()
        found = align_articles(documents) if articles else duplicates(documents) if within else align(documents)
        return [pair.record() for pair in found]

    def coverage(self, what: str) -> list[dict[str, Any]]:
        """The duties of ``what`` and the tasks that carry them out."""
        return [duty.record() for duty in coverage(self.graph, what, lambda key: links_of(self._corpus.store, key))]

    def compare(self, first: str, second: str) -> list[dict[str, Any]]:
        """What two plans share, add, drop and change."""
        documents = [self._corpus.document(what) for what in (first, second)]
        return [one.record() for one in compare(documents[0], documents[1], self._corpus.documents())]

    def due(self, as_of: date, ahead: int = SOON, everything: bool = False) -> list[dict[str, Any]]:
        """What is overdue, due, soon to begin or under way as of a day; ``everything`` adds what has no end and what lapsed."""
        return [one.record() for one in due(list(self.graph.documents.values()), as_of, ahead, everything)]

    def check(self, document: str | None = None) -> list[dict[str, Any]]:
        """The findings over all documents, or about the one called ``document`` among all."""
        sources = [self._corpus.entry(document).source] if document else []
        return [finding.record() for finding in check(self.graph, sources=sources)]

    def export(
        self,
        form: str,
        *,
        around: str | None = None,
        depth: int = 2,
        document: str | None = None,
        unit: str | None = None,
        query: str | None = None,
    ) -> bytes:
        """The graph, or the part chosen by one of ``around`` (with ``depth``), ``document``, ``unit``, ``query``, as bytes.

        ``query`` is a CONSTRUCT or DESCRIBE query, or a SELECT whose values are nodes. Raises
        :class:`graph.export.UnsupportedFormat`, :class:`graph.export.NothingToExport` and what finding WHAT raises.
        """
        if sum(choice is not None for choice in (around, document, unit, query)) > 1:
            raise GraphError("Chỉ chọn một phần của đồ thị: --around, --document, --unit hoặc --query.")
        with self._corpus.reading():
            quads = list(self._corpus.store.quads())
        if around is not None:
            quads = part_around(quads, self._nodes_of(around), depth)
        elif document is not None:
            quads = part_of_document(quads, self._corpus.entry(document).key or "")
        elif unit is not None:
            nodes = unit_nodes(quads, unit)
            if not nodes:
                raise NothingToExport(f"Không có đơn vị nào tên “{unit}” trong đồ thị.")
            quads = part_around(quads, nodes, depth)
        elif query is not None:
            quads = self._part_of_query(quads, query)
        return write(quads, form)

    def _nodes_of(self, what: str) -> list[str]:
        """The nodes of the stored graph that ``what`` means: a document may stand there under several keys."""
        node = find_start(self.graph, what, self._tasks_for).node
        keys = [node, *(alias for alias, key in self.graph.resolution.aliases.items() if key == node)]
        return [iri.base() + key for key in keys]

    def _part_of_query(self, quads: list[ox.Quad], query: str) -> list[ox.Quad]:
        result = self._corpus.sparql(query)
        if result.truncated:
            raise GraphError("Truy vấn cho quá nhiều kết quả nên phần xuất sẽ thiếu. Thu hẹp truy vấn, hoặc xuất toàn bộ đồ thị.")
        if result.truncated:
            raise GraphError(
                "Truy vấn cho nhiều kết quả hơn mức cho phép nên phần xuất sẽ thiếu; hãy thu hẹp truy vấn hoặc thêm LIMIT."
            )
        if result.ntriples is not None:
            triples = [quad.triple for quad in ox.parse(result.ntriples.encode(), format=ox.RdfFormat.N_TRIPLES)]
            return part_of_statements(quads, triples)
        rows = (result.results or {}).get("results", {}).get("bindings", [])
        nodes = {value["value"] for row in rows for value in row.values() if value["type"] == "uri"}
        return part_around(quads, nodes, 0)
