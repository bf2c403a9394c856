"""Who leads and who helps, where running words say it: "do Trung tâm Y tế chủ trì", "(Sở Nội vụ chủ trì, các huyện phối hợp)"."""

from __future__ import annotations

import re

from documents.tasks.unit import partners, split_units, starts_with_unit, verb_behind_units
from documents.text import tone_marks

_LEADS = re.compile(r"\s+(?:làm\s+)?chủ trì(?!\w)")
_CLAUSE_END = re.compile(r"[.;:()]")
_LONGEST = 200
"""A list of units before "chủ trì" is not longer, in letters."""
_HELPS = re.compile(
    r"chủ trì(?!\w)[^.;()]*?,\s*(?:và\s+)?(?P<who>[^.;()]{3,160}?)\s+(?:cùng\s+)?phối hợp(?:\s+thực hiện)?\s*(?=[.;)]|$)"
)
_BY = re.compile(r"(?:^|[\s,])(?:do|giao(?: cho)?)\s+", re.I)
_GIVEN = re.compile(r"[;,.]\s+giao(?: cho)?\s+", re.I)
_OPENS_CLAUSE = re.compile(r"^\s*(?:và|trong đó)\s+", re.I)


def leaders(text: str) -> tuple[str, ...]:
    """The units that ``text`` says to lead: those right before the first "chủ trì" of a clause that begins with them or names
    them behind "do", else those whom it gives the work ("; giao Công an xã rà soát"); () where none is named."""
    shown = tone_marks(text)
    for match in _LEADS.finditer(shown) if "chủ trì" in shown else ():
        begin = max(0, match.start() - _LONGEST)
        said = _CLAUSE_END.split(text[begin : match.start()])[-1]
        by = [m.end() for m in _BY.finditer(said)]
        clause = said[by[-1] :] if by else _OPENS_CLAUSE.sub("", said).lstrip(" ,-–")
        if only_units(clause):
            return split_units(clause)
    for match in _GIVEN.finditer(shown):
        given = text[match.end() :]
        at = verb_behind_units(given) if starts_with_unit(given) and given[0].isupper() else None
        if at and not re.search(r"[.;:]", given[:at]):
            return split_units(given[:at])
    return ()


def helpers(text: str) -> tuple[str, ...]:
    """The units that ``text`` says to help: behind "phối hợp với", or before a "phối hợp" with which the clause ends."""
    named = partners(text)
    match = None if named or "chủ trì" not in text else _HELPS.search(tone_marks(text))
    if match is None:
        return named
    said = text[match.start("who") : match.end("who")]
    return split_units(said) if only_units(said) else ()


def only_units(text: str) -> bool:
    """Whether ``text`` is the name of a unit or a list of them, and no verb."""
    return starts_with_unit(text) and verb_behind_units(f"{text} chủ trì") == len(text)


_ROLE = re.compile(r"\(\s*(?P<role>chủ trì|phối hợp)[^)]*\)", re.I)
_AND_HELPS = re.compile(r"[;,.]\s*(?:cơ quan |đơn vị )?phối hợp(?:\s+với|\s*:)\s*", re.I)


def roles_in_list(value: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Who leads and who helps, where one list of units says both: "Phòng A (chủ trì), Phòng B (phối hợp)", "Phòng A; phối hợp:
    Phòng B", "Phòng A chủ trì, các phòng phối hợp"; ``None`` where the list says nothing of it."""
    if _ROLE.search(value):
        named: dict[str, list[str]] = {"chủ trì": [], "phối hợp": []}
        open_: list[str] = []
        role = "chủ trì"
        for unit in split_units(value):
            open_.append(_ROLE.sub("", unit).strip())
            if marked := _ROLE.search(unit):
                role = marked["role"].lower()
                named[role] += open_
                open_ = []
        named[role] += open_
        return tuple(named["chủ trì"]), tuple(named["phối hợp"])
    parts = _AND_HELPS.split(value, maxsplit=1)
    if len(parts) == 2 and only_units(parts[0].strip()):
        return split_units(parts[0]), split_units(parts[1])
    leading = leaders(value)
    return (leading, helpers(value)) if leading else None
