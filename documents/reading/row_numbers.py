"""The numbers of a recognised table's rows: a lone figure is easily misread, but the rows above and below tell which it must
be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from documents.structure.label import label_name
from documents.structure.mark import roman_value

_PLAIN = re.compile(r"(\d{1,3})([.)]?)")
_KNOWN = re.compile(r"[IVX]{1,5}[.)]?|[A-Za-zĐđ][.)]?|\d{1,3}(?:\.\d{1,3})*[.)]?|[-+*]")
_ROMAN = re.compile(r"([IVXL]+)(?:[.)]\s.*|[.)]?)")
_LEAST_FILLED = 2
_SHORT = 6
"""Letters of the heading of a column of numbers, misread ("ý tử k" for "TT")."""


def mended(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The rows with the numbers in their first column put right, where the sequence leaves no doubt.

    A cell that is no number, no letter and no Roman numeral ("đụ", "…") becomes n + 1 when the last number above is n and the
    next one below is n + 2, or when no number comes below and at least two other rows are numbered in sequence. A Roman numeral
    counts as one only where the one before it stands above ("II" after "7" without an "I" is none). Nothing else changes.
    """
    found = [tuple(row) for row in rows]
    numbers = {i: int(m[1]) for i, row in enumerate(found) if row and (m := _PLAIN.fullmatch(row[0].strip()))}
    if len(numbers) < 2:
        return found
    strange = _out_of_turn(found)
    in_sequence = all(b - a == 1 for a, b in pairwise(numbers.values()))
    for i, row in enumerate(found):
        if i == 0 or not row or not row[0].strip() or sum(map(bool, row[1:])) < _LEAST_FILLED:
            continue
        if _KNOWN.fullmatch(row[0].strip()) and (i not in strange or i - 1 not in numbers):
            continue
        above = max((j for j in numbers if j < i), default=None)
        below = min((j for j in numbers if j > i), default=None)
        if below is not None:
            wanted = numbers[below] - 1
            sure = (wanted == numbers[above] + 1) if above is not None else wanted == 1
        else:
            wanted = numbers[above] + 1 if above is not None else 0
            sure = in_sequence and above is not None
        if sure:
            found[i] = (str(wanted), *row[1:])
            numbers[i] = wanted
    heading = found[0][0].strip()
    if in_sequence and 0 not in numbers and 0 < len(heading) <= _SHORT and label_name(heading, "order") is None:
        found[0] = ("TT", *found[0][1:])
    return found


def _out_of_turn(rows: Sequence[Sequence[str]]) -> frozenset[int]:
    """The rows whose Roman numeral does not follow the one above it; the first is "I"."""
    found = set()
    last = 0
    for i, row in enumerate(rows):
        if not row or not (match := _ROMAN.fullmatch(row[0].strip())):
            continue
        value = roman_value(match[1])
        if value == last + 1:
            last = value
        else:
            found.add(i)
    return frozenset(found)
