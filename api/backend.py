"""What both doors ask for, answered by the data folder itself or by the server that owns it.

A data folder belongs to one process at a time. :func:`open_backend` opens the folder for this process, or, when a running server
owns it, speaks to that server; commands cannot tell the difference, because both give the same JSON-ready values.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

Json = dict[str, Any]

Progress = Callable[[str, str], None]
"""Called with (source, what became of it) after each file of an ingest."""

FACETS = ("level", "unit", "topic", "year", "document", "kind")
"""What a search can be narrowed by."""

EXPORT_FORMATS = ("turtle", "trig", "nquads", "jsonld", "graphml")
"""Formats that a graph can be exported in."""

DEFAULT_DATA = "data"

TRUNCATED = "Cancu-Truncated"
"""Header of an answer that had more rows than are given at once."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which part of the graph to export: all of it when every field is empty."""

    around: str | None = None
    depth: int = 2
    document: str | None = None
    unit: str | None = None
    query: str | None = None


@dataclass(frozen=True, slots=True)
class SparqlAnswer:
    """The answer to a query: its media type and bytes; ``truncated`` says that there were more rows than are given at once."""

    media_type: str
    body: bytes
    truncated: bool = False


class Backend(Protocol):
    """The answers that both doors give; every value is ready for JSON, in the forms of the commands."""

    def ingest(self, paths: Sequence[Path], progress: Progress) -> Json:
        """Reads files and folders; {"documents": [...], "failures": [...]}, each with its source."""

    def upload(self, files: Sequence[tuple[str, bytes]]) -> Json:
        """Reads the bytes of files, each under its source, and takes them in at once; the report is that of :meth:`ingest`."""

    def documents(self) -> list[Json]:
        """The documents that were read, by source."""

    def document(self, what: str) -> Json:
        """The record of one document (IRI, number, source or key)."""

    def remove(self, what: str) -> Json:
        """Removes one document and says which."""

    def rebuild(self) -> Json:
        """Builds store and indexes anew from originals and records."""

    def summary(self) -> Json:
        """How much was read: documents, citations, units, tasks, targets, triples, passages."""

    def tasks(self, filters: Mapping[str, str]) -> list[Json]:
        """The tasks of all documents, narrowed by document, unit, topic, level or kind."""

    def units(self) -> list[Json]:
        """The units that are given work, with how many tasks they lead, coordinate and support."""

    def search(self, query: str, k: int, facets: Mapping[str, str], ignored: Sequence[str] = ()) -> Json:
        """The best ``k`` passages."""

    def ask(self, question: str, before: str = "", explain: bool = False, as_of: str = "") -> Json:
        """The answer to a question that follows the question ``before``, reckoned from a day (ISO date; "": the day it is)."""

    def suggest(self, begun: str) -> Json:
        """Questions that the documents answer, and completions of ``begun``."""

    def trace(self, what: str, down: bool) -> Json:
        """The chains upwards, or downwards, from a node, number, place or phrase."""

    def align(self, within: bool, articles: bool) -> list[Json]:
        """Pairs of tasks with the same duty."""

    def coverage(self, what: str) -> list[Json]:
        """Which duties of a directive or plan have local tasks."""

    def compare(self, first: str, second: str) -> list[Json]:
        """What two plans share, add, drop and change."""

    def due(self, as_of: str, ahead: int = 30, everything: bool = False) -> list[Json]:
        """What is due or overdue on a day (ISO date), ``ahead`` days further; ``everything`` adds duties without an end."""

    def check(self, document: str | None = None) -> list[Json]:
        """The findings over all documents, or about one of them."""

    def export(self, form: str, selection: Selection) -> bytes:
        """The graph, or a part of it, in one of :data:`EXPORT_FORMATS`."""

    def sparql(self, query: str) -> SparqlAnswer:
        """The answer to a read-only query."""

    def close(self) -> None:
        """Gives the folder or the connection back."""


def data_folder(given: Path | None) -> Path:
    """The data folder: as given, else ``$CANCU_DATA``, else ``./data``."""
    return given or Path(os.environ.get("CANCU_DATA") or DEFAULT_DATA)


def open_backend(data: Path, create: bool = False) -> Backend:
    """The backend for a data folder: the running server that owns it, else the folder itself.

    ``create`` makes a missing folder; otherwise a missing folder raises what :meth:`graph.corpus.Corpus.open` raises.
    """
    from graph.lock import running_server

    address = running_server(data)
    if address:
        from api.remote import RemoteBackend

        return RemoteBackend(address)
    from api.local import LocalBackend

    return LocalBackend.open(data, create=create)
