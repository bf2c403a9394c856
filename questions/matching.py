"""How well items fit a question's words: words and pairs of words weighed by how much they say, plus what the search thinks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from questions.catalogue import Catalogue
from questions.evidence import Item
from questions.model import Sought
from questions.synonyms import Official
from questions.words import pairs

_PAIR = 0.7
"""What a pair of neighbours counts beside its two words."""
_LENGTH, _USUAL = 0.1, 30
"""How far an item's length counts against it (as b of BM25, Robertson and Zaragoza 2009), and the usual number of words."""
_BACKGROUND = 0.35
"""What a word counts that only the situation says, in which the question is put."""
_OFFICIAL = 0.7
"""What a word counts that is the official one for an everyday word of the question."""
_COVER = 0.4
"""How far the share of the question that an item carries counts beside the words one by one."""
_PRECISE = 0.3
"""What a task counts in addition that says nothing but what the question says."""
_CLOSE = 20
"""Items beyond the most wanted that are looked at closely as well."""
_EXACT = 0.4
"""What a word counts in addition whose accents agree as well."""
_NEIGHBOURS = 0.25
"""What the search engine's order counts beside the words."""


@dataclass(frozen=True, slots=True)
class Match:
    """An item and how well it fits; ``support`` (0..1) is the share of the question's words, by weight, that it carries."""

    item: Item
    score: float
    support: float


def rank(
    catalogue: Catalogue,
    sought: Sought,
    documents: Sequence[str],
    wanted: Callable[[Item], float],
    found: Mapping[tuple[str, int], float],
    most: int = 40,
) -> list[Match]:
    """The items of ``documents`` (all when empty) that say what is ``sought`` best, best first.

    ``wanted`` weighs an item by its kind and fields (0 leaves it out); ``found`` gives the weight (0..1) that the search
    engine lends a source line.
    """
    words, background = sought.words, sought.background
    terms = {
        **{term: _OFFICIAL for one in sought.officially for term in (*one.words, *pairs(one.words)) if term in catalogue.idf},
        **{e: _EXACT for e in sought.exact if e in catalogue.idf},
        **{w: _BACKGROUND for w in background},
        **{p: _BACKGROUND * _PAIR for p in pairs(background) if p in catalogue.idf},
        **{w: 1.0 for w in words},
        **{p: _PAIR for p in pairs(words) if p in catalogue.idf},
    }
    total = sum(catalogue.weight(w) for w in set(words)) or 1.0
    inside = set(documents)
    scores: dict[int, float] = {}
    for term, share in terms.items():
        for at, weight in catalogue.postings.get(term, ()):
            if not inside or catalogue.items[at].document in inside:
                scores[at] = scores.get(at, 0.0) + share * weight * catalogue.idf[term]
    for at, item in _found_items(catalogue, found, inside):
        scores.setdefault(at, 0.0)
        scores[at] += _NEIGHBOURS * total * found[item.source, item.lines[0]]
    best = []
    for at, score in scores.items():
        item = catalogue.items[at]
        factor = wanted(item)
        if factor:
            length = 1.0 - _LENGTH + _LENGTH * len(item.terms) / _USUAL
            best.append((factor * score / total / length, -at))
    best.sort(reverse=True)
    matches = []
    said = {*words, *(word for one in sought.officially for word in one.words)}
    for score, at in best[: most + _CLOSE]:
        item = catalogue.items[-at]
        carried = support(catalogue, words, item, sought.officially)
        own = len(said.intersection(item.terms)) / len(set(item.terms)) if item.task and item.terms else 0.0
        matches.append(Match(item, score * (1.0 - _COVER + _COVER * carried) * (1.0 + _PRECISE * own**2), carried))
    return sorted(matches, key=lambda match: -match.score)[:most]


def _found_items(catalogue: Catalogue, found: Mapping[tuple[str, int], float], inside: set[str]) -> Iterable[tuple[int, Item]]:
    """The items that begin where the search found something."""
    if not found:
        return
    for key in inside or catalogue.by_document:
        for at in catalogue.by_document.get(key, ()):
            item = catalogue.items[at]
            if (item.source, item.lines[0]) in found:
                yield at, item


def support(catalogue: Catalogue, words: Iterable[str], item: Item, officially: Sequence[Official] = ()) -> float:
    """The share of ``words``, by how much they say, that the item or its place says, in these words or ``officially``."""
    distinct = set(words)
    said = {*item.terms, *item.context}
    for one in officially:
        if said.issuperset(one.words):
            said.update(one.said)
    total = sum(catalogue.weight(word) for word in distinct)
    return sum(catalogue.weight(word) for word in distinct if word in said) / total if total else 0.0
