"""Which words of a hit match the query, and which sentence of it says most of what was asked: places in the text as written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from documents.text import fold, nfc, tone_marks
from embeddings.tokens import PAIR, Abbreviations

Span = tuple[int, int]
"""First character and the one after the last."""

COMMON = 0.25
"""A syllable that stands in a larger part of all texts matches only together with a neighbour."""

_MOST_SEEN = 50_000
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_SENTENCE = re.compile(r"[^\n]+?(?:[.;:!?…]+(?=\s|$)|$)", re.MULTILINE)
_JOINED = re.compile(r"[\s\-/&]*")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query looks for: folded syllables and pairs, those of guesses included, and the share of texts that have each."""

    syllables: frozenset[str]
    pairs: frozenset[str]
    share: Callable[[str], float]

    @classmethod
    def of(cls, syllables: Iterable[str], pairs: Iterable[str], share: Callable[[str], float]) -> Asked:
        """Takes the tokens of a query."""
        return cls(frozenset(syllables), frozenset(pairs), share)


@lru_cache(_MOST_SEEN)
def _plain(word: str) -> str:
    folded = fold(tone_marks(nfc(word)))
    return folded.lstrip("0") or "0" if folded.isdigit() else folded


def syllables_of(text: str, abbreviations: Abbreviations) -> set[str]:
    """The folded syllables of ``text`` and of what its abbreviations stand for."""
    written = {word.group() for word in _WORD.finditer(text)}
    meant = (full for word in written if (full := abbreviations.full(word)))
    return {_plain(word) for word in written} | {_plain(word.group()) for full in meant for word in _WORD.finditer(full)}


def highlights(text: str, asked: Asked, abbreviations: Abbreviations) -> tuple[Span, ...]:
    """The places in ``text`` of the words that were asked for, neighbours as one; an abbreviation matches what it stands for."""
    found = list(_WORD.finditer(text))
    plain = [_plain(word.group()) for word in found]
    matching = [False] * len(found)
    for i, (word, folded) in enumerate(zip(found, plain, strict=True)):
        full = abbreviations.full(word.group())
        stands_for = {_plain(part.group()) for part in _WORD.finditer(full)} if full else {folded}
        matching[i] = stands_for <= asked.syllables and (bool(full) or asked.share(folded) <= COMMON)
        if i and plain[i - 1] + PAIR + folded in asked.pairs:
            matching[i - 1] = matching[i] = True
    spans: list[Span] = []
    for word, here in zip(found, matching, strict=True):
        if not here:
            continue
        if spans and _JOINED.fullmatch(text, spans[-1][1], word.start()):
            spans[-1] = (spans[-1][0], word.end())
        else:
            spans.append(word.span())
    return tuple(spans)


def best_sentence(text: str, asked: Asked) -> Span | None:
    """The sentence of ``text`` with most of what was asked for, rare words first; ``None`` when none has any of it."""
    best: tuple[float, int, int] | None = None
    for sentence in _SENTENCE.finditer(text):
        plain = [_plain(word.group()) for word in _WORD.finditer(sentence.group())]
        pairs = {a + PAIR + b for a, b in pairwise(plain)}
        score = sum(1 - asked.share(token) for token in (set(plain) & asked.syllables) | (pairs & asked.pairs))
        if score > 0 and (best is None or score > best[0]):
            start = sentence.start() + len(sentence.group()) - len(sentence.group().lstrip())
            best = (score, start, sentence.end())
    return None if best is None else best[1:]
