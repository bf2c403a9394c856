"""Rules on the dates and years of cited documents: dates that cannot be, that disagree with others, years that do not fit."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from documents.identity import body
from documents.model import Citation
from documents.text import fold, fold_same_length
from graph.checks.case import Case, Examine, dates_of, name_of, of_field, of_register
from graph.document_graph import CARRIES_OUT, Evidence, evidence_of
from graph.finding import Finding, shown
from graph.instrument import Instrument, title_words, title_years
from ontology.numbers import number_parts

_ALIKE = 0.7
"""Titles that share so much of their words speak of one thing."""

_LAST_WEEKS = "12-01"
"""Month and day from which on a yearly plan is one for the next year."""

_DAY = re.compile(
    r"(?:(?<![a-z])ngay\s+(?P<day>\d{1,2})\s*(?:[/.-]\s*|thang\s+)(?P<month>\d{1,2})(?:\s*(?:[/.-]|nam)\s*(?P<year>\d{4}))?"
    r"|(?<![\d/.-])(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>(?:19|20)\d\d))(?![\d/]|\s*%)"
)
_LEAP = 2000
"""Without a year, 29/02 may be right."""

_OF_ONE_YEAR = re.compile(r"(?<!\w)nam ((?:19|20)\d\d)(?:\s+cua\b[^;]*)?$")
"""A yearly plan's title ends with its year, or with whose plan it is."""


def impossible_day(case: Case) -> Iterator[Finding]:
    """A day is written that no calendar has; in a badly recognised text a digit may have been misread."""
    if case.document.noisy:
        return
    for paragraph in case.document.paragraphs:
        for match in _DAY.finditer(fold_same_length(paragraph.text)):
            day, month = int(match["day"] or match["d"]), int(match["month"] or match["m"])
            year = int(match["year"] or match["y"] or _LEAP)
            if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
                continue
            written = paragraph.text[match.start() : match.end()].strip()
            yield case.finding(
                "impossible-date", paragraph.lines[:1], f"“{written}” không có trong lịch.",
                [Evidence(case.document.source, paragraph.lines, case.document.text(paragraph.lines))],
            )  # fmt: skip


def year_of_number(case: Case) -> Iterator[Finding]:
    """The year inside the number is not that of the date given with it."""
    for citation in case.document.citations:
        parts = number_parts(citation.number) if citation.number else None
        wrong = [date for date in dates_of(citation) if parts and parts.year and date[:4] != parts.year]
        if parts and wrong:
            yield case.finding(
                "wrong-year-of-number", citation.lines,
                f"{name_of(citation)}: năm trong số hiệu là {parts.year} nhưng ngày ban hành lại ghi {shown(wrong[0])}.",
                case.shows(citation.mentions),
            )  # fmt: skip


def _agreeing(citation: Citation) -> list[str]:
    """The dates of a citation without those that the number itself belies: that is said by another rule."""
    parts = number_parts(citation.number or "")
    return [date for date in dates_of(citation) if not (parts and parts.year and date[:4] != parts.year)]


def date_against_register(case: Case) -> Iterator[Finding]:
    """The date given is not the one that the register of directives has."""
    for citation, one in case.numbered():
        entry = case.registered(citation, one)
        wrong = [date for date in _agreeing(citation) if entry and entry.date and date != entry.date]
        if entry and entry.date and wrong:
            yield case.finding(
                "date-against-register", citation.lines,
                f"{name_of(citation)} được ghi ngày {shown(wrong[0])}; theo danh mục văn bản là ngày {shown(entry.date)}.",
                (*case.shows(citation.mentions), of_register(entry)),
                f"Sửa thành ngày {shown(entry.date)}.",
            )  # fmt: skip


def date_against_others(case: Case) -> Iterator[Finding]:
    """Other documents date the same cited document otherwise, or it dates itself otherwise; the register does not know it."""
    for citation, one in case.numbered():
        entry = case.registered(citation, one)
        own = dates_of(citation)
        if (entry and entry.date) or not own:
            continue
        others = _dated_elsewhere(case, one, own)
        if others:
            date, evidence = others[0]
            read = case.graph.documents.get(one.key)
            said = f"chính văn bản này ghi ngày {shown(date)}" if read and evidence.source == read.source else (
                f"ở {evidence.source} ghi ngày {shown(date)}"
            )  # fmt: skip
            yield case.finding(
                "date-against-others", citation.lines,
                f"{name_of(citation)} ở đây ghi ngày {shown(own[0])}, {said}.",
                (*case.shows(citation.mentions), evidence),
                f"Sửa thành ngày {shown(date)}." if read and evidence.source == read.source else None,
            )  # fmt: skip


def _dated_elsewhere(case: Case, one: Instrument, own: tuple[str, ...]) -> list[tuple[str, Evidence]]:
    """The dates other than ``own`` that others give the document ``one``; its own letterhead settles it where it was read.

    A document that contradicts itself and has one of ``own`` among its dates contradicts nobody else.
    """
    read = case.graph.documents.get(one.key)
    where = of_field(read, "date") if read is not None and read.header.date else None
    if read is not None and read.header.date and where:
        return [(read.header.date, where)] if read.header.date not in own and one.key != case.key else []
    found = []
    for document, citation in case.elsewhere(one):
        dates = dates_of(citation)
        if not set(dates) & set(own):
            found += [(date, evidence_of(document, citation.mentions[0])) for date in dates]
    return found


def years_of_title(case: Case) -> Iterator[Finding]:
    """The same document is cited with a title for another year than it has elsewhere, and this year is not the likelier one."""
    for citation, one in case.numbered():
        years = title_years(citation.title)
        if not years:
            continue
        words = title_words(citation.title)
        for title, evidence in titled_elsewhere(case, one):
            others, theirs = title_words(title), title_years(title)
            alike = len(words & others) >= _ALIKE * max(len(words), len(others))
            if not (alike and theirs) or years <= theirs or theirs <= years:
                continue
            likely = _likely_year(citation)
            if likely not in years or likely in theirs:
                yield case.finding(
                    "year-of-title", citation.lines,
                    f"{name_of(citation)} ở đây được dẫn là “{citation.title}”, ở {evidence.source} là “{title}”: "
                    "năm không khớp.",
                    (*case.shows(citation.mentions), evidence),
                )  # fmt: skip
                break


def _likely_year(citation: Citation) -> str | None:
    """The year for which a document of its day is made: one of the last weeks of a year plans the next."""
    if not citation.date:
        return None
    return str(int(citation.date[:4]) + (citation.date[5:] >= _LAST_WEEKS))


def titled_elsewhere(case: Case, one: Instrument) -> Iterator[tuple[str, Evidence]]:
    """The titles that other documents give the document ``one``: its own first."""
    read = case.graph.documents.get(one.key)
    if read is not None and one.key != case.key and read.header.title:
        where = read.header.where("title")
        if where:
            yield read.header.title, Evidence(read.source, where, read.header.title)
    for document, citation in case.elsewhere(one):
        if citation.title:
            yield citation.title, evidence_of(document, citation.mentions[0])


def cited_before_it_was(case: Case) -> Iterator[Finding]:
    """A cited document is dated after the document that cites it."""
    own = case.document.header.date
    for citation, one in case.numbered():
        entry = case.registered(citation, one)
        dates = (entry.date,) if entry and entry.date else dates_of(citation)
        parts = number_parts(citation.number or "")
        wrong_year = parts is not None and parts.year is not None and any(date[:4] != parts.year for date in dates)
        if own and dates and not wrong_year and min(dates) > own:
            issued = of_field(case.document, "date")
            yield case.finding(
                "cited-before-issue", citation.lines,
                f"{name_of(citation)} ngày {shown(min(dates))} được dẫn trong văn bản ban hành trước đó, ngày {shown(own)}.",
                (*case.shows(citation.mentions), *((issued,) if issued else ())),
            )  # fmt: skip


def parent_of_other_year(case: Case) -> Iterator[Finding]:
    """A plan for one year is based on or carries out the yearly plan of another year, and none of that body for its own year."""
    period = case.document.header.period
    if period is None or period.start[:4] != period.end[:4]:
        return
    year = period.start[:4]
    yearly = [
        (citation, covered, body(citation.issuer or "").name)
        for citation, _ in case.numbered()
        if citation.relation in CARRIES_OUT and (covered := _year_covered(citation))
    ]
    for citation, covered, issuer in yearly:
        own_year = any(other == year and body_ == issuer for _, other, body_ in yearly)
        if covered != year and not own_year:
            title = of_field(case.document, "title")
            yield case.finding(
                "parent-of-other-year", citation.lines,
                f"Kế hoạch của năm {year} nhưng thực hiện {name_of(citation)} “{citation.title}” của năm {covered}.",
                (*case.shows(citation.mentions), *((title,) if title else ())),
            )  # fmt: skip


def _year_covered(citation: Citation) -> str | None:
    """The one year that a cited plan is for, as its title says."""
    if fold(citation.type or "") != "ke hoach":
        return None
    found = _OF_ONE_YEAR.search(fold(citation.title or ""))
    return found[1] if found and title_years(citation.title) == {found[1]} else None


RULES: dict[str, Examine] = {
    "impossible-date": impossible_day,
    "wrong-year-of-number": year_of_number,
    "date-against-register": date_against_register,
    "date-against-others": date_against_others,
    "year-of-title": years_of_title,
    "cited-before-issue": cited_before_it_was,
    "parent-of-other-year": parent_of_other_year,
}
"""The rules on dates and years, by code."""
