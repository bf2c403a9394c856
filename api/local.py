"""The backend that owns the data folder: each request asks the room whose affair it is, and gives the answer its JSON form."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.backend import Json, Progress, Selection, SparqlAnswer
from api.forms import document_form, report_form, task_fits, task_form, with_document_iris
from api.output import note
from documents.reading.format import FORMATS
from graph.corpus import Corpus
from graph.hit_form import hit_form
from graph.pages import with_pages

if TYPE_CHECKING:
    from graph.inquiry import Inquiry


ROLES = ("lead", "coordinate", "support")


class LocalBackend:
    """Answers from an open data folder."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

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

    def upload(self, files: Sequence[tuple[str, bytes]]) -> Json:
        """Reads files that are not on this machine's disk; the report is that of :meth:`ingest`."""
        return report_form(self._corpus.ingest_files(files))

    def documents(self) -> list[Json]:
        """The documents that were read."""
        return [document_form(entry) for entry in self._corpus.entries()]

    def document(self, what: str) -> Json:
        """The record of one document: its entry in the list, and everything that was read out of it."""
        from documents.record import to_gold

        with self._corpus.reading():
            entry = self._corpus.entry(what)
            document = self._corpus.document(entry.source)
        form = {
            "iri": entry.iri,
            "key": entry.key,
            "format": FORMATS[document.format].name,
            "pages": entry.pages or None,
            **to_gold(document),
            "notes": list(document.notes),
            "text": list(document.lines),
        }
        return self._paged(form)

    def _paged(self, form: Any) -> Any:
        """A form with the page beside the lines, for sources that have pages."""
        return with_pages(form, self._corpus.page)

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
        with self._corpus.reading():
            entries = [entry for entry in self._corpus.entries() if entry.is_first]
            if "document" in filters:
                entries = [self._corpus.entry(filters["document"])]
            documents = [self._corpus.document(entry.source) for entry in entries]
        found = [
            task_form(entry, task)
            for entry, document in zip(entries, documents, strict=True)
            for task in document.tasks
            if task_fits(task, entry, filters)
        ]
        return self._paged(found)

    def units(self) -> list[Json]:
        """The units that are given work, per document, with how many tasks they lead, coordinate and support."""
        with self._corpus.reading():
            entries = [entry for entry in self._corpus.entries() if entry.is_first]
            documents = [self._corpus.document(entry.source) for entry in entries]
        return [
            {
                "name": unit.name,
                "kind": unit.kind,
                "document": entry.iri,
                "source": entry.source,
                "lines": list(unit.lines),
                **{role: sum(unit.name in getattr(task, role) for task in document.tasks) for role in ROLES},
            }
            for entry, document in zip(entries, documents, strict=True)
            for unit in document.units
        ]

    def search(self, query: str, k: int, facets: Mapping[str, str], ignored: Sequence[str] = ()) -> Json:
        """The best passages."""
        wanted = dict(facets)
        if "document" in wanted:
            wanted["document"] = self._corpus.entry(wanted["document"]).key or wanted["document"]
        hits = self._corpus.search(query, k, wanted, ignored)
        frame = [{"part": part, "value": value, "ignored": part in ignored} for part, value in self._corpus.frame(query)]
        return self._paged({"query": query, "frame": frame, "hits": [hit_form(hit, rank) for rank, hit in enumerate(hits, 1)]})

    def ask(self, question: str, before: str = "", explain: bool = False, as_of: str = "") -> Json:
        """The answer to a question."""
        from questions import ask

        today = date.fromisoformat(as_of) if as_of else None
        answer = ask(self._corpus, question, before, explain, today).to_json()
        return self._paged({**answer, "rows": with_document_iris(answer["rows"])})

    def suggest(self, begun: str) -> Json:
        """Questions that are answered, and completions."""
        from questions.suggest import completions, suggestions

        found = [completion.to_json() for completion in completions(self._corpus, begun)]
        return {"begun": begun, "questions": list(suggestions(self._corpus, begun)), "completions": found}

    @cached_property
    def _inquiry(self) -> Inquiry:
        from graph.inquiry import Inquiry

        return Inquiry(self._corpus)

    def trace(self, what: str, down: bool) -> Json:
        """The chains from a node."""
        return self._paged(self._inquiry.trace(what, down))

    def align(self, within: bool, articles: bool) -> list[Json]:
        """Pairs of tasks with the same duty."""
        return self._paged(self._inquiry.align(within, articles))

    def coverage(self, what: str) -> list[Json]:
        """Duties and their local tasks."""
        return self._paged(self._inquiry.coverage(what))

    def compare(self, first: str, second: str) -> list[Json]:
        """Two plans side by side."""
        return self._paged(self._inquiry.compare(first, second))

    def due(self, as_of: str, ahead: int = 30, everything: bool = False) -> list[Json]:
        """What is due."""
        return self._paged(self._inquiry.due(date.fromisoformat(as_of), ahead, everything))

    def check(self, document: str | None = None) -> list[Json]:
        """The findings."""
        return self._paged(self._inquiry.check(document))

    def export(self, form: str, selection: Selection) -> bytes:
        """The graph, or a part of it."""
        return self._inquiry.export(form, **asdict(selection))

    def sparql(self, query: str) -> SparqlAnswer:
        """The answer to a read-only query."""
        result = self._corpus.sparql(query)
        if result.ntriples is not None:
            return SparqlAnswer("application/n-triples", result.ntriples.encode(), result.truncated)
        body = json.dumps(result.results, ensure_ascii=False).encode()
        return SparqlAnswer("application/sparql-results+json", body, result.truncated)
