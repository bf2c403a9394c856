"""Checking: what is wrong in the documents themselves, and between them and what else is known.

The reader's own findings about a document (``Document.defects``) come with rules that look across documents and into the
register of directives. A rule is data (code, severity, Vietnamese title) and a small function; see ``docs/tracing.md``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from documents.model import Defect, Document
from graph import checks_citations, checks_tasks
from graph.document_graph import DocumentGraph, Evidence, document_graph
from graph.finding import SEVERITIES, Case, Finding, Rule
from ontology.entries import Directive

RULES: tuple[Rule, ...] = (*checks_citations.RULES, *checks_tasks.RULES)
"""All rules that look beyond what the reader itself finds."""

DEFECT_SEVERITY = {
    "date-conflict": "error",
    "impossible-date": "error",
    "wrong-year": "error",
    "sum-mismatch": "error",
    "unit-conflict": "warning",
    "number-form": "warning",
    "numbering": "warning",
    "blank-number": "warning",
    "page-break": "info",
    "typo-in-name": "info",
}
"""How bad the reader's findings are, by kind."""


def check(where: DocumentGraph | Sequence[Document], directives: Mapping[str, Directive] | None = None) -> list[Finding]:
    """All findings about the documents of ``where``: by source, then severity, then line.

    ``directives`` is the register of known directives (the ontology's where ``None``). What the reader has found already is not
    said again by a rule.
    """
    if directives is None:
        from ontology.knowledge import knowledge

        directives = knowledge().directives
    graph = where if isinstance(where, DocumentGraph) else document_graph(where, directives)
    found: list[Finding] = []
    for key, document in graph.documents.items():
        own = [_of_defect(document, defect) for defect in document.defects]
        case = Case(key, document, graph, directives)
        ruled = [finding for rule in RULES for finding in rule.examine(case)]
        found += own + [one for one in ruled if not any(_repeats(one, other) for other in own)]
    return sorted(found, key=lambda one: (one.source, SEVERITIES.index(one.severity), one.lines, one.code, one.message))


def _of_defect(document: Document, defect: Defect) -> Finding:
    evidence = tuple(Evidence(document.source, (line, line), document.text((line, line))) for line in defect.lines)
    severity = DEFECT_SEVERITY.get(defect.kind, "warning")
    return Finding(defect.kind, defect.kind, severity, document.source, defect.lines, defect.text, evidence)


def _repeats(one: Finding, other: Finding) -> bool:
    """Whether a rule says what the reader has said: the same kind of fault on the same lines, from this document alone."""
    here = all(evidence.source == one.source for evidence in one.evidence)
    return here and one.kind == other.kind and bool(set(one.lines) & set(other.lines))
