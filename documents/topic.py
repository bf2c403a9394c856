"""The topic of a heading, a task or a target, by the keywords that the ontology gives each topic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from documents.cue import holds
from documents.model import Section
from documents.text import fold, tone_marks
from documents.unit import canonical, starts_with_unit
from ontology.knowledge import knowledge

OTHER = "khac"


@cache
def _keywords() -> tuple[tuple[re.Pattern[str], int, str], ...]:
    found = []
    for topic in knowledge().topics:
        for word in topic.keywords:
            shown = tone_marks(word.lower())
            found.append((re.compile(rf"(?<!\w){re.escape(shown)}(?!\w)"), len(shown.split()), topic.id))
    return tuple(found)


def scores(text: str) -> dict[str, float]:
    """How strongly each topic speaks in ``text``: its keywords weigh by their length in syllables, earlier ones more (a duty
    names its subject first)."""
    shown = tone_marks(text.lower())
    total: dict[str, float] = {}
    for word, size, topic in _keywords():
        for n, match in enumerate(word.finditer(shown)):
            early = 1 / (1 + match.start() / 100)
            total[topic] = total.get(topic, 0.0) + early * size**1.2 / (1 + n)
    return total


def of_heading(title: str) -> str | None:
    """The topic of a heading when it has exactly one, else ``None``."""
    found = scores(title)
    found.pop(OTHER, None)
    if not found:
        return None
    ranked = sorted(found.items(), key=lambda kv: (-kv[1], kv[0]))
    if len(ranked) > 1 and ranked[1][1] > 0.6 * ranked[0][1]:
        return None
    return ranked[0][0]


def of_text(text: str) -> str:
    """The topic that speaks most strongly in ``text``; "khac" when none does."""
    found = scores(text)
    return min(found, key=lambda t: (-found[t], t)) if found else OTHER


def of_duty(text: str, kind: str, section: int | None, group: str | None, sections: Sequence[Section]) -> str:
    """The topic of a task: that of its heading or group row where this has one and names no unit, else that of its words.

    ``section`` is the index of its section in ``sections``, ``group`` the text of the group row above it.
    """
    if kind == "responsibility" and section is not None and (found := _of_part(sections[section].title)):
        return found
    while section is not None and kind == "task":
        title = sections[section].title
        if sections[section].role == "tasks" and not holds("heading-of-work", fold(title)) and (found := of_heading(title)):
            return found
        section = sections[section].parent
    if group and not starts_with_unit(group) and (found := of_heading(group)):
        return found
    return of_text(text)


def _of_part(title: str) -> str | None:
    """The topic of a part about responsibilities, unless its heading names a unit or nothing but such a part."""
    if starts_with_unit(canonical(title)) or holds("role-responsibilities", fold(title)):
        return None
    return of_heading(title)
