"""The chain of documents that a question describes: from the plan it is about, up to what it asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from graph.chains import chains_up
from graph.document_graph import DocumentGraph, Hop, document_graph
from graph.instrument import Instrument
from graph.trace import Chain, Wanted, explicit_chain
from questions.catalogue import Catalogue
from questions.fields import viet_date
from questions.model import Described, Question, Row
from questions.words import tokens

_CHAINS = 400
"""Chains of one document that are looked at."""
_DETOUR = 0.1
"""What a further document costs a chain, in shares of the question's words that its sentences say."""
AGREES = 0.45
"""From this agreement of names on, a document is taken to be the one described."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A chain and which of its documents (positions in ``chain.nodes``) answer to the descriptions, in their order."""

    chain: Chain
    answers: tuple[Instrument, ...]


@lru_cache(maxsize=2)
def graph_of(catalogue: Catalogue) -> DocumentGraph:
    """The graph of the catalogue's documents, built once for a state of the corpus."""
    return document_graph([card.document for card in catalogue.cards.values()])


def described_chain(
    question: Question, catalogue: Catalogue, starts: Sequence[str], wanted: Sequence[Described]
) -> Traced | None:
    """The chain from one of ``starts`` that passes all ``wanted`` that are asked for, and as many others as possible.

    It ends at one of them. Among such chains the one whose sentences say most of the question's words, in the fewest steps.
    """
    best: tuple[tuple[float, ...], Traced] | None = None
    for start in starts:
        for hops in _beginnings(chains_up(graph_of(catalogue), start, _CHAINS, text_only=True)):
            traced = _fit(Chain(hops), catalogue, wanted)
            if traced is None:
                continue
            key = (float(len(traced.answers)), _relevance(question, catalogue, hops) - _DETOUR * len(hops))
            if best is None or key > best[0]:
                best = key, traced
    return best[1] if best else None


def _beginnings(chains: Sequence[Chain]) -> list[tuple[Hop, ...]]:
    """All chains and the shorter ones that they begin with, each once."""
    found: dict[tuple[str, ...], tuple[Hop, ...]] = {}
    for chain in chains:
        for length in range(1, len(chain.hops) + 1):
            hops = chain.hops[:length]
            found.setdefault(Chain(hops).nodes, hops)
    return list(found.values())


def _fit(chain: Chain, catalogue: Catalogue, wanted: Sequence[Described]) -> Traced | None:
    """The chain with its documents assigned to the descriptions; ``None`` if one asked for is missing or the end is none."""
    known = graph_of(catalogue).resolution.instruments
    free = [known[node] for node in chain.nodes[1:]]
    end = free[-1]
    answers = []
    for one in wanted:
        fitting = [(fits(one, document), -at) for at, document in enumerate(free)]
        best = max(fitting, default=(0.0, 0))
        if best[0] >= AGREES:
            answers.append(free.pop(-best[1]))
        elif one.asked:
            return None
    return Traced(chain, tuple(answers)) if end in answers else None


def fits(one: Described, document: Instrument) -> float:
    """How well a known document answers to a description: 0 for another type, else the agreement of the issuer's name."""
    kind = " ".join(tokens(document.type or ""))
    of_type = not one.type or (kind and (kind.startswith(one.type) or one.type.startswith(kind)))
    if not of_type and not any(_enacts(one.type, title) for title in document.titles[:2]):
        return 0.0
    return name_agreement(one.issuer, document.issuer) if one.issuer else 0.5


def _enacts(kind: str, title: str) -> bool:
    """Whether a title says that the document puts one of that type into force: "ban hành Chương trình hành động"."""
    return bool(re.match(rf"(?:(?:ve|viec|ban hanh|phe duyet|cong bo) )*{re.escape(kind)}(?!\w)", " ".join(tokens(title))))


def name_agreement(said: str, name: str | None) -> float:
    """How well the words a question uses for an issuer fit its name: 1 for all of it, less for a part, 0 for none."""
    full, words = set(tokens(name or "")), set(tokens(said))
    if not full or not words:
        return 0.0
    return len(full & words) / max(len(full), min(len(words), len(full) + 2)) ** 0.5 / max(len(words), 1) ** 0.5


def _relevance(question: Question, catalogue: Catalogue, hops: Sequence[Hop]) -> float:
    """The share of the question's words that the chain's sentences say."""
    said = {word for hop in hops for word in tokens(hop.evidence.text)}
    words = set(question.words)
    total = sum(catalogue.weight(word) for word in words)
    return sum(catalogue.weight(word) for word in words if word in said) / total if total else 0.0


def numbered_chain(catalogue: Catalogue, start: str, number: str) -> Chain | None:
    """The chain that stands in the texts from ``start`` to the document of that number."""
    return explicit_chain(graph_of(catalogue), start, Wanted(number=number))


def marks(catalogue: Catalogue, chain: Chain) -> tuple[str, ...]:
    """What stands for each document of a chain, local first."""
    known = graph_of(catalogue).resolution.instruments
    # an appendix in a file of its own bears the number of its document
    return tuple(name for name, _ in groupby(known[node].name for node in chain.nodes))


def hop_rows(chain: Chain | None) -> list[Row]:
    """The sentences that carry a chain, hop by hop."""
    return [
        Row(hop.start.partition("#")[0], hop.evidence.source, hop.evidence.lines, hop.evidence.text, (), hop.confidence)
        for hop in (chain.hops if chain else ())
        if hop.evidence.lines
    ]


def instrument_name(document: Instrument) -> str:
    """A known document as an answer names it: type, number, date, issuer, title."""
    title = document.titles[0] if document.titles else ""
    parts = (
        document.type or "Văn bản",
        f"số {document.number}" if document.number else "",
        f"ngày {viet_date(document.dates[0])}" if document.dates else "",
        f"của {document.issuer}" if document.issuer else "",
        title,
    )
    return " ".join(part for part in parts if part)
