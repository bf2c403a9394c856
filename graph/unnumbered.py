"""Citations without a number: resolved by their words when exactly one known document fits them, else a named stub."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from documents.head.issuer import level_of
from documents.identity import Surroundings, cited_key
from documents.model import Citation, Document
from documents.text import fold
from graph.instrument import SURE, Body, Instrument, Resolved, body, citation_name, names_a_kind, title_words, title_years

BY_WORDS = 0.8
"""Confidence of a citation resolved by its words."""

_FEW = 2
"""A citation must have this many words besides its type, or it names nothing in particular ("kế hoạch này")."""
_NEARLY_ALL = 0.7
"""Without issuer, place and year, words must be this share of the title: "Kế hoạch cải cách hành chính" fits too much."""


def resolve_by_words(
    documents: Sequence[tuple[Document, Surroundings]],
    instruments: dict[str, Instrument],
    found: dict[tuple[str, int], Resolved],
) -> None:
    """Add to ``found`` what the citations without a number name, and their stubs to ``instruments``."""
    known = _Known(list(instruments.values()))
    stubs: dict[str, Instrument] = {}
    for document, where in documents:
        for index, citation in enumerate(document.citations):
            if citation.number:
                continue
            named = body(citation.issuer, where)
            candidates = tuple(one.key for one in known.fitting(citation, named, but=where.key))
            if len(candidates) == 1:
                found[where.key, index] = Resolved(candidates[0], "words", BY_WORDS)
                continue
            stub = _stub(citation, named, where)
            stubs.setdefault(stub.key, stub)
            if candidates:
                found[where.key, index] = Resolved(stub.key, "ambiguous", 1 / len(candidates), candidates)
            else:
                found[where.key, index] = Resolved(stub.key, "stub", SURE)
    for key, stub in stubs.items():
        instruments.setdefault(key, stub)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One title of a known document: its words with the type, the words of the issuer, and its years."""

    words: frozenset[str]
    issuer: frozenset[str]
    years: frozenset[str]


class _Known:
    """The known documents by word, to find those that the words of a citation fit."""

    def __init__(self, instruments: list[Instrument]) -> None:
        self._entries: list[tuple[Instrument, list[_Reading]]] = []
        self._with_word: dict[str, set[int]] = defaultdict(set)
        for one in sorted(instruments, key=lambda entry: entry.key):
            issuer = title_words(one.issuer)
            readings = [_Reading(title_words(one.type, title), issuer, title_years(title)) for title in one.titles]
            for reading in readings:
                for word in reading.words | issuer:
                    self._with_word[word].add(len(self._entries))
            self._entries.append((one, readings))

    def fitting(self, citation: Citation, named: Body, but: str) -> list[Instrument]:
        """The documents, except ``but``, of which some title has all the words and the years of ``citation``, sorted by key.

        Documents whose title alone has the words go before those that need the issuer's name for it.
        """
        said = citation.title or (citation.as_written[0] if citation.mentions else None)
        words, years = title_words(citation.type, said), title_years(said)
        if len(words - title_words(citation.type)) < _FEW:
            return []
        rarest = min(words, key=lambda word: (len(self._with_word.get(word, ())), word))
        vague = not (named.words or named.kind or years or names_a_kind(said))
        by_title, by_issuer = [], []
        for position in sorted(self._with_word.get(rarest, ())):
            one, readings = self._entries[position]
            if one.key == but or not (named.fits(one.body) and _same_type(citation, one)):
                continue
            # Who names the body but no year means the document of that body, whatever period it is for.
            fit = [reading for reading in readings if words <= reading.words | reading.issuer]
            fit = [reading for reading in fit if years == reading.years or not (years or vague)]
            if vague:
                fit = [reading for reading in fit if len(words) >= _NEARLY_ALL * len(reading.words)]
            if any(words <= reading.words for reading in fit):
                by_title.append(one)
            elif fit:
                by_issuer.append(one)
        return by_title or by_issuer


def _same_type(citation: Citation, one: Instrument) -> bool:
    """Whether the types agree; a decision that approves a strategy is also cited as that strategy."""
    wanted = fold(citation.type or "")
    return not wanted or wanted in fold(one.type or "") or any(wanted in fold(title) for title in one.titles)


def _stub(citation: Citation, named: Body, where: Surroundings) -> Instrument:
    """A document known by words only."""
    return Instrument(
        key=cited_key(citation, {}, within=where),
        number=None,
        type=citation.type,
        issuer=citation.issuer,
        year=int(citation.date[:4]) if citation.date else None,
        level=level_of(citation.issuer),
        origin="cited",
        body=named,
        label=citation_name(citation),
        dates=(citation.date,) if citation.date else (),
        titles=(citation.title,) if citation.title else (),
    )
