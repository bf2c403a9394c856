"""Amounts of money in Vietnamese figures: "." between thousands, "," before decimals, the unit from the table or the words."""

from __future__ import annotations

import re
from decimal import Decimal

from documents.model import Money
from documents.text import collapse, fold

UNITS = {"trieu dong": 1_000_000, "nghin dong": 1_000, "ty dong": 1_000_000_000, "dong": 1}
_NAMES = {"trieu dong": "triệu đồng", "nghin dong": "nghìn đồng", "ty dong": "tỷ đồng", "dong": "đồng"}
_FIGURE = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_DONG = r"(?:dong|vnd|d)(?![a-z])"
# "đồng" alone, but not the end of another word ("hợp đồng", "hội đồng")
_UNIT = re.compile(
    rf"(?<![\w.,])(?:(?P<million>trieu\s+{_DONG}|tr\.?\s?{_DONG}|1\.000\.000\s?{_DONG})"
    rf"|(?P<thousand>(?:nghin|ngan)\s+{_DONG}|1\.?000\s?{_DONG})|(?P<billion>(?:ty|ti)\s+{_DONG})|(?P<one>(?:(?<![a-z]\s)dong|bang\s+dong|vnd)(?![a-z])))"
)
_FOLDED = {"million": "trieu dong", "thousand": "nghin dong", "billion": "ty dong", "one": "dong"}
_NOTE = re.compile(rf"(?<![a-z])(?:don vi(?: tinh| tien| tien te)?|dvt|dv)\s*(?::|\(|la\b)?\s*\(?(?={_UNIT.pattern})")
_IN_BRACKET = re.compile(r"\((?:tinh bang\s+)?(?P<in>[^()]{2,20})\)")


def unit_in(text: str) -> str | None:
    """The folded unit of money that words name ("Đơn vị tính: Triệu đồng" → "trieu dong"), or ``None``."""
    match = _UNIT.search(fold(text))
    return _FOLDED[match.lastgroup or "one"] if match else None


def unit_note(text: str) -> str | None:
    """The folded unit that a note on a table's money names: behind "Đơn vị:", "ĐVT:", or alone in brackets ("(triệu đồng)");
    ``None`` where the words only speak of money."""
    folded = fold(text)
    if note := _NOTE.search(folded):
        return unit_in(folded[note.end() :])
    inside = (m["in"].strip() for m in _IN_BRACKET.finditer(folded))
    return next((unit_in(words) for words in inside if _UNIT.fullmatch(words)), None)


def is_unit_note(text: str) -> bool:
    """Whether ``text`` is nothing but such a note ("Đơn vị: triệu đồng")."""
    folded = fold(text).strip(" .()*_")
    note = _NOTE.match(folded)
    return note is not None and _UNIT.fullmatch(folded[note.end() :]) is not None


def cell(label: str, text: str, unit: str | None) -> Money | None:
    """The amount in a table cell under the column ``label`` (``unit``: folded unit of the table or ``None``).

    Returns ``None`` for a blank cell; "-" is an entry without amount; words or a percentage are no money. Where no unit is known
    the amount is ``None`` too: the same figure may be đồng or millions of them.
    """
    shown = collapse(text).strip("*")
    if not shown:
        return None
    name = _NAMES.get(unit or "")
    if re.fullmatch(r"[-–—]+", shown):
        return Money(label, None, name, shown)
    if (match := _FIGURE.match(shown)) and (said := _UNIT.fullmatch(fold(shown[match.end() :]).strip())):
        own = _FOLDED[said.lastgroup or "one"]
        unit, name = own, _NAMES[own]  # "1,2 tỷ đồng" says its unit itself
    elif not (match := _FIGURE.fullmatch(shown)):
        return None
    return Money(label, int(number(match.group()) * UNITS[unit]) if unit else None, name, shown)


def number(text: str) -> Decimal:
    """The value of a Vietnamese figure: "1.158.731" → 1158731, "2,5" → 2.5. Raises ``decimal.InvalidOperation`` for words."""
    return Decimal(text.replace(".", "").replace(",", "."))
