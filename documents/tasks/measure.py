"""Values that words set: comparator, number and unit, and the clause that states them.

A bare percentage means "="; "trên" is ">", "tối thiểu", "trở lên" and "≥" are ">=", "trong vòng" and "không quá" are "<="
(conventions of the gold).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from documents.cue import alternatives, listed, pattern
from documents.tasks.money import number
from documents.text import collapse, fold_same_length

SIGNS = {"≥": ">=", "=>": ">=", ">=": ">=", "≤": "<=", "=<": "<=", "<=": "<=", ">": ">", "<": "<"}
_NUMBER = r"(?P<n>\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?|\d+\.\d+)"
_VALUE = re.compile(rf"(?P<sign>≥|≤|>=|<=|>|<)?\s*(?<![\d.,/-]){_NUMBER}\s*(?P<unit>%)")
_RANGE = re.compile(r"(?<![\d.,/-])(?P<low>\d+(?:[,.]\d{1,2})?)\s*%?\s*[-–]\s*(?P<high>\d+(?:[,.]\d{1,2})?)\s*%")
"""From one share to another ("80 - 85%")."""


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
    folded = fold_same_length(text)
    spans = [m for m in _RANGE.finditer(text) if figure(m["low"]) < figure(m["high"])]
    for match in spans:
        sign = comparator(folded, match.start(), match.end())
        most = sign in ("<=", "<")  # "không quá 10-15%" may come to 15, all others have to come to the first
        reached = figure(match["high" if most else "low"])
        yield Value(sign if sign != "=" else ">=", reached, "%", _clause(text, match.start(), match.end()), match.start())
    for match in _VALUE.finditer(text):
        if any(m.start() < match.end() and match.start() < m.end() for m in spans):
            continue
        sign = SIGNS.get(match["sign"] or "") or comparator(folded, match.start(), match.end())
        begin = match.start("n") if match["sign"] is None else match.start("sign")
        yield Value(sign, figure(match["n"]), "%", _clause(text, begin, match.end()), match.start())
    for match in _within().finditer(folded):
        unit = text[match.start("unit") : match.end("unit")]
        yield Value("<=", _plain(float(match["n"])), unit, _clause(text, match.start(), match.end()), match.start())
    for match in _amounts(folded) if counts else ():
        unit = collapse(text[match.start("unit") : match.end("unit")])
        sign = comparator(folded, match.start("n"), match.end())
        yield Value(sign, figure(match["n"]), unit, _clause(text, match.start(), match.end()), match.start())
    for match in _per_time().finditer(folded) if counts else ():
        unit, sign = collapse(text[match.start("unit") : match.end("unit")]), comparator(folded, match.start("n"), match.end())
        if sign == "=" and match.start() and not any(m.start("n") == match.start("n") for m in _amounts(folded)):
            yield Value(sign, figure(match["n"]), unit, _clause(text, match.start(), match.end()), match.start())
    for match in _count().finditer(folded) if counts else ():
        if not re.match(r"\s*%", folded[match.end("n") :]):
            unit = text[match.start("unit") : match.end("unit")]
            yield Value(">=", _plain(float(number(match["n"]))), unit, _clause(text, match.start(), match.end()), match.start())


def events(text: str) -> Iterator[Value]:
    """What a duty makes so many times at least ("Tổ chức tối thiểu 01 cuộc diễn tập"): the number stands right behind the verb
    and is no frequency ("tối thiểu 1 lần/tuần")."""
    folded = fold_same_length(text)
    for match in _event().finditer(folded):
        unit = text[match.start("unit") : match.end("unit")]
        yield Value(">=", _plain(float(number(match["n"]))), unit, _clause(text, match.start(), match.end()), match.start())


@cache
def _event() -> re.Pattern[str]:
    least = alternatives("at-least")
    return re.compile(
        rf"{alternatives('duty-verb')}\s+(?:duoc\s+)?{least}\s+(?P<n>\d+(?:\.\d{{3}})*)\s+(?P<unit>(?!lan\b){_thing()})"
    )


@cache
def _thing() -> str:
    """The word or words for what is counted: two that make one word ("hội nghị"), else one."""
    return rf"(?:{alternatives('counted-thing')}|[a-z]+)"


@cache
def _per_time() -> re.Pattern[str]:
    """So many things in a time ("12 lớp/năm")."""
    return re.compile(r"(?<![\d.,/-])(?P<n>\d+)\s+(?P<unit>[a-z]+(?:\s+[a-z]+)?\s?/\s?(?:nam|quy|thang|tuan))(?![a-z])")


@cache
def _within() -> re.Pattern[str]:
    return re.compile(rf"{alternatives('within')}\s+(?P<n>\d+)\s+(?P<unit>{alternatives('time-unit')})")


def _amounts(folded: str) -> Iterator[re.Match[str]]:
    """The amounts other than shares that folded text sets ("đạt 52 triệu đồng/người/năm", "dưới 120/100.000 dân"); none beside a
    share, where a number only says of what the share is."""
    return iter(()) if "%" in folded else _amount().finditer(folded)


@cache
def _amount() -> re.Pattern[str]:
    goal = rf"(?:{alternatives('reaching')}|{alternatives('comparator-gt', 'comparator-lt', 'comparator-le')})"
    unit = rf"(?:/\s?[\d.]+\s+)?[a-z]+(?:\s+(?!{alternatives('not-in-measure')})[a-z]+){{0,2}}(?:\s?/\s?[a-z]+){{0,3}}"
    return re.compile(rf"{goal}\s+(?:[a-z]+\s)?(?P<n>\d{{1,3}}(?:\.\d{{3}})+|\d+(?:,\d+)?)(?![\d.])\s*(?P<unit>{unit})")


@cache
def _count() -> re.Pattern[str]:
    named = rf"(?:{alternatives('counter')}|[a-z]+(?:\s+(?!{alternatives('not-in-measure')})[a-z]+)?)"
    unit = rf"{named}(?:\s?/\s?(?:nam|quy|thang|tuan|ngay)(?![a-z]))?"
    return re.compile(rf"{alternatives('at-least')}\s+(?P<n>\d+(?:\.\d{{3}})*(?:,\d+)?)\s+(?P<unit>{unit})")


def figure(written: str) -> float:
    """The value of a figure: "1.200" are thousands, "72,5" and "72.5" decimals."""
    thousands = "," in written or re.fullmatch(r"\d{1,3}(?:\.\d{3})+", written)
    return _plain(float(number(written)) if thousands else float(written))


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value


def comparator(folded: str, start: int, end: int) -> str:
    """How the words around a value, at ``start`` to ``end`` in folded text, compare it; "=" where they do not."""
    after = folded[end : end + 20].lstrip()
    if pattern("comparator-ge-after").match(after):
        return ">="
    before = re.sub(r"\s(?:phai dat|dat|la|bang)$", "", folded[max(0, start - 36) : start].rstrip())
    for name, sign in (("comparator-le", "<="), ("comparator-ge", ">="), ("comparator-gt", ">"), ("comparator-lt", "<")):
        for match in pattern(name).finditer(before):
            if match.end() == len(before) and match.group() != "tu":
                return sign
    return "="


def _clause(text: str, start: int, end: int) -> str:
    """The clause around a value: back to the last stop, on to the next."""
    left = max((m.end() for m in _clause_start().finditer(text[:start])), default=0)
    right = re.search(r"[;.](?:\s|$)", text[end:])
    return collapse(text[left : end + right.start() if right else len(text)]).strip(" ,;")


@cache
def _clause_start() -> re.Pattern[str]:
    return re.compile(rf"[;.:]\s|,\s+(?={listed('clause-goal')})")
