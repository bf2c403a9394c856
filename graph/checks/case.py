"""What a rule looks at: one document among all, and what all documents together say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from documents.model import Citation, Document, Mention, Span, Task
from graph.document_graph import CARRIES_OUT, DocumentGraph, Evidence, evidence_of
from graph.finding import Finding, shown
from graph.instrument import Instrument
from ontology.entries import Directive
from ontology.numbers import number_key
from ontology.rules import check_rules

if TYPE_CHECKING:
    from graph.align import Aligner, Alignment

DATED = ("date", "month", "quarter", "year", "before")
"""Kinds of deadline that name an end; a range may reach back to when a project began."""

ASSIGNED = ("task", "appendix", "project")
"""Kinds of task that one expects to be given to somebody until some day."""


class Survey:
    """All documents as the rules need them; what takes time is found once, when first asked for."""

    def __init__(self, graph: DocumentGraph, directives: Mapping[str, Directive], aligner: Aligner | None = None) -> None:
        """``directives`` is the register; ``aligner`` compares tasks (one that comes with Cancu where ``None``)."""
        self.graph = graph
        self.directives = directives
        self._given = aligner

    @cached_property
    def _aligner(self) -> Aligner:
        from graph.align import Aligner

        return self._given or Aligner()

    @cached_property
    def citing(self) -> Mapping[str, Sequence[tuple[str, int]]]:
        """For each document who cites it: keys of documents and positions of their citations, by source."""
        found: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for key, document in sorted(self.graph.documents.items(), key=lambda pair: pair[1].source):
            for index in range(len(document.citations)):
                found[self.graph.resolution.citations[key, index].key].append((key, index))
        return found

    @cached_property
    def amended_by(self) -> Mapping[str, Sequence[Directive]]:
        """For each number (as a key) the registered directives that amend it, by date."""
        found: dict[str, list[Directive]] = defaultdict(list)
        for entry in sorted(self.directives.values(), key=lambda one: (one.date or "", one.number)):
            for number in entry.amends:
                found[number_key(number)].append(entry)
        return found

    def parents(self, key: str) -> list[str]:
        """The read documents that the document ``key`` itself says it is based on or carries out."""
        document = self.graph.documents[key]
        cited = (
            self.graph.resolution.citations[key, index].key
            for index, citation in enumerate(document.citations)
            if any(mention.relation in CARRIES_OUT and not mention.nested for mention in citation.mentions)
        )
        return sorted({one for one in cited if one in self.graph.documents and one != key})

    def same_duties(self, key: str, other: str) -> list[Alignment]:
        """The pairs of tasks of two documents that are one duty (grade 2), most probable first."""
        pairs = self._aligner.between(key, self.graph.documents[key], other, self.graph.documents[other])
        return [pair for pair in pairs if pair.grade == 2]

    def repeated(self, key: str) -> list[Alignment]:
        """The pairs of tasks of one document that are one duty (grade 2), most probable first."""
        return [pair for pair in self._aligner.within(key, self.graph.documents[key]) if pair.grade == 2]


@dataclass(frozen=True, slots=True)
class Case:
    """One document (with its key) among all."""

    key: str
    document: Document
    survey: Survey

    @property
    def graph(self) -> DocumentGraph:
        """All documents."""
        return self.survey.graph

    @property
    def day(self) -> str | None:
        """The day of the document, as far as it is dated; else the first day of what it covers or of its year."""
        header = self.document.header
        if header.date:
            return header.date
        if header.period:
            return header.period.start
        return f"{header.year}-01-01" if header.year else None

    def finding(
        self,
        code: str,
        lines: Sequence[int],
        message: str,
        evidence: Iterable[Evidence],
        suggestion: str | None = None,
    ) -> Finding:
        """A finding of the rule ``code`` about this document."""
        rule = check_rules()[code]
        proof = tuple(dict.fromkeys(evidence))
        return Finding(code, rule.kind, rule.severity, self.document.source, tuple(lines), message, proof, suggestion)

    def numbered(self) -> Iterator[tuple[Citation, Instrument]]:
        """The numbered citations and what they name, without the ambiguous: nothing is certain of those."""
        for index, citation in enumerate(self.document.citations):
            found = self.graph.resolution.citations[self.key, index]
            if citation.number and citation.mentions and found.method != "ambiguous":
                yield citation, self.graph.resolution.instruments[found.key]

    def registered(self, citation: Citation, one: Instrument) -> Directive | None:
        """The register's entry for the cited document, when it is that one and not its namesake of another year."""
        entry = self.survey.directives.get(number_key(citation.number or ""))
        if entry is None or (entry.date and one.year and int(entry.date[:4]) != one.year):
            return None
        return entry

    def elsewhere(self, one: Instrument) -> Iterator[tuple[Document, Citation]]:
        """The citations of the document ``one`` by its number in other documents, by source."""
        for key, index in self.survey.citing.get(one.key, ()):
            if key != self.key:
                document = self.graph.documents[key]
                citation = document.citations[index]
                if citation.number and citation.mentions:
                    yield document, citation

    def shows(self, mentions: Iterable[Mention]) -> tuple[Evidence, ...]:
        """The sentences of this document in which the mentions stand."""
        return tuple(dict.fromkeys(evidence_of(self.document, mention) for mention in mentions))


Examine: TypeAlias = Callable[[Case], Iterable[Finding]]
"""A rule: what it finds about a document."""


def of_task(document: Document, task: Task) -> Evidence:
    """The evidence that a task is."""
    return Evidence(document.source, task.lines, task.text)


def of_field(document: Document, field: str) -> Evidence | None:
    """The lines on which a field of the letterhead stands, or ``None``."""
    where: Span | None = document.header.where(field)
    return Evidence(document.source, where, document.text(where)) if where else None


def of_register(entry: Directive) -> Evidence:
    """What the register says of a directive."""
    text = f"{entry.type} {entry.number}" + (f" ngày {shown(entry.date)}" if entry.date else "")
    return Evidence(entry.source or "danh mục văn bản", None, f"{text} {entry.title or ''}".strip())


def dates_of(citation: Citation) -> tuple[str, ...]:
    """All dates that a document gives for a cited one."""
    return tuple(date for date in (citation.date, *citation.other_dates) if date)


def name_of(citation: Citation) -> str:
    """How messages name a cited document."""
    return f"{citation.type or 'Văn bản'} {citation.number}"
