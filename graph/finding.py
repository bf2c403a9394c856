"""A finding: what a careful clerk would flag, where, how bad it is, and what shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from documents.model import Document
from graph.document_graph import DocumentGraph, Evidence
from ontology.entries import Directive

SEVERITIES = ("error", "warning", "info")
"""``error``: wrong whatever one thinks of it; ``warning``: most likely wrong, to be looked at; ``info``: worth knowing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """``code`` is the rule, ``kind`` the sort of fault; ``message`` and ``suggestion`` are Vietnamese; ``lines`` ascend."""

    code: str
    kind: str
    severity: str
    source: str
    lines: tuple[int, ...]
    message: str
    evidence: tuple[Evidence, ...]
    suggestion: str | None = None

    def record(self) -> dict[str, Any]:
        """The JSON value that `cancu check` prints."""
        evidence = [
            {"source": one.source, "lines": list(one.lines) if one.lines else None, "text": one.text} for one in self.evidence
        ]
        return {
            "code": self.code,
            "kind": self.kind,
            "severity": self.severity,
            "source": self.source,
            "lines": list(self.lines),
            "message": self.message,
            "evidence": evidence,
            "suggestion": self.suggestion,
        }


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule looks at: one document (with its key) among all, and the register of directives."""

    key: str
    document: Document
    graph: DocumentGraph
    directives: Mapping[str, Directive]

    @property
    def day(self) -> str | None:
        """The day of the document, as far as it is dated; else the first day of what it covers or of its year."""
        header = self.document.header
        if header.date:
            return header.date
        if header.period:
            return header.period.start
        return f"{header.year}-01-01" if header.year else None


Examine: TypeAlias = Callable[[Case], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code, what it looks for (Vietnamese, for the documentation), and the function that finds it."""

    code: str
    kind: str
    severity: str
    title: str
    examine: Examine


def shown(date: str) -> str:
    """An ISO date as officers write it: "2026-02-05" → "05/02/2026"."""
    return "/".join(reversed(date.split("-")))
