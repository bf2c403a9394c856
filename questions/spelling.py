"""Syllables that a neighbouring sound is mistaken for.

A wrong syllable is often a right one elsewhere ("tiêu dùn", "công trức"), so it is told by its neighbours: the corpus never has
it beside them, and has the other spelling there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.syllables import is_bare_syllable
from questions.asking_words import group
from questions.catalogue import Catalogue
from questions.words import within_one_edit

_ONSETS = (("ch", "tr"), ("s", "x"), ("l", "n"), ("d", "gi"), ("d", "r"), ("gi", "r"), ("v", "d"), ("c", "k"), ("ng", "ngh"))
_CODAS = (("n", "ng"), ("t", "c"), ("nh", "n"), ("ch", "t"), ("m", "n"), ("p", "t"))
"""Sounds that dialects do not tell apart, at the beginning and at the end of a syllable."""
_ONSET = re.compile(r"[^aeiouy]*")
_CODA = re.compile(r"[^aeiouy]*$")


def confused_with(word: str) -> Iterator[str]:
    """The syllables that ``word`` (folded) may have been meant for, by one onset or one coda that is often mistaken."""
    onset, coda = _ONSET.match(word), _CODA.search(word)
    begin, end = (onset.group() if onset else ""), (coda.group() if coda else "")
    for pair in _ONSETS:
        for one, other in (pair, pair[::-1]):
            if begin == one:
                yield other + word[len(one) :]
    for pair in _CODAS:
        for one, other in (pair, pair[::-1]):
            if end == one and len(word) > len(one):
                yield word[: -len(one)] + other


ASKED = frozenset(group("asked"))
"""Phrases of questions that a corpus need not have."""


def in_place(word: str, before: str, after: str, catalogue: Catalogue) -> str:
    """``word``, or what it was meant for: another spelling that the corpus, or a question, has beside its neighbours.

    A word that the corpus has beside either neighbour stays. One that it has nowhere gives way to a syllable often mistaken for
    it (one that is no syllable to any word one typing error away) that fits one neighbour; one that it has elsewhere only to
    such a syllable that fits both, or makes a phrase of questions, or has another onset and fits the only neighbour.
    """

    def fits(pair: str) -> bool:
        return pair in catalogue.idf or pair in ASKED

    if (
        len(word) < (2 if word not in catalogue.vocabulary else 3)
        or not word.isalpha()
        or fits(f"{before} {word}")
        or fits(f"{word} {after}")
    ):
        return word
    unknown = word not in catalogue.vocabulary
    others = set(confused_with(word))
    if unknown and not is_bare_syllable(word):
        words = {part for phrase in ASKED for part in phrase.split()}
        others.update(other for other in {*catalogue.vocabulary, *words} if within_one_edit(word, other))
    known = []
    for other in sorted(others):
        beside = [pair for pair in (f"{before} {other}", f"{other} {after}") if fits(pair)]
        asked = any(pair in ASKED for pair in beside)
        only = len(beside) == 1 and not (before and after) and _same_rime(word, other)
        if beside and (unknown or asked or len(beside) == 2 or only):
            known.append((-len(beside), min(catalogue.idf.get(pair, 0.0) for pair in beside), other))
    return min(known)[2] if known else word


def _same_rime(one: str, other: str) -> bool:
    """Whether two syllables differ in nothing but their onset."""
    return _ONSET.sub("", one, count=1) == _ONSET.sub("", other, count=1)
