"""Text that was recognised as Vietnamese, with a few wrong accents and letters in each page, touched up.

Each word is compared with the words that differ in the accents, or in letters where it is no syllable: how much likelier is the
other word between its neighbours, and how likely is it to be read as what stands there (:func:`light_channel`)? Where a page
has few such words it is taken for good text, whose slips are its own, and is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp

import numpy as np
from numpy.typing import NDArray

from documents.restoration.channel import Channel, light_channel
from documents.restoration.repair import Repair
from documents.restoration.syllable_model import BOUNDARY, NUMBER, OTHER, SyllableModel
from documents.syllables import is_syllable
from documents.text import fold, tone_marks

SURE = 3.0
"""So many nats likelier the other word must be (after what the channel says against it)."""

SURE_OF_NAMES = 7.0
"""The same for a word with a capital inside a sentence: names are rare, and every one of them may be right."""

LEAST_SHARE = 0.007
LEAST = 3
"""A page with fewer repairs, as a share of its words or in number, is good text."""

_WINDOW = 400
"""Words of a page, where the text does not say where pages end."""

_ODD_WINDOW = -22.0
"""Words so unlikely (three trigrams, nats) are compared with words of other letters too."""

_TOKEN = re.compile(r"[^\W_]+|[.;:!?]")


@dataclass(slots=True)
class _Words:
    """The words of all lines one behind the other: text, line, start, id; ``inside`` says that a word stands before it in the
    sentence."""

    text: list[str]
    line: list[int]
    start: list[int]
    ids: NDArray[np.int64]
    inside: list[bool]


def touched_up(lines: Sequence[str], wanted: Sequence[bool], model: SyllableModel) -> dict[int, list[Repair]]:
    """The repairs of the lines that are ``wanted``, by line."""
    words = _words(lines, wanted, model)
    chosen: dict[int, tuple[int, float]] = {}
    for _ in range(2):  # again, beside the words put right
        better = _likelier(words, chosen, model)
        if not better:
            break
        chosen |= better
        for i, (word, _) in better.items():
            words.ids[i + 2] = word
    repairs: dict[int, list[Repair]] = {}
    for i in _in_bad_pages(words, sorted(chosen)):
        word, sure = chosen[i]
        read = words.text[i]
        restored = _printed(model.vocabulary[word], read)
        if restored != tone_marks(read):
            start = words.start[i]
            repairs.setdefault(words.line[i], []).append(Repair(start, start + len(read), read, restored, round(sure, 3)))
    return repairs


def _words(lines: Sequence[str], wanted: Sequence[bool], model: SyllableModel) -> _Words:
    text: list[str] = []
    line: list[int] = []
    start: list[int] = []
    ids: list[int] = [BOUNDARY, BOUNDARY]
    inside: list[bool] = []
    known = _Ids(model.ids)
    after_word = False
    for number, content in enumerate(lines):
        if not wanted[number]:
            after_word = False
            continue
        if not content.strip() and text:
            after_word = False
        for found in _TOKEN.finditer(content):
            word = found.group()
            text.append(word)
            line.append(number)
            start.append(found.start())
            ids.append(known[word])
            inside.append(after_word)
            after_word = ids[-1] != BOUNDARY
    return _Words(text, line, start, np.array([*ids, BOUNDARY, BOUNDARY], dtype=np.int64), inside)


class _Ids(dict[str, int]):
    """Word as printed → id."""

    def __init__(self, ids: Mapping[str, int]) -> None:
        super().__init__()
        self._ids = ids

    def __missing__(self, word: str) -> int:
        if word in ".;:!?":
            found = BOUNDARY
        else:
            found = self._ids.get(tone_marks(word.lower()), OTHER)
            if found == OTHER and any(c.isdigit() for c in word):
                found = NUMBER
        self[word] = found
        return found


def _windows(
    ids: NDArray[np.int64], at: NDArray[np.int64], words: NDArray[np.int64], model: SyllableModel
) -> NDArray[np.float32]:
    """How likely the three trigrams around the places ``at`` are with ``words`` there (nats)."""
    a, b, d, e = (ids[at + k] for k in (0, 1, 3, 4))
    return model.triple(a, b, words) + model.triple(b, words, d) + model.triple(words, d, e)


def _likelier(words: _Words, done: Mapping[int, object], model: SyllableModel) -> dict[int, tuple[int, float]]:
    """Places with the word that is likelier there, and how sure that is."""
    places = np.array([i for i, w in enumerate(words.text) if len(w) > 1 and w.isalpha() and i not in done], dtype=np.int64)
    if not len(places):
        return {}
    now = _windows(words.ids, places, words.ids[places + 2], model)
    at: list[int] = []
    other: list[int] = []
    cost: list[float] = []
    for i, likely in zip(places.tolist(), now.tolist(), strict=True):
        read = words.text[i]
        odd = words.ids[i + 2] <= OTHER or likely < _ODD_WINDOW
        for word, against in _alternatives(read, odd):
            at.append(i)
            other.append(word)
            cost.append(against)
    if not at:
        return {}
    place, candidate = np.array(at, dtype=np.int64), np.array(other, dtype=np.int64)
    before = dict(zip(places.tolist(), now.tolist(), strict=True))
    gain = _windows(words.ids, place, candidate, model) - np.array([before[i] for i in at]) - np.array(cost)
    weight: dict[int, float] = {}
    best: dict[int, tuple[float, int]] = {}
    for i, word, more in zip(at, other, gain.tolist(), strict=True):
        weight[i] = weight.get(i, 1.0) + exp(min(more, 50.0))
        best[i] = max(best.get(i, (-99.0, 0)), (more, word))
    found: dict[int, tuple[int, float]] = {}
    for i, (more, word) in best.items():
        read = words.text[i]
        named = words.inside[i] and read[0].isupper() and not read.isupper() and is_syllable(read)
        if more > (SURE_OF_NAMES if named else SURE):
            # of two neighbours that are both odd only the odder one is changed at first
            if i - 1 in found and best[i - 1][0] >= more:
                continue
            found.pop(i - 1, None)
            found[i] = word, exp(min(more, 50.0)) / weight[i]
    return found


_STRANGER = 9.0
"""What speaks for a word outside the list standing for itself, against a word of the list: names, foreign words."""


@lru_cache(maxsize=65536)
def _alternatives(read: str, odd: bool) -> tuple[tuple[int, float], ...]:
    """The words that may have been read as ``read``, with what speaks against each: the cost of the misreading less the cost of
    reading the word as it stands."""
    channel, model = _tools()
    case = "upper" if read.isupper() else "title" if read[0].isupper() else "lower"
    low = tone_marks(read.lower())
    own = model.ids.get(low)
    syllable = is_syllable(read)
    if not syllable and (read.isascii() or own is not None):
        return ()  # an abbreviation or a foreign word
    itself = channel.cost(low, read, case) if own is not None else _STRANGER
    found: dict[int, float] = {}
    for word in model.by_fold.get(fold(read), ()):
        cost = channel.cost(model.vocabulary[word], read, case)
        if word != own and cost is not None and is_syllable(model.vocabulary[word]):
            found[word] = cost
    if odd:
        for word, cost in channel.candidates(read, case, guess=False):
            if word != own:
                found[word] = min(cost, found.get(word, 99.0))
    return tuple(sorted((word, cost - (itself or 0.0)) for word, cost in found.items()))


@lru_cache(maxsize=1)
def _tools() -> tuple[Channel, SyllableModel]:
    from documents.restoration.syllable_model import syllable_model

    return light_channel(), syllable_model()


def _in_bad_pages(words: _Words, places: Sequence[int]) -> list[int]:
    """The ``places`` in runs of words where so many are wrong that it was the recognition and not the writer."""
    if len(places) < LEAST:
        return []
    counted = np.zeros(len(words.text) + 1, dtype=np.int64)
    counted[np.array(places) + 1] = 1
    total = np.cumsum(counted)
    found = []
    for i in places:
        begin = max(0, min(i - _WINDOW // 2, len(words.text) - _WINDOW))
        end = min(len(words.text), begin + _WINDOW)
        wrong = int(total[end] - total[begin])
        if wrong >= LEAST and wrong >= LEAST_SHARE * (end - begin):
            found.append(i)
    return found


def _printed(word: str, read: str) -> str:
    if read.isupper() and len(read) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if read[0].isupper() else word
