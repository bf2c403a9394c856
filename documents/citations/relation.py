"""The words that say how a document stands to one that it cites: "căn cứ", "theo quy định tại", "về việc thực hiện" ..."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from documents.cue import alternatives, opens, pattern
from documents.text import fold, fold_same_length
from ontology.knowledge import knowledge

_WINDOW = 120
"""How far back the words that state a relation can stand, in letters; bounds the work on very long lines."""
_CLAUSE = 400
_PLACE = r"(?:diem [a-z]|khoan \d+|dieu \d+[a-z]?|muc [ivx\d]+|phan [ivx\d]+|phu luc(?: [ivx\d]+)?)"
_PLACES = re.compile(rf"(?:\s+(?:cac\s+)?{_PLACE}(?:\s*,|\s+va)?)+(?:\s+cua)?\s*$")
"""A place inside the cited document ("khoản 2 Điều 12") stands between the words of relation and the document."""
_STATED = ("basis", "implements", "complies", "replaces", "amends", "accompanies", "reports")


def relation_before(text: str, start: int) -> str | None:
    """The relation that the words directly before ``start`` state ("theo quy định tại" → "complies"), or ``None``.

    The longest words count. Fillers between them and the document are left out, unless they belong to the words of a relation
    themselves ("hướng dẫn tại").
    """
    whole = _PLACES.sub("", fold_same_length(text[max(0, start - _WINDOW) : start]).rstrip(' "“('))
    bare = re.sub(rf"(?:\s+{alternatives('relation-filler')})+$", "", whole)
    if _set_by().search(whole):
        return "implements"
    said = [*_ending(bare, _STATED), *_ending(whole, ("complies", "implements", "basis", "amends", "replaces"))]
    return max(said, key=lambda s: s[0])[1] if said else None


@cache
def _set_by() -> re.Pattern[str]:
    """Words with which a document is carried out because of what it sets: "các nhiệm vụ được giao tại", "nhiệm vụ theo"."""
    return re.compile(rf"{alternatives('set-duty')} {alternatives('set-by')}$")


def _ending(folded: str, names: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Length and relation of each phrase of relation with which ``folded`` ends."""
    for name in names:
        for match in pattern(f"relation-{name}").finditer(folded, max(0, len(folded) - 60)):
            if match.end() == len(folded):
                yield len(match.group()), name


def relation_in_clause(text: str, start: int) -> str | None:
    """The relation of a citation that stands further behind its verb in the same clause ("thực hiện các mục tiêu của Kế hoạch
    số ..."), or ``None``."""
    folded = fold(re.split(r"[;.]\s|:\s(?=\S)(?!số\s)", text[max(0, start - _CLAUSE) : start])[-1])
    if opens("relation-basis", folded):
        return "basis"
    if pattern("clause-complies").search(folded[-90:]):
        return "complies"
    if pattern("clause-implements").search(folded[-140:]):
        return "implements"
    return None


def change_before(text: str, start: int) -> str | None:
    """Whether what "kèm theo" brought is amended or replaced ("sửa đổi Điều 4 của Quy chế ban hành kèm theo Quyết định ...")."""
    clause = fold(re.split(r"[;.]\s", text[max(0, start - 200) : start])[-1])
    return next((name for name in ("amends", "replaces") if pattern(f"relation-{name}").search(clause)), None)


def without_places(text: str) -> str:
    """The words without the place inside the next cited document with which they end ("; khoản 2 Điều 60 ")."""
    found = _PLACES.search(fold_same_length(text))
    return f"{text[: found.start()]} " if found else text


def announces(text: str) -> str | None:
    """The relation that a line states of the documents listed below it ("... thay thế các Quyết định sau:"), or ``None``."""
    shown = text.rstrip(" *_")
    if not shown.endswith(":"):
        return None
    clause = re.split(r"[;.]\s", fold(shown[-_CLAUSE:]))[-1]
    said = re.match(rf".*(?P<many>{alternatives('several')}[^,;:]{{0,60}}{alternatives('listed-below')}[^:]{{0,80}}:)$", clause)
    return relation_before(clause, said.start("many")) if said else None


def by_type(relation: str, kind: str | None, text: str, start: int, numbered: bool = True) -> str:
    """One works "theo" a law or decree by keeping its rules, "theo" a plan or programme by carrying it out; where it is named by
    its title alone (not ``numbered``), "theo" tells no more than what one goes by."""
    before = _PLACES.sub("", fold_same_length(text[max(0, start - _WINDOW) : start]).rstrip())
    if relation != "implements" or _set_by().search(before):
        return relation
    if kind in knowledge().cues["never-carried-out"]:
        return "mentions"
    norm, title = kind in knowledge().cues["norm-type"], not numbered and kind in knowledge().cues["known-alone"]
    if not (norm or title) or not re.search(r"(?:^|\s)theo\s*$", _PLACES.sub(" ", fold(text[max(0, start - 60) : start]))):
        return relation
    return "complies" if norm else "mentions"
