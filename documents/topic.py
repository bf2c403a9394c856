"""The topic of a heading, a task or a target, by the keywords that the ontology gives each topic."""

from __future__ import annotations

import re
from functools import cache

from documents.text import tone_marks
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
    """How strongly each topic speaks in ``text``: its keywords weigh by their length in syllables, earlier ones more (a duty names
    its subject first)."""
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
