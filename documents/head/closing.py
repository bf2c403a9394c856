"""The closing part of a document: recipients, and who signed in which position."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from documents.cue import opens, pattern, spelled
from documents.letters import CAPITAL, SMALL
from documents.model import Signer, Span
from documents.structure.item import Item
from documents.text import collapse, fold, tone_marks
from ontology.knowledge import knowledge

_BEFORE_BASES = 4
"""So many items at most stand from the office that issues a document to its first basis."""
_FOR = re.compile(rf"(?:\*\*)?(?:T/?M|KT|TL|TUQ|Q)\.?\s+[{CAPITAL}]{{2}}|T/M\s")
_FOR_ONE = re.compile(rf"(?<!\w)(?:TM|KT|TL|TUQ)\.?\s+(?=[{CAPITAL}]{{2}})")
_FOR_WHOM = re.compile(r"^(?:T/?M|KT|TL|TUQ|Q)\.?\s*")
_WORD = rf"[{CAPITAL}](?:[’'][{CAPITAL}])?[{SMALL}]+"
_NAME = re.compile(rf"(?:[{CAPITAL}](?:[’'][{CAPITAL}]?)?[{SMALL}]*\.?\s+){{1,4}}{_WORD}")
_SHOUTED = re.compile(rf"[{CAPITAL}]+(?:\s[{CAPITAL}]+){{1,4}}")
"""A name set in capitals."""
_SIGNED = re.compile(r"[(\[]?\s*(?:[Đđ]ã ký|daky|[Kk]ý tên|[Kk]ý, đóng dấu)(?:\s*,?\s*đóng dấu)?\s*[)\]]?")
_LONGEST_SIGNATURE = 160
_DIGITAL = re.compile(rf"(?P<name>(?:{_WORD}\s+){{1,4}}{_WORD})\s*<[^<>\s]+@[^<>\s]+>\s*đã ký")
"""The line that a document management system leaves of a personal digital signature."""


def is_recipients(item: Item) -> bool:
    """Whether the item opens the list of recipients ("Nơi nhận:")."""
    return opens("recipients", fold(item.raw[:60]).lstrip("| *_")) is not None


def is_signing(item: Item) -> bool:
    """Whether the item is the line above a signature: "TM. ỦY BAN NHÂN DÂN", "GIÁM ĐỐC", "TRƯỞNG CÔNG AN PHƯỜNG"."""
    if item.mark is None and not item.row and len(item.raw) <= _LONGEST_SIGNATURE and all(_office_and_name(item.raw, False)):
        return True
    if item.row and item.cells and all(_FOR.match(cell) and cell.isupper() for cell in item.cells if cell):
        return any(item.cells)
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
        if (
            (is_signing(items[i]) and not _of_preamble(items, i))
            or _office_above_signed(items, i)
            or (is_recipients(items[i]) and "nhan" in fold(items[i].raw[:16]))
        ):
            return i
    return None


def _office_above_signed(items: Sequence[Item], i: int) -> bool:
    """Whether item ``i`` is an office in small letters, as collections of laws print it, above "(Đã ký)"."""
    below = items[i + 1].raw.strip() if i + 1 < len(items) else ""
    return items[i].mark is None and _small_office(items[i].raw) is not None and _SIGNED.fullmatch(below) is not None


def _small_office(text: str) -> str | None:
    """The position that the text is, alone or with another in brackets ("Bộ trưởng (Chủ nhiệm)"), or ``None``."""
    shown = _FOR_WHOM.sub("", collapse(text).strip("* :"))
    held = pattern("position").match(fold(shown))
    alone = held is not None and re.fullmatch(r"(?:\s*\([^()]{3,40}\))?", shown[held.end() :]) is not None
    return shown if alone and shown[:1].isupper() and not shown.isupper() else None


def _of_preamble(items: Sequence[Item], i: int) -> bool:
    """Whether the office that item ``i`` names stands above the bases of the document ("GIÁM ĐỐC SỞ" / "Căn cứ ...")."""
    return any(opens("opens-body", fold(item.text[:20]).lstrip(" _*")) for item in items[i + 1 : i + _BEFORE_BASES])


def signed_for(item: Item) -> str | None:
    """The body for which the item says that it is signed ("TM. ỦY BAN NHÂN DÂN"), or ``None``."""
    match = re.match(r"T/?M\.?\s*(.+)", item.raw.strip("* "))
    return match[1].strip("* ") if match else None


def signer(items: Sequence[Item]) -> tuple[Signer, Span] | None:
    """Who signed, with the lines of the name. Takes the items of the closing part; ``None`` where no name stands in it.

    A digital signature counts before a name by hand; of two who sign side by side the first one is given.
    """
    position: str | None = None
    by_hand: tuple[Signer, Span] | None = None
    beside = False
    for i, item in enumerate(items):
        if item.mark and item.mark.kind == "appendix":
            break
        if _office_above_signed(items, i):
            position = _small_office(item.raw)
            continue
        if signed := _DIGITAL.search(item.raw[:400]):
            return Signer(collapse(signed["name"]), position), item.lines
        if by_hand or (item.mark is not None and not item.row and not item.mark.bullet):
            continue
        beside = len(_FOR_ONE.findall(item.raw)) > 1 or beside
        recipient = item.mark is not None or is_recipients(item)
        columns: Sequence[str] = (item.raw,)
        if item.row:
            columns = [cell for cell in item.cells if cell][: 1 if beside else None]
        elif recipient:
            columns = _right_column(item.raw, position is not None)
        for text in columns:
            text = _first_of_two(text) if beside and not item.row else text
            office, name = _office_and_name(text.strip("* "), position is not None)
            position = office or position
            if name and (position or not item.row):
                by_hand = Signer(name, position), item.lines
                break
    return by_hand


def _right_column(text: str, below_office: bool) -> tuple[str, ...]:
    """The part of the signature that stands at the end of a line of recipients, whose columns blanks set apart ("- Sở Nội vụ;
    CHỦ TỊCH"); nothing where the line holds only recipients. A name counts below an office (``below_office``)."""
    for match in re.finditer(rf"[;:.]\s+|\s(?=(?:{_FOR.pattern})|[{CAPITAL}]{{2,}}(?:\s[{CAPITAL}]{{2,}})*$)", text):
        rest = text[match.end() :]
        office, name = _office_and_name(rest, False)
        if office or (name and below_office):
            return (rest,)
    return ()


def _first_of_two(text: str) -> str:
    """The first half of a line on which two stand side by side; blanks no longer tell where the second begins."""
    words = text.split()
    half = words[: len(words) // 2]
    both = len(words) % 2 == 0 and len(half) > 1 and (words[len(half) :] == half or _NAME.fullmatch(" ".join(half)))
    return " ".join(half) if both else text


def _office_and_name(text: str, below_office: bool) -> tuple[str | None, str | None]:
    """The position in capitals and the name behind it that a line of a signature holds, each ``None`` where it does not;
    ``below_office`` says that a position stands above, so that a name in capitals can follow."""
    shown = collapse(_SIGNED.sub(" ", text)).strip(" :")
    words = shown.split()
    first = next((n for n in range(len(words)) if _name_in(" ".join(words[n:]))), len(words))
    office, name = " ".join(words[:first]), _name_in(" ".join(words[first:]))
    position = _position(office) if len(text) <= _LONGEST_SIGNATURE else None
    if name and office and position is None:
        return None, None
    if position is None and below_office and name is None and _SHOUTED.fullmatch(shown) and not _names_body(shown.capitalize()):
        name = shown.title()
    return position, name


def _position(office: str) -> str | None:
    letters = [c for c in office if c.isalpha()]
    if not letters or sum(c.isupper() for c in letters) < 0.9 * len(letters):
        return None
    said = _FOR_WHOM.sub("", office)
    hits = list(pattern("position").finditer(fold(said)))
    if not hits:
        return None
    return re.sub(r"^Phó \w", lambda m: m.group().title(), said[hits[-1].start() :].strip("* :").capitalize())


def _name_in(text: str) -> str | None:
    """The name of a person that the whole text is, without degrees and ranks, or ``None``."""
    name = _degree().sub("", text)
    return name if _NAME.fullmatch(name) and not _names_body(name) else None


def _names_body(text: str) -> bool:
    return re.match(spelled("body", "office", "area"), tone_marks(text)) is not None


@cache
def _degree() -> re.Pattern[str]:
    names = "|".join(re.escape(n) for n in sorted(knowledge().cues["degree"], key=len, reverse=True))
    return re.compile(rf"^(?:(?:{names})[.,\s]+)+", re.I)
