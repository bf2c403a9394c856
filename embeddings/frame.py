"""The frame of a query: which document, whose, of which level and year, and what kind of passage it asks for.

What a query says about the frame ("cấp phường", "của SXD", "năm 2026", "chỉ tiêu") is no topic: it says where to look. It is
read against the documents that are really there, and raises their passages instead of excluding all others, so that a
misunderstood frame costs little.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from documents.head.issuer import places_of
from documents.text import fold, nfc, tone_marks, words
from embeddings.passage import Passage
from embeddings.tokens import NO_ABBREVIATIONS, Abbreviations, numbers
from ontology.knowledge import knowledge

WEIGHTS = {"number": 0.4, "issuer": 0.35, "level": 0.4, "year": 0.1, "unit": 0.3, "kind": 0.1}
"""What agreeing with a part of the frame adds to a passage's score, where the best match of the words counts 1."""

PART_NAMES = {
    "number": "số văn bản",
    "issuer": "cơ quan ban hành",
    "level": "cấp",
    "year": "năm",
    "unit": "đơn vị",
    "kind": "loại đoạn",
}
KIND_NAMES = {
    "task": "nhiệm vụ",
    "target": "chỉ tiêu",
    "article": "điều khoản",
    "paragraph": "đoạn văn",
    "heading": "tiêu đề",
}

_ADMINISTRATIONS = ("uy ban nhan dan", "hoi dong nhan dan", "ubnd", "hdnd", "dang uy", "thanh uy", "tinh uy")
_OF_THE_CITY = re.compile(r"(?<=\w) (?:thanh pho|tinh) .*$")
_INITIALS = re.compile(r"\b(phường|phuong|xã|xa|quận|quan|huyện|huyen|TP|tp|thành phố|thanh pho|tỉnh|tinh)\.?\s+([A-ZĐ]{2,5})\b")
_MOST_SEEN = 20_000
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_KINDS = {
    "target": re.compile(r"\b(?:chi tieu|muc tieu|ty le|phan tram|bao nhieu)\b"),
    "task": re.compile(r"\b(?:nhiem vu|chu tri|phu trach|viec gi|phai lam|san pham|thoi han|han hoan thanh)\b"),
    "article": re.compile(r"\b(?:dieu|khoan) \d+\b"),
}


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What the frame needs to know of one indexed document."""

    key: str
    source: str
    number: str | None = None
    issuer: str | None = None
    title: str | None = None
    level: str | None = None
    year: int | None = None

    @classmethod
    def of(cls, passage: Passage) -> DocumentFacts:
        """The facts of the document that the passage is from."""
        p = passage
        return cls(p.document, p.source, p.number, p.issuer, p.title, p.level, p.year)

    @property
    def years(self) -> frozenset[int]:
        """The year of issue and the years named in the title: a plan for 2026 may be issued in 2025."""
        named = {int(year) for year in _YEAR.findall(self.title or "")}
        return frozenset(named | ({self.year} if self.year else set()))


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame that was understood: the keys of the documents that agree with each part, and the years, units, kinds named."""

    documents: dict[str, frozenset[str]] = field(default_factory=dict)
    years: frozenset[int] = frozenset()
    units: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()

    def without(self, parts: Collection[str]) -> Frame:
        """The frame without these parts (names of ``PART_NAMES``)."""
        return Frame(
            {part: keys for part, keys in self.documents.items() if part not in parts},
            frozenset() if "year" in parts else self.years,
            frozenset() if "unit" in parts else self.units,
            frozenset() if "kind" in parts else self.kinds,
        )

    def parts_of(self, passage: Passage) -> tuple[str, ...]:
        """The parts that the passage agrees with."""
        parts = [part for part, keys in self.documents.items() if passage.document in keys]
        if not self.units.isdisjoint(passage.units):
            parts.append("unit")
        if passage.kind in self.kinds:
            parts.append("kind")
        return tuple(parts)

    def described(self, documents: Iterable[DocumentFacts]) -> list[tuple[str, str]]:
        """The parts that were understood and their values in words, read off the ``documents`` that agree."""
        facts = list(documents)
        values: dict[str, Iterable[str | None]] = {
            part: [getattr(fact, part) for fact in facts if fact.key in keys]
            for part, keys in self.documents.items()
            if part != "year"
        }
        if "year" in self.documents:
            values["year"] = map(str, self.years)
        values["unit"], values["kind"] = self.units, (KIND_NAMES[kind] for kind in self.kinds)
        said_of = {part: ", ".join(sorted({value for value in held if value})) for part, held in values.items()}
        return [(part, said_of[part]) for part in PART_NAMES if said_of.get(part)]


def _plain(text: str) -> str:
    return " ".join(words(fold(text)))


@lru_cache(_MOST_SEEN)
def _unit_name(unit: str) -> str:
    """The name of a unit as it is compared."""
    return _plain(unit)


def _within(name: str, text: str) -> bool:
    return bool(name) and f" {name} " in f" {text} "


@lru_cache(_MOST_SEEN)
def _short_name(issuer: str) -> str:
    """How one refers to an issuing body: the ward or city without "Ủy ban nhân dân", the department without its city."""
    name = _plain(issuer)
    for body in _ADMINISTRATIONS:
        name = name.removeprefix(body + " ")
    return _OF_THE_CITY.sub("", name) if not name.startswith(("thanh pho", "tinh")) else name


def _by_initials(initials_named: Sequence[tuple[str, str]], name: str) -> bool:
    """Whether a place is named by its initials: "phường HD" for phường Hải Dương."""
    for kind, initials in initials_named:
        kind_name = {"tp": "thanh pho"}.get(fold(kind), fold(kind))
        rest = name.removeprefix(kind_name + " ")
        if rest != name and "".join(word[0] for word in rest.split()) == fold(initials):
            return True
    return False


@cache
def _levels() -> dict[str, re.Pattern[str]]:
    """What speaks of each level: its names ("cấp huyện"), and the kinds of its places behind words that ask for all of them."""
    found = {}
    for level in knowledge().levels:
        ways = [fold(alias) for alias in level.aliases if " " in alias and "," not in alias]
        if level.places:
            places = places_of(level)
            ways += [rf"(?:cap|cac|o|cua) (?:{places})", rf"(?:{places}) nao"]
        elif bodies := "|".join(fold(alias) for alias in level.aliases if " " not in alias and level.rank > 1):
            ways += [rf"(?:cap|cac) (?:{bodies})", fold(level.label).replace("/", " ")]
        if level.rank == 1:
            ways += [fold(level.label)]
        found[level.label] = re.compile(rf"\b(?:{'|'.join(ways)})\b")
    return found


def derive(
    query: str,
    documents: Iterable[DocumentFacts],
    units: Sequence[str] = (),
    abbreviations: Abbreviations = NO_ABBREVIATIONS,
) -> Frame:
    """Reads the frame of ``query`` against the indexed ``documents`` and the ``units`` that their passages name."""
    written = tone_marks(nfc(query))
    plain = _plain(abbreviations.expand(written))
    cited, years = set(numbers(written)), frozenset(int(year) for year in _YEAR.findall(written))
    levels = {level for level, pattern in _levels().items() if pattern.search(plain)}
    initials = _INITIALS.findall(written)
    agreeing: dict[str, set[str]] = {"number": set(), "issuer": set(), "level": set(), "year": set()}
    for document in documents:
        name = _short_name(document.issuer or "")
        if cited and document.number and cited & set(numbers(document.number)):
            agreeing["number"].add(document.key)
        if _within(name, plain) or (initials and _by_initials(initials, name)):
            agreeing["issuer"].add(document.key)
        if document.level in levels:
            agreeing["level"].add(document.key)
        if years and years & document.years:
            agreeing["year"].add(document.key)
    if agreeing["issuer"]:  # "của phường Hải Dương" names one ward, not the level
        agreeing["level"].clear()
    named = frozenset(unit for unit in units if " " in unit.strip() and _within(_unit_name(unit), plain))
    kinds = frozenset(kind for kind, pattern in _KINDS.items() if pattern.search(plain))
    return Frame({part: frozenset(keys) for part, keys in agreeing.items() if keys}, years, named, kinds)


def said(frame: Frame, parts: Iterable[str], passage: Passage) -> list[str]:
    """The parts of the frame that the passage agrees with, in words for the user: "cấp: phường/xã"."""
    years = DocumentFacts.of(passage).years & frame.years
    values = {
        "number": passage.number,
        "issuer": passage.issuer,
        "level": passage.level,
        "year": ", ".join(map(str, sorted(years))),
        "unit": ", ".join(unit for unit in passage.units if unit in frame.units),
        "kind": KIND_NAMES[passage.kind],
    }
    return [f"{PART_NAMES[part]}: {values[part]}" for part in parts]
