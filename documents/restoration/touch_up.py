"""Text that was recognised as Vietnamese, with a few wrong accents and letters in each page, touched up.

Each word is compared with the words that differ in the accents, or in letters where it is no syllable: how much likelier is the
other word between its neighbours, and how likely is it to be read as what stands there (:func:`light_channel`)? Where a page
has few such words it is taken for good text, whose slips are its own, and is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp

import numpy as np
from numpy.typing import NDArray

from documents.restoration.channel import Channel, light_channel
from documents.restoration.decode import Position, posteriors
from documents.restoration.repair import Repair
from documents.restoration.syllable_model import BOUNDARY, NUMBER, OTHER, SyllableModel
from documents.syllables import is_syllable
from documents.text import fold, tone_marks

SURE = 3.0
"""So many nats likelier the other word must be (after what the channel says against it)."""

SURE_OF_NAMES = 7.0
"""The same for a word with a capital inside a sentence: names are rare, and every one of them may be right."""

_SURE = 0.85
_SURE_OF_NAMES = 0.999
"""The same as probabilities, where the words of a bad page are decoded together."""

_FARTHEST, _MOST = 9.0, 8
"""Costs of alternatives, and how many of them, that are worth a look there."""

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
    """The words of all lines one behind the other: text, line, start, id (with two boundaries before and behind; ``read`` as they
    read, ``ids`` as they are believed); ``inside`` says that a word stands before it in the sentence."""

    text: list[str]
    line: list[int]
    start: list[int]
    read: NDArray[np.int64]
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
    bad = _bad_pages(words, sorted(chosen))
    repairs: dict[int, list[Repair]] = {}
    for i, word, sure in _decoded(words, bad, model):
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
    read = np.array([*ids, BOUNDARY, BOUNDARY], dtype=np.int64)
    return _Words(text, line, start, read, read.copy(), inside)


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
        if more > (SURE_OF_NAMES if _is_name(words, i) else SURE):
            # of two neighbours that are both odd only the odder one is changed at first
            if i - 1 in found and best[i - 1][0] >= more:
                continue
            found.pop(i - 1, None)
            found[i] = word, exp(min(more, 50.0)) / weight[i]
    return found


def _is_name(words: _Words, i: int) -> bool:
    """Whether the word is a syllable with a capital inside a sentence."""
    read = words.text[i]
    return words.inside[i] and read[0].isupper() and not read.isupper() and is_syllable(read)


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


def _bad_pages(words: _Words, places: Sequence[int]) -> set[int]:
    """The places of all words in runs of words where so many are wrong that it was the recognition and not the writer."""
    if len(places) < LEAST:
        return set()
    counted = np.zeros(len(words.text) + 1, dtype=np.int64)
    counted[np.array(places) + 1] = 1
    total = np.cumsum(counted)
    found: set[int] = set()
    for i in places:
        begin = max(0, min(i - _WINDOW // 2, len(words.text) - _WINDOW))
        end = min(len(words.text), begin + _WINDOW)
        wrong = int(total[end] - total[begin])
        if wrong >= LEAST and wrong >= LEAST_SHARE * (end - begin):
            found.update(range(begin, end))
    return found


def _decoded(words: _Words, bad: set[int], model: SyllableModel) -> Iterator[tuple[int, int, float]]:
    """The words of the bad pages that are others than they read: place, word, how sure."""
    sentences: list[list[int]] = [[]]
    for i in sorted(bad):
        if words.ids[i + 2] == BOUNDARY or (sentences[-1] and sentences[-1][-1] != i - 1):
            sentences.append([])
        if words.ids[i + 2] != BOUNDARY:
            sentences[-1].append(i)
    sentences = [sentence for sentence in sentences if sentence]
    positions = [[Position(_options(words, i, model)) for i in sentence] for sentence in sentences]
    for sentence, found in zip(sentences, posteriors(model, positions, 1.0), strict=True):
        for i, (word, sure) in zip(sentence, found, strict=True):
            if word > OTHER and word != int(words.read[i + 2]) and sure > (_SURE_OF_NAMES if _is_name(words, i) else _SURE):
                yield i, word, sure


def _options(words: _Words, i: int, model: SyllableModel) -> tuple[tuple[int, float], ...]:
    """The word as it reads and its alternatives, the likeliest first."""
    read = words.text[i]
    own = int(words.read[i + 2])
    if len(read) < 2 or not read.isalpha():
        return ((own, 0.0),)
    others = [(word, cost) for word, cost in _alternatives(read, own <= OTHER) if cost < _FARTHEST]
    others.sort(key=lambda pair: pair[1] - 0.5 * float(model.log1[pair[0]]))
    return ((own, 0.0), *others[:_MOST])


def _printed(word: str, read: str) -> str:
    if read.isupper() and len(read) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if read[0].isupper() else word
