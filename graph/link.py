"""An inferred link between two parts of documents: what it says, how sure, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["same", "part", "article"]
"""One duty; work in common; a task and the article whose duty it carries out."""


@dataclass(frozen=True, slots=True)
class Link:
    """An inferred link from ``start`` to ``end`` (nodes of the graph of documents), how sure (0..1) and why.

    Of two tasks of different levels the more local one is the start; of one level, the one whose node sorts first.
    """

    start: str
    end: str
    kind: Kind
    confidence: float
    reason: str

    @property
    def documents(self) -> tuple[str, ...]:
        """The keys of the documents at the ends, one where both are parts of it."""
        return tuple(dict.fromkeys(node.partition("#")[0] for node in (self.start, self.end)))
