"""The closing part of a document: recipients and signature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.cue import opens, pattern
from documents.item import Item
from documents.text import fold

_FOR = re.compile(r"(?:\*\*)?(?:T/?M|KT|TL|TUQ|Q)\.?\s+[A-ZĐÀ-Ỹ]{2}|T/M\s")


def is_recipients(item: Item) -> bool:
    """Whether the item opens the list of recipients ("Nơi nhận:")."""
    return opens("recipients", fold(item.raw[:60])) is not None


def is_signing(item: Item) -> bool:
    """Whether the item is the line above a signature: "TM. ỦY BAN NHÂN DÂN", "GIÁM ĐỐC", "TRƯỞNG CÔNG AN PHƯỜNG"."""
    if item.row or len(item.raw) > 90:
        return False
    if _FOR.match(item.raw):
        return item.capitals
    folded = fold(item.text)
    office = pattern("position").match(folded) or re.match(r"(?:quyen |pho )?truong\s", folded)
    return item.capitals and item.mark is None and not item.heading and office is not None


def closing_index(items: Sequence[Item], start: int) -> int | None:
    """The index of the first item of recipients and signature from ``start`` on, or ``None``."""
    for i in range(start, len(items)):
        if is_signing(items[i]) or (is_recipients(items[i]) and "nhan" in fold(items[i].raw[:12])):
            return i
    return None
