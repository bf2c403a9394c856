"""The documents that are known, and which one each citation names: the values that :mod:`graph.resolve` finds.

With them what it takes to compare what texts say of a document. Numbers are compared by :func:`ontology.numbers.number_key` and
bodies by the full name that :func:`documents.identity.body` finds for them; here is what is left when a name stays short ("UBND"
without a place) or a number is missing: a body as far as it is named, and the words and years of a title.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from documents.identity import Surroundings
from documents.identity import body as full_body
from documents.model import Citation
from documents.text import fold
from ontology.numbers import number_key

SURE = 1.0
"""Confidence of a citation resolved by its number, and of a stub."""

_PLACE = re.compile(
    r"(?:^| )(?:cua |thuoc )?(thanh pho|tinh|(?<!dia )phuong|xa(?! hoi)|dac khu|(?<!co )quan(?! ly)|huyen|thi xa|thi tran)(?: |$)"
)
_KIND_WORD = re.compile(r"\b(?:thành phố|tỉnh|phường|xã|quốc gia)\b(?! hội)", re.IGNORECASE)
_PARTY = {"thanh uy": "thanh pho", "tinh uy": "tinh"}
_REMARK = re.compile(r"\([^)]*\)")
_WORD = re.compile(r"[a-z0-9]+")
_NUMBER = re.compile(r"\d+[a-z]?(?:[/-][a-z0-9]*[a-z][a-z0-9]*|/(?:19|20)\d\d(?=/))+")
_DATE = re.compile(r"\bngay\s+\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\b\d{1,2}/\d{1,2}/\d{4}")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FUNCTION_WORDS = frozenset(
    ["ve", "viec", "cua", "va", "cac", "theo", "da", "duoc", "tai", "so", "tren", "dia", "ban", "hanh", "do", "trong", "cho"]
)
_PERIOD_WORDS = frozenset(["nam", "giai", "doan", "den", "dinh", "huong", "tam", "nhin"])


@dataclass(frozen=True, slots=True, order=True)
class Body:
    """A body as far as a text names it: folded words, the kind of its place, and the place where that is named."""

    words: tuple[str, ...] = ()
    kind: str = ""
    place: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether body, kind of place and place are all named."""
        return bool(self.words and self.kind and self.place)

    def fits(self, other: Body) -> bool:
        """Whether this name can be a shorter way to write ``other`` (a name fits itself)."""
        if self.kind and self.kind != other.kind:
            return False
        if not self.words:
            return self.place in ((), other.place)
        mine, full = self.words + self.place, other.words + other.place
        return full[: len(mine)] == mine


@lru_cache(maxsize=8192)
def body(name: str | None, within: Surroundings | None = None) -> Body:
    """What ``name`` says about a body, read in ``within``: "UBND phường" → its words, "phuong", the citing text's place."""
    if not name:
        return Body()
    full = full_body(name, within).name
    party = next((head for head in _PARTY if full == head or full.startswith(head + " ")), None)
    if party:
        return Body(tuple(party.split()), _PARTY[party], tuple(full[len(party) :].split()))
    found = _PLACE.search(full)
    if found is None:
        return Body(tuple(full.split()))
    return Body(tuple(full[: found.start()].split()), found[1], tuple(full[found.end() :].split()))


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
    def words(self) -> frozenset[str]:
        """The words by which it can be told: of type, issuer, label and titles."""
        return title_words(self.type, self.issuer, self.label, *self.titles)

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


def title_words(*texts: str | None) -> frozenset[str]:
    """The words that identify: folded, without dates, little words and words of periods; numbers of documents stay whole."""
    found: set[str] = set()
    for text in texts:
        plain = _DATE.sub(" ", fold(_REMARK.sub(" ", text or "")))
        found.update(number_key(number) for number in _NUMBER.findall(plain))
        found.update(_WORD.findall(_NUMBER.sub(" ", _YEAR.sub(" ", plain))))
    return frozenset(found - _FUNCTION_WORDS - _PERIOD_WORDS)


def title_years(*texts: str | None) -> frozenset[str]:
    """The years that a title speaks of ("đến năm 2025, định hướng đến năm 2030"), without the dates of documents."""
    plain = " ".join(_NUMBER.sub(" ", _DATE.sub(" ", fold(text or ""))) for text in texts)
    return frozenset(_YEAR.findall(plain))


def names_a_kind(text: str | None) -> bool:
    """Whether the words say for what kind of place a document is ("của thành phố", "phường")."""
    return bool(_KIND_WORD.search(text or ""))


def citation_name(citation: Citation) -> str:
    """How to name a cited document: its number, else its type and title, else the words as written."""
    if citation.number:
        return citation.number
    if citation.title:
        kind = citation.type or ""
        return citation.title if fold(citation.title).startswith(fold(kind)) else f"{kind} {citation.title}"
    return citation.as_written[0] if citation.mentions else citation.type or "văn bản không rõ số"
