"""What can go wrong in this room through no defect of ours. Messages are for officers, so they are Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable


class GraphError(Exception):
    """A request that cannot be met; ``message`` says why, in Vietnamese."""

    def __init__(self, message: str) -> None:
        """Keep ``message``."""
        super().__init__(message)
        self.message = message


class DataFolderMissing(GraphError):
    """There is no data folder at the given place."""


class DataFolderBusy(GraphError):
    """Another process owns the data folder; ``holder`` says which (a :class:`graph.lock.Holder`, or ``None``)."""

    def __init__(self, message: str, holder: object | None = None) -> None:
        """Keep the message and the holder."""
        super().__init__(message)
        self.holder = holder


class CorruptData(GraphError):
    """A kept original or record is damaged and cannot be made again from what is left."""


class UnknownDocument(GraphError):
    """No document of the data folder answers to the given name."""


class AmbiguousDocument(GraphError):
    """Several documents answer to the given name; ``candidates`` are their sources."""

    def __init__(self, what: str, candidates: Iterable[str]) -> None:
        """Name ``what`` was asked for and the ``candidates``."""
        self.candidates = tuple(candidates)
        super().__init__(f"“{what}” ứng với nhiều văn bản, hãy chọn một: " + "; ".join(self.candidates))


class QueryRefused(GraphError):
    """A SPARQL request that is not a read-only query over the own graph."""


class QuerySyntax(GraphError):
    """A SPARQL request that does not follow the grammar."""


class QueryTimeout(GraphError):
    """A SPARQL query that ran past its time and was ended."""


class QueryFailed(GraphError):
    """A SPARQL query that the engine gave up (out of memory, or an error while it ran)."""
