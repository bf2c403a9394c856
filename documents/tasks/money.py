"""Amounts of money in Vietnamese figures: "." between thousands, "," before decimals, the unit from the table or the words."""

from __future__ import annotations

import re
from decimal import Decimal

from documents.model import Money
from documents.text import collapse, fold

UNITS = {
    "trieu dong": 1_000_000,
    "nghin dong": 1_000,
    "ngan dong": 1_000,
    "ty dong": 1_000_000_000,
    "ti dong": 1_000_000_000,
    "dong": 1,
}
_NAMES = {
    "trieu dong": "triệu đồng",
    "nghin dong": "nghìn đồng",
    "ngan dong": "nghìn đồng",
    "ty dong": "tỷ đồng",
    "ti dong": "tỷ đồng",
    "dong": "đồng",
}
_FIGURE = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_UNIT = re.compile(r"(?:trieu|nghin|ngan|ty|ti)\s+dong|(?<![a-z])dong")


def unit_in(text: str) -> str | None:
    """The folded unit of money that words name ("Đơn vị tính: Triệu đồng" → "trieu dong"), or ``None``."""
    match = _UNIT.search(fold(text))
    return match.group() if match else None


def cell(label: str, text: str, unit: str | None) -> Money | None:
    """The amount in a table cell under the column ``label`` (``unit``: folded unit of the table or ``None``).

    Returns ``None`` for a blank cell; "-" is an entry without amount; words or a percentage are no money.
    """
    shown = collapse(text).strip("*")
    if not shown:
        return None
    name = _NAMES.get(unit or "")
    if re.fullmatch(r"[-–—]+", shown):
        return Money(label, None, name, shown)
    if (own := unit_in(shown)) and (match := _FIGURE.match(shown)) and fold(shown[match.end() :]).strip() == own:
        unit, name = own, _NAMES[own]  # "1,2 tỷ đồng" says its unit itself
    elif not (match := _FIGURE.fullmatch(shown)):
        return None
    return Money(label, int(number(match.group()) * UNITS.get(unit or "dong", 1)), name, shown)


def number(text: str) -> Decimal:
    """The value of a Vietnamese figure: "1.158.731" → 1158731, "2,5" → 2.5. Raises ``decimal.InvalidOperation`` for words."""
    return Decimal(text.replace(".", "").replace(",", "."))
