"""What Cancu knows before it reads anything: lists, units, places, abbreviations and the register of directives.

Everything is data in Turtle (``lists/*.ttl``, ``directives.ttl``), read once per process with the Turtle parser of pyoxigraph, so
that the command line starts quickly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType

from ontology import lists
from ontology.entries import (
    Directive,
    DocumentType,
    IssuerCode,
    Level,
    Place,
    Relation,
    Role,
    Topic,
    UnitEntry,
    UnitKind,
)
from ontology.numbers import issuer_of_number, normal_number, number_key
from ontology.register import read_register

__all__ = [
    "Directive",
    "DocumentType",
    "IssuerCode",
    "Knowledge",
    "Level",
    "Place",
    "Relation",
    "Role",
    "Topic",
    "UnitEntry",
    "UnitKind",
    "issuer_of_number",
    "knowledge",
    "normal_number",
    "number_key",
]


@dataclass(frozen=True)
class Knowledge:
    """All lists at one place.

    ``directives`` is keyed by :func:`number_key`; ``places`` are today's provinces and centrally run cities, ``former_places``
    those that ended with the mergers of 2025.
    """

    document_types: tuple[DocumentType, ...]
    issuer_codes: Mapping[str, IssuerCode]
    levels: tuple[Level, ...]
    topics: tuple[Topic, ...]
    unit_kinds: tuple[UnitKind, ...]
    roles: tuple[Role, ...]
    relations: tuple[Relation, ...]
    units: tuple[UnitEntry, ...]
    places: tuple[Place, ...]
    former_places: tuple[Place, ...]
    abbreviations: Mapping[str, str]
    cues: Mapping[str, tuple[str, ...]]
    directives: Mapping[str, Directive]

    @cached_property
    def _cited_as(self) -> Mapping[str, Directive]:
        return {number_key(form): entry for entry in self.directives.values() for form in entry.cited_as}

    @cached_property
    def _types_by_name(self) -> Mapping[str, DocumentType]:
        return {name.casefold(): entry for entry in self.document_types for name in (entry.label, *entry.aliases)}

    @cached_property
    def _kinds_by_head(self) -> tuple[tuple[str, UnitKind], ...]:
        heads = [(head.casefold(), kind) for kind in self.unit_kinds for head in kind.head_words]
        return tuple(sorted(heads, key=lambda pair: (-len(pair[0]), pair[0])))

    def directive(self, number: str, year: int | None = None) -> Directive | None:
        """The register's entry for ``number`` in whatever spelling, or ``None``.

        Numbers without a year come again each year: with ``year`` the entry must be of that year, as far as its date is known.
        """
        key = number_key(number)
        found = self.directives.get(key) or self._cited_as.get(key)
        if found and found.date and year and int(found.date[:4]) != year:
            return None
        return found

    def document_type(self, name: str) -> DocumentType | None:
        """The document type called ``name`` (label or alias, any case), or ``None``."""
        return self._types_by_name.get(" ".join(name.split()).casefold())

    def unit_kind(self, name: str) -> UnitKind | None:
        """The kind of the unit called ``name`` by the longest head word that it begins with, or ``None``."""
        words = " ".join(name.split()).casefold()
        for head, kind in self._kinds_by_head:
            if words == head or words.startswith(head + " "):
                return kind
        return None

    def level(self, label: str | None) -> Level | None:
        """The level of administration labelled ``label`` ("sở/ngành"), or ``None``."""
        return next((level for level in self.levels if level.label == label), None)

    def level_with_id(self, id: str) -> Level:
        """The level of administration with the id ``id`` ("phuong-xa"); raises ``KeyError`` for an unknown one."""
        for level in self.levels:
            if level.id == id:
                return level
        raise KeyError(id)

    def level_of_place(self, kind: str) -> Level | None:
        """The level of the government of a place of the kind ``kind`` ("thị trấn"), or ``None``."""
        return next((level for level in self.levels if kind in level.places), None)

    def below_province(self, label: str | None) -> bool:
        """Whether the level labelled ``label`` is one below a province: a department, a district, a commune."""
        level = self.level(label)
        return level is not None and level.rank > self.level_with_id("tinh-thanh-pho").rank

    def relation(self, id: str) -> Relation:
        """The relation between documents with the id ``id`` ("basis"); raises ``KeyError`` for an unknown one."""
        for relation in self.relations:
            if relation.id == id:
                return relation
        raise KeyError(id)

    def topic(self, id: str) -> Topic:
        """The topic with the id ``id``; raises ``KeyError`` for an unknown one."""
        for topic in self.topics:
            if topic.id == id:
                return topic
        raise KeyError(id)


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """Everything that is known, read from the Turtle files of this room once per process."""
    return Knowledge(
        lists.document_types(),
        lists.issuer_codes(),
        lists.levels(),
        lists.topics(),
        lists.unit_kinds(),
        lists.roles(),
        lists.relations(),
        lists.units(),
        tuple(place for place in lists.places() if place.until is None),
        tuple(place for place in lists.places() if place.until is not None),
        lists.abbreviations(),
        lists.cues(),
        MappingProxyType({number_key(entry.number): entry for entry in read_register()}),
    )
