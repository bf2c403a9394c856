"""Questions whose answer is a document: which decision, on what basis, what is replaced, and the chain up to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from documents.model import Citation
from documents.text import fold
from graph.document_graph import DocumentGraph, document_graph
from graph.trace import Chain, Wanted, explicit_chain
from ontology.knowledge import number_key
from questions.evidence import Item
from questions.fields import row_of, viet_date
from questions.library import Library
from questions.matching import Match, rank, support
from questions.model import Described, Found, Question, Row
from questions.words import tokens

_REPLACES = ("replaces", "amends")
_RESTS_ON = ("basis", "implements")


def cited_document(question: Question, library: Library, found: Mapping[tuple[str, int], float]) -> Found:
    """The cited document that the question asks for, with the chain from the plan that cites it."""
    asked = [d for d in question.described if d.asked] or [Described("", "")]
    best = [m for one in asked if (m := _best(one, question, library, found)) is not None]
    if not best:
        return Found(refusal=_not_cited(question))
    best.sort(key=lambda m: asked.index(next(a for a in asked if True)))
    top = max(best, key=lambda m: m.support)
    chain = chain_to(question, library, best)
    rows = [row_of(m.item, m.score) for m in best]
    rows += [row for row in _task_rows(question, library, found, best[0])]
    rows += [row for row in _hop_rows(library, chain) if row.lines not in [r.lines for r in rows]]
    values = [name_of(m.item.citation) for m in best if m.item.citation]
    marks = tuple(_marks(library, chain)) if chain else _short_chain(library, best)
    further = [number for number in marks[1:] if not any(number in value for value in values)]
    return Found(tuple(rows), tuple(dict.fromkeys((*values, *further))), marks, top.support)


def _best(one: Described, question: Question, library: Library, found: Mapping[tuple[str, int], float]) -> Match | None:
    """The citation that fits the description ``one`` and the question's words best."""
    replaced = "replaces" in question.asks

    def wanted(item: Item) -> float:
        citation = item.citation
        if citation is None or not (citation.number or citation.title):
            return 0.0
        if replaced and citation.relation not in _REPLACES:
            return 0.0
        if one.type and not fold(citation.type or "").startswith(one.type):
            return 0.0
        weight = 1.0 if citation.number else 0.6
        if one.issuer:
            weight *= 0.25 + issuer_agreement(one.issuer, citation)
        relation = citation.mentions[0].relation
        return weight * (1.15 if relation in _RESTS_ON else 1.0)

    words = question.words or ("",)
    ranked = rank(library, words, question.documents, wanted, found)
    if (not ranked and replaced) or (not ranked and one.issuer):
        items = [library.items[at] for key in question.documents or library.cards for at in library.by_document.get(key, ())]
        ranked = [Match(i, wanted(i), 1.0 if replaced else support(library, words, i)) for i in items if wanted(i)]
        ranked.sort(key=lambda m: -m.score)
    return ranked[0] if ranked else None


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
def _graph(library_cards: tuple[object, ...]) -> DocumentGraph:
    return document_graph([card.document for card in library_cards])  # type: ignore[attr-defined]


def graph_of(library: Library) -> DocumentGraph:
    """The graph of the library's documents, built once for a state of the corpus."""
    return _graph(tuple(library.cards.values()))


def chain_to(question: Question, library: Library, best: Sequence[Match]) -> Chain | None:
    """The chain from the plan that cites ``best[0]`` to it, passing what else the question describes."""
    graph = graph_of(library)
    goals = [m.item.citation for m in best if m.item.citation and m.item.citation.number]
    if not goals:
        return None
    ends = [Wanted(number=c.number) for c in goals]
    others = [Wanted(type=d.type or None, issuer=None) for d in question.described if not d.asked and d.type and d.issuer]
    start = best[0].item.document
    candidates = []
    for at, end in enumerate(ends):
        via = [*ends[:at], *ends[at + 1 :]]
        chain = explicit_chain(graph, start, end, via=via, near=best[at].item.lines)
        if chain is not None:
            candidates.append(chain)
    if question.kind == "trace" and len(ends) == 1 and re.search(r"truy|nguon|chuoi", question.expanded) and others:
        return explicit_chain(graph, start, ends[0], via=others) or next(iter(candidates), None)
    return max(candidates, key=lambda c: len(c.hops), default=None)


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


def _task_rows(question: Question, library: Library, found: Mapping[tuple[str, int], float], best: Match) -> list[Row]:
    """The task that the question speaks of, when it is another passage of the same document and clearly meant."""
    ranked = rank(library, question.words, (best.item.document,), lambda item: 1.0 if item.task else 0.0, found, most=1)
    if not ranked or ranked[0].support < 0.6 or ranked[0].item.lines == best.item.lines:
        return []
    return [row_of(ranked[0].item, ranked[0].score)]


def _not_cited(question: Question) -> str:
    if "replaces" in question.asks:
        return "không có văn bản nào được nêu là bị thay thế hoặc sửa đổi"
    return "không có văn bản được dẫn nào khớp với câu hỏi"


def number_known(number: str, library: Library) -> list[Item]:
    """The places where a document of that number is cited."""
    key = number_key(number)
    return [i for i in library.items if i.citation and i.citation.number and number_key(i.citation.number) == key]
