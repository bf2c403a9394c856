"""A finding: what a careful clerk would flag, where, how bad it is, and what shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph.document_graph import Evidence


@dataclass(frozen=True, slots=True)
class Finding:
    """``code`` is the rule, ``kind`` the sort of fault, ``severity`` how bad it is (:data:`ontology.rules.SEVERITIES`);
    ``message`` and ``suggestion`` are Vietnamese; ``lines`` ascend."""

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


def shown(date: str) -> str:
    """An ISO date as officers write it: "2026-02-05" → "05/02/2026"."""
    return "/".join(reversed(date.split("-")))
