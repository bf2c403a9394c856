"""Targets: the values that a plan sets itself, with comparator and unit.

A bare percentage means "="; "trên" ">", "tối thiểu", "trở lên", "≥" ">=", "trong vòng", "không quá" "<=" (conventions of the gold).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.cue import pattern
from documents.money import number
from documents.text import collapse, fold_same_length

_SIGNS = {"≥": ">=", ">=": ">=", "≤": "<=", "<=": "<=", ">": ">", "<": "<"}
_VALUE = re.compile(r"(?P<sign>≥|≤|>=|<=|>|<)?\s*(?<![\d.,/-])(?P<n>\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?|\d+\.\d+)\s*(?P<unit>%)")
_WITHIN = re.compile(r"trong vong\s+(?P<n>\d+)\s+(?P<unit>tieng|gio|phut|ngay(?: lam viec)?|thang|nam)")
_COUNT = re.compile(r"(?:toi thieu|it nhat|khong it hon)\s+(?P<n>\d+(?:\.\d{3})*)\s+(?P<unit>[a-z]+(?:\s+[a-z]+)?)")


@dataclass(frozen=True, slots=True)
class Value:
    """One value in a text: comparator, number, unit, and the clause that states it (offsets of the value: ``at``)."""

    comparator: str
    value: float
    unit: str
    text: str
    at: int


def values(text: str, counts: bool = False) -> Iterator[Value]:
    """The values that ``text`` sets; with ``counts`` also numbers of things ("tối thiểu 03 hệ thống")."""
    shown = text
    folded = fold_same_length(shown)
    for match in _VALUE.finditer(shown):
        comparator = _SIGNS.get(match["sign"] or "") or _comparator(folded, match.start(), match.end())
        value = float(
            number(match["n"]) if "," in match["n"] or re.fullmatch(r"\d{1,3}(?:\.\d{3})+", match["n"]) else float(match["n"])
        )
        yield Value(comparator, _plain(value), "%", _clause(shown, match.start(), match.end()), match.start())
    for match in _WITHIN.finditer(folded):
        unit = shown[match.start("unit") : match.end("unit")]
        yield Value("<=", float(match["n"]), unit, _clause(shown, match.start(), match.end()), match.start())
    if counts:
        for match in _COUNT.finditer(folded):
            if not re.match(r"\s*%", folded[match.end("n") :]):
                unit = shown[match.start("unit") : match.end("unit")]
                yield Value(">=", float(number(match["n"])), unit, _clause(shown, match.start(), match.end()), match.start())


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value


def _comparator(folded: str, start: int, end: int) -> str:
    after = folded[end : end + 20].lstrip()
    if pattern("comparator-ge-after").match(after):
        return ">="
    before = folded[max(0, start - 28) : start].rstrip()
    for name, sign in (("comparator-le", "<="), ("comparator-ge", ">="), ("comparator-gt", ">"), ("comparator-lt", "<")):
        for match in pattern(name).finditer(before):
            if match.end() == len(before) and match.group() != "tu":
                return sign
    return "="


def _clause(text: str, start: int, end: int) -> str:
    """The clause around a value: back to the last stop, on to the next."""
    left = max((m.end() for m in re.finditer(r"[;.:]\s|,\s+(?=(?:phấn|đảm|bảo|đưa|đạt)\s)", text[:start])), default=0)
    right = re.search(r"[;.](?:\s|$)", text[end:])
    return collapse(text[left : end + right.start() if right else len(text)]).strip(" ,;")
