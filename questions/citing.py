"""Questions whose answer is a document: which decision, on what basis, what is replaced, and the chain up to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from documents.model import Citation
from documents.text import fold
from graph.trace import Chain
from ontology.knowledge import number_key
from questions.catalogue import Catalogue
from questions.evidence import Item
from questions.fields import row_of, viet_date
from questions.matching import Match, rank
from questions.model import Described, Found, Question
from questions.tracing import (
    AGREES,
    described_chain,
    graph_of,
    hop_rows,
    instrument_name,
    marks,
    name_agreement,
    numbered_chain,
)
from questions.words import tokens

_ANOTHER = re.compile(r"(?<!\w)(?:nao nua|nao khac|ngoai .* con|con nao)(?!\w)")
"""How a question asks for what it has not named."""
_REPLACES = ("replaces", "amends")
_RESTS_ON = ("basis", "implements")


def cited_document(question: Question, catalogue: Catalogue, found: Mapping[tuple[str, int], float]) -> Found:
    """The cited document that the question asks for, with the chain from the plan that cites it."""
    task = _task_meant(question, catalogue, found)
    asked = [d for d in question.described if d.asked] or [Described("", "")]
    spoken_of = [d for d in question.described if not d.asked and d.type and d.issuer]
    best = _best(asked[0], question, catalogue, found, task)
    if best is None and asked[0].type and asked[0].issuer and "replaces" not in question.asks:
        asked = [Described("", asked[0].issuer), *asked[1:]]
        best = _best(asked[0], question, catalogue, found, task)
    several = len(asked) + len(spoken_of) > 1 or _from_number(question)
    if "replaces" not in question.asks and (several or best is None or not _is_whose(asked[0], best)):
        through = _through(question, catalogue, task, best, [*asked, *spoken_of])
        if through is not None:
            return through
    if best is None:
        return Found(refusal=_not_cited(question))
    number = best.item.citation.number if best.item.citation else None
    chain = numbered_chain(catalogue, best.item.document, number) if number else None
    rows = [row_of(best.item, best.score)]
    rows += [row_of(task.item, task.score)] if task and task.item.document == best.item.document else []
    rows += [row for row in hop_rows(chain) if (row.source, row.lines) not in {(r.source, r.lines) for r in rows}]
    path = marks(catalogue, chain) if chain else _short_chain(catalogue, best)
    if further := _up_to_named(question, catalogue, number):
        path = (*path, *marks(catalogue, further)[1:])
        rows += [row for row in hop_rows(further) if (row.source, row.lines) not in {(r.source, r.lines) for r in rows}]
    values = [name_of(best.item.citation)] if best.item.citation else []
    if best.item.citation and asked[0].type and "replaces" not in question.asks:
        values += [name_of(other) for other in enumerated_with(best.item, catalogue) if _of_type(other, asked[0].type)]
    carried = _carried(catalogue, question.words, [m.item for m in (best, task) if m])
    if len(question.words) <= _FEW_WORDS and asked[0].issuer and question.documents and _is_rested_on(asked[0], best):
        carried = max(carried, LEAST_CARRIED)
    return Found(tuple(rows), tuple(values), path, carried)


_JOINS = re.compile(r"[\s,;]*(?:ngay \d[\d/]*)?(?: ?cua (?:\w+ ?){1,8}?)?[\s,;]*(?:va)?\s*")
"""What stands between two documents that a text names in one breath: the date and issuer of the first, a comma, "và"."""


def enumerated_with(item: Item, catalogue: Catalogue) -> list[Citation]:
    """The documents that the text names right behind or before the cited one, in one breath: "Nghị định A; Nghị định B"."""
    assert item.citation is not None
    document = catalogue.cards[item.document].document
    paragraph = next((p for p in document.paragraphs if p.lines[0] <= item.lines[0] <= p.lines[1]), None)
    text = " ".join(fold(paragraph.text).split()) if paragraph else ""
    placed: list[tuple[int, int, Citation]] = []
    for citation in document.citations:
        for written in sorted(citation.as_written, key=len, reverse=True):
            said = " ".join(fold(written).split())
            start = text.find(said)
            if start >= 0 and all(end <= start or start + len(said) <= begin for begin, end, _ in placed):
                placed.append((start, start + len(said), citation))
                break
    placed.sort(key=lambda entry: entry[0])
    at = next((n for n, (_, _, citation) in enumerate(placed) if citation is item.citation), None)
    if at is None:
        return []
    first = last = at
    while last + 1 < len(placed) and _JOINS.fullmatch(text[placed[last][1] : placed[last + 1][0]]):
        last += 1
    while first and _JOINS.fullmatch(text[placed[first - 1][1] : placed[first][0]]):
        first -= 1
    return [citation for n, (_, _, citation) in enumerate(placed[first : last + 1], first) if n != at]


def _up_to_named(question: Question, catalogue: Catalogue, number: str | None) -> Chain | None:
    """The chain from the document found to the one that the question says it carries out: "kế hoạch nào thực hiện 57-NQ/TW"."""
    if not number or len(question.numbers) != 1 or number_key(number) == number_key(question.numbers[0]):
        return None
    if not _CARRIES_OUT.search(question.expanded):
        return None
    starts = graph_of(catalogue).resolution.numbered(number)
    return numbered_chain(catalogue, starts[0].key, question.numbers[0]) if starts else None


_CARRIES_OUT = re.compile(r"(?<!\w)(?:thuc hien|trien khai|cu the hoa)(?: \w+){0,4} \d")
_FEW_WORDS = 2
"""With so few words besides names, the document that a plan rests on and that is by whom the question says is the one meant."""


def _is_rested_on(one: Described, match: Match) -> bool:
    """Whether the citation found is by the issuer described, and what the plan is based on or carries out."""
    citation = match.item.citation
    return citation is not None and citation.relation in _RESTS_ON and _is_whose(one, match)


def _through(
    question: Question, catalogue: Catalogue, task: Match | None, best: Match | None, wanted: Sequence[Described]
) -> Found | None:
    """The answer to a question that describes several documents of one chain, or one that only a chain leads to."""
    starts = _starts(question, catalogue, task, best)
    if question.documents and _from_number(question):
        wanted = [*wanted, *(_as_described(number, catalogue) for number in question.numbers)]
    traced = described_chain(question, catalogue, starts, wanted)
    if traced is None and starts != question.documents:
        traced = described_chain(question, catalogue, question.documents, wanted)
    if traced is None:
        return None
    rows = hop_rows(traced.chain)
    rows += [row_of(task.item, task.score)] if task and task.item.document == rows[0].document else []
    said = {word for row in rows for word in tokens(row.text)}
    words = set(question.words)
    total = sum(catalogue.weight(word) for word in words)
    carried = sum(catalogue.weight(word) for word in words if word in said) / total if total else 1.0
    values = tuple(instrument_name(document) for document in traced.answers)
    return Found(tuple(rows), values, marks(catalogue, traced.chain), max(carried, LEAST_CARRIED))


def _from_number(question: Question) -> bool:
    """Whether a document that the question names by number is said to rest on the one asked for."""
    serials = "|".join(re.escape(re.match(r"0*(\d+)", number)[1]) for number in question.numbers if number[:1].isdigit())  # type: ignore[index]
    relation = r"(?:thuc hien|can cu|trien khai|cu the hoa|dua tren|truy)"
    return bool(serials) and bool(re.search(rf"(?<!\w)(?:{serials})(?!\w).* {relation} .*(?:nao|gi|so may)", question.expanded))


LEAST_CARRIED = 0.5
"""A chain that passes all that a question describes carries at least so much of it."""


def _starts(question: Question, catalogue: Catalogue, task: Match | None, best: Match | None) -> tuple[str, ...]:
    """Where the chain may begin: the task meant, the documents named, the document that is only cited, the one that cites."""
    if _from_number(question) and not question.documents:
        return tuple(one.key for one in graph_of(catalogue).resolution.numbered(question.numbers[0]))
    if task and task.item.task and (not question.documents or task.item.document in question.documents):
        return (f"{task.item.document}#{task.item.task.id}",)
    if question.documents:
        return question.documents
    if question.numbers:
        return tuple(one.key for one in graph_of(catalogue).resolution.numbered(question.numbers[0]))
    return (best.item.document,) if best else ()


def _as_described(number: str, catalogue: Catalogue) -> Described:
    """A document named by number as a description that only it fits."""
    known = graph_of(catalogue).resolution.numbered(number)
    return (
        Described(" ".join(tokens(known[0].type or "")), known[0].issuer or "", False) if known else Described("", number, False)
    )


def _carried(catalogue: Catalogue, words: Sequence[str], items: Sequence[Item]) -> float:
    """The share of ``words`` that the items say between them; 1 when there are none to say."""
    distinct = set(words)
    said = {term for item in items for term in (*item.terms, *item.context)}
    total = sum(catalogue.weight(word) for word in distinct)
    return sum(catalogue.weight(word) for word in distinct if word in said) / total if total else 1.0


def _task_meant(question: Question, catalogue: Catalogue, found: Mapping[tuple[str, int], float]) -> Match | None:
    """The task that the question speaks of, when one carries most of its words."""
    ranked = rank(catalogue, question.sought, question.documents, lambda item: 1.0 if item.task else 0.0, found, most=1)
    return ranked[0] if ranked and ranked[0].support >= _MEANT else None


def _best(
    one: Described, question: Question, catalogue: Catalogue, found: Mapping[tuple[str, int], float], task: Match | None
) -> Match | None:
    """The citation that fits the description ``one`` and the question's words best; one by the task meant comes first."""
    replaced = "replaces" in question.asks and one.asked
    left_out = {number_key(n) for n in question.numbers} if _ANOTHER.search(question.expanded) else set()
    by_task = {number_key(n) for n in task.item.task.cites} if task and task.item.task else set()

    def wanted(item: Item) -> float:
        citation = item.citation
        if citation is not None and citation.number and number_key(citation.number) in left_out:
            return 0.0
        if citation is None or not (citation.number or citation.title) or (replaced and citation.relation not in _REPLACES):
            return 0.0
        weight = 1.0 if citation.number else 0.6
        if one.type and not _of_type(citation, one.type):
            about_it = one.issuer and one.type in " ".join(tokens(citation.title or ""))
            if not about_it or name_agreement(one.issuer, citation.issuer) <= AGREES:
                return 0.0
            weight *= 0.8
        if one.issuer:
            weight *= 0.2 + name_agreement(one.issuer, citation.issuer)
        if task and item.document == task.item.document and (_inside(item, task) or number_key(citation.number or "") in by_task):
            weight *= _BY_TASK
        return weight * (1.15 if citation.relation in _RESTS_ON else 1.0)

    ranked = rank(catalogue, question.sought, question.documents, wanted, found)
    if ranked:
        return ranked[0]
    keys = question.documents or tuple(catalogue.cards)
    items = [catalogue.items[at] for key in keys for at in catalogue.by_document.get(key, ()) if wanted(catalogue.items[at])]
    best = max(items, key=wanted, default=None)
    return Match(best, wanted(best), 1.0 if replaced or not question.words else 0.0) if best else None


def _inside(item: Item, task: Match) -> bool:
    """Whether the citation stands on the lines of the task."""
    return item.lines[0] <= task.item.lines[1] and task.item.lines[0] <= item.lines[1]


_MEANT = 0.6
_BY_TASK = 1.6
"""How much more a citation counts that the task in question makes itself."""


def _of_type(citation: Citation, wanted: str) -> bool:
    """Whether the cited document is of the type; a plan of action is a plan."""
    kind = " ".join(tokens(citation.type or ""))
    return kind.startswith(wanted) or (wanted.startswith(kind) and bool(kind))


def _is_whose(one: Described, match: Match) -> bool:
    """Whether the citation found for a document merely spoken of is that document: its issuer agrees."""
    return match.item.citation is not None and (not one.issuer or name_agreement(one.issuer, match.item.citation.issuer) > AGREES)


def name_of(citation: Citation) -> str:
    """A cited document as an answer names it: type, number, date, issuer, title."""
    parts = [citation.type or "Văn bản"]
    if citation.number:
        parts.append(f"số {citation.number}")
    if citation.date:
        parts.append(f"ngày {viet_date(citation.date)}")
    if citation.issuer:
        parts.append(f"của {citation.issuer}")
    if citation.title:
        parts.append(citation.title)
    return " ".join(parts)


def _short_chain(catalogue: Catalogue, best: Match) -> tuple[str, ...]:
    """The plan and the document that it cites, where the texts give no more of a chain."""
    item = best.item
    number = item.citation.number if item.citation else None
    return (catalogue.cards[item.document].mark, number) if number else ()


def _not_cited(question: Question) -> str:
    if "replaces" in question.asks:
        return "không có văn bản nào được nêu là bị thay thế hoặc sửa đổi"
    return "không có văn bản được dẫn nào khớp với câu hỏi"


def number_known(number: str, catalogue: Catalogue) -> list[Item]:
    """The places where a document of that number is cited."""
    key = number_key(number)
    return [i for i in catalogue.items if i.citation and i.citation.number and number_key(i.citation.number) == key]
