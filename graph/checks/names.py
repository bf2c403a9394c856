"""Rules on who a cited document is: title, issuer and type against its number, the register and other documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.identity import body, document_key, expand
from documents.model import Mention
from documents.text import fold
from graph.checks.case import Case, Examine, dates_of, name_of, of_register
from graph.checks.dates import titled_elsewhere
from graph.document_graph import Evidence, evidence_of
from graph.finding import Finding
from graph.instrument import Instrument, title_words
from ontology.knowledge import knowledge
from ontology.numbers import issuer_of_number, number_key, number_parts

_TELLING = 4
"""A title of fewer words tells too little to contradict another one."""
_NOTHING = 0.2
"""Titles that share less of the shorter one's words have nothing in common."""
_ALIKE = 0.7
_SEVERAL = 2
_SAME_BODY = 0.5
"""Names that share so much of the shorter one's words may be of one body: a committee and its bureau, a ministry and its head."""
_SHORT = re.compile(r"[A-ZĐ]{2,}")
"""Letters that stand for words nobody here knows: what they mean is not certain."""
_DISPATCH = "cong van"
"""The number of a dispatch has no code of a type but that of who drafted it (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
_NATIONAL = "trung ương"
_PAGE_BREAK = 6
"""Lines after which a row that a page break cut goes on."""


def _differ(title: str | None, other: str | None) -> bool:
    """Whether two titles have nothing in common though both say enough."""
    words, others = title_words(title), title_words(other)
    shorter = min(len(words), len(others))
    return shorter >= _TELLING and len(words & others) < _NOTHING * shorter


def title_against_register(case: Case) -> Iterator[Finding]:
    """The title given with a number has nothing in common with the register's."""
    if case.document.noisy:
        return
    for citation, one in case.numbered():
        entry = case.registered(citation, one)
        if entry and _differ(citation.title, entry.title):
            yield case.finding(
                "title-against-register", citation.lines,
                f"{name_of(citation)} được dẫn là “{citation.title}”; theo danh mục văn bản là “{entry.title}”.",
                (*case.shows(citation.mentions), of_register(entry)),
                "Kiểm tra lại số hiệu và trích yếu.",
            )  # fmt: skip


def title_against_others(case: Case) -> Iterator[Finding]:
    """Another document, or the cited one itself, gives the same number a title that has nothing in common with this one."""
    if case.document.noisy:
        return
    for citation, one in case.numbered():
        entry = case.registered(citation, one)
        if entry and entry.title:
            continue
        differing = next((found for found in titled_elsewhere(case, one) if _differ(citation.title, found[0])), None)
        if differing:
            title, evidence = differing
            yield case.finding(
                "title-against-others", citation.lines,
                f"{name_of(citation)} ở đây được dẫn là “{citation.title}”, ở {evidence.source} là “{title}”.",
                (*case.shows(citation.mentions), evidence),
                "Kiểm tra lại số hiệu và trích yếu.",
            )  # fmt: skip


def issuer_against_number(case: Case) -> Iterator[Finding]:
    """The codes of a number prove one body of the country, and the document is said to be another one's."""
    for citation in case.document.citations:
        code = issuer_of_number(citation.number) if citation.number else None
        if code is None or not code.proves or not citation.issuer or not citation.mentions:
            continue
        stated = body(citation.issuer).name
        if stated and stated != body(code.name).name and _is_other_body(citation.issuer, code.name):
            if any(_named_near(case, mention, code.name) for mention in citation.mentions):
                continue
            yield case.finding(
                "issuer-against-number", citation.lines,
                f"{name_of(citation)} được ghi là của {citation.issuer}; ký hiệu cho biết cơ quan ban hành là {code.name}.",
                case.shows(citation.mentions),
                "Kiểm tra lại số hiệu và cơ quan ban hành.",
            )  # fmt: skip


def _named_near(case: Case, mention: Mention, name: str) -> bool:
    """Whether the paragraph of the mention, or its row and what goes on behind a page break, names the body as well: then who is
    stated signed as its head."""
    for paragraph in case.document.paragraphs:
        if paragraph.lines[0] <= mention.lines[0] <= paragraph.lines[1]:
            last = min(paragraph.lines[1] + _PAGE_BREAK, len(case.document.lines))
            text = case.document.text((paragraph.lines[0], last)) if paragraph.kind == "row" else paragraph.text
            if fold(name) in fold(text):
                return True
    return False


def _is_other_body(stated: str, proven: str) -> bool:
    """Whether the body stated is another one: not the proven one in more or fewer words, nor its name of before or after."""
    one, other = fold(expand(stated)), fold(expand(proven))
    words, others = set(one.split()), set(other.split())
    shared = len(words & others) >= _SAME_BODY * min(len(words), len(others))
    if shared or any(_SHORT.fullmatch(word) for word in re.split(r"[\s&-]+", stated)):
        return False
    named = {fold(entry.label): entry for entry in knowledge().units}
    related = {
        fold(name) for entry in (named.get(one), named.get(other)) if entry for name in (*entry.predecessors, *entry.successors)
    }
    heads = {fold(head) for kind in knowledge().unit_kinds for head in kind.head_words}
    known = {fold(code.name) for code in knowledge().issuer_codes.values() if code.proves}
    return not {one, other} & related and (one in known or any(one.startswith(head + " ") for head in heads))


def issuer_against_others(case: Case) -> Iterator[Finding]:
    """One number of one day and with one title is said to be of two bodies."""
    for citation, one in case.numbered():
        dates, words = set(dates_of(citation)), title_words(citation.title)
        if not dates or not citation.issuer or len(words) < _TELLING or issuer_of_national(citation.number or ""):
            continue
        for other in case.graph.resolution.numbered(citation.number or ""):
            if other.key == one.key or not dates & set(other.dates) or not other.issuer:
                continue
            titles = [
                title for title in other.titles if len(words & title_words(title)) >= _ALIKE * len(words | title_words(title))
            ]
            if not titles or body(other.issuer).name == body(citation.issuer).name:
                continue
            evidence = [evidence_of(document, cited.mentions[0]) for document, cited in case.elsewhere(other)]
            read = case.graph.documents.get(other.key)
            if read is not None:
                evidence.insert(0, Evidence(read.source, read.header.where("issuer"), read.header.issuer or ""))
            if evidence:
                yield case.finding(
                    "issuer-against-others", citation.lines,
                    f"{name_of(citation)} ở đây ghi của {citation.issuer}, ở {evidence[0].source} ghi của {other.issuer}.",
                    (*case.shows(citation.mentions), evidence[0]),
                )  # fmt: skip


def issuer_of_national(number: str) -> bool:
    """Whether the codes of ``number`` prove a national body, so that nobody needs to be named."""
    code = issuer_of_number(number)
    return code is not None and code.level == _NATIONAL


def type_against_number(case: Case) -> Iterator[Finding]:
    """The type named before a number is not the one that its code says."""
    for citation in case.document.citations:
        parts = number_parts(citation.number) if citation.number else None
        if parts is None or parts.type_code is None or not citation.type or not citation.mentions or case.document.noisy:
            continue
        meant = [entry for entry in knowledge().document_types if parts.type_code in entry.codes]
        stated = fold(citation.type)
        if any(stated in (fold(name) for name in (entry.label, *entry.aliases)) for entry in meant) or not meant:
            continue
        # A decision that approves a scheme or programme is called by that ("Đề án số 06/QĐ-TTg").
        approved = any(fold(entry.label) == "quyet dinh" for entry in meant)
        if approved or stated == _DISPATCH or not _is_numbered(stated):
            continue
        labels = " hoặc ".join(sorted({entry.label for entry in meant}))
        yield case.finding(
            "type-against-number", citation.lines,
            f"“{citation.as_written[0]}”: ký hiệu {parts.type_code} là của {labels}, không phải {citation.type}.",
            case.shows(citation.mentions),
            "Kiểm tra lại loại văn bản và số, ký hiệu.",
        )  # fmt: skip


def _is_numbered(stated: str) -> bool:
    """Whether a type has a code of its own in numbers: "Văn bản", "Đề án" may stand before any number."""
    return any(entry.code and stated == fold(entry.label) for entry in knowledge().document_types)


def ambiguous_reference(case: Case) -> Iterator[Finding]:
    """The words of a citation fit several known documents."""
    for index, citation in enumerate(case.document.citations):
        found = case.graph.resolution.citations[case.key, index]
        if found.method == "ambiguous" and citation.mentions:
            meant = [one for key in found.candidates if _in_force(case, one := case.graph.resolution.instruments[key])]
            if len(meant) < _SEVERAL:
                continue
            names = [f"{one.label} ({one.issuer})" if one.issuer else one.label for one in meant]
            yield case.finding(
                "ambiguous-reference", citation.lines,
                f"“{citation.as_written[0]}” có thể là: {'; '.join(names)}.",
                case.shows(citation.mentions), "Ghi đủ số, ngày và cơ quan ban hành.",
            )  # fmt: skip


def _in_force(case: Case, one: Instrument) -> bool:
    """Whether the register leaves open that a document was in force on the day of the one that cites it."""
    entry = case.survey.directives.get(number_key(one.number)) if one.number else None
    if entry is None or case.day is None:
        return True
    later = (case.survey.directives.get(number_key(number)) for number in entry.replaced_by)
    ended = [entry.in_force_until, *((new.in_force_from or new.date) for new in later if new)]
    return not (entry.date and entry.date > case.day) and not any(day and day < case.day for day in ended)


def same_document_twice(case: Case) -> Iterator[Finding]:
    """Two read files have the same number, issuer and year but not the same text."""
    one = case.graph.resolution.instruments.get(document_key(case.document))
    if one is not None and len(one.sources) > 1 and case.document.source == one.sources[0]:
        yield case.finding(
            "number-twice", case.document.header.where("number") or (1, 1),
            f"Số {one.number} của {one.issuer} có trong nhiều tệp: {', '.join(one.sources)}.",
            (Evidence(source, None, one.label) for source in one.sources),
        )  # fmt: skip


RULES: dict[str, Examine] = {
    "title-against-register": title_against_register,
    "title-against-others": title_against_others,
    "issuer-against-number": issuer_against_number,
    "issuer-against-others": issuer_against_others,
    "type-against-number": type_against_number,
    "ambiguous-reference": ambiguous_reference,
    "number-twice": same_document_twice,
}
"""The rules on who is cited, by code."""
