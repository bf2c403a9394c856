"""Slips of the pen: a word twice, a name without its last word, a product or an address written wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from documents.cue import spelled
from documents.letters import CAPITAL, SMALL
from documents.model import Defect
from documents.structure.item import Item
from documents.syllables import is_syllable
from ontology.knowledge import knowledge

_ADDRESS = re.compile(r"(?<![\w.@-])(?:[a-z0-9-]+\.)+gov(?![\w.-])")


def slips(items: Sequence[Item]) -> list[Defect]:
    """The slips of a document, those on one line together."""
    found: dict[int, list[str]] = {}
    for item in items:
        for at, said in _in_words(item.text):
            found.setdefault(item.line_at(at), []).append(said)
    return [Defect((line,), "typo-in-name", " ".join(said)) for line, said in sorted(found.items())]


def _in_words(text: str) -> Iterator[tuple[int, str]]:
    for match in _doubled().finditer(text):
        yield match.start(), f"Từ “{match[1]}” bị lặp: “{match.group()}”."
    for match in _listed_twice().finditer(text):
        yield match.start(), f"“{match['name']}” bị lặp: “{match.group()}”."
    for match in _known_slip().finditer(text):
        yield match.start(), f"“{match.group()}” có lẽ là “{_meant(match.group())}”."
    for match in _small_place().finditer(text):
        name = _places()[match["name"].lower()]
        if match["name"] != name and not match["name"].isupper():
            yield match.start("name"), f"Tên “{match['name']}” phải viết hoa: “{name}”."
    for match in _incomplete().finditer(text):
        yield match.start(), f"“{match.group().strip()}” thiếu từ cuối của tên cơ quan."
    for match in _ADDRESS.finditer(text):
        yield match.start(), f"Địa chỉ “{match.group()}” thiếu đuôi “.vn”."
    yield from _products(text)


@cache
def _doubled() -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in knowledge().cues["never-doubled"])
    return re.compile(rf"(?<!\w)({words})\s+\1(?!\w)", re.I)


@cache
def _listed_twice() -> re.Pattern[str]:
    """A kind of place listed twice in a row ("thành phố, thành phố")."""
    return re.compile(rf"(?P<name>{spelled('area')}),\s+(?P=name)(?!\s*[\w(])", re.I)


@cache
def _known_slips() -> dict[str, str]:
    """Slips → what they stand for."""
    return dict(entry.split(" → ") for entry in knowledge().cues["known-slip"])


@cache
def _known_slip() -> re.Pattern[str]:
    """Slips in any case; those that the list writes with a capital only so ("phân đầu mối" is none)."""
    any_case = (f"(?i:{re.escape(slip)})" if slip[0].islower() else re.escape(slip) for slip in sorted(_known_slips()))
    return re.compile(rf"(?<!\w)(?:{'|'.join(any_case)})(?!\w)")


def _meant(slip: str) -> str:
    return _known_slips().get(slip) or _known_slips()[slip.lower()]


@cache
def _places() -> dict[str, str]:
    """Names of provinces of more than one word in small letters → as written."""
    known = knowledge().places
    names = (name for place in known for name in (place.label, *place.predecessors))
    return {name.lower(): name for name in names if " " in name}


@cache
def _small_place() -> re.Pattern[str]:
    """A province's name behind its kind, with capitals or without."""
    names = "|".join(re.escape(name) for name in sorted(_places(), key=lambda n: (-len(n), n)))
    return re.compile(rf"(?<!\w)(?:(?i:thành phố|tỉnh)|TP\.?)\s+(?P<name>(?i:{names}))(?!\w)")


@cache
def _incomplete() -> re.Pattern[str]:
    halves = (name.rsplit(" ", 1) for name in knowledge().cues["whole-name"])
    return re.compile("|".join(rf"(?<!\w){re.escape(start)}\s+(?!{re.escape(end)})[{CAPITAL}{SMALL}]+" for start, end in halves))


@cache
def _product_words() -> dict[str, str]:
    """Words of products' names in small letters → as written; only words that no Vietnamese text has otherwise."""
    words = (word for name in knowledge().cues["product"] for word in name.split())
    return {w.lower(): w for w in words if w.isascii() and len(w) >= 5 and not is_syllable(w)}


_FOREIGN = re.compile(r"(?<![\w.@/-])[A-Za-z]{5,20}(?![\w.@/-])")


def _products(text: str) -> Iterator[tuple[int, str]]:
    known = _product_words()
    for match in _FOREIGN.finditer(text):
        word = match.group()
        right = known.get(word.lower()) or _nearly(word.lower())
        if right and word != right and not word.isupper() and (word.lower() != right.lower() or _odd_capitals(right)):
            yield match.start(), f"“{word}” có lẽ là “{right}”."


def _odd_capitals(name: str) -> bool:
    """Whether a name has capitals where one would not expect them ("VNeID"), so that other ones are a mistake."""
    return name[1:] != name[1:].lower()


@cache
def _nearly(word: str) -> str | None:
    """The product of which ``word`` is a slip (at most one letter in five differs), or ``None``."""
    found = [right for low, right in _product_words().items() if _distance(word, low) <= max(1, len(low) // 4)]
    return found[0] if len(found) == 1 and word not in _product_words() else None


def _distance(a: str, b: str) -> int:
    """The edit distance of two words (Levenshtein 1966)."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]
