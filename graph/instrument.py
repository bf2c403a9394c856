"""The documents that are known, and which one each citation names: the values that :mod:`graph.resolve` finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.naming import Body
from ontology.numbers import number_key

SURE = 1.0
"""Confidence of a citation resolved by its number, and of a stub."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """One document that is known: read, in the register of directives, or only cited.

    ``key`` is that of :mod:`documents.identity`; ``origin`` is "read", "registered" or "cited"; ``sources`` are the files it was
    read from; ``body`` is the issuer for comparing; ``number`` is in official form, ``numbers`` are all the writings; ``dates``
    and ``titles`` are all that is said of it, its own and the register's first, then the most frequent.
    """

    key: str
    number: str | None
    type: str | None
    issuer: str | None
    year: int | None
    level: str | None
    origin: str
    body: Body
    label: str
    sources: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    @property
    def source(self) -> str | None:
        """The file it was read from, ``None`` when nobody gave us its text."""
        return self.sources[0] if self.sources else None

    @property
    def name(self) -> str:
        """What stands for it in a chain: its number; where that is blank its file; else its words."""
        return self.number or self.source or self.label


@dataclass(frozen=True, slots=True)
class Resolved:
    """Which document a citation names. ``method``: "number", "repaired", "words", "stub" or "ambiguous".

    ``key`` is the instrument (of an ambiguous citation: a stub of its own); ``candidates`` are the keys between which an
    ambiguous citation leaves the choice.
    """

    key: str
    method: str
    confidence: float
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """All known documents, and for each citation (document key, index) which one it names.

    ``aliases`` leads from the keys that single citations have by themselves to the key of the document they name.
    """

    instruments: Mapping[str, Instrument]
    citations: Mapping[tuple[str, int], Resolved]
    by_number: Mapping[str, tuple[str, ...]] = field(repr=False)
    aliases: Mapping[str, str] = field(repr=False)

    def numbered(self, number: str) -> tuple[Instrument, ...]:
        """The known documents with ``number`` however it is written, sorted by key."""
        return tuple(self.instruments[key] for key in self.by_number.get(number_key(number), ()))
