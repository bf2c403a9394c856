"""The parts of a cited document that words name: "điểm a, b khoản 1 và khoản 3 Điều 5", "các Điều 3, 4 và 7", "Mục II".

Words run from the inner part to the outer one. So a list is read from its end: each word stands in the nearest part to its right
that is of an outer kind, and the parts in which nothing else stands are those that are meant. Points are lettered in the order
of the Vietnamese alphabet (a, b, c, d, đ, e, g ...).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from documents.model import Place, Step
from documents.structure.mark import roman_value
from documents.structure.place import LEVELS, normal, roman
from documents.text import nfc
from ontology.knowledge import knowledge

_WINDOW = 400
"""How far before a document the parts of it are named, in letters."""
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_MOST = 60
"""A range of more parts is no range."""
_KINDS = {
    "phụ lục": ("appendix", 0),
    "phần": ("part", 1),
    "chương": ("chapter", 2),
    "mục": ("heading", 3),
    "tiểu mục": ("heading", 4),
    "điều": ("article", 5),
    "khoản": ("clause", 6),
    "điểm": ("point", 7),
    "tiết": ("item", 8),
}
_ORDINAL = r"thứ\s+(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)"
_NUMBER = rf"(?:\d+(?:\.\d+)*[a-zđ]?|(?-i:[IVXL]+)|{_ORDINAL}|[a-zđ](?:\.\d+)?)(?![\w%])"
_GOES_ON = rf"(?:\s*[,;]\s*(?:và\s+)?|\s+(?:và|hoặc|đến)\s+|\s*[-–]\s*){_NUMBER}(?!\s*(?:tháng|năm|ngày)(?!\w))"
UNIT = r"(?<!\w)(?P<unit>tiểu\s+mục|phụ\s+lục|phần|chương|mục|điều|khoản|điểm|tiết)"
_TOKEN = re.compile(rf"{UNIT}(?:\s+(?:số\s+|từ\s+)?(?P<numbers>{_NUMBER}(?:{_GOES_ON})*))?(?!\w)", re.I)
_OUTER = ("attached", "appendix", "part", "chapter", "heading", "article")
"""What a part of another document begins with: a clause alone is one of an article that stands elsewhere."""
_BETWEEN = re.compile(r"\s*(?:[,;]|[-–]|của|thuộc|tại)?\s*(?P<word>và|hoặc|đến)?\s*(?:(?:các|những|từ|tại)\s+)*", re.I)
_BEFORE_DOCUMENT = re.compile(
    r"\s*,?\s*(?:(?:của|tại|trong|thuộc|theo|(?:được\s+)?(?:ban hành\s+)?kèm theo)\s+)?(?:các\s+)?", re.I
)
_ATTACHED = re.compile(
    r"\s*(?:của\s+|tại\s+)?[A-ZĐ](?:(?!(?<!\w)[Kk]èm theo)[^.;:]){0,200}?(?:ban hành\s+)?kèm theo\s+$", re.DOTALL
)
_IN_BRACKETS = re.compile(r"\s*\(\s*(?:tại\s+)?(?P<inner>[^()]{3,120})\)")


@dataclass(frozen=True, slots=True)
class Named:
    """One word of a place with its numbers: "điểm a, b"; ``joined`` is the word that ties it to the next one."""

    unit: str
    numbers: tuple[str | None, ...]
    start: int
    end: int
    joined: str | None = None


def places_before(text: str, start: int) -> tuple[Place, ...]:
    """The parts named directly before the document whose name begins at ``start``; none where no part is named."""
    begin = max(0, start - _WINDOW)
    named = run(text, begin, start)
    if not named:
        return ()
    behind = text[named[-1].end : start]
    if _BEFORE_DOCUMENT.fullmatch(behind):
        return _outer(parts(named))
    if _ATTACHED.fullmatch(behind):
        return _outer(parts(named, (Step("attached"),)))
    return ()


def places_behind(text: str, stop: int) -> tuple[Place, ...]:
    """The parts named in brackets right behind a document: "Nghị định 85/2016/NĐ-CP (Điều 12)"."""
    bracket = _IN_BRACKETS.match(text, stop, stop + _WINDOW)
    if not bracket:
        return ()
    named = run(text, bracket.start("inner"), bracket.end("inner"))
    whole = named and named[0].start <= bracket.start("inner") + 5 and not text[named[-1].end : bracket.end("inner")].strip()
    return _outer(parts(named)) if whole else ()


def _outer(found: tuple[Place, ...]) -> tuple[Place, ...]:
    return tuple(place for place in found if place.steps[0].kind in _OUTER)


@cache
def _compound() -> re.Pattern[str]:
    """The first half of a word whose second half only looks like a part ("danh mục", "thời điểm")."""
    words = "|".join(re.escape(word) for word in knowledge().cues["compound-before-part"])
    return re.compile(rf"(?<!\w)(?:{words})\s+$", re.I)


def run(text: str, begin: int, stop: int) -> list[Named]:
    """The last unbroken run of named parts in ``text[begin:stop]``."""
    found: list[Named] = []
    for match in _TOKEN.finditer(text, begin, stop):
        unit = unit_of(match)
        whole_word = _compound().search(text, max(begin, match.start() - 12), match.start()) is None
        if not whole_word or (match["numbers"] is None and unit != "phụ lục"):
            continue
        if found:
            tie = _BETWEEN.fullmatch(text, found[-1].end, match.start())
            found = [*found[:-1], replace(found[-1], joined=(tie["word"] or "").lower())] if tie else []
        found.append(Named(unit, _numbers(match["numbers"]), match.start(), match.end()))
    return found


def unit_of(match: re.Match[str]) -> str:
    """The word for a kind of part in a match of :data:`UNIT`, in small letters with single blanks."""
    return " ".join(match["unit"].lower().split())


def kind_of_unit(unit: str) -> str:
    """The kind of step that a word means ("khoản" → "clause")."""
    return _KINDS[unit][0]


def parts(named: list[Named], within: tuple[Step, ...] = ()) -> tuple[Place, ...]:
    """The parts that a run of words means, in the order of the text; ``within`` are steps that lead to where they begin."""
    order = named
    levels = [_KINDS[token.unit][1] for token in named]
    if len(levels) > 1 and all(outer < inner for outer, inner in pairwise(levels)):
        order = named[::-1]  # "Điều 12, khoản 2": the outer part first
    above: list[tuple[int, tuple[Step, ...]]] = []
    meant: list[tuple[int, tuple[Step, ...]]] = []
    after: Named | None = None
    for token in reversed(order):
        kind, level = _KINDS[token.unit]
        while above and above[-1][0] >= level:
            above.pop()
        base = above[-1][1] if above else tuple(step for step in within if LEVELS.index(step.kind) < LEVELS.index(kind))
        if above:  # the part above holds this one: not the whole of it is meant
            meant = [entry for entry in meant if entry[1] != base]
        numbers = token.numbers
        if token.joined == "đến" and after is not None and after.unit == token.unit:
            numbers = (*numbers[:-1], *_range(numbers[-1], after.numbers[0]))[: len(numbers) + _MOST]
        found = [(*base, Step(kind, number)) for number in numbers]
        meant.extend((token.start, steps) for steps in reversed(found))
        above.append((level, found[0]))
        after = token
    meant.sort(key=lambda entry: entry[0])
    ordered: list[Place] = []
    for at in dict.fromkeys(start for start, _ in meant):
        same = [steps for start, steps in meant if start == at]
        ordered.extend(place for steps in reversed(same) if (place := normal(steps)) is not None)
    return tuple(dict.fromkeys(ordered))


def _numbers(written: str | None) -> tuple[str | None, ...]:
    """The numbers of a list ("3, 4 và 7", "a đến d"), ranges written out."""
    if written is None:
        return (None,)
    pieces = re.split(r"\s*([,;]|(?<!\w)(?:và|hoặc|đến)(?!\w)|[-–])\s*(?:và\s+)?", nfc(written), flags=re.I)
    found: list[str | None] = [pieces[0]]
    for tie, number in zip(pieces[1::2], pieces[2::2], strict=True):
        if tie.lower() in ("đến", "-", "–"):
            found.extend(_range(found[-1], number)[1:-1])
        found.append(number)
    return tuple(found)


def _range(first: str | None, last: str | None) -> list[str | None]:
    """The numbers from ``first`` to ``last``, both included; only these two where they are no ends of one row."""
    ends: list[str | None] = [first, last]
    if not first or not last:
        return ends
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) < _MOST:
        return [str(n) for n in range(int(first), int(last) + 1)]
    low, high = first.lower(), last.lower()
    if len(low) == len(high) == 1 and low in _LETTERS and high in _LETTERS and _LETTERS.index(low) < _LETTERS.index(high):
        return list(_LETTERS[_LETTERS.index(low) : _LETTERS.index(high) + 1])
    a, b = roman_value(first), roman_value(last)
    if a and b and 0 < b - a < _MOST:
        return [roman(n) for n in range(a, b + 1)]
    return ends
