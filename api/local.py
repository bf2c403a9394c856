"""The backend that owns the data folder: each request asks the room whose affair it is, and gives the answer its JSON form."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from api.backend import Json, Progress, Selection, SparqlAnswer
from api.forms import document_form, hit_form, report_form, task_fits, task_form, with_document_iris
from api.output import note
from graph.corpus import Corpus

if TYPE_CHECKING:
    from graph.document_graph import DocumentGraph


ROLES = ("lead", "coordinate", "support")

SAME_DUTY = 2
"""The grade of two tasks that are one duty; only such pairs lead a trace on."""


class LocalBackend:
    """Answers from an open data folder."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._graph: tuple[str, DocumentGraph] | None = None
        self._aligned: tuple[str, DocumentGraph] | None = None

    @classmethod
    def open(cls, data: Path, create: bool = False) -> LocalBackend:
        """Owns the folder until :meth:`close`; raises what :meth:`graph.corpus.Corpus.open` raises."""
        return cls(Corpus.open(data, create=create, notify=note))

    def announce(self, address: str | None) -> None:
        """Says in the folder at which address this process serves it."""
        self._corpus.announce(address)

    def close(self) -> None:
        """Gives the folder back."""
        self._corpus.close()

    def ingest(self, paths: Sequence[Path], progress: Progress) -> Json:
        """Reads files and folders."""
        return report_form(self._corpus.ingest(paths, progress))

    def upload(self, source: str, content: bytes) -> Json:
        """Reads a file that is not on this machine's disk; the report is that of :meth:`ingest`."""
        with tempfile.NamedTemporaryFile(prefix="cancu-", suffix=Path(source).suffix) as file:
            file.write(content)
            file.flush()
            return report_form(self._corpus.ingest_files([(source, Path(file.name))]))

    def documents(self) -> list[Json]:
        """The documents that were read."""
        return [document_form(entry) for entry in self._corpus.entries()]

    def document(self, what: str) -> Json:
        """The record of one document: its entry in the list, and everything that was read out of it."""
        from documents.record import to_gold

        entry = self._corpus.entry(what)
        document = self._corpus.document(entry.source)
        return {"iri": entry.iri, "key": entry.key, **to_gold(document), "notes": list(document.notes)}

    def remove(self, what: str) -> Json:
        """Removes one document."""
        return document_form(self._corpus.remove(what))

    def rebuild(self) -> Json:
        """Builds store and indexes anew; ``failures`` are documents that are lost."""
        lost = self._corpus.rebuild()
        return {**self.summary(), "failures": [asdict(failure) for failure in lost]}

    def summary(self) -> Json:
        """How much was read."""
        return asdict(self._corpus.statistics())

    def tasks(self, filters: Mapping[str, str]) -> list[Json]:
        """The tasks of all documents."""
        entries = [entry for entry in self._corpus.entries() if entry.is_first]
        if "document" in filters:
            entries = [self._corpus.entry(filters["document"])]
        return [
            task_form(entry, task)
            for entry in entries
            for task in self._corpus.document(entry.source).tasks
            if task_fits(task, entry, filters)
        ]

    def units(self) -> list[Json]:
        """The units that are given work, per document, with how many tasks they lead, coordinate and support."""
        return [
            {
                "name": unit.name,
                "kind": unit.kind,
                "document": entry.iri,
                "source": entry.source,
                "lines": list(unit.lines),
                **{role: sum(unit.name in getattr(task, role) for task in document.tasks) for role in ROLES},
            }
            for entry in self._corpus.entries()
            if entry.is_first
            for document in [self._corpus.document(entry.source)]
            for unit in document.units
        ]

    def search(self, query: str, k: int, facets: Mapping[str, str]) -> Json:
        """The best passages."""
        wanted = dict(facets)
        if "document" in wanted:
            wanted["document"] = self._corpus.entry(wanted["document"]).key or wanted["document"]
        hits = self._corpus.search(query, k, wanted)
        return {"query": query, "hits": [hit_form(hit, rank) for rank, hit in enumerate(hits, 1)]}

    def ask(self, question: str) -> Json:
        """The answer to a question."""
        from questions import ask

        answer = ask(self._corpus, question).to_json()
        return {**answer, "rows": with_document_iris(answer["rows"]), "hits": with_document_iris(answer["hits"])}

    def trace(self, what: str, down: bool) -> Json:
        """The chains from a node."""
        from graph.find_start import find_start
        from graph.trace import trace, trace_record

        graph = self._document_graph()
        if graph.is_task(find_start(graph, what).node):
            graph = self._aligned_graph()
        return trace_record(trace(graph, what, down=down), graph)

    def _document_graph(self) -> DocumentGraph:
        """The graph of documents, kept until the corpus changes."""
        from graph.document_graph import document_graph

        if self._graph is None or self._graph[0] != self._corpus.generation:
            self._graph = (self._corpus.generation, document_graph(self._corpus.documents()))
        return self._graph[1]

    def _aligned_graph(self) -> DocumentGraph:
        """The same with the tasks that are one duty; only a trace that starts at a task needs them, and they take a while."""
        from graph.align import align
        from graph.document_graph import document_graph

        if self._aligned is None or self._aligned[0] != self._corpus.generation:
            documents = self._corpus.documents()
            pairs = [pair.pair() for pair in align(documents) if pair.grade == SAME_DUTY]
            graph = document_graph(documents, pairs=pairs, resolution=self._document_graph().resolution)
            self._aligned = (self._corpus.generation, graph)
        return self._aligned[1]

    def align(self, within: bool, articles: bool) -> list[Json]:
        """Pairs of tasks with the same duty."""
        from graph.align import align, duplicates
        from graph.article_alignment import align_articles

        find = align_articles if articles else duplicates if within else align
        return [pair.record() for pair in find(self._corpus.documents())]

    def coverage(self, what: str) -> list[Json]:
        """Duties and their local tasks."""
        from graph.coverage import coverage

        return [duty.record() for duty in coverage(self._document_graph(), what)]

    def compare(self, first: str, second: str) -> list[Json]:
        """Two plans side by side."""
        from graph.compare import compare

        one, other = self._corpus.document(first), self._corpus.document(second)
        return [item.record() for item in compare(one, other, self._corpus.documents())]

    def due(self, as_of: str) -> list[Json]:
        """What is due."""
        from graph.due import due

        return [item.record() for item in due(self._corpus.documents(), date.fromisoformat(as_of))]

    def check(self) -> list[Json]:
        """The findings."""
        from graph.check import check

        return [finding.record() for finding in check(self._document_graph())]

    def export(self, form: str, selection: Selection) -> bytes:
        """The graph, or a part of it."""
        from api.subgraph import chosen_quads
        from graph.export import write

        return write(chosen_quads(self._corpus, selection, self._document_graph), form)

    def sparql(self, query: str) -> SparqlAnswer:
        """The answer to a read-only query."""
        result = self._corpus.sparql(query)
        if result.ntriples is not None:
            return SparqlAnswer("application/n-triples", result.ntriples.encode(), result.truncated)
        body = json.dumps(result.results, ensure_ascii=False).encode()
        return SparqlAnswer("application/sparql-results+json", body, result.truncated)
