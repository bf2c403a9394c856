"""Names and terms in a damaged text: what the lists know and what the same text says legibly elsewhere.

A name by itself ("DUONG KINH") reads like a common word ("đường kính"). Neighbouring words with capitals are therefore likelier
where they stand side by side in a listed name, in a legible line of the same text (the digital signature under a scan), or in
most of the other places of the text. The terms of the field (topics, units, abbreviations in full) are likelier than other words
with the same letters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise

from documents.letters import CAPITAL, SMALL
from documents.restoration.slots import Slot
from documents.restoration.syllable_model import OTHER, SyllableModel
from documents.syllables import is_syllable
from documents.text import fold, tone_marks
from ontology.knowledge import knowledge

Pairs = Mapping[tuple[int, int], float]
"""Two neighbouring words of a name (ids) → how much (nats) speaks for them."""

ByFirst = Mapping[int, Mapping[int, float]]
"""The same, by the first word."""

_NONE: Mapping[int, float] = {}

LISTED = 2.0
LEGIBLE = 4.0
MOST = 3.0
"""What a listed name counts, one that stands legibly in the same text, and one that most other places are taken for."""

TERM = 1.5
"""What a listed term counts (chosen on plans whose accents were taken away)."""

_RUN = re.compile(rf"[{CAPITAL}][{CAPITAL}{SMALL}]+(?: [{CAPITAL}][{CAPITAL}{SMALL}]+)+")


@cache
def _listed() -> tuple[tuple[str, str], ...]:
    known = knowledge()
    names = [place.label for place in (*known.places, *known.former_places)]
    return tuple(sorted({pair for name in names for pair in pairwise(tone_marks(name.lower()).split())}))


@cache
def _terms() -> tuple[tuple[str, str], ...]:
    known = knowledge()
    phrases = [
        *(word for topic in known.topics for word in topic.keywords),
        *known.abbreviations.values(),
        *(unit.label for unit in known.units),
        *(head for kind in known.unit_kinds for head in kind.head_words),
        *(kind.label for kind in known.document_types),
    ]
    return tuple(sorted({pair for phrase in phrases for pair in pairwise(re.findall(r"[^\W\d_]+", tone_marks(phrase.lower())))}))


def term_pairs(model: SyllableModel) -> dict[tuple[int, int], float]:
    """The pairs of neighbouring words in the terms of the field."""
    return {ids: TERM for pair in _terms() if min(ids := _ids(pair, model)) > OTHER}


def name_pairs(legible: Iterable[str], model: SyllableModel) -> dict[tuple[int, int], float]:
    """The pairs of words in listed names and in the names on the ``legible`` lines."""
    found = {_ids(pair, model): LISTED for pair in _listed()}
    for line in legible:
        for run in _RUN.findall(tone_marks(line)):
            for pair in pairwise(run.lower().split()):
                if all(map(is_syllable, pair)):
                    found[_ids(pair, model)] = LEGIBLE
    return {pair: weight for pair, weight in found.items() if min(pair) > OTHER}


def _ids(pair: tuple[str, str], model: SyllableModel) -> tuple[int, int]:
    return model.ids.get(pair[0], OTHER), model.ids.get(pair[1], OTHER)


def agreed_pairs(
    sentences: Sequence[Sequence[Slot]], chosen: Sequence[Sequence[tuple[int, float]]], model: SyllableModel
) -> dict[tuple[int, int], float]:
    """Of the names that the text was found to have, those that most places with the same letters are taken for."""
    votes: dict[tuple[str, str], dict[tuple[int, int], float]] = defaultdict(lambda: defaultdict(float))
    for sentence, words in zip(sentences, chosen, strict=True):
        for (a, (first, sure)), (b, (second, also)) in pairwise(zip(sentence, words, strict=True)):
            if _is_name(a, b) and min(first, second) > OTHER:
                bare = fold(model.vocabulary[first]), fold(model.vocabulary[second])
                votes[bare][first, second] += sure * also
    found = {}
    for taken in votes.values():
        pair = max(taken, key=lambda p: (taken[p], -p[0], -p[1]))
        if len(taken) > 1 and taken[pair] > 0.5 * sum(taken.values()):
            found[pair] = MOST
    return found


def _is_name(a: Slot, b: Slot) -> bool:
    """Whether both words are open and bear capitals, one right behind the other."""
    capitals = a.case != "lower" and b.case != "lower"
    return capitals and not a.fixed and not b.fixed and a.line == b.line and b.start - a.end == 1


def by_first(pairs: Pairs) -> ByFirst:
    """The pairs by their first word."""
    found: dict[int, dict[int, float]] = {}
    for (first, second), weight in pairs.items():
        found.setdefault(first, {})[second] = weight
    return found


def favoured(sentence: Sequence[Slot], names: ByFirst, terms: ByFirst) -> dict[tuple[int, int], float]:
    """Place in the sentence and word → what the names and the terms speak for it."""
    found: dict[tuple[int, int], float] = {}
    for i, (a, b) in enumerate(pairwise(sentence)):
        if _is_name(a, b):
            pairs = names
        elif not a.fixed and not b.fixed and b.start - a.end == 1 and a.line == b.line:
            pairs = terms
        else:
            continue
        second: set[int] | None = None
        for first, _ in a.options:
            for other, weight in pairs.get(first, _NONE).items():
                second = {word for word, _ in b.options} if second is None else second
                if other in second:
                    found[i, first] = max(weight, found.get((i, first), 0.0))
                    found[i + 1, other] = max(weight, found.get((i + 1, other), 0.0))
    return found
