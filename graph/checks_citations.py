"""Rules on cited documents: numbers and dates that cannot be, that disagree with others, and bases no longer in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from documents.identity import document_key
from documents.model import Citation, Document, Mention
from graph.document_graph import CARRIES_OUT, Evidence, evidence_of
from graph.finding import Case, Finding, Rule, shown
from graph.instrument import Instrument, title_words, title_years
from ontology.entries import Directive
from ontology.numbers import number_key, number_parts


def _dates(citation: Citation) -> tuple[str, ...]:
    return tuple(date for date in (citation.date, *citation.other_dates) if date)


def _name(citation: Citation) -> str:
    return f"{citation.type or 'Văn bản'} {citation.number}"


def _resolved(case: Case) -> Iterator[tuple[Citation, Instrument]]:
    """The numbered citations of the document and what they name, without the ambiguous: nothing is certain of those."""
    for index, citation in enumerate(case.document.citations):
        found = case.graph.resolution.citations[case.key, index]
        if citation.number and citation.mentions and found.method != "ambiguous":
            yield citation, case.graph.resolution.instruments[found.key]


def _registered(case: Case, citation: Citation, one: Instrument) -> Directive | None:
    """The register's entry for the cited document, when it is that one and not its namesake of another year."""
    entry = case.directives.get(number_key(citation.number or ""))
    if entry is None or (entry.date and one.year and int(entry.date[:4]) != one.year):
        return None
    return entry


def _evidence(document: Document, mentions: Iterable[Mention]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence_of(document, mention) for mention in mentions))


def _register_evidence(entry: Directive) -> Evidence:
    text = f"{entry.type} {entry.number}" + (f" ngày {shown(entry.date)}" if entry.date else "")
    return Evidence(entry.source or "danh mục văn bản", None, f"{text} {entry.title or ''}".strip())


def year_of_number(case: Case) -> Iterator[Finding]:
    """The year inside the number is not that of the date given with it."""
    for citation in case.document.citations:
        parts = number_parts(citation.number) if citation.number else None
        wrong = [date for date in _dates(citation) if parts and parts.year and date[:4] != parts.year]
        if parts and wrong:
            yield Finding(
                "wrong-year-of-number", "wrong-year", "error", case.document.source, citation.lines,
                f"{_name(citation)}: năm trong số hiệu là {parts.year} nhưng ngày ban hành lại ghi {shown(wrong[0])}.",
                _evidence(case.document, citation.mentions),
            )  # fmt: skip


def date_against_register(case: Case) -> Iterator[Finding]:
    """The date given is not the one that the register of directives has."""
    for citation, one in _resolved(case):
        entry = _registered(case, citation, one)
        parts = number_parts(citation.number or "")
        # A year that the number itself belies is said by that rule.
        dates = [date for date in _dates(citation) if not (parts and parts.year and date[:4] != parts.year)]
        wrong = [date for date in dates if entry and entry.date and date != entry.date]
        if entry and entry.date and wrong:
            yield Finding(
                "date-against-register", "date-conflict", "error", case.document.source, citation.lines,
                f"{_name(citation)} được ghi ngày {shown(wrong[0])}; theo danh mục văn bản là ngày {shown(entry.date)}.",
                (*_evidence(case.document, citation.mentions), _register_evidence(entry)),
                f"Sửa thành ngày {shown(entry.date)}.",
            )  # fmt: skip


def date_against_others(case: Case) -> Iterator[Finding]:
    """Other documents date the same cited document otherwise, or it dates itself otherwise; the register does not know it."""
    for citation, one in _resolved(case):
        entry = _registered(case, citation, one)
        if (entry and entry.date) or not _dates(citation):
            continue
        others = [(date, evidence) for date, evidence in _dated_elsewhere(case, one) if date not in _dates(citation)]
        if others:
            date, evidence = others[0]
            yield Finding(
                "date-against-others", "date-conflict", "warning", case.document.source, citation.lines,
                f"{_name(citation)} ở đây ghi ngày {shown(_dates(citation)[0])}, ở {evidence.source} ghi ngày {shown(date)}.",
                (*_evidence(case.document, citation.mentions), evidence),
            )  # fmt: skip


def _dated_elsewhere(case: Case, one: Instrument) -> Iterator[tuple[str, Evidence]]:
    """The dates that other documents give the document ``one``: its own first."""
    for key, document in sorted(case.graph.documents.items(), key=lambda pair: (pair[0] != one.key, pair[1].source)):
        if key == case.key:
            continue
        where = document.header.where("date")
        if key == one.key and document.header.date and where:
            yield document.header.date, Evidence(document.source, where, document.text(where))
        for index, citation in enumerate(document.citations):
            if case.graph.resolution.citations[key, index].key == one.key and citation.mentions:
                for date in _dates(citation):
                    yield date, evidence_of(document, citation.mentions[0])


def years_of_title(case: Case) -> Iterator[Finding]:
    """The same document is cited with a title for another year than it has elsewhere."""
    for citation, one in _resolved(case):
        years = title_years(citation.title)
        if not years:
            continue
        for title, evidence in _titled_elsewhere(case, one):
            words, others = title_words(citation.title), title_words(title)
            alike = len(words & others) >= 0.7 * max(len(words), len(others))
            if alike and title_years(title) and not (years <= title_years(title) or title_years(title) <= years):
                yield Finding(
                    "year-of-title", "wrong-year", "warning", case.document.source, citation.lines,
                    f"{_name(citation)} ở đây được dẫn là “{citation.title}”, ở {evidence.source} là “{title}”: năm không khớp.",
                    (*_evidence(case.document, citation.mentions), evidence),
                )  # fmt: skip
                break


def _titled_elsewhere(case: Case, one: Instrument) -> Iterator[tuple[str, Evidence]]:
    for key, document in sorted(case.graph.documents.items(), key=lambda pair: (pair[0] != one.key, pair[1].source)):
        if key == case.key:
            continue
        where = document.header.where("title")
        if key == one.key and document.header.title and where:
            yield document.header.title, Evidence(document.source, where, document.header.title)
        for index, citation in enumerate(document.citations):
            if case.graph.resolution.citations[key, index].key == one.key and citation.title and citation.mentions:
                yield citation.title, evidence_of(document, citation.mentions[0])


def basis_out_of_force(case: Case) -> Iterator[Finding]:
    """A basis of the document was out of force on the document's day, as the register knows."""
    for citation, one in _resolved(case):
        entry = _registered(case, citation, one)
        if entry is None or case.day is None or citation.relation not in (*CARRIES_OUT, "complies"):
            continue
        if entry.in_force_until and entry.in_force_until < case.day:
            by = f", được thay thế bởi {', '.join(entry.replaced_by)}" if entry.replaced_by else ""
            yield Finding(
                "basis-out-of-force", "repealed-basis", "warning", case.document.source, citation.lines,
                f"{_name(citation)} đã hết hiệu lực sau ngày {shown(entry.in_force_until)}{by}, trước ngày của văn bản này.",
                (*_evidence(case.document, citation.mentions), _register_evidence(entry)),
                f"Dẫn {', '.join(entry.replaced_by)} thay cho {citation.number}." if entry.replaced_by else None,
            )  # fmt: skip


def replaced_before(case: Case) -> Iterator[Finding]:
    """A read document says that it replaces the basis, and is older than the document that still rests on it."""
    for citation, one in _resolved(case):
        if citation.relation not in CARRIES_OUT or case.day is None:
            continue
        for start, _, data in case.graph.network.in_edges(one.key, data=True):
            other = case.graph.resolution.instruments.get(start)
            hop = data["hop"]
            if other is None or start == case.key or data["kind"] != "replaces" or hop.method != "explicit" or not other.dates:
                continue
            if other.dates[0] < case.day:
                yield Finding(
                    "basis-replaced", "repealed-basis", "warning", case.document.source, citation.lines,
                    f"{_name(citation)} đã được {other.name} ngày {shown(other.dates[0])} thay thế trước ngày của văn bản này.",
                    (*_evidence(case.document, citation.mentions), hop.evidence),
                    f"Dẫn {other.name} thay cho {citation.number}.",
                )  # fmt: skip


def cited_before_it_was(case: Case) -> Iterator[Finding]:
    """A cited document is dated after the document that cites it."""
    own = case.document.header.date
    for citation, one in _resolved(case):
        entry = _registered(case, citation, one)
        dates = (entry.date,) if entry and entry.date else _dates(citation)
        parts = number_parts(citation.number or "")
        wrong_year = parts is not None and parts.year is not None and any(date[:4] != parts.year for date in dates)
        if own and dates and not wrong_year and min(dates) > own:
            yield Finding(
                "cited-before-issue", "impossible-date", "error", case.document.source, citation.lines,
                f"{_name(citation)} ngày {shown(min(dates))} được dẫn trong văn bản ban hành trước đó, ngày {shown(own)}.",
                _evidence(case.document, citation.mentions),
            )  # fmt: skip


def ambiguous_reference(case: Case) -> Iterator[Finding]:
    """The words of a citation fit several known documents."""
    for index, citation in enumerate(case.document.citations):
        found = case.graph.resolution.citations[case.key, index]
        if found.method == "ambiguous" and citation.mentions:
            names = [case.graph.resolution.instruments[key].label for key in found.candidates]
            yield Finding(
                "ambiguous-reference", "ambiguous-reference", "info", case.document.source, citation.lines,
                f"“{citation.as_written[0]}” có thể là: {'; '.join(names)}.",
                _evidence(case.document, citation.mentions), "Ghi đủ số, ngày và cơ quan ban hành.",
            )  # fmt: skip


def same_document_twice(case: Case) -> Iterator[Finding]:
    """Two read files have the same number, issuer and year but not the same text."""
    one = case.graph.resolution.instruments.get(document_key(case.document))
    if one is not None and len(one.sources) > 1 and case.document.source == one.sources[0]:
        yield Finding(
            "number-twice", "number-conflict", "warning", case.document.source, case.document.header.where("number") or (1, 1),
            f"Số {one.number} của {one.issuer} có trong nhiều tệp: {', '.join(one.sources)}.",
            tuple(Evidence(source, None, one.label) for source in one.sources),
        )  # fmt: skip


RULES = (
    Rule("wrong-year-of-number", "wrong-year", "error", "Năm trong số hiệu khác năm của ngày ban hành", year_of_number),
    Rule("date-against-register", "date-conflict", "error", "Ngày khác với danh mục văn bản", date_against_register),
    Rule("date-against-others", "date-conflict", "warning", "Một văn bản được các nơi ghi ngày khác nhau", date_against_others),
    Rule("year-of-title", "wrong-year", "warning", "Một văn bản được dẫn với trích yếu của năm khác", years_of_title),
    Rule("basis-out-of-force", "repealed-basis", "warning", "Căn cứ đã hết hiệu lực vào ngày của văn bản", basis_out_of_force),
    Rule("basis-replaced", "repealed-basis", "warning", "Căn cứ đã bị một văn bản khác thay thế trước đó", replaced_before),
    Rule("cited-before-issue", "impossible-date", "error", "Dẫn văn bản ban hành sau ngày của văn bản này", cited_before_it_was),
    Rule("ambiguous-reference", "ambiguous-reference", "info", "Dẫn chiếu có thể là nhiều văn bản", ambiguous_reference),
    Rule("number-twice", "number-conflict", "warning", "Một số hiệu có ở nhiều tệp khác nội dung", same_document_twice),
)
"""The rules on cited documents."""
