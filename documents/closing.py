"""The closing part of a document: recipients, and who signed in which position."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from documents.cue import opens, pattern, spelled
from documents.item import Item
from documents.letters import CAPITAL, SMALL
from documents.model import Signer, Span
from documents.text import collapse, fold, tone_marks
from ontology.knowledge import knowledge

_BEFORE_BASES = 4
"""So many items at most stand from the office that issues a document to its first basis."""
_FOR = re.compile(rf"(?:\*\*)?(?:T/?M|KT|TL|TUQ|Q)\.?\s+[{CAPITAL}]{{2}}|T/M\s")
_FOR_WHOM = re.compile(r"^(?:T/?M|KT|TL|TUQ|Q)\.?\s*")
_WORD = rf"[{CAPITAL}][{SMALL}]+"
_NAME = re.compile(rf"(?:[{CAPITAL}][{SMALL}]*\.?\s+){{1,4}}{_WORD}")
_DIGITAL = re.compile(rf"(?P<name>(?:{_WORD}\s+){{1,4}}{_WORD})\s*<[^<>\s]+@[^<>\s]+>\s*đã ký")
"""The line that a document management system leaves of a personal digital signature."""


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
        if (is_signing(items[i]) and not _of_preamble(items, i)) or (
            is_recipients(items[i]) and "nhan" in fold(items[i].raw[:12])
        ):
            return i
    return None


def _of_preamble(items: Sequence[Item], i: int) -> bool:
    """Whether the office that item ``i`` names stands above the bases of the document ("GIÁM ĐỐC SỞ" / "Căn cứ ...")."""
    return any(opens("opens-body", fold(item.text[:20]).lstrip(" _*")) for item in items[i + 1 : i + _BEFORE_BASES])


def signed_for(item: Item) -> str | None:
    """The body for which the item says that it is signed ("TM. ỦY BAN NHÂN DÂN"), or ``None``."""
    match = re.match(r"T/?M\.?\s*(.+)", item.raw.strip("* "))
    return match[1].strip("* ") if match else None


def signer(items: Sequence[Item]) -> tuple[Signer, Span] | None:
    """Who signed, with the lines of the name. Takes the items of the closing part; ``None`` where no name stands in it.

    A digital signature counts before a name by hand.
    """
    position: str | None = None
    by_hand: tuple[Signer, Span] | None = None
    for item in items:
        if item.mark and item.mark.kind == "appendix":
            break
        if signed := _DIGITAL.search(item.raw[:400]):
            return Signer(collapse(signed["name"]), position), item.lines
        if item.row or by_hand:
            continue
        said = _FOR_WHOM.sub("", item.raw.strip("* "))
        hits = list(pattern("position").finditer(fold(said)))
        if hits and item.capitals:
            position = re.sub(r"^Phó \w", lambda m: m.group().title(), said[hits[-1].start() :].strip("* ").capitalize())
            continue
        name = _degree().sub("", item.text.strip("* "))
        if _NAME.fullmatch(name) and item.mark is None and not re.match(spelled("body", "office"), tone_marks(name)):
            by_hand = Signer(name, position), item.lines
    return by_hand


@cache
def _degree() -> re.Pattern[str]:
    names = "|".join(re.escape(n) for n in sorted(knowledge().cues["degree"], key=len, reverse=True))
    return re.compile(rf"^(?:(?:{names})[.,\s]+)+", re.I)
