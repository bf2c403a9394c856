"""Words as people type them in a hurry: chat spellings, and syllables that a neighbouring sound is mistaken for.

A wrong syllable is often a right one elsewhere ("tiêu dùn", "công trức"), so it is told by its neighbours: the corpus never has
it beside them, and has the other spelling there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from questions.library import Library

CHAT = {
    "nhiu": ("nhieu",),
    "bnhieu": ("bao", "nhieu"),
    "bn": ("bao", "nhieu"),
    "ko": ("khong",),
    "hok": ("khong",),
    "khg": ("khong",),
    "dc": ("duoc",),
    "ntn": ("the", "nao"),
    "vs": ("voi",),
    "ng": ("nguoi",),
    "trc": ("truoc",),
    "j": ("gi",),
}
"""What is typed in chats, folded, and what it stands for."""

_ONSETS = (("ch", "tr"), ("s", "x"), ("l", "n"), ("d", "gi"), ("d", "r"), ("gi", "r"), ("v", "d"), ("c", "k"), ("ng", "ngh"))
_CODAS = (("n", "ng"), ("t", "c"), ("nh", "n"), ("ch", "t"))
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


def in_place(word: str, before: str, after: str, library: Library) -> str:
    """``word``, or what it was meant for: a syllable mistaken for it that the corpus has beside its neighbours in the question.

    The word stays where the corpus has it beside either neighbour itself; one that the corpus has elsewhere gives way only to
    one that fits both neighbours.
    """
    if len(word) < 3 or not word.isalpha() or f"{before} {word}" in library.idf or f"{word} {after}" in library.idf:
        return word
    least = 2 if word in library.vocabulary else 1
    known = []
    for other in confused_with(word):
        beside = [library.idf[pair] for pair in (f"{before} {other}", f"{other} {after}") if pair in library.idf]
        if len(beside) >= least:
            known.append((-len(beside), min(beside), other))
    return min(known)[2] if known else word
