"""Rules on whether what a document rests on is in force on its day: repealed, replaced, amended, or not yet in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from documents.model import Citation
from graph.checks.case import Case, Examine, name_of, of_register
from graph.document_graph import CARRIES_OUT, Evidence, evidence_of
from graph.finding import Finding, shown
from graph.instrument import Instrument
from ontology.entries import Directive
from ontology.numbers import number_key

_SETTLED = 45
"""Days after which what the centre issues is in force unless it says otherwise (Luật 64/2025/QH15, Điều 53)."""

_RESTS_ON = (*CARRIES_OUT, "complies")


def _bases(case: Case) -> Iterator[tuple[Citation, Instrument, Directive | None, str]]:
    """The numbered documents on which the document rests, with the register's entry and the document's day."""
    day = case.day
    for citation, one in case.numbered():
        if day is not None and citation.relation in _RESTS_ON:
            yield citation, one, case.registered(citation, one), day


def out_of_force(case: Case) -> Iterator[Finding]:
    """The register knows that a basis was out of force on the document's day, or that what replaces it was in force by then."""
    for citation, _, entry, day in _bases(case):
        if entry is None:
            continue
        new = [one for number in entry.replaced_by if (one := case.survey.directives.get(number_key(number)))]
        begun = [one for one in new if (one.in_force_from or _in_force_at_last(one) or day) < day]
        until = entry.in_force_until
        if not begun and not (until and until < day):
            continue
        by = ", ".join(f"{one.type} {one.number}" for one in begun or new)
        when = f" sau ngày {shown(until)}" if until and until < day else ""
        yield case.finding(
            "basis-out-of-force", citation.lines,
            f"{name_of(citation)} đã hết hiệu lực{when}{f', được {by} thay thế' if by else ''}, trước ngày của văn bản này.",
            (*case.shows(citation.mentions), of_register(entry), *(of_register(one) for one in begun)),
            f"Dẫn {by} thay cho {citation.number}." if by else None,
        )  # fmt: skip


def _in_force_at_last(entry: Directive) -> str | None:
    """The day by which a directive is in force where the register knows only the day of its issue."""
    return (date.fromisoformat(entry.date) + timedelta(days=_SETTLED)).isoformat() if entry.date else None


def replaced(case: Case) -> Iterator[Finding]:
    """A read document says that it replaces the basis, and is older than the document that still rests on it."""
    for citation, one, _, day in _bases(case):
        for other, issued, evidence in _changed_by(case, one, "replaces"):
            if issued < day and citation.relation in CARRIES_OUT:
                yield case.finding(
                    "basis-replaced", citation.lines,
                    f"{name_of(citation)} đã được {other} ngày {shown(issued)} thay thế trước ngày của văn bản này.",
                    (*case.shows(citation.mentions), evidence),
                    f"Dẫn {other} thay cho {citation.number}.",
                )  # fmt: skip


def _changed_by(case: Case, one: Instrument, relation: str) -> Iterator[tuple[str, str, Evidence]]:
    """Who, of the other read documents, says that it replaces or amends ``one``: name, date and the sentence."""
    for document, citation in case.elsewhere(one):
        said = next((mention for mention in citation.mentions if mention.relation == relation and not mention.nested), None)
        if said and document.header.date:
            yield document.header.number or document.source, document.header.date, evidence_of(document, said)


def amended(case: Case) -> Iterator[Finding]:
    """A basis was amended before the document's day, and the document does not cite what amended it."""
    cited = {number_key(citation.number) for citation in case.document.citations if citation.number}
    for citation, one, _, day in _bases(case):
        for entry in case.survey.amended_by.get(number_key(citation.number or ""), ()):
            if entry.date and entry.date < day and number_key(entry.number) not in cited:
                yield case.finding(
                    "basis-amended", citation.lines,
                    f"{name_of(citation)} đã được {entry.type} {entry.number} ngày {shown(entry.date)} sửa đổi, bổ sung; "
                    "văn bản này không dẫn văn bản sửa đổi.",
                    (*case.shows(citation.mentions), of_register(entry)),
                    f"Ghi thêm “được sửa đổi, bổ sung bởi {entry.type} số {entry.number}”.",
                )  # fmt: skip
        for other, issued, evidence in _changed_by(case, one, "amends"):
            if issued < day and number_key(other) not in cited and other != case.document.header.number:
                yield case.finding(
                    "basis-amended", citation.lines,
                    f"{name_of(citation)} đã được {other} ngày {shown(issued)} sửa đổi, bổ sung; "
                    "văn bản này không dẫn văn bản sửa đổi.",
                    (*case.shows(citation.mentions), evidence),
                    f"Ghi thêm “được sửa đổi, bổ sung bởi {other}”.",
                )  # fmt: skip


def not_yet_in_force(case: Case) -> Iterator[Finding]:
    """The register knows that a basis comes into force only after the document's day."""
    for citation, _, entry, day in _bases(case):
        if entry and entry.in_force_from and entry.in_force_from > day and (entry.date or "") <= day:
            yield case.finding(
                "basis-not-in-force", citation.lines,
                f"{name_of(citation)} chỉ có hiệu lực từ ngày {shown(entry.in_force_from)}, sau ngày của văn bản này.",
                (*case.shows(citation.mentions), of_register(entry)),
            )  # fmt: skip


RULES: dict[str, Examine] = {
    "basis-out-of-force": out_of_force,
    "basis-replaced": replaced,
    "basis-amended": amended,
    "basis-not-in-force": not_yet_in_force,
}
"""The rules on what is in force, by code."""
