"""Questions whose answer is a document: which decision, on what basis, what is replaced, and the chain up to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from documents.model import Citation
from graph.document_graph import DocumentGraph, document_graph
from graph.trace import Chain, Wanted, explicit_chain
from ontology.knowledge import number_key
from questions.evidence import Item
from questions.fields import row_of, viet_date
from questions.library import Library
from questions.matching import Match, rank
from questions.model import Described, Found, Question, Row
from questions.words import tokens

_REPLACES = ("replaces", "amends")
_RESTS_ON = ("basis", "implements")


def cited_document(question: Question, library: Library, found: Mapping[tuple[str, int], float]) -> Found:
    """The cited document that the question asks for, with the chain from the plan that cites it."""
    task = _task_meant(question, library, found)
    asked = [d for d in question.described if d.asked] or [Described("", "")]
    spoken_of = [d for d in question.described if not d.asked and d.type and d.issuer]
    best = _distinct([m for one in asked if (m := _best(one, question, library, found, task))])
    if not best:
        return Found(refusal=_not_cited(question))
    passed = [m for number in question.numbers if (m := _numbered(number, question, library))]
    passed += [m for one in spoken_of if (m := _best(one, question, library, found, task)) and _is_whose(one, m)]
    passed = [m for m in _distinct([*best, *passed]) if m not in best]
    start = _start(question, library) or best[0].item.document
    chain = chain_through(library, start, best, [m for m in passed if not _is_start(m, start, library)])
    rows = [row_of(m.item, m.score) for m in (*best, *passed)]
    rows += [row_of(task.item, task.score)] if task and task.item.document == best[0].item.document else []
    rows += [row for row in _hop_rows(library, chain) if (row.source, row.lines) not in {(r.source, r.lines) for r in rows}]
    marks = tuple(_marks(library, chain)) if chain else _short_chain(library, best)
    values = [name_of(m.item.citation) for m in (*best, *passed) if m.item.citation]
    carried = _carried(library, question.words, [m.item for m in (*best, *passed, *((task,) if task else ()))])
    return Found(tuple(rows), tuple(dict.fromkeys(values)), marks, carried)


def _carried(library: Library, words: Sequence[str], items: Sequence[Item]) -> float:
    """The share of ``words`` that the items say between them; 1 when there are none to say."""
    distinct = set(words)
    said = {term for item in items for term in (*item.terms, *item.context)}
    total = sum(library.weight(word) for word in distinct)
    return sum(library.weight(word) for word in distinct if word in said) / total if total else 1.0


def _start(question: Question, library: Library) -> str | None:
    """Where the chain begins when the question names a document that is only cited, and none of ours."""
    if question.documents or not question.numbers:
        return None
    known = graph_of(library).resolution.numbered(question.numbers[0])
    return known[0].key if known else None


def _is_start(match: Match, start: str, library: Library) -> bool:
    """Whether the document found is the one that the chain starts from."""
    number = match.item.citation.number if match.item.citation else None
    return bool(number) and any(one.key == start for one in graph_of(library).resolution.numbered(number or ""))


def _numbered(number: str, question: Question, library: Library) -> Match | None:
    """Where a document that the question names by number is cited, in the documents it is about if there."""
    places = number_known(number, library)
    inside = [item for item in places if item.document in question.documents] or places
    return Match(inside[0], 1.0, 1.0) if inside else None


def _task_meant(question: Question, library: Library, found: Mapping[tuple[str, int], float]) -> Match | None:
    """The task that the question speaks of, when one carries most of its words."""
    ranked = rank(library, question.words, question.documents, lambda item: 1.0 if item.task else 0.0, found, most=1)
    return ranked[0] if ranked and ranked[0].support >= _MEANT else None


def _best(
    one: Described, question: Question, library: Library, found: Mapping[tuple[str, int], float], task: Match | None
) -> Match | None:
    """The citation that fits the description ``one`` and the question's words best; one by the task meant comes first."""
    replaced = "replaces" in question.asks and one.asked
    by_task = {number_key(n) for n in task.item.task.cites} if task and task.item.task else set()

    def wanted(item: Item) -> float:
        citation = item.citation
        if citation is None or not (citation.number or citation.title) or (replaced and citation.relation not in _REPLACES):
            return 0.0
        if one.type and not _of_type(citation, one.type):
            return 0.0
        weight = 1.0 if citation.number else 0.6
        if one.issuer:
            weight *= 0.2 + issuer_agreement(one.issuer, citation)
        if task and citation.number and number_key(citation.number) in by_task and item.document == task.item.document:
            weight *= _BY_TASK
        return weight * (1.15 if citation.relation in _RESTS_ON else 1.0)

    ranked = rank(library, question.words, question.documents, wanted, found)
    if ranked:
        return ranked[0]
    keys = question.documents or tuple(library.cards)
    items = [library.items[at] for key in keys for at in library.by_document.get(key, ()) if wanted(library.items[at])]
    best = max(items, key=wanted, default=None)
    return Match(best, wanted(best), 1.0 if replaced or not question.words else 0.0) if best else None


_MEANT = 0.6
_BY_TASK = 1.6
"""How much more a citation counts that the task in question makes itself."""


def _of_type(citation: Citation, wanted: str) -> bool:
    """Whether the cited document is of the type; a plan of action is a plan."""
    kind = " ".join(tokens(citation.type or ""))
    return kind.startswith(wanted) or (wanted.startswith(kind) and bool(kind))


def _is_whose(one: Described, match: Match) -> bool:
    """Whether the citation found for a document merely spoken of is that document: its issuer agrees."""
    return match.item.citation is not None and issuer_agreement(one.issuer, match.item.citation) > 0.6


def _distinct(matches: Sequence[Match]) -> list[Match]:
    """The matches, each cited document once."""
    kept: dict[int, Match] = {}
    for match in matches:
        kept.setdefault(id(match.item.citation), match)
    return list(kept.values())


def issuer_agreement(said: str, citation: Citation) -> float:
    """How well the words a question uses for an issuer fit a citation's issuer: 1 for all of it, less for a part, 0 for none."""
    name = tokens(citation.issuer or "")
    words = tokens(said)
    if not name or not words:
        return 0.0
    shared = len(set(name) & set(words))
    return shared / max(len(set(name)), min(len(set(words)), len(set(name)) + 2))


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


@lru_cache(maxsize=2)
def graph_of(library: Library) -> DocumentGraph:
    """The graph of the library's documents, built once for a state of the corpus."""
    return document_graph([card.document for card in library.cards.values()])


def chain_through(library: Library, start: str, best: Sequence[Match], passed: Sequence[Match]) -> Chain | None:
    """The chain from ``start`` through as many of the documents asked for and spoken of as one chain holds."""
    graph = graph_of(library)
    numbered = [m for m in (*best, *passed) if m.item.citation and m.item.citation.number]
    wanted = [Wanted(number=m.item.citation.number) for m in numbered if m.item.citation]
    for size in range(len(wanted) - 1, -1, -1):
        for at, end in enumerate(wanted):
            for via in combinations([w for w in wanted if w is not end], size):
                chain = explicit_chain(graph, start, end, via=via, near=numbered[at].item.lines)
                if chain is not None:
                    return chain
    return None


def _marks(library: Library, chain: Chain) -> list[str]:
    graph = graph_of(library)
    return [graph.resolution.instruments[node].name for node in chain.nodes]


def _short_chain(library: Library, best: Sequence[Match]) -> tuple[str, ...]:
    """The plan and the document that it cites, where the texts give no more of a chain."""
    item = best[0].item
    number = item.citation.number if item.citation else None
    return (library.cards[item.document].mark, number) if number else ()


def _hop_rows(library: Library, chain: Chain | None) -> list[Row]:
    """The sentences that carry the chain, hop by hop."""
    return [
        Row(hop.start.partition("#")[0], hop.evidence.source, hop.evidence.lines, hop.evidence.text, (), hop.confidence)
        for hop in (chain.hops if chain else ())
        if hop.evidence.lines
    ]


def _not_cited(question: Question) -> str:
    if "replaces" in question.asks:
        return "không có văn bản nào được nêu là bị thay thế hoặc sửa đổi"
    return "không có văn bản được dẫn nào khớp với câu hỏi"


def number_known(number: str, library: Library) -> list[Item]:
    """The places where a document of that number is cited."""
    key = number_key(number)
    return [i for i in library.items if i.citation and i.citation.number and number_key(i.citation.number) == key]
