"""The topic of a heading, a task or a target, by the keywords that the ontology gives each topic.

A duty names its subject first: an early keyword weighs more than a late one, a long one more than a short one, and one that only
says by what means, where or for whom ("trên môi trường mạng", "cho người dân") less. Names of units say nothing about the topic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from documents.cue import alternatives, holds, spelled
from documents.model import Section
from documents.tasks.unit import canonical, kind_of, starts_with_unit, verb_behind_units
from documents.text import fold, fold_same_length, tone_marks
from ontology.knowledge import knowledge

OTHER = "khac"
DIRECTION = "lanh-dao"
_WITHOUT_KEYWORD = (("making-plan", DIRECTION), ("system", "chinh-quyen-so"))
"""List of cues → topic of a duty in which no keyword speaks."""

_DECAY = 14
"""So many words further on a keyword weighs half."""
_LENGTH = 1.2
"""The weight of a keyword grows with its length in syllables to this power."""
_ASIDE = 0.35
"""What a means, a place or an addressee weighs."""
_SECOND = 0.3
"""A heading with a second topic that weighs more than this share of the first has not one topic."""

_ABBREVIATION = re.compile(r"(?<!\w)[A-ZĐ]{3,6}(?!\w)")
_DASHES = str.maketrans("–—", "--")
_SENTENCE = re.compile(r"[.;:()]")
_WORD = re.compile(r"[^\W_]+")


def scores(text: str) -> dict[str, float]:
    """How strongly each topic speaks in ``text``; topics that do not speak are left out."""
    total: dict[str, float] = {}
    times: dict[tuple[str, ...], int] = {}
    position = 0
    for sentence in _SENTENCE.split(_without_units(_written_out(text))):
        words = _words(sentence)
        for at, size, topic in _matches(words):
            key = (topic, *words[at : at + size])
            times[key] = times.get(key, 0) + 1
            weight = size**_LENGTH * 2 ** (-(position + at) / _DECAY) / times[key]
            total[topic] = total.get(topic, 0.0) + weight * (_ASIDE if _is_aside(words, at) else 1)
        position += len(words)
    return total


def of_heading(title: str) -> str | None:
    """The topic of a heading when it has exactly one, else ``None``."""
    found = scores(title)
    found.pop(OTHER, None)
    if not found:
        return None
    ranked = sorted(found.items(), key=lambda kv: (-kv[1], kv[0]))
    if len(ranked) > 1 and ranked[1][1] > _SECOND * ranked[0][1]:
        return None
    return ranked[0][0]


def of_text(text: str) -> str:
    """The topic that speaks most strongly in ``text``; where none does, direction for the making of a plan and digital government
    for a system of an office; else "khac"."""
    if found := scores(text):
        return min(found, key=lambda t: (-found[t], t))
    folded = fold(text)
    return next((topic for name, topic in _WITHOUT_KEYWORD if holds(name, folded)), OTHER)


def of_duty(
    text: str, kind: str, section: int | None, group: str | None, sections: Sequence[Section], lead: Sequence[str]
) -> str:
    """The topic of a task: that of its heading or group row where this has one and names no unit, else that of its words.

    ``section`` is the index of its section in ``sections``, ``group`` the text of the group row above it, ``lead`` the names of
    those who lead; the duties of leaders and steering committees in a part about responsibilities are direction.
    """
    if kind == "responsibility":
        if any(kind_of(name) in knowledge().cues["directing-kind"] for name in lead[:1]):
            return DIRECTION
        if section is not None and (found := _of_part(sections[section].title)):
            return found
    while section is not None and kind == "task":
        if found := _of_work(sections[section]):
            return found
        section = sections[section].parent
    if group and not starts_with_unit(group) and (found := of_heading(group)):
        return found
    for name in lead:
        text = text.replace(name, "")
    return of_text(text)


def _of_work(section: Section) -> str | None:
    """The topic of a part with tasks or measures by its heading, without the words that only say that it is one."""
    title = tone_marks(section.title)
    if section.role == "solutions":
        rest = re.sub(rf"^(?:\W|{spelled('heading-of-work')}|về(?!\w))+", "", title)
        return of_heading(rest) or (OTHER if set(scores(rest)) == {OTHER} else None)
    return None if section.role != "tasks" or holds("heading-of-work", fold(title)) else of_heading(title)


def _of_part(title: str) -> str | None:
    """The topic of a part about responsibilities, unless its heading names a unit or nothing but such a part."""
    if starts_with_unit(canonical(title)) or holds("role-responsibilities", fold(title)):
        return None
    return of_heading(title)


def _words(text: str) -> list[str]:
    return _WORD.findall(tone_marks(text.lower()))


@cache
def _keywords() -> dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    """Keywords with their topics by the first word, the longest first."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for topic in knowledge().topics:
        for words in dict.fromkeys(tuple(_words(keyword)) for keyword in topic.keywords):
            found[words] = (*found.get(words, ()), topic.id)
    by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for words, topics in sorted(found.items(), key=lambda known: (-len(known[0]), known[0])):
        by_first.setdefault(words[0], []).append((words, topics))
    return {first: tuple(known) for first, known in by_first.items()}


def _matches(words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Where a keyword begins, how many words it has, its topic; a keyword inside a longer one does not count."""
    known = _keywords()
    at = 0
    while at < len(words):
        size = 1
        for keyword, topics in known.get(words[at], ()):
            if tuple(words[at : at + len(keyword)]) == keyword:
                size = len(keyword)
                for topic in topics:
                    yield at, size, topic
                break
        at += size


def _written_out(text: str) -> str:
    """The text with the abbreviations that the ontology knows in full ("CSDL" weighs as much as "cơ sở dữ liệu")."""
    known = knowledge().abbreviations
    return _ABBREVIATION.sub(lambda match: known.get(match.group(), match.group()), text)


@cache
def _phrases(name: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(_words(phrase)) for phrase in knowledge().cues[name])


def _is_aside(words: Sequence[str], at: int) -> bool:
    """Whether the words before a keyword make it a means, a place or an addressee ("trên", "thông qua", "cho các")."""
    while (size := _ending(words, at, "aside-filler")) and size < at:
        at -= size
    return _ending(words, at, "aside") > 0


def _ending(words: Sequence[str], at: int, name: str) -> int:
    """How many of the words before ``at`` are a phrase of the cue list ``name``; 0 for none."""
    return next((n for n in (1, 2, 3) if n <= at and tuple(words[at - n : at]) in _phrases(name)), 0)


@cache
def _known_unit() -> re.Pattern[str]:
    kinds = knowledge().cues["silent-kind"]
    names = {tone_marks(u.label.lower()) for u in knowledge().units if u.kind in kinds}
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n))) + r")(?!\w)")


@cache
def _committee() -> re.Pattern[str]:
    return re.compile(alternatives("committee"))


def _without_units(text: str) -> str:
    """The text without names of known units and without what a committee is for."""
    kept, at = [], 0
    for match in _committee().finditer(fold_same_length(text)):
        rest = text[match.start() :]
        stop = _SENTENCE.search(rest)
        ends = [e for e in (verb_behind_units(rest), stop.start() if stop else None) if e is not None]
        end = match.start() + min(ends, default=0)
        if match.end() >= at and end > match.end():
            kept.append(text[at : match.end()])
            at = end
    shown = "".join((*kept, text[at:]))
    return _known_unit().sub("", tone_marks(shown.lower().translate(_DASHES)))
