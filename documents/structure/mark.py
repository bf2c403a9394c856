"""The mark that opens a line: "Điều 5.", "II.", "1.1.", "a)", "-", "+" — what kind it is, its number and its rank.

Ranks follow the order that Nghị định 30/2020/NĐ-CP (Article 8 and its appendices) gives the parts of a document: phần, chương,
mục, điều, khoản, điểm, then the dashes and plus signs of everyday lists. A smaller rank stands higher.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.letters import CAPITAL, SMALL
from documents.text import fold_same_length

RANKS = {
    "appendix": 0,
    "part": 1,
    "chapter": 2,
    "section": 3,
    "letter": 4,
    "roman": 5,
    "article": 6,
    "number": 7,
    "number2": 8,
    "number3": 9,
    "point": 10,
    "dash": 11,
    "plus": 12,
}


@dataclass(frozen=True, slots=True)
class Mark:
    """``kind`` is a key of :data:`RANKS`; ``number`` is the number or letter as written without its stop ("II", "1.1", "a")."""

    kind: str
    number: str | None = None

    @property
    def rank(self) -> int:
        """How high the mark stands; smaller is higher."""
        return RANKS[self.kind]

    @property
    def bullet(self) -> bool:
        """Whether it is a dash or a plus."""
        return self.kind in ("dash", "plus")


_ROMAN = r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_NAMED = (
    ("appendix", re.compile(r"phu luc(?: so)?(?:\s+(?P<n>[ivxl]+|\d+|[a-z])(?![a-z0-9]))?(?=[\s.:(]|$)")),
    ("part", re.compile(r"phan(?: thu)?\s+(?P<n>[ivxl]+|\d+|nhat|hai|ba|tu|nam|sau|bay)(?=[\s.:]|$)")),
    ("chapter", re.compile(r"chuong\s+(?P<n>[ivxl]+|\d+)(?=[\s.:]|$)")),
    ("section", re.compile(r"(?:tieu )?muc\s+(?P<n>[ivxl]+|\d+)(?=[\s.:]|$)")),
    ("article", re.compile(r"dieu\s+(?P<n>\d+[a-z]?)\s*(?=[.:]|$)")),
)
_NUMBER = re.compile(
    r"(?P<n>\d{1,2}(?:\.\d{1,2}){0,3})(?P<stop>[.)]|/(?![A-ZĐ]{2,}[-–]))(?:\s*(?=[^\W\d_]|[\"“(*<]|$)|\s+(?=\d{1,3}(?:,\d+)?\s?%))"
    r"|(?P<m>\d{1,2}(?:\.\d{1,2}){1,3})\s+(?=[^\W\d_])"
)
_ROMAN_MARK = re.compile(rf"(?P<n>{_ROMAN})(?:(?:[.)]|/(?!v\b))\s*(?=\D|$)|(?:[-–]\s|\s[-–])\s*(?=[^\W\d_]{{2}}))")
_DEPTHS = ("number", "number2", "number3")
_PARTY_NUMBER = re.compile(rf"(?P<n>\d{{1,2}}(?:\.\d{{1,2}}){{0,2}})(?:[-–]\s|\s[-–])\s*(?=[{CAPITAL}][{SMALL}])")
"""The Party's documents set a dash behind the number of a part ("1- Nâng cao nhận thức")."""
_LETTER = re.compile(r"(?P<n>[A-HĐ])[.)]\s+(?=\S)")
_POINT = re.compile(r"(?P<n>[a-zđ])[),][\s.]*(?=\S)|(?P<m>[a-zđ])\.\s+(?=\S)")
_DASH = re.compile(r"[-–—•●▪*·]\s*(?=[^\s\d-]|\d+\s?%|\d+[.)]?\s|\()")
_PLUS = re.compile(r"[+◦o]\s+(?=\S)|\+(?=[^\W\d])")


def mark_of(text: str) -> tuple[Mark | None, str]:
    """Split the mark off the start of ``text`` (one line, without markup). Returns the mark (or ``None``) and the rest.

    A dash before another mark ("- + Đơn vị chủ trì", "- 4. Đảm bảo") is a trace of list conversion: the inner mark counts.
    """
    text = text.strip()
    named = _named(text)
    if named:
        return named
    if match := _DASH.match(text):
        rest = text[match.end() :].strip()
        inner, inner_rest = mark_of(rest)
        if inner is not None and inner.kind in ("plus", "number", "number2", "number3", "roman"):
            return inner, inner_rest
        return Mark("dash"), rest
    if match := _PLUS.match(text):
        return Mark("plus"), text[match.end() :].strip()
    if match := _ROMAN_MARK.match(text):
        return Mark("roman", match["n"]), text[match.end() :].strip()
    if match := _NUMBER.match(text):
        number = match["n"] or match["m"]
        return Mark(_DEPTHS[min(number.count("."), 2)], number), text[match.end() :].strip()
    if match := _PARTY_NUMBER.match(text):
        return Mark(_DEPTHS[match["n"].count(".")], match["n"]), text[match.end() :].strip()
    if match := _LETTER.match(text):
        return Mark("letter", match["n"]), text[match.end() :].strip()
    if match := _POINT.match(text):
        return Mark("point", match["n"] or match["m"]), text[match.end() :].strip()
    return None, text


def _named(text: str) -> tuple[Mark, str] | None:
    folded = fold_same_length(text)
    for kind, pattern in _NAMED:
        match = pattern.match(folded)
        if not match or not text[0].isupper():
            continue
        number = text[match.start("n") : match.end("n")] if match["n"] else None
        rest = text[match.end() :].lstrip(" .:").strip()
        # "Phần mềm ..." and "Mục tiêu" are words, "Phụ lục II ban hành kèm theo" inside a sentence is a reference
        if kind in ("appendix", "part", "chapter") and rest[:1].islower():
            return None
        return Mark(kind, number), rest
    return None


def roman_value(number: str) -> int | None:
    """The value of a Roman numeral ("XIV" → 14); ``None`` when it is none."""
    if not number or not re.fullmatch(_ROMAN, number):
        return None
    values = {"I": 1, "V": 5, "X": 10, "L": 50}
    total = 0
    for here, after in zip(number, [*number[1:], ""], strict=True):
        value = values[here]
        total += -value if after and values[after] > value else value
    return total
