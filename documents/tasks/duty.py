"""Whom the words of a duty, or the heading above it, give it to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from documents.cue import alternatives, holds, opens, pattern, spelled
from documents.model import Section
from documents.structure.item import Item
from documents.tasks.draft import Draft
from documents.tasks.unit import canonical, partners, split_units, starts_with_unit, verb_behind_units
from documents.tasks.unit_names import UnitNames
from documents.tasks.wording import helpers, leaders, only_units
from documents.text import fold, fold_same_length, tone_marks

_OPENING = 90
"""The verb with which a closing paragraph asks something stands within so many letters."""
_LONGEST_HEADING = 30
"""A heading that only names units has so many words at most."""
_WHO = re.compile(r"(?P<who>[^:;.]{4,220}?)\s*(?:\([^)]*\))?\s*:\s")
"""Units before a colon: "Phòng Kinh tế: ..."."""


def responsible(draft: Draft, item: Item, sections: Sequence[Section], names: UnitNames) -> None:
    """Lead and partners of a duty in a part about responsibilities: asked in the closing paragraph, named by the heading, before
    a colon, or at the beginning of the sentence. What the closing paragraph says before it asks is cut off."""
    folded = fold_same_length(item.text)
    asked = next((m for m in pattern("asks").finditer(folded) if not _in_name(item.text, m.start())), None)
    closes = opens("closing", folded) is not None
    asks_here = asked is not None and (closes or (asked.start() < _OPENING and starts_with_unit(item.text)))
    if item.mark is None and asked and asks_here:
        rest = item.text[asked.end() :].lstrip()
        _, at = leading_units(rest)
        if at:
            line = item.line_at(asked.start())
            draft.give("lead", split_units(rest[:at]), names, line)
            if closes:
                draft.text, draft.lines = item.text[asked.start() :], (line, draft.lines[1])
            return
    prefix = _WHO.match(item.text)
    if heading := _section_units(draft.section, sections):
        draft.give("lead", heading[0], names, heading[1])
    elif prefix and starts_with_unit(prefix["who"]):
        draft.give("lead", split_units(prefix["who"]), names, item.lines[0])
    else:
        draft.give("lead", leading_units(after_asking(item.text))[0], names, item.lines[0])
    draft.give("coordinate", partners(item.text), names, item.lines[0])


def _in_name(text: str, at: int) -> bool:
    """Whether the verb at ``at`` is part of a name ("Ban Chỉ đạo"): it has a capital though no sentence begins with it."""
    before = text[:at].rstrip(' “"(*')
    return text[at].isupper() and bool(before) and not before.endswith((".", "!", "?", ";", ":"))


def own_words(draft: Draft, item: Item, sections: Sequence[Section], names: UnitNames) -> None:
    """Lead and partners of a task without a block of labels: named at its beginning, by its words ("do Sở Nội vụ chủ trì"),
    before a colon ("Công an xã: cấp ...") or by the heading right above."""
    before_colon = _WHO.match(item.text)
    lead, line = leading_units(after_asking(item.text))[0] or leaders(item.text), item.lines[0]
    if not lead and before_colon and only_units(before_colon["who"]):
        lead = split_units(before_colon["who"])
    if not lead and (heading := _unit_heading(draft.section, sections)):
        lead, line = heading
    draft.give("lead", lead, names, line)
    draft.give("coordinate", helpers(item.text), names, item.lines[0])


def after_asking(text: str) -> str:
    """A duty without the verb that gives it ("Giao Sở Nội vụ ...") and the words that say how often ("Định kỳ, Sở ...")."""
    given = _asking().match(tone_marks(text))
    text = text[given.end() :] if given else text
    often = re.match(rf"(?:{alternatives('periodic')}(?:\s*\([^)]*\))?\s*,?\s*){{1,3}}", fold_same_length(text))
    return text[often.end() :] if often and starts_with_unit(text[often.end() :]) else text


def _unit_heading(index: int | None, sections: Sequence[Section]) -> tuple[tuple[str, ...], int] | None:
    """The units that the heading of a part with tasks is nothing but ("b) Bộ Tài chính:"), with the heading's line."""
    if index is None or sections[index].kind == "appendix":
        return None
    title = _asking().sub("", tone_marks(sections[index].title))
    named = canonical(title)
    if not starts_with_unit(named) or verb_behind_units(title) is not None or len(title.split()) > _LONGEST_HEADING:
        return None
    return split_units(title if "," in title or ";" in title else named), sections[index].lines[0]


def leading_units(text: str) -> tuple[tuple[str, ...], int]:
    """The units with which a sentence begins and where its verb stands; ((), 0) when it begins with no unit."""
    at = verb_behind_units(text) if starts_with_unit(text) else None
    if not at or re.search(r"[.;:]", text[:at]):
        return (), 0
    return split_units(text[:at]), at


def _section_units(index: int | None, sections: Sequence[Section]) -> tuple[tuple[str, ...], int] | None:
    """The units that the nearest heading above names, with the heading's line."""
    while index is not None and sections[index].role == "responsibilities":
        section = sections[index]
        if holds("role-responsibilities", fold(section.title)):
            return None
        title = _asking().sub("", tone_marks(section.title))
        named = canonical(title)
        if starts_with_unit(named):
            return split_units(title if "," in title or ";" in title else named), section.lines[0]
        index = section.parent
    return None


@cache
def _asking() -> re.Pattern[str]:
    return re.compile(rf"^{spelled('heading-asks')}\s*")


def is_formula(item: Item) -> bool:
    """Whether a paragraph of a part about responsibilities lays no duty on anyone: "Kế hoạch này thay thế ...", "Trên đây là ..."
    that asks nothing, "Ủy ban nhân dân phường yêu cầu" above a list."""
    folded = fold(item.text.strip("*_ "))
    if re.match(rf"{alternatives('closing-formula')}[^.;]{{0,60}}?,? neu ", folded):
        return True
    if item.mark is not None:
        return False
    if re.match(rf"\S+(?: \S+)? nay {alternatives('in-force')}", folded):
        return True
    if opens("closing-formula", folded):
        return opens("closing-formula", folded) != "tren day la" or not pattern("asks").search(folded)
    return re.match(rf"uy ban nhan dan \S+ \S+ {alternatives('asks-at-end')}$", folded) is not None
