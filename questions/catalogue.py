"""The corpus as the questions see it: its documents and their names, its items, its vocabulary, and who is named in it.

Built once for a state of the corpus and kept until the corpus changes. Everything that questions are linked to (units,
issuers, numbers, abbreviations) is read off the documents themselves, so a new corpus needs no new rule.
"""

from __future__ import annotations

import math
import re
import weakref
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any, Protocol

from documents.identity import document_key
from documents.model import Document
from documents.syllables import is_bare_syllable
from ontology.knowledge import knowledge, number_key
from questions.evidence import Item, items_of
from questions.words import accented, name_tokens, pairs, within_one_edit


class Corpus(Protocol):
    """What is needed of a corpus: its documents and its search."""

    def documents(self) -> Sequence[Document]:
        """All documents."""

    def search(self, query: str, k: int) -> Sequence[Any]:
        """Hits with ``passage`` (``source``, ``lines``, ``text``, ``document``, ``kind``) and ``score``, best first."""


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """A document and what it is called: names of its issuer (tuples of folded words), its years, its number's key."""

    key: str
    document: Document
    names: tuple[tuple[str, ...], ...]
    years: frozenset[int]
    number: str | None
    period: tuple[str, str] | None

    @property
    def label(self) -> str:
        """How the document is called in an answer: "Kế hoạch số 04/KH-UBND của Ủy ban nhân dân phường Hải Dương"."""
        header = self.document.header
        name = header.type or "Văn bản"
        if header.number:
            name += f" số {header.number}"
        elif header.title:
            name += f" {header.title}"
        return f"{name} của {header.issuer}" if header.issuer and header.number else name

    @property
    def mark(self) -> str:
        """What stands for the document in a chain: its number, or its source where the number is blank."""
        return self.document.header.number or self.document.source


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """All that the questions know about one state of a corpus."""

    cards: Mapping[str, Card]
    items: tuple[Item, ...]
    postings: Mapping[str, tuple[tuple[int, float], ...]]
    idf: Mapping[str, float]
    vocabulary: Mapping[str, int]
    units: Mapping[tuple[str, ...], str]
    unit_initials: Mapping[str, tuple[str, ...]]
    initials: Mapping[str, tuple[tuple[str, ...], ...]]
    by_document: Mapping[str, tuple[int, ...]]
    in_document: Mapping[str, frozenset[str]]
    restored: Mapping[str, str]
    issuers: frozenset[tuple[str, ...]]

    def weight(self, term: str) -> float:
        """How much a word or pair says (inverse document frequency); unknown words say as much as the rarest known one."""
        return self.idf.get(term, self.idf[""])

    def nearest(self, word: str) -> str | None:
        """The most frequent known word one typing error away from a ``word`` that is no Vietnamese syllable; else ``None``."""
        if word in self.vocabulary or len(word) < 3 or not word.isalpha() or is_bare_syllable(word):
            return None
        near = [known for known in self.vocabulary if len(known) > 2 and not known.isdigit() and within_one_edit(word, known)]
        return max(near, key=lambda known: (self.vocabulary[known], known), default=None)

    def binds(self, word: str, other: str, order: str) -> bool:
        """Whether ``other`` mostly stands with ``word`` at its side, so that the two are one word: chỉ đạo, cải cách."""
        together = len(self.postings.get(order, ()))
        return together > 1 and together >= _BOUND * len(self.postings.get(other, ()))

    def has_phrase(self, words: Sequence[str]) -> bool:
        """Whether the words stand next to each other somewhere in the corpus (known by their pairs)."""
        return all(pair in self.idf for pair in pairs(words)) if len(words) > 1 else words[0] in self.vocabulary


_LIBRARIES: weakref.WeakKeyDictionary[Any, tuple[object, Catalogue]] = weakref.WeakKeyDictionary()


def catalogue_of(corpus: Corpus) -> Catalogue:
    """The catalogue of the corpus's present state; built when the corpus changed since the last question.

    A corpus tells its state by ``generation`` if it has one, else by its documents.
    """
    state = getattr(corpus, "generation", None) or tuple((d.source, d.sha256) for d in corpus.documents())
    kept = _LIBRARIES.get(corpus)
    if kept and kept[0] == state:
        return kept[1]
    catalogue = build(corpus.documents())
    _LIBRARIES[corpus] = (state, catalogue)
    return catalogue


def build(documents: Iterable[Document]) -> Catalogue:
    """The catalogue over ``documents``: cards, items and the tables for matching."""
    cards = {card.key: card for card in map(_card, documents)}
    restored = _restored_names(cards.values())
    items = tuple(item for card in cards.values() for item in items_of(card.key, _with_names(card.document, restored)))
    vocabulary: Counter[str] = Counter()
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for index, item in enumerate(items):
        vocabulary.update(item.terms)
        vocabulary.update(set(item.context))
        for words, share in (((*item.context, *pairs(item.context)), _CONTEXT), (_own_terms(item), 1.0)):
            for term, count in Counter(words).items():
                found[term][index] = max(found[term].get(index, 0.0), share * count / (count + 0.6) * 1.6)
    units = _units(cards.values(), restored)
    total = len(items)
    idf = {term: math.log(1 + (total - len(at) + 0.5) / (len(at) + 0.5)) for term, at in found.items()}
    idf[""] = math.log(1 + total / 0.5) if total else 0.0
    by_document: dict[str, list[int]] = defaultdict(list)
    inside: dict[str, set[str]] = defaultdict(set)
    for index, item in enumerate(items):
        by_document[item.document].append(index)
        inside[item.document].update(item.terms, item.context, pairs(item.terms))
    return Catalogue(
        cards=cards,
        items=items,
        postings={term: tuple(at.items()) for term, at in found.items()},
        idf=idf,
        vocabulary=vocabulary,
        units=units,
        unit_initials=_unit_initials(units),
        initials=_initials(items),
        by_document={key: tuple(indexes) for key, indexes in by_document.items()},
        in_document={key: frozenset(terms) for key, terms in inside.items()},
        restored=restored,
        issuers=frozenset(
            name_tokens(name)
            for card in cards.values()
            for name in (card.document.header.issuer, *(c.issuer for c in card.document.citations))
            if name
        ),
    )


def _own_terms(item: Item) -> tuple[str, ...]:
    """What an item itself says: its words, each two neighbours, and its words with their accents."""
    return (*item.terms, *pairs(item.terms), *accented(item.text))


_BOUND = 0.45
"""From this share of its occurrences on a word counts as bound to its neighbour."""
_CONTEXT = 0.35
"""What a word counts that only the headings and fields around an item say."""


def _with_names(document: Document, restored: Mapping[str, str]) -> Document:
    """The document with the garbled names of units in its tasks restored."""
    if not document.noisy or not restored:
        return document

    def names(written: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(restored.get(name, name) for name in written)

    tasks = tuple(
        replace(t, lead=names(t.lead), coordinate=names(t.coordinate), support=names(t.support)) for t in document.tasks
    )
    return replace(document, tasks=tasks)


def _card(document: Document) -> Card:
    header = document.header
    years = {header.year} if header.year else set()
    years.update(int(year) for year in re.findall(r"\b20\d\d\b", header.title or ""))
    period = (header.period.start, header.period.end) if header.period else None
    covered = {int(period[0][:4]), int(period[1][:4])} if period else set()
    if header.date:
        years.add(int(header.date[:4]))
    return Card(
        key=document_key(document),
        document=document,
        names=_names(header.issuer),
        years=frozenset(covered or years),
        number=number_key(header.number) if header.number else None,
        period=period,
    )


def _names(issuer: str | None) -> tuple[tuple[str, ...], ...]:
    """The names of an issuer, longest first: in full, without the province behind it, without "Ủy ban nhân dân" before it."""
    full = name_tokens(issuer or "")
    if not full:
        return ()
    names = [full]
    if full[0] in ("ubnd", "hdnd") and len(full) > 2:
        names.append(full[1:])
        if full[1:3] == ("thanh", "pho"):
            names += [("ubnd", "thanh", "pho"), ("thanh", "pho")]
    for border in (("thanh", "pho"), ("tinh",)):
        for at in range(2, len(full) - len(border)):
            if full[at : at + len(border)] == border:
                names.extend(name[: len(name) - (len(full) - at)] for name in tuple(names) if len(name) - (len(full) - at) >= 2)
    return tuple(sorted(dict.fromkeys(names), key=len, reverse=True))


def _units(cards: Iterable[Card], restored: Mapping[str, str]) -> dict[tuple[str, ...], str]:
    """Every organisation that the documents name, by its folded words without the level behind it; the commonest writing wins."""
    written: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for card in cards:
        document = card.document
        for unit in document.units:
            name = restored.get(unit.name, unit.name)
            written[unit_key(name)][name] += 1
        for task in document.tasks:
            for name in (*task.lead, *task.coordinate, *task.support):
                written[unit_key(restored.get(name, name))][restored.get(name, name)] += 1
    return {key: max(sorted(names), key=lambda n: names[n]) for key, names in written.items() if key and len(key) < 16}


def _unit_initials(units: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The units of the corpus, else of the ontology, by their initials; words that are short themselves (UBND) in full."""
    listed = (name_tokens(name) for entry in knowledge().units for name in (entry.label, *entry.predecessors))
    table: dict[str, tuple[str, ...]] = {}
    for name in (*sorted(units, key=lambda n: (len(n), n)), *listed):
        if len(name) > 2:
            table.setdefault("".join(word if word in ("ubnd", "hdnd", "mttq") else word[0] for word in name), name)
    return table


def _restored_names(cards: Iterable[Card]) -> dict[str, str]:
    """Names of units in badly recognised documents → the name of a known unit that they are a garbled writing of.

    Known are the units of the legible documents and of the ontology; close enough is a similarity of 0.9 of the folded letters
    (Ratcliff and Obershelp), with one best candidate; a whole word more is another unit.
    """
    cards = list(cards)
    garbled = {n for card in cards if card.document.noisy for n in unit_names(card.document)}
    legible = {n for card in cards if not card.document.noisy for n in unit_names(card.document)}
    known = {" ".join(unit_key(n)): n for n in sorted((*legible, *(entry.label for entry in knowledge().units)), reverse=True)}
    found = {}
    for name in garbled:
        words = unit_key(name)
        close = get_close_matches(" ".join(words), known, n=1, cutoff=0.9)
        if close and known[close[0]] != name and abs(len(close[0].split()) - len(words)) <= 1:
            found[name] = known[close[0]]
    return found


def unit_names(document: Document) -> set[str]:
    """All organisations that the document names as units or gives work to."""
    named = {name for task in document.tasks for name in (*task.lead, *task.coordinate, *task.support)}
    return named | {unit.name for unit in document.units}


def unit_key(name: str) -> tuple[str, ...]:
    """What a unit's name is compared by: "Văn phòng HĐND & UBND phường" and "Văn phòng HĐND và UBND" are one unit."""
    words = name_tokens(name)
    while len(words) > 3 and words[-1] in ("phuong", "xa", "so"):
        words = words[:-1]
    return words


def _initials(items: Sequence[Item]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Phrases of two to seven words by their initials, the most frequent first: what an unknown abbreviation may stand for."""
    counts: Counter[tuple[str, ...]] = Counter()
    for item in items:
        words = item.terms
        for size in range(2, 8):
            counts.update(words[at : at + size] for at in range(len(words) - size + 1))
    table: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase, count in counts.most_common():
        if count < 2:
            break
        if all(word.isalpha() for word in phrase):
            table["".join(word[0] for word in phrase)].append(phrase)
    return {key: tuple(phrases[:20]) for key, phrases in table.items()}
