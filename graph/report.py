"""What an ingest did, and how much a data folder holds."""

from __future__ import annotations

from dataclasses import dataclass

from graph.intake import Failure
from graph.record_store import Entry


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read, or found unchanged: ``status`` is "added", "replaced" or "unchanged"."""

    source: str
    status: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A source that is the same document as another one: in the same bytes (then it adds nothing), or in another version."""

    source: str
    of: str
    same_bytes: bool


@dataclass(frozen=True, slots=True)
class Statistics:
    """How much the folder holds; ``seconds`` is how long the last ingest or rebuild of this owner took."""

    documents: int
    citations: int
    units: int
    tasks: int
    targets: int
    triples: int
    passages: int
    seconds: float


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of the files of one ingest; ``skipped`` are files of a folder that are no documents (no error)."""

    documents: tuple[Read, ...]
    failures: tuple[Failure, ...]
    skipped: tuple[Failure, ...]
    duplicates: tuple[Duplicate, ...]
    statistics: Statistics

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return not self.failures
