"""Checking: what is wrong in the documents themselves, and between them and what else is known.

The reader's own findings about a document (``Document.defects``) come with rules that look across documents and into the
register of directives (:mod:`graph.checks`). What a rule is called and how bad its findings are is data (:mod:`ontology.rules`);
``docs/checks.md`` has a section for each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from documents.model import Defect, Document
from graph.checks import dates, deadlines, force, leads, missing, names, targets
from graph.checks.case import Case, Examine, Survey
from graph.document_graph import DocumentGraph, Evidence, document_graph
from graph.finding import Finding
from ontology.entries import Directive
from ontology.rules import SEVERITIES, check_rules

if TYPE_CHECKING:
    from graph.align import Aligner

RULES: Mapping[str, Examine] = {
    code: rule for subject in (dates, names, force, deadlines, leads, missing, targets) for code, rule in subject.RULES.items()
}
"""All rules that look beyond what the reader itself finds, by code."""


def check(
    where: DocumentGraph | Sequence[Document],
    directives: Mapping[str, Directive] | None = None,
    sources: Sequence[str] = (),
    aligner: Aligner | None = None,
) -> list[Finding]:
    """All findings about the documents of ``where``: by source, then severity, then line.

    ``directives`` is the register of known directives (the ontology's where ``None``); ``sources`` restricts the findings to
    those documents (all where empty), which are still compared with all; ``aligner`` compares tasks. What the reader has found
    already is not said again by a rule.
    """
    if directives is None:
        from ontology.knowledge import knowledge

        directives = knowledge().directives
    graph = where if isinstance(where, DocumentGraph) else document_graph(where, directives)
    survey = Survey(graph, directives, aligner)
    found: list[Finding] = []
    for key, document in graph.documents.items():
        if sources and document.source not in sources:
            continue
        own = [_of_defect(document, defect) for defect in document.defects]
        case = Case(key, document, survey)
        ruled = [finding for rule in RULES.values() for finding in rule(case)]
        found += own + [one for one in ruled if not any(_repeats(one, other) for other in own)]
    return sorted(found, key=lambda one: (one.source, SEVERITIES.index(one.severity), one.lines, one.code, one.message))


def _of_defect(document: Document, defect: Defect) -> Finding:
    evidence = tuple(Evidence(document.source, (line, line), document.text((line, line))) for line in defect.lines)
    rule = check_rules()[defect.kind]
    return Finding(rule.code, rule.kind, rule.severity, document.source, defect.lines, defect.text, evidence)


def _repeats(one: Finding, other: Finding) -> bool:
    """Whether a rule says what the reader has said: the same kind of fault on the same lines, from this document alone."""
    here = all(evidence.source == one.source for evidence in one.evidence)
    return here and one.kind == other.kind and bool(set(one.lines) & set(other.lines))
