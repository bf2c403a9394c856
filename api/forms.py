"""The JSON forms that the doors give of what the rooms below return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from documents.reading.format import FORMATS
from graph.iri import document_iri

if TYPE_CHECKING:
    from documents.model import Task
    from graph.corpus import Entry, IngestReport

Json = dict[str, Any]

_ENTRY = (
    "source",
    "type",
    "number",
    "title",
    "issuer",
    "level",
    "date",
    "year",
    "lines",
    "citations",
    "units",
    "tasks",
    "targets",
)


def document_form(entry: Entry) -> Json:
    """A kept document in a list; ``duplicate_of`` names the source that it repeats."""
    form = {"iri": entry.iri, "key": entry.key, **{name: getattr(entry, name) for name in _ENTRY}}
    form |= {"format": FORMATS[entry.format].name, "pages": entry.pages or None}
    return {**form, "duplicate_of": entry.duplicate_of} if entry.duplicate_of else form


def report_form(report: IngestReport) -> Json:
    """What an ingest did: each file with its status, failures, files passed over, sources that repeat another one."""
    return {
        "documents": [
            {"source": read.source, "status": read.status, "number": read.entry.number, "iri": read.entry.iri}
            for read in report.documents
        ],
        "failures": [asdict(failure) for failure in report.failures],
        "skipped": [{"source": passed.source, "reason": passed.reason} for passed in report.skipped],
        "duplicates": [asdict(duplicate) for duplicate in report.duplicates],
    }


def task_form(entry: Entry, task: Task) -> Json:
    """A task in a list."""
    form = {"iri": f"{entry.iri}#{task.id}", "document": entry.iri, "source": entry.source, "number": entry.number}
    return {**form, **asdict(task), "lines": list(task.lines)}


def with_document_iris(items: list[Json]) -> list[Json]:
    """Items whose ``document`` is a key, with its IRI instead."""
    return [{**item, "document": document_iri(item["document"])} for item in items]


def matches(value: str | None, wanted: str) -> bool:
    """Whether ``value`` contains ``wanted``, without regard to case, accents and blanks."""
    from documents.text import fold

    return " ".join(fold(wanted).split()) in " ".join(fold(value or "").split())


def task_fits(task: Task, entry: Entry, filters: Mapping[str, str]) -> bool:
    """Whether a task passes the filters ``unit topic level kind`` (a unit by part of its name, the others exactly)."""
    if filters.get("topic", task.topic) != task.topic or filters.get("kind", task.kind) != task.kind:
        return False
    if filters.get("level", entry.level) != entry.level:
        return False
    unit = filters.get("unit")
    return unit is None or any(matches(name, unit) for name in (*task.lead, *task.coordinate, *task.support))
