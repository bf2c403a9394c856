"""The subject index of directives: which kinds of work a provision governs, as its own subject or more loosely.

Kept by hand in ``ontology/lists/provisions.ttl``. Words and meanings do not tell that the upgrading of an office's network falls
under the article on the content of information technology in state bodies; this list does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from graph.similarity import Matrix
from graph.works import works_in
from ontology.namespaces import DCTERMS
from ontology.numbers import number_key
from ontology.turtle import concepts

FEATURES = (
    "governed",
    "governed opening",
    "governed special",
    "governed opening special",
    "governed share",
    "governed share of best",
    "governed best",
    "governed joint",
    "loosely",
    "loosely opening",
    "not in the index",
    "works of the task",
    "governed and meaning",
    "governed and heading",
    "governed and provision",
    "governed opening and heading",
    "governed share and meaning",
)
"""The names of the features that :func:`governed` and :func:`agreeing` give."""


@dataclass(frozen=True, slots=True)
class Governing:
    """What one article or clause governs, as places in the list of works.

    ``subject`` are the works that are its own subject, ``loosely`` those that fall under it; where ``requires`` is not empty, a
    text must also be about one of those.
    """

    directive: str
    article: str
    clause: str | None
    subject: tuple[int, ...]
    loosely: tuple[int, ...]
    requires: tuple[int, ...]


@cache
def subject_index() -> tuple[Governing, ...]:
    """The entries of the index, in the order of the list; raises ``KeyError`` where one names an unknown kind of work."""
    place = {node.iri: number for number, node in enumerate(concepts("works"))}
    found = []
    for node in concepts("provisions"):
        article, _, clause = (node.one(DCTERMS.identifier) or "").partition(".")
        kinds = [tuple(place[iri] for iri in node.all(one)) for one in (DCTERMS.subject, DCTERMS.relation, DCTERMS.requires)]
        found.append(Governing(number_key(node.one(DCTERMS.isPartOf) or ""), article, clause or None, *kinds))
    return tuple(found)


@cache
def _by_article() -> dict[tuple[str, str], tuple[int, ...]]:
    """The places of the entries of each article."""
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    for number, entry in enumerate(subject_index()):
        key = (entry.directive, entry.article)
        found[key] = (*found.get(key, ()), number)
    return found


def is_indexed(directive: str) -> bool:
    """Whether the index knows the directive with this number."""
    return any(entry.directive == number_key(directive) for entry in subject_index())


@cache
def _rarity() -> NDArray[np.float64]:
    """How much a kind of work says: the fewer articles of the index it names, the more."""
    index = subject_index()
    often = np.zeros(len(works_in("")))
    for entries in _by_article().values():
        named = {work for at in entries for work in (*index[at].subject, *index[at].loosely)}
        often[list(named)] += 1
    return np.asarray(np.log(1 + len(_by_article()) / np.maximum(often, 1)))


def _strength(said: Matrix, kinds: tuple[int, ...], requires: tuple[int, ...]) -> Matrix:
    """For each text the most that it says of one of ``kinds``; 0 where it speaks of none of ``requires``."""
    if not kinds:
        return np.zeros(len(said))
    most = said[:, list(kinds)].max(axis=1)
    return np.asarray(most * (said[:, list(requires)] > 0).any(axis=1) if requires else most)


@lru_cache(maxsize=64)
def _table(texts: tuple[str, ...]) -> dict[str, Matrix]:
    """How strongly each text (row) falls under each entry (column)."""
    index, rarity = subject_index(), _rarity()
    said = np.stack([works_in(text) for text in texts]).astype(float) if texts else np.zeros((0, len(rarity)))
    total = np.maximum((said * rarity).sum(axis=1), 1e-9)
    shape = (len(texts), len(index))
    found = {name: np.zeros(shape) for name in ("subject", "loosely", "special", "share")}
    for at, entry in enumerate(index):
        found["subject"][:, at] = _strength(said, entry.subject, entry.requires)
        found["loosely"][:, at] = _strength(said, entry.loosely, entry.requires)
        found["special"][:, at] = _strength(said * rarity, entry.subject, entry.requires)
        both = sorted({*entry.subject, *entry.requires})
        known = (said * rarity)[:, both].sum(axis=1) / total
        found["share"][:, at] = np.where(found["subject"][:, at] > 0, known, 0.0)
    return found


def governed(texts: Sequence[str], openings: Sequence[str], directive: str, articles: Sequence[str]) -> dict[str, Matrix]:
    """The features of each text (row) with each article of a directive (column), by name.

    ``openings`` are the first words of the texts; ``directive`` and ``articles`` are numbers.
    """
    whole, first = _table(tuple(texts)), _table(tuple(openings))
    places = [_by_article().get((number_key(directive), article), ()) for article in articles]
    index = subject_index()

    def best(table: Matrix) -> Matrix:
        rows = [table[:, list(at)].max(axis=1) if at else np.zeros(len(texts)) for at in places]
        return np.stack(rows, axis=1) if rows else np.zeros((len(texts), 0))

    strongest = np.maximum(whole["special"].max(axis=1, initial=0.0), 1e-9)[:, None]
    most_share = np.maximum(whole["share"].max(axis=1, initial=0.0), 1e-9)[:, None]
    joint = np.array([bool(entry.requires) for entry in index])
    works = np.array([float((works_in(text) > 0).sum()) for text in texts])
    found = {
        "governed": best(whole["subject"]),
        "governed opening": best(first["subject"]),
        "governed special": best(whole["special"]),
        "governed opening special": best(first["special"]),
        "governed share": best(whole["share"]),
        "governed share of best": best(whole["share"]) / most_share,
        "governed best": best(whole["special"]) / strongest,
        "governed joint": best(whole["subject"] * joint),
        "loosely": best(whole["loosely"]),
        "loosely opening": best(first["loosely"]),
    }
    return found | {
        "not in the index": np.tile(np.array([float(not at) for at in places]), (len(texts), 1)),
        "works of the task": np.repeat(np.log1p(works)[:, None], len(places), axis=1),
    }


def agreeing(features: Mapping[str, Matrix]) -> dict[str, Matrix]:
    """Features that are high where index and texts agree: products of those of :func:`governed` with those of the texts."""
    return {
        "governed and meaning": features["governed best"] * features["whole meaning"],
        "governed and heading": features["governed best"] * features["heading meaning"],
        "governed and provision": features["governed best"] * features["provision"],
        "governed opening and heading": features["governed opening"] * features["heading meaning"],
        "governed share and meaning": features["governed share"] * features["whole meaning"],
    }


def governing(text: str, directive: str, article: str) -> tuple[Governing, tuple[int, ...]] | None:
    """The entry of an article that ``text`` falls under most strongly, and the works that they share; ``None`` without one."""
    said = works_in(text).astype(float)[None, :]
    found: list[tuple[float, int, Governing, tuple[int, ...]]] = []
    for at in _by_article().get((number_key(directive), article), ()):
        entry = subject_index()[at]
        for weight, kinds in ((1.0, entry.subject), (0.5, entry.loosely)):
            strength = float(_strength(said * _rarity(), kinds, entry.requires)[0]) * weight
            if strength > 0:
                found.append((strength, -at, entry, tuple(kind for kind in kinds if said[0, kind] > 0)))
    if not found:
        return None
    _, _, entry, shared = max(found, key=lambda one: one[:2])
    return entry, shared
